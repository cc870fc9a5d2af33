/// Reads short ASCII texts (dates, times, durations) byte by byte; no Character iteration, since cases are many.
struct ByteScanner {
  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) { bytes = Array(text.utf8) }
  init(bytes: [UInt8]) { self.bytes = bytes }

  var atEnd: Bool { place == bytes.count }
  var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// How many digits stand here.
  var digitsAhead: Int {
    var end = place
    while end < bytes.count, Self.isDigit(bytes[end]) { end += 1 }
    return end - place
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: scalar) else { return false }
    place += 1
    return true
  }

  /// Takes one of the given bytes.
  mutating func take(anyOf scalars: StaticString) -> UInt8? {
    guard let byte = next else { return nil }
    let found = scalars.withUTF8Buffer { $0.contains(byte) }
    guard found else { return nil }
    place += 1
    return byte
  }

  mutating func skipSpaces() {
    while next == 0x20 || next == 0x09 { place += 1 }
  }

  /// The number in the next `least` to `most` digits; nil, and nothing taken, where fewer or more stand.
  mutating func digits(_ least: Int, _ most: Int) -> Int? {
    let count = digitsAhead
    guard count >= least, count <= most else { return nil }
    return leadingDigits(count)
  }
  mutating func digits(_ count: Int) -> Int? { digits(count, count) }

  /// The number in the next `count` digits, whatever follows them.
  mutating func leadingDigits(_ count: Int) -> Int? {
    guard digitsAhead >= count, count <= 18 else { return nil }
    var value = 0
    for _ in 0..<count {
      value = value * 10 + Int(bytes[place] - 0x30)
      place += 1
    }
    return value
  }

  mutating func skipDigits() { place += digitsAhead }

  /// The small Latin letters that stand here.
  mutating func letters() -> String {
    let word = bytes[place...].prefix { $0 >= 0x61 && $0 <= 0x7A }
    place = word.endIndex
    return String(decoding: word, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

/// Writes short ASCII texts without intermediate strings.
struct ByteWriter {
  private var bytes: [UInt8] = []

  static func text(_ write: (inout ByteWriter) -> Void) -> String {
    var writer = ByteWriter()
    writer.bytes.reserveCapacity(32)
    write(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  mutating func put(_ scalar: Unicode.Scalar) { bytes.append(UInt8(ascii: scalar)) }

  /// `value` in decimal, padded with zeros.
  mutating func put(_ value: Int, width: Int) {
    if value < 0 { put("-") }
    var rest = value.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(rest % 10) + 0x30)
      rest /= 10
    } while rest > 0
    while bytes.count - start < width { bytes.append(0x30) }
    bytes[start...].reverse()
  }
}
