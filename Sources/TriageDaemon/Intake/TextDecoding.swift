import TriageCore

/// A case in free text: an optional title line, lines `名称：值` as far as their names are known, and the text.
///
/// The form is read leniently, since people type it; only known names count, so that a letter that begins with
/// 你好： stays a letter. A line that names the text (内容：) begins it, and all that follows belongs to it.
enum TextDecoding {
  /// A first line longer than this is the beginning of the text and not a title, scalars.
  private static let titleLine = 60

  static func decode(_ text: [UInt8], context: IntakeContext) throws(IntakeRefusal) -> DecodedCase {
    var assembly = CaseAssembly(context)
    fill(&assembly, from: text, takesTitleLine: true)
    return DecodedCase(input: try assembly.finish())
  }

  /// - Parameter takesTitleLine: false where the title is known already (the subject of a mail).
  static func fill(_ assembly: inout CaseAssembly, from text: [UInt8], takesTitleLine: Bool) {
    var lines = Lines(text)
    var title: ArraySlice<UInt8>?
    var bodyStart = text.startIndex
    var sawHead = false
    var sawTitle = false
    while let line = lines.next() {
      if isBlank(line) { continue }
      if let head = headLine(line) {
        sawHead = true
        if head.name.field == .text {
          // The rest of this line and of the file, as written.
          assembly.take(head.key, .scalar(string(text[head.valueStart...])), name: head.name)
          takeTitle(title, &assembly)
          return
        }
        if head.name.field == .title { sawTitle = true }
        assembly.take(
          head.key, .scalar(ValueReading.trimmed(string(line[head.valueStart...]))), name: head.name)
        bodyStart = lines.at
      } else if title == nil, !sawHead, takesTitleLine, isTitle(line), lines.hasMore {
        title = line
        bodyStart = lines.at
      } else {
        break
      }
    }
    if sawTitle, let line = title {
      // 标题： stands further down: the first line was part of the text.
      assembly.take("text", .scalar(string(line) + "\n" + string(text[bodyStart...])))
    } else {
      takeTitle(title, &assembly)
      assembly.take("text", .scalar(string(text[bodyStart...])))
    }
  }

  private static func takeTitle(_ line: ArraySlice<UInt8>?, _ assembly: inout CaseAssembly) {
    if let line { assembly.take("title", .scalar(ValueReading.trimmed(string(line)))) }
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

  init(_ text: [UInt8]) {
    self.text = text
    at = text.startIndex
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
