import TriageCore

/// Tables of cases: a header row with the columns' names, a case a row. Good rows become cases whatever the
/// others are.
enum TableDecoding {
  /// Exports put a title line or two above the header.
  private static let headerSearch = 5

  static func decode(_ text: [UInt8], context: IntakeContext) throws(IntakeRefusal) -> DecodeResult {
    var reading = CSVReading(text)
    let header = try header(&reading)
    var numbers = LongNumberColumns(header.identityColumns, of: reading)
    var result = DecodeResult()
    var refused: [RefusedRows.Row] = []
    var rows = 0
    while let record = reading.next() {
      if record.cells.allSatisfy({ ValueReading.trimmed($0).isEmpty }) || header.isRepeated(in: record) {
        continue
      }
      rows += 1
      if rows > Limits.csvRows { throw .tooManyRows }
      do throws(IntakeRefusal) {
        let input = try header.input(record, context: context, numbers: &numbers)
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

  /// What a file above the limit is told: a table how many rows fit.
  /// - Parameters:
  ///   - start: its first bytes, as many as the limit allows.
  ///   - size: of the whole file, bytes.
  static func tooLarge(_ start: ArraySlice<UInt8>, size: Int64, extension ext: String) -> IntakeRefusal {
    let start = start.prefix(Limits.caseFileBytes)
    let head = (try? CharacterDecoding.decode(Array(start.prefix { $0 != 0x0A && $0 != 0x0D })))?.bytes ?? []
    guard CaseFormat.csv.extensions.contains(ext) || hasKnownHeader(head) else {
      return .tooLarge(bytes: size)
    }
    // Line breaks in cells make it fewer rows, which fits all the more. A tenth is kept for longer rows further on.
    let lines = start.count { $0 == 0x0A }
    let rows = min(lines * 9 / 10, Limits.csvRows)
    let step = rows >= 10_000 ? 1_000 : rows >= 1_000 ? 100 : rows >= 100 ? 10 : 1
    return .tableTooLarge(bytes: size, rows: max(1, rows / step * step))
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

  /// Columns whose values tell one case from another.
  var identityColumns: [Int] { names.indices.filter { names[$0]?.field == .sourceID } }

  /// Where exports were put together the header stands again among the rows.
  func isRepeated(in record: CSVReading.Record) -> Bool {
    guard record.cells.first.map({ ValueReading.trimmed($0) }) == cells.first else { return false }
    return record.cells.map { ValueReading.trimmed($0) } == cells
  }

  func input(
    _ record: CSVReading.Record, context: IntakeContext, numbers: inout LongNumberColumns
  ) throws(IntakeRefusal) -> CaseInput {
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
    assembly.longNumbers = numbers.verdict(on: record)
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

/// What the rows of a table say together about numbers of more than fifteen digits: a spreadsheet that cut one cut them
/// all. Looked through only where one ends in zeros.
private struct LongNumberColumns {
  private let columns: [Int]
  private let rows: CSVReading
  private var known: UnusableText.LongNumbers?

  /// - Parameter rows: a reader behind the header.
  init(_ columns: [Int], of rows: CSVReading) {
    self.columns = columns
    self.rows = rows
  }

  mutating func verdict(on record: CSVReading.Record) -> UnusableText.LongNumbers {
    guard numbers(of: record).contains(where: UnusableText.endsInZeros) else { return .unknown }
    if let known { return known }
    var rows = rows
    var cut: Set<String> = []
    while let record = rows.next() {
      for number in numbers(of: record) where UnusableText.longDigits(number) != nil {
        guard UnusableText.endsInZeros(number) else {
          known = .whole
          return .whole
        }
        if cut.count < 2 { cut.insert(number) }
      }
    }
    let verdict: UnusableText.LongNumbers = cut.count > 1 ? .cut : .unknown
    known = verdict
    return verdict
  }

  private func numbers(of record: CSVReading.Record) -> [String] {
    columns.compactMap { record.cells.indices.contains($0) ? record.cells[$0] : nil }
      .map { CaseAssembly.withoutSpreadsheetMarks(ValueReading.trimmed($0)) }
  }
}
