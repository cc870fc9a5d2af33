import TriageCore

/// A case in free text: an optional title line, lines `名称：值` as far as their names are known, and the text.
///
/// The form is read leniently, since people type it; only known names count, so that a letter that begins with
/// 你好： stays a letter. A line that names the text (内容：) begins it, and what follows belongs to it but for lines that
/// fill a field which has no value yet. A form in which a record begins anew is no case.
enum TextDecoding {
  /// A first line longer than this is the beginning of the text and not a title, scalars.
  private static let titleLine = 60

  static func decode(_ text: [UInt8], context: IntakeContext) throws(IntakeRefusal) -> DecodedCase {
    var assembly = CaseAssembly(context)
    try fill(&assembly, from: text, takesTitleLine: true)
    return try assembly.finish()
  }

  /// - Parameter takesTitleLine: false where the title is known already (the subject of a mail).
  static func fill(
    _ assembly: inout CaseAssembly, from text: [UInt8], takesTitleLine: Bool
  ) throws(IntakeRefusal) {
    try refuseSecondRecord(in: text)
    var lines = Lines(text)
    var title: String?
    /// Lines among the head that have no known name: they stay in the text.
    var others: [String] = []
    var bodyStart = text.startIndex
    var heads: Set<CaseField> = []
    var isForm = false
    while let line = lines.next() {
      if isBlank(line) { continue }
      if let head = headLine(line) {
        heads.insert(head.name.field)
        if head.name.field == .text {
          // The rest of this line and of the file, as written.
          bodyStart = head.valueStart
          isForm = true
          break
        }
        assembly.take(
          head.key, .scalar(ValueReading.trimmed(string(line[head.valueStart...]))), as: head.name)
      } else if title == nil, heads.isEmpty, takesTitleLine, isTitle(line), lines.hasMore {
        title = ValueReading.trimmed(string(line))
      } else if !heads.isEmpty, colon(in: line.prefix(30)) != nil, headFollows(lines) {
        others.append(string(line))
      } else {
        break
      }
      bodyStart = lines.at
    }
    if let title {
      // Where 标题： stands further down, the first line is part of the text.
      if heads.contains(.title) {
        others.insert(title, at: 0)
      } else {
        assembly.take("title", .scalar(title))
      }
    }
    func whole(_ body: String) -> String { (others + [body]).joined(separator: "\n") }
    let rest = string(text[bodyStart...])
    guard isForm else { return assembly.take("text", .scalar(whole(rest))) }
    let found = takeFields(behind: bodyStart, in: text, heads, &assembly)
    assembly.take("text", .scalar(whole(found.body)))
    // All below 内容 was text once, and every line that begins like a field was none.
    assembly.formerTexts = [whole(rest), whole(found.bare)]
  }

  /// Takes the fields that stand below the text of a form. A line whose value cannot be one stays in the text: the rules
  /// are to see its words. How to reach somebody, and who somebody is, never stays there.
  /// - Returns: the text without the lines of fields, and without all that begin like one.
  private static func takeFields(
    behind start: Int, in text: [UInt8], _ heads: Set<CaseField>, _ assembly: inout CaseAssembly
  ) -> (body: String, bare: String) {
    var heads = heads
    var seen = heads
    var lines = Lines(text, from: start)
    var body: [String] = []
    var bare: [String] = []
    while let line = lines.next() {
      // The first line is what stands behind 内容：.
      guard !body.isEmpty, let head = headLine(line), isFieldBelow(head) else {
        body.append(string(line))
        bare.append(string(line))
        continue
      }
      let field = head.name.field
      if !seen.insert(field).inserted { bare.append(string(line)) }
      let value = ValueReading.trimmed(string(line[head.valueStart...]))
      if value.isEmpty { continue }
      let isTaken = !heads.contains(field) && isValue(value, of: head.name)
      if isTaken || field.isAboutPerson {
        heads.insert(field)
        assembly.take(head.key, .scalar(value), as: head.name)
      } else {
        body.append(string(line))
      }
    }
    return (body.joined(separator: "\n"), bare.joined(separator: "\n"))
  }

  /// Whether the field can be filled from the words.
  private static func isValue(_ words: String, of name: FieldName) -> Bool {
    switch name.field {
    case .peopleCount: ValueReading.count(words) != nil
    case .amount: ValueReading.amount(words, unit: name.unit) != nil
    case .receivedAt: ![.ambiguous, .unreadable].contains(WrittenTime(words))
    case .confidential, .handled: ValueReading.flag(words) != nil
    default: true
    }
  }

  /// Words that begin lines of letters too, as in a quoted mail, stay in the text.
  private static func isFieldBelow(_ head: Head) -> Bool {
    switch head.name.field {
    case .text, .ignored, .fields, .channel: false
    case .contactOther: !head.key.utf8.allSatisfy { $0 < 0x80 }
    default: head.key.utf8.count > 4
    }
  }

  /// A record begins anew where the name of its number stands a second time with another number, or where both the
  /// title and the text are named twice.
  private static func refuseSecondRecord(in text: [UInt8]) throws(IntakeRefusal) {
    var lines = Lines(text)
    var number = 0
    var first: [CaseField: (key: String, value: String)] = [:]
    var secondTitle: (key: String, line: Int)?
    while let line = lines.next() {
      number += 1
      guard let head = headLine(line), [.sourceID, .title, .text].contains(head.name.field) else { continue }
      let value = ValueReading.trimmed(string(line[head.valueStart...]))
      guard let known = first[head.name.field] else {
        if !value.isEmpty || head.name.field == .text { first[head.name.field] = (head.key, value) }
        continue
      }
      guard known.key == head.key else { continue }
      switch head.name.field {
      case .sourceID where !value.isEmpty && value != known.value:
        throw .severalRecords(key: head.key, line: number)
      case .title where first[.text] != nil: secondTitle = secondTitle ?? (head.key, number)
      case .text:
        if let secondTitle { throw .severalRecords(key: secondTitle.key, line: secondTitle.line) }
      default: break
      }
    }
  }

  private static func headFollows(_ lines: Lines) -> Bool {
    var ahead = lines
    for _ in 0..<3 {
      guard let line = ahead.next() else { return false }
      if headLine(line) != nil { return true }
    }
    return false
  }

  private static func isTitle(_ line: ArraySlice<UInt8>) -> Bool {
    let text = ValueReading.trimmed(string(line))
    // A greeting is no title: 尊敬的领导：, 您好！
    guard let last = text.unicodeScalars.last, last != ":", last != "：", last != "，", last != "," else {
      return false
    }
    if ["您好", "你好", "尊敬的"].contains(where: text.hasPrefix) { return false }
    return text.utf8.count <= titleLine || text.unicodeScalars.count <= titleLine
  }

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    if line.allSatisfy({ $0 <= 0x20 }) { return true }
    return ValueReading.trimmed(string(line)).isEmpty
  }

  private struct Head {
    var key: String
    var name: FieldName
    var valueStart: Int
  }

  /// A known name, a colon of either width, a value.
  private static func headLine(_ line: ArraySlice<UInt8>) -> Head? {
    guard let colon = colon(in: line.prefix(90)) else { return nil }
    let key = ValueReading.trimmed(string(line[..<colon.start]))
    guard let name = FieldName.find(key) else { return nil }
    return Head(key: key, name: name, valueStart: colon.end)
  }

  /// `:` or `：` (EF BC 9A).
  private static func colon(in line: ArraySlice<UInt8>) -> (start: Int, end: Int)? {
    for at in line.indices {
      if line[at] == UInt8(ascii: ":") { return (at, at + 1) }
      if line[at] == 0xEF, at + 2 < line.endIndex, line[at + 1] == 0xBC, line[at + 2] == 0x9A {
        return (at, at + 3)
      }
    }
    return nil
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// The lines of a text, LF or CRLF, without their ends.
private struct Lines {
  private let text: [UInt8]
  private(set) var at: Int

  init(_ text: [UInt8], from start: Int = 0) {
    self.text = text
    at = start
  }

  var hasMore: Bool { text[at...].contains { $0 > 0x20 } }

  mutating func next() -> ArraySlice<UInt8>? {
    guard at < text.endIndex else { return nil }
    let start = at
    while at < text.endIndex, text[at] != 0x0A { at += 1 }
    var end = at
    if at < text.endIndex { at += 1 }
    if end > start, text[end - 1] == 0x0D { end -= 1 }
    return text[start..<end]
  }
}
