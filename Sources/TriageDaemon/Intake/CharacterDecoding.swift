import Glibc

/// The text of a file as UTF-8, and how it was written.
struct DecodedText: Equatable {
  enum Encoding: String { case utf8 = "UTF-8", gb18030 = "GB18030", utf16 = "UTF-16" }
  /// Well-formed UTF-8, without a byte order mark.
  var bytes: [UInt8]
  var encoding: Encoding
}

/// Finds out how a file is encoded: byte order mark, strict UTF-8, strict GB18030, in this order.
///
/// The order matters: UTF-8 is nearly never valid by chance, while one UTF-8 text in a hundred is valid GB18030
/// and would come out as gibberish; one with a damaged byte in it is still no GB18030 (`DamagedText`). Nothing is ever
/// replaced or dropped: what fits none is refused with its place.
enum CharacterDecoding {
  static func decode(_ bytes: [UInt8]) throws(IntakeRefusal) -> DecodedText {
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes, name: "UTF-16LE") }
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes, name: "UTF-16BE") }
    // A NUL is valid in both encodings and stands in no text that a person wrote.
    if let place = bytes.firstIndex(of: 0) { throw .nulByte(offset: place) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      let text = Array(bytes.dropFirst(3))
      if let offset = UTF8Reading.firstError(text) { throw .brokenUTF(offset: offset + 3) }
      return DecodedText(bytes: text, encoding: .utf8)
    }
    guard let utf8Error = UTF8Reading.firstError(bytes) else {
      return DecodedText(bytes: bytes, encoding: .utf8)
    }
    if isCutShort(bytes, at: utf8Error) { throw .truncatedUTF8(offset: utf8Error) }
    if let first = DamagedText(bytes)?.places.first {
      throw .damagedText(offset: first.offset, line: first.line)
    }
    switch Iconv.convert(bytes[...], from: "GB18030") {
    case .success(let text): return DecodedText(bytes: text, encoding: .gb18030)
    case .failure(let failure):
      throw .unknownEncoding(utf8Offset: utf8Error, gb18030Offset: failure.offset)
    }
  }

  private static func utf16(_ bytes: [UInt8], name: String) throws(IntakeRefusal) -> DecodedText {
    for unit in stride(from: 2, to: bytes.count - 1, by: 2) where bytes[unit] == 0 && bytes[unit + 1] == 0 {
      throw .nulByte(offset: unit)
    }
    switch Iconv.convert(bytes.dropFirst(2), from: name) {
    case .success(let text): return DecodedText(bytes: text, encoding: .utf16)
    case .failure(let failure): throw .brokenUTF(offset: failure.offset + 2)
    }
  }

  /// UTF-8 with Chinese in it up to its last bytes: the end is missing. GB18030 might accept it by chance.
  private static func isCutShort(_ bytes: [UInt8], at error: Int) -> Bool {
    guard bytes.count - error <= 3, (0xC2...0xF4).contains(bytes[error]),
      bytes[(error + 1)...].allSatisfy({ (0x80...0xBF).contains($0) })
    else { return false }
    let before = bytes[..<error]
    // Two whole characters: a GB18030 file of one Chinese word at the end of ASCII must not be taken for it.
    return before.reduce(0) { $0 + ($1 >= 0xC2 ? 1 : 0) } >= 2
  }
}

/// iconv(3), strict: no `//TRANSLIT`, no `//IGNORE`.
enum Iconv {
  struct Failure: Error, Equatable {
    /// Of the first byte that could not be converted.
    var offset: Int
  }

  /// - Returns: UTF-8; a charset that the system does not know fails at 0.
  static func convert(_ bytes: ArraySlice<UInt8>, from charset: String) -> Result<[UInt8], Failure> {
    guard let converter = iconv_open("UTF-8", charset), Int(bitPattern: converter) != -1 else {
      return .failure(Failure(offset: 0))
    }
    defer { iconv_close(converter) }
    // iconv takes a pointer to mutable characters but does not write through it.
    var input = Array(bytes)
    // GB18030 and the one-byte charsets need at most three bytes for two, or three for one.
    let capacity = input.count * 3 + 16
    let failed = Int(bitPattern: UInt.max)  // (size_t)-1
    var failure: Failure?
    let output = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      let total = input.count
      input.withUnsafeMutableBytes { raw in
        var from = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
        var fromLeft = total
        buffer.withMemoryRebound(to: CChar.self) { out in
          var to = out.baseAddress
          var toLeft = capacity
          if total > 0, iconv(converter, &from, &fromLeft, &to, &toLeft) == failed {
            failure = Failure(offset: total - fromLeft)
          } else if iconv(converter, nil, nil, &to, &toLeft) == failed {
            failure = Failure(offset: total)
          }
          count = capacity - toLeft
        }
      }
    }
    if let failure { return .failure(failure) }
    return .success(output)
  }
}
