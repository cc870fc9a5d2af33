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

  /// Text on one line, hostile characters escaped.
  mutating func visible(_ text: String) { escape(text) { writer, _ in writer.bytes.append(32) } }

  /// Text of several lines, each begun with `indent`; ends with a line break.
  mutating func lines(_ text: String, indent: StaticString) {
    raw(indent)
    escape(text) { writer, _ in
      writer.bytes.append(10)
      writer.raw(indent)
    }
    newline()
  }

  /// A YAML double-quoted scalar.
  mutating func quoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var copy = text
    copy.withUTF8 { source in
      scan(source) { writer, piece in
        switch piece {
        case .plain(let byte) where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\"):
          writer.bytes.append(UInt8(ascii: "\\"))
          writer.bytes.append(byte)
        case .plain(let byte): writer.bytes.append(byte)
        case .lineBreak: writer.raw("\\n")
        case .hostile(let scalar): writer.yamlEscape(scalar)
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A YAML block literal below a key of the top level; the key and its colon are written by the caller.
  ///
  /// The indentation is given explicitly, since the text may begin with spaces. No line of the text can end the
  /// block: each is indented by two spaces, and everything that a reader could take for a line break is one.
  mutating func block(_ text: String) {
    guard !text.isEmpty else { return raw(" \"\"\n") }
    raw(" |2\n")
    lines(text, indent: "  ")
  }

  mutating func html(_ text: String) {
    var copy = text
    copy.withUTF8 { source in
      scan(source) { writer, piece in
        switch piece {
        case .plain(UInt8(ascii: "&")): writer.raw("&amp;")
        case .plain(UInt8(ascii: "<")): writer.raw("&lt;")
        case .plain(UInt8(ascii: ">")): writer.raw("&gt;")
        case .plain(UInt8(ascii: "\"")): writer.raw("&quot;")
        case .plain(UInt8(ascii: "'")): writer.raw("&#39;")
        case .plain(let byte): writer.bytes.append(byte)
        case .lineBreak: writer.bytes.append(32)
        case .hostile(let scalar): writer.visibleEscape(scalar)
        }
      }
    }
  }

  /// A field of a CSV file, always quoted (RFC 4180); a formula is disarmed by an apostrophe (OWASP ASVS 1.2.10).
  mutating func csv(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    if let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) || text.hasPrefix("＝") {
      bytes.append(UInt8(ascii: "'"))
    }
    var copy = text
    copy.withUTF8 { source in
      scan(source) { writer, piece in
        switch piece {
        case .plain(UInt8(ascii: "\"")): writer.raw("\"\"")
        case .plain(let byte): writer.bytes.append(byte)
        case .lineBreak: writer.bytes.append(32)
        case .hostile(let scalar): writer.visibleEscape(scalar)
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ text: String, onBreak: (inout TextWriter, Int) -> Void) {
    var copy = text
    copy.withUTF8 { source in
      var start = 0
      var index = 0
      while index < source.count {
        let step = Self.step(source, index)
        if step.isPlain {
          index += 1
          continue
        }
        bytes.append(contentsOf: source[start..<index])
        if let scalar = step.hostile { visibleEscape(scalar) } else { onBreak(&self, index) }
        index += step.length
        start = index
      }
      bytes.append(contentsOf: source[start..<source.count])
    }
  }

  private enum Piece {
    case plain(UInt8)
    case lineBreak
    case hostile(UInt32)
  }

  private mutating func scan(
    _ source: UnsafeBufferPointer<UInt8>, _ take: (inout TextWriter, Piece) -> Void
  ) {
    var index = 0
    while index < source.count {
      let step = Self.step(source, index)
      if step.isPlain {
        take(&self, .plain(source[index]))
      } else if let scalar = step.hostile {
        take(&self, .hostile(scalar))
      } else {
        take(&self, .lineBreak)
      }
      index += step.length
    }
  }

  private struct Step {
    var length = 1
    var hostile: UInt32?
    var isPlain = true
  }

  /// What stands at `index`: a byte that may pass, a line break (LF, CR, CR LF), or a character to be escaped.
  @inline(__always)
  private static func step(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Step {
    let byte = source[index]
    if byte >= 0x20 && byte < 0x7F { return Step() }
    if byte >= 0xE3 && byte != 0xEF { return Step() }
    if byte == 10 { return Step(length: 1, hostile: nil, isPlain: false) }
    if byte == 13 {
      let pair = index + 1 < source.count && source[index + 1] == 10
      return Step(length: pair ? 2 : 1, hostile: nil, isPlain: false)
    }
    if byte == 9 { return Step() }
    if byte < 0x20 || byte == 0x7F { return Step(length: 1, hostile: UInt32(byte), isPlain: false) }
    return wide(source, index)
  }

  /// C1 controls, line and paragraph separators, direction marks, byte order mark, U+FFFE, U+FFFF.
  private static func wide(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Step {
    let byte = source[index]
    let left = source.count - index
    if byte == 0xC2 || byte == 0xD8, left >= 2 {
      let scalar = UInt32(byte & 0x1F) << 6 | UInt32(source[index + 1] & 0x3F)
      if scalar <= 0x9F || scalar == 0x61C { return Step(length: 2, hostile: scalar, isPlain: false) }
    } else if byte == 0xE2 || byte == 0xEF, left >= 3 {
      let scalar =
        UInt32(byte & 0x0F) << 12 | UInt32(source[index + 1] & 0x3F) << 6 | UInt32(source[index + 2] & 0x3F)
      switch scalar {
      case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF:
        return Step(length: 3, hostile: scalar, isPlain: false)
      default: break
      }
    }
    return Step()
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
