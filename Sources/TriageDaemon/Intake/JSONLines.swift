import TriageCore

/// JSON Lines (jsonlines.org, also NDJSON): a case a line. Good lines become cases whatever the others are.
enum JSONLines {
  /// More than one line, and every one an object of its own, as far as its ends tell. By name also lines that are not,
  /// unless the file is one value that was written over several lines.
  static func areLines(_ text: [UInt8], extension ext: String) -> Bool {
    let isNamed = ext == "jsonl" || ext == "ndjson"
    var count = 0
    var isWhole = true
    var start = text.startIndex
    while start < text.endIndex, isWhole || count < 2 {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.endIndex
      let content = trimmed(text[start..<end])
      start = end + 1
      guard let first = content.first, let last = content.last else { continue }
      count += 1
      isWhole = isWhole && first == UInt8(ascii: "{") && last == UInt8(ascii: "}")
      if !isWhole, !isNamed { return false }
    }
    guard count > 1, !isWhole else { return count > 1 }
    return
      (try? JSONReading.read(text, maximumDepth: Limits.yamlDepth, maximumNodes: Limits.yamlNodes)) == nil
  }

  /// - Parameter damaged: where the text came from, if it has marks of damage in it.
  static func decode(
    _ text: [UInt8], _ damaged: DamagedText? = nil, context: IntakeContext
  ) throws(IntakeRefusal) -> DecodeResult {
    var damages = DamagedRows(damaged)
    var result = DecodeResult()
    var refused = RefusedRows()
    var cases = 0
    for (index, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let content = trimmed(line)
      if content.isEmpty { continue }
      cases += 1
      if cases > Limits.csvRows { throw .tooManyRows }
      let row = index + 1
      do throws(IntakeRefusal) {
        if let refusal = damages.refusal(marks: DamagedText.marks(in: content)) { throw refusal }
        let value = try JSONReading.read(
          Array(content), maximumDepth: Limits.yamlDepth, maximumNodes: Limits.yamlNodes, firstLine: row)
        result.cases.append(try TreeDecoding.item(value, row: row, context: context))
      } catch {
        result.refused.append(RefusedPart(row: row, refusal: error))
        refused.rows.append(
          .init(number: row, content: .line(String(decoding: content, as: UTF8.self)), refusal: error))
      }
    }
    if !refused.rows.isEmpty { result.refusedRows = refused }
    return result
  }

  /// Without blanks at the ends, and without the comma that is left where the brackets of a list were cut off.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var content = line.drop { $0 <= 0x20 }
    while let last = content.last, last <= 0x20 { content = content.dropLast() }
    if content.last == UInt8(ascii: ","), content.dropLast().last == UInt8(ascii: "}") {
      content = content.dropLast()
    }
    return content
  }
}
