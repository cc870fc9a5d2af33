/// Strict reading of UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Reading {
  /// Length of the well-formed sequence that the bytes begin with; 0 where they begin with none.
  static func sequenceLength(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let first = bytes.first else { return 0 }
    if first < 0x80 { return 1 }
    let at = bytes.startIndex
    func continues(_ place: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      at + place < bytes.endIndex && range.contains(bytes[at + place])
    }
    switch first {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
    case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
    case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
  }

  /// Offset of the first byte that is not part of well-formed UTF-8; nil where all is well.
  static func firstError(_ bytes: [UInt8]) -> Int? {
    // The standard library's validator is vectorised; only a text that it refuses is walked for the place.
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var at = 0
    while at < bytes.count {
      let length = sequenceLength(bytes[at...])
      if length == 0 { return at }
      at += length
    }
    return nil
  }
}
