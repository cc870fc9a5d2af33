import TriageCore

/// JSON Lines (jsonlines.org, also NDJSON): a case a line. Good lines become cases whatever the others are.
enum JSONLines {
  /// More than one line, and every one an object of its own, as far as its ends tell; by name also lines that are not.
  static func areLines(_ text: [UInt8], extension ext: String) -> Bool {
    let isNamed = ext == "jsonl" || ext == "ndjson"
    var count = 0
    var isWhole = true
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: true) {
      let content = trimmed(line)
      guard let first = content.first, let last = content.last else { continue }
      count += 1
      isWhole = isWhole && first == UInt8(ascii: "{") && last == UInt8(ascii: "}")
      if !isWhole, !isNamed { return false }
    }
    return count > 1
  }

  static func decode(_ text: [UInt8], context: IntakeContext) throws(IntakeRefusal) -> DecodeResult {
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
        let value = try JSONReading.read(
          Array(content), maximumDepth: Limits.yamlDepth, maximumNodes: Limits.yamlNodes, firstLine: row)
        let input = try TreeDecoding.item(value, context: context)
        result.cases.append(DecodedCase(input: input, row: row))
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
