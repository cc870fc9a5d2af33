import TriageCore

/// Tables of cases: a header row with the columns' names, a case a row. Good rows become cases whatever the
/// others are.
enum TableDecoding {
  /// Exports put a title line or two above the header.
  private static let headerSearch = 5

  static func decode(_ text: [UInt8], context: IntakeContext) throws(IntakeRefusal) -> DecodeResult {
    var reading = CSVReading(text)
    let header = try header(&reading)
    var result = DecodeResult()
    var refused: [RefusedRows.Row] = []
    var rows = 0
    while let record = reading.next() {
      if record.cells.allSatisfy({ ValueReading.trimmed($0).isEmpty }) { continue }
      rows += 1
      if rows > Limits.csvRows { throw .tooManyRows }
      do throws(IntakeRefusal) {
        let input = try header.input(record, context: context)
        result.cases.append(DecodedCase(input: input, row: record.row))
      } catch {
        refused.append(.init(number: record.row, content: .cells(record.cells), refusal: error))
        result.refused.append(RefusedPart(row: record.row, refusal: error))
      }
    }
    if rows == 0 { throw .empty }
    if !refused.isEmpty { result.refusedRows = RefusedRows(header: header.cells, rows: refused) }
    return result
  }

  private static func header(_ reading: inout CSVReading) throws(IntakeRefusal) -> TableHeader {
    var first: [String]?
    for _ in 0..<headerSearch {
      guard let record = reading.next() else { break }
      if record.cells.count > Limits.csvColumns { throw .tooManyColumns(found: record.cells.count) }
      if let header = TableHeader(record.cells) { return header }
      if first == nil, record.cells.count > 1 { first = record.cells }
    }
    throw .csvWithoutHeader(found: (first ?? []).prefix(20).map { ValueReading.trimmed($0) })
  }

  /// Whether the text begins as a table of cases does, whatever the file is called.
  static func hasKnownHeader(_ text: [UInt8]) -> Bool {
    guard let first = text.first(where: { $0 > 0x20 }), first != UInt8(ascii: "{") else { return false }
    let line = text.prefix(16 << 10).prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == 0x09 })
    else { return false }
    var reading = CSVReading(Array(line))
    guard let record = reading.next(), record.cells.count > 1 else { return false }
    return TableHeader(record.cells) != nil
  }
}

/// The header row, looked up once for all rows.
private struct TableHeader {
  let cells: [String]
  private let names: [FieldName?]

  /// Nil unless a column for title or text is there, and a second known column.
  init?(_ cells: [String]) {
    self.cells = cells.map { ValueReading.trimmed($0) }
    names = cells.map { FieldName.find($0) }
    let known = names.compactMap { $0?.field }
    guard known.contains(.title) || known.contains(.text), known.count > 1 else { return nil }
  }

  func input(_ record: CSVReading.Record, context: IntakeContext) throws(IntakeRefusal) -> CaseInput {
    switch record.problem {
    case .openQuote: throw .csvOpenQuote
    case .strayQuote: throw .csvQuote
    case nil: break
    }
    // Strict in the number of cells: a comma or line break in a text without quotes shifts what follows it.
    let surplus = record.cells.dropFirst(cells.count)
    guard record.cells.count >= cells.count, surplus.allSatisfy({ ValueReading.trimmed($0).isEmpty }) else {
      throw .csvCells(found: record.cells.count, expected: cells.count)
    }
    var assembly = CaseAssembly(context)
    for (index, cell) in record.cells.prefix(cells.count).enumerated() where !cell.isEmpty {
      let value = CaseValue.scalar(CSVWriting.unguarded(cell))
      if let name = names[index] {
        assembly.take(cells[index], value, as: name)
      } else {
        assembly.keep(cells[index], value)
      }
    }
    return try assembly.finish()
  }
}
