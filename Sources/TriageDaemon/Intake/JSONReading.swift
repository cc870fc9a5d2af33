import TriageCore

/// Reads one JSON text (RFC 8259), strictly and with places.
///
/// Written by hand because Foundation's readers silently keep one of two equal keys and do not say where a text
/// is broken; a case in which a key stands twice must not be taken in with half of what was said.
struct JSONReading {
  /// Well-formed UTF-8.
  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0
  private var nodes = 0
  private let maximumDepth: Int
  private let maximumNodes: Int
  private let firstLine: Int

  /// - Parameter firstLine: the number of the first line, for the places of refusals.
  static func read(
    _ bytes: [UInt8], maximumDepth: Int, maximumNodes: Int, firstLine: Int = 1
  ) throws(IntakeRefusal) -> CaseValue {
    var reading = JSONReading(
      bytes: bytes, maximumDepth: maximumDepth, maximumNodes: maximumNodes, firstLine: firstLine)
    reading.skipSpace()
    let value = try reading.value()
    reading.skipSpace()
    if reading.at < bytes.count { throw reading.failure(.trailingContent) }
    return value
  }

  /// Where a text that holds a case in JSON and a few words around it begins to be something else: its first character,
  /// or what stands behind the last bracket. Nil for any other text: a letter may quote what an interface answered.
  static func wrapped(in text: [UInt8]) -> (line: Int, column: Int)? {
    let brackets: Set<UInt8> = [UInt8(ascii: "{"), UInt8(ascii: "[")]
    guard let start = text.prefix(200).firstIndex(where: brackets.contains),
      let end = text.lastIndex(where: { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]") }),
      end > start, text.count - end <= 40
    else { return nil }
    let inside = text[start...end].lazy.filter { $0 > 0x20 }.prefix(3)
    let begins = Array(inside.drop { brackets.contains($0) })
    guard begins.first == UInt8(ascii: "\""),
      let value = try? read(
        Array(text[start...end]), maximumDepth: Limits.yamlDepth, maximumNodes: Limits.yamlNodes)
    else { return nil }
    guard Envelope.holdsCase(value) else { return nil }
    let before = text[..<start].firstIndex { $0 > 0x20 }
    let reading = JSONReading(bytes: text, maximumDepth: 0, maximumNodes: 0, firstLine: 1)
    return reading.place(of: before ?? min(end + 1, text.count - 1))
  }

  private init(bytes: [UInt8], maximumDepth: Int, maximumNodes: Int, firstLine: Int) {
    self.bytes = bytes
    self.firstLine = firstLine
    self.maximumDepth = maximumDepth
    self.maximumNodes = maximumNodes
  }

  private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private mutating func value() throws(IntakeRefusal) -> CaseValue {
    nodes += 1
    if nodes > maximumNodes { throw .tooManyNodes }
    switch current {
    case UInt8(ascii: "{"): return try nested { (r) throws(IntakeRefusal) in .map(try r.members()) }
    case UInt8(ascii: "["): return try nested { (r) throws(IntakeRefusal) in .list(try r.elements()) }
    case UInt8(ascii: "\""): return .scalar(try string())
    case UInt8(ascii: "t"): return .scalar(try word("true"))
    case UInt8(ascii: "f"): return .scalar(try word("false"))
    case UInt8(ascii: "n"):
      _ = try word("null")
      return .null
    case nil: throw failure(.unexpectedEnd)
    default: return .scalar(try number())
    }
  }

  private mutating func nested(
    _ read: (inout JSONReading) throws(IntakeRefusal) -> CaseValue
  ) throws(IntakeRefusal) -> CaseValue {
    if depth == maximumDepth {
      let place = place(of: at)
      throw .tooDeep(line: place.line, column: place.column)
    }
    depth += 1
    at += 1
    skipSpace()
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func members() throws(IntakeRefusal) -> [CaseValue.Pair] {
    var pairs: [CaseValue.Pair] = []
    var seen: Set<String> = []
    if skip("}") { return pairs }
    while true {
      let start = at
      guard current == UInt8(ascii: "\"") else { throw unexpected() }
      let key = try string()
      if !seen.insert(key).inserted {
        let place = place(of: start)
        throw .duplicateKey(key, line: place.line, column: place.column)
      }
      skipSpace()
      guard skip(":") else { throw unexpected() }
      skipSpace()
      pairs.append(CaseValue.Pair(key: key, value: try value()))
      skipSpace()
      if skip("}") { return pairs }
      guard skip(",") else { throw unexpected() }
      skipSpace()
    }
  }

  private mutating func elements() throws(IntakeRefusal) -> [CaseValue] {
    var items: [CaseValue] = []
    if skip("]") { return items }
    while true {
      items.append(try value())
      skipSpace()
      if skip("]") { return items }
      guard skip(",") else { throw unexpected() }
      skipSpace()
    }
  }

  private mutating func skip(_ byte: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: byte) else { return false }
    at += 1
    return true
  }

  private mutating func word(_ word: String) throws(IntakeRefusal) -> String {
    guard bytes[at...].starts(with: word.utf8) else { throw failure(.unexpectedCharacter) }
    at += word.utf8.count
    return word
  }

  // MARK: Scalars

  private mutating func string() throws(IntakeRefusal) -> String {
    at += 1
    let start = at
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
    if current == UInt8(ascii: "\"") {
      defer { at += 1 }
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }
    return try escapedString(from: start)
  }

  private mutating func escapedString(from start: Int) throws(IntakeRefusal) -> String {
    var out = Array(bytes[start..<at])
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return String(decoding: out, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &out)
      case ..<0x20: throw failure(.controlCharacter)
      default:
        out.append(byte)
        at += 1
      }
    }
    throw failure(.unexpectedEnd)
  }

  private mutating func escape(into out: inout [UInt8]) throws(IntakeRefusal) {
    let start = at
    at += 1
    guard let byte = current else { throw failure(.unexpectedEnd) }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"): out.append(contentsOf: String(try unicodeEscape(from: start)).utf8)
    default:
      at = start
      throw failure(.badEscape)
    }
  }

  /// RFC 8259 section 7: characters beyond the first plane are two escapes; half a pair is refused, and so is NUL.
  private mutating func unicodeEscape(from start: Int) throws(IntakeRefusal) -> Character {
    var value = try fourDigits(from: start)
    if 0xD800..<0xDC00 ~= value, skip("\\"), skip("u") {
      let low = try fourDigits(from: start)
      guard 0xDC00..<0xE000 ~= low else {
        at = start
        throw failure(.badEscape)
      }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    guard value != 0, let scalar = Unicode.Scalar(value) else {
      at = start
      throw failure(.badEscape)
    }
    return Character(scalar)
  }

  private mutating func fourDigits(from start: Int) throws(IntakeRefusal) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = current.flatMap(Hex.value) else {
        at = start
        throw failure(.badEscape)
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }

  private mutating func number() throws(IntakeRefusal) -> String {
    let start = at
    _ = skip("-")
    if !skip("0") {
      guard digits() else {
        at = start
        throw failure(.unexpectedCharacter)
      }
    }
    if skip("."), !digits() { throw failure(.badNumber) }
    if skip("e") || skip("E") {
      if !skip("+") { _ = skip("-") }
      if !digits() { throw failure(.badNumber) }
    }
    if let byte = current, (0x30...0x39).contains(byte) { throw failure(.badNumber) }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func digits() -> Bool {
    let start = at
    while let byte = current, (0x30...0x39).contains(byte) { at += 1 }
    return at > start
  }

  // MARK: Failures

  private func unexpected() -> IntakeRefusal {
    failure(current == nil ? .unexpectedEnd : .unexpectedCharacter)
  }

  private func failure(_ problem: IntakeRefusal.JSONProblem) -> IntakeRefusal {
    let place = place(of: at)
    return .json(current == nil ? .unexpectedEnd : problem, line: place.line, column: place.column)
  }

  private func place(of offset: Int) -> (line: Int, column: Int) {
    let before = bytes[..<offset]
    let line = before.reduce(firstLine) { $0 + ($1 == 0x0A ? 1 : 0) }
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = bytes[lineStart..<offset].reduce(1) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    return (line, column)
  }
}
