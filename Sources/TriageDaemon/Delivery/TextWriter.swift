/// Builds the files of a queue as bytes: fast, and safe against whatever a citizen's text holds.
///
/// `visible` is for text that people read as it is, `quoted` and `block` for YAML (1.1 as libyaml reads it, and 1.2),
/// `html` and `csv` for the worklists. Control characters, direction marks and foreign line breaks never pass: they
/// appear as `\u{202E}`.
struct TextWriter {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Text of the program itself.
  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }
  mutating func raw(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
  mutating func line(_ text: String = "") {
    raw(text)
    bytes.append(10)
  }
  mutating func newline() { bytes.append(10) }
  /// What was rendered before.
  mutating func raw(_ rendered: [UInt8]) { bytes.append(contentsOf: rendered) }

  /// Text on one line, hostile characters escaped.
  mutating func visible(_ text: String) { escape(text, marks: .none) }

  /// A YAML double-quoted scalar.
  mutating func quoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    escape(text, marks: .yaml)
    bytes.append(UInt8(ascii: "\""))
  }

  /// A YAML block literal below a key of the top level; the key and its colon are written by the caller.
  ///
  /// The indentation is given explicitly, since the text may begin with spaces. No line of the text can end the
  /// block: each is indented by two spaces, and everything that a reader could take for a line break is one.
  mutating func block(_ text: String) {
    guard !text.isEmpty else { return raw(" \"\"\n") }
    raw(" |2\n  ")
    escape(text, marks: .none, lineBreak: "\n  ")
    newline()
  }

  mutating func html(_ text: String) { escape(text, marks: .html) }

  /// A field of a CSV file, always quoted (RFC 4180); a formula is disarmed by an apostrophe (OWASP ASVS 1.2.10).
  mutating func csv(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    if let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) || text.hasPrefix("＝") {
      bytes.append(UInt8(ascii: "'"))
    }
    escape(text, marks: .csv)
    bytes.append(UInt8(ascii: "\""))
  }

  /// What is special in a place beside what is hostile everywhere.
  private enum Marks { case none, yaml, html, csv }

  /// Copies the text in long runs and stops only at what needs another form.
  private mutating func escape(_ text: String, marks: Marks, lineBreak: StaticString? = nil) {
    var copy = text
    copy.withUTF8 { source in
      var start = 0
      var index = 0
      while index < source.count {
        let byte = source[index]
        guard Self.mayNeedCare(byte) || (marks != .none && Self.isMark(byte)) else {
          index += 1
          continue
        }
        let length = careLength(source, index, marks)
        if length == 0 {
          index += 1
          continue
        }
        bytes.append(contentsOf: source[start..<index])
        putCarefully(source, index, marks, lineBreak)
        index += length
        start = index
      }
      bytes.append(contentsOf: source[start...])
    }
  }

  /// Nearly all bytes of Chinese text pass here.
  @inline(__always)
  private static func mayNeedCare(_ byte: UInt8) -> Bool {
    if byte < 0x80 { return byte < 0x20 ? byte != 9 : byte == 0x7F }
    return byte == 0xE2 || byte == 0xEF || byte == 0xC2 || byte == 0xD8
  }

  @inline(__always)
  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }

  /// How many bytes from `index` on cannot be copied as they are; 0: they can.
  private func careLength(_ source: UnsafeBufferPointer<UInt8>, _ index: Int, _ marks: Marks) -> Int {
    let byte = source[index]
    if byte == 13 { return index + 1 < source.count && source[index + 1] == 10 ? 2 : 1 }
    if byte < 0x20 || byte == 0x7F { return 1 }
    if byte < 0x80 { return Self.replacement(of: byte, marks) == nil ? 0 : 1 }
    return Self.hostileScalar(source, index) == nil ? 0 : (byte < 0xE0 ? 2 : 3)
  }

  private mutating func putCarefully(
    _ source: UnsafeBufferPointer<UInt8>, _ index: Int, _ marks: Marks, _ lineBreak: StaticString?
  ) {
    let byte = source[index]
    if byte == 10 || byte == 13 {
      if let lineBreak { raw(lineBreak) } else { raw(marks == .yaml ? "\\n" : " ") }
    } else if let replacement = Self.replacement(of: byte, marks) {
      raw(replacement)
    } else {
      let scalar = Self.hostileScalar(source, index) ?? UInt32(byte)
      if marks == .yaml { yamlEscape(scalar) } else { visibleEscape(scalar) }
    }
  }

  private static func replacement(of byte: UInt8, _ marks: Marks) -> StaticString? {
    switch (marks, byte) {
    case (.yaml, UInt8(ascii: "\"")): "\\\""
    case (.yaml, UInt8(ascii: "\\")): "\\\\"
    case (.csv, UInt8(ascii: "\"")): "\"\""
    case (.html, UInt8(ascii: "&")): "&amp;"
    case (.html, UInt8(ascii: "<")): "&lt;"
    case (.html, UInt8(ascii: ">")): "&gt;"
    case (.html, UInt8(ascii: "\"")): "&quot;"
    case (.html, UInt8(ascii: "'")): "&#39;"
    default: nil
    }
  }

  /// C1 controls, line and paragraph separators, direction marks, byte order mark, U+FFFE, U+FFFF.
  private static func hostileScalar(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt32? {
    let byte = source[index]
    let left = source.count - index
    if byte == 0xC2 || byte == 0xD8, left >= 2 {
      let scalar = UInt32(byte & 0x1F) << 6 | UInt32(source[index + 1] & 0x3F)
      return scalar <= 0x9F || scalar == 0x61C ? scalar : nil
    }
    guard byte == 0xE2 || byte == 0xEF, left >= 3 else { return nil }
    let scalar =
      UInt32(byte & 0x0F) << 12 | UInt32(source[index + 1] & 0x3F) << 6 | UInt32(source[index + 2] & 0x3F)
    switch scalar {
    case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: return scalar
    default: return nil
    }
  }

  private mutating func visibleEscape(_ scalar: UInt32) {
    raw("\\u{")
    raw(String(scalar, radix: 16, uppercase: true))
    raw("}")
  }

  private mutating func yamlEscape(_ scalar: UInt32) {
    let digits = String(scalar, radix: 16, uppercase: true)
    raw("\\u")
    raw(String(repeating: "0", count: 4 - digits.utf8.count))
    raw(digits)
  }
}
