/// Checks that bytes are UTF-8 before libyaml sees them, and finds places in them.
enum YamlEncoding {
  /// - Returns: how many bytes a byte order mark takes.
  static func checkUTF8(_ bytes: [UInt8]) throws(YamlError) -> Int {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw YamlError(.utf16, at: YamlMark(line: 1, column: 1))
    }
    if let offset = firstInvalid(bytes) {
      let place = bytes.withUnsafeBufferPointer { mark(ofByte: offset, in: $0) }
      throw YamlError(.notUTF8(byteOffset: offset), at: place)
    }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The first byte that does not belong to well-formed UTF-8 (Unicode 16, table 3-7).
  static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      guard let length = sequenceLength(bytes, at: index) else { return index }
      index += length
    }
    return nil
  }

  private static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int? {
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch bytes[index] {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
    for place in (index + 2)..<max(index + 2, index + length) where bytes[place] & 0xC0 != 0x80 {
      return nil
    }
    return length
  }

  /// Line and column of a byte, with lines counted as libyaml counts them.
  static func mark(ofByte offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> YamlMark {
    var line = 1
    var column = 1
    let before = String(decoding: bytes.prefix(offset), as: UTF8.self).unicodeScalars
    var previous: Unicode.Scalar = " "
    for scalar in before {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": (line, column) = (line + 1, 1)
      case "\u{FEFF}" where line == 1 && column == 1: break
      default: column += 1
      }
      previous = scalar
    }
    return YamlMark(line: line, column: column)
  }

  /// The byte with which the code point of that number begins.
  static func byte(at codePoint: Int, in bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
    var seen = 0
    for byte in bytes where byte & 0xC0 != 0x80 {
      if seen == codePoint { return byte }
      seen += 1
    }
    return nil
  }
}
