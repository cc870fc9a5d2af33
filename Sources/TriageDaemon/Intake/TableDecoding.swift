import TriageCore

/// Tables of cases: a header row with the columns' names, a case a row. Good rows become cases whatever the
/// others are.
enum TableDecoding {
  /// - Parameter damaged: where the text came from, if it has marks of damage in it.
  static func decode(
    _ text: [UInt8], _ damaged: DamagedText? = nil, context: IntakeContext
  ) throws(IntakeRefusal) -> DecodeResult {
    var damages = DamagedRows(damaged)
    var reading = CSVReading(text)
    let header = try header(&reading, &damages)
    var numbers = LongNumberColumns(header.identityColumns, of: reading)
    let dates = DateColumns(header.dateColumns(context), of: reading)
    var result = DecodeResult()
    var refused: [RefusedRows.Row] = []
    var rows = 0
    /// The row of a header whose columns are others than the first one's.
    var otherHeader: Int?
    while let record = reading.next() {
      if record.cells.allSatisfy({ ValueReading.trimmed($0).isEmpty }) { continue }
      if header.isRepeated(in: record) {
        otherHeader = nil
        continue
      }
      rows += 1
      if rows > Limits.csvRows { throw .tooManyRows }
      do throws(IntakeRefusal) {
        if let refusal = damages.refusal(marks: DamagedText.marks(in: record.cells)) { throw refusal }
        if let label = header.sumLabel(of: record) { throw .csvSum(label) }
        if header.isLikeHeader(record) {
          otherHeader = header.agrees(with: record) ? nil : record.row
          throw .csvSecondHeader
        }
        if let otherHeader { throw .csvBelowSecondHeader(row: otherHeader) }
        result.cases.append(
          try header.decode(record, context: context, numbers: &numbers, dates: dates))
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
    let (head, lines) = lines(of: start)
    guard CaseFormat.csv.extensions.contains(ext) || hasKnownHeader(head) else {
      return .tooLarge(bytes: size)
    }
    // Line breaks in cells make it fewer rows, which fits all the more. A tenth is kept for longer rows further on.
    let rows = min(lines * 9 / 10, Limits.csvRows)
    let step = rows >= 10_000 ? 1_000 : rows >= 1_000 ? 100 : rows >= 100 ? 10 : 1
    return .tableTooLarge(bytes: size, rows: max(1, rows / step * step))
  }

  /// The first line as UTF-8, and how many lines there are: LF, CRLF, or CR alone, in whole units of UTF-16.
  private static func lines(of start: ArraySlice<UInt8>) -> (head: [UInt8], count: Int) {
    let isLittle = start.starts(with: [0xFF, 0xFE])
    let isWide = isLittle || start.starts(with: [0xFE, 0xFF])
    var ends: (feeds: Int, returns: Int) = (0, 0)
    var headEnd: Int?
    var place = start.startIndex
    while place + (isWide ? 1 : 0) < start.endIndex {
      let low = isLittle || !isWide ? start[place] : start[place + 1]
      let high = isWide ? (isLittle ? start[place + 1] : start[place]) : 0
      if high == 0, low == 0x0A || low == 0x0D {
        headEnd = headEnd ?? place
        if low == 0x0A { ends.feeds += 1 } else { ends.returns += 1 }
      }
      place += isWide ? 2 : 1
    }
    let head = Array(start[..<(headEnd ?? start.endIndex)])
    return ((try? CharacterDecoding.decode(head))?.bytes ?? [], ends.feeds > 0 ? ends.feeds : ends.returns)
  }

  private static func header(
    _ reading: inout CSVReading, _ damages: inout DamagedRows
  ) throws(IntakeRefusal) -> TableHeader {
    var first: [String]?
    for _ in 0..<Limits.headerRows {
      guard let record = reading.next() else { break }
      let damage = damages.refusal(marks: DamagedText.marks(in: record.cells))
      if let damage, record.cells.count > 1 { throw damage }
      if record.cells.count > Limits.csvColumns { throw .tooManyColumns(found: record.cells.count) }
      if let header = TableHeader(record.cells) { return header }
      if first == nil, record.cells.count > 1 { first = record.cells }
    }
    throw .csvWithoutHeader(
      found: (first ?? []).prefix(Limits.namedPlaces).map {
        ValueReading.trimmed($0).shortened(to: Limits.namedScalars)
      })
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
  /// Columns whose values tell one case from another.
  let identityColumns: [Int]

  /// Nil unless a column for title or text is there, and a second known column.
  init?(_ cells: [String]) {
    self.cells = cells.map { ValueReading.trimmed($0) }
    let names = cells.map { FieldName.find($0) }
    self.names = names
    identityColumns = names.indices.filter { names[$0]?.field == .sourceID }
    let known = names.compactMap { $0?.field }
    guard known.contains(.title) || known.contains(.text), known.count > 1 else { return nil }
  }

  /// Columns whose values are dates.
  func dateColumns(_ context: IntakeContext) -> Set<Int> {
    Set(
      names.indices.filter { index in
        names[index].map { $0.field == .receivedAt } ?? (context.fields[FieldID(cells[index])] == .date)
      })
  }

  /// Where exports were put together the header stands again among the rows.
  func isRepeated(in record: CSVReading.Record) -> Bool {
    guard record.cells.first.map({ ValueReading.trimmed($0) }) == cells.first else { return false }
    return record.cells.map { ValueReading.trimmed($0) } == cells
  }

  private static let sums: Set<String> = [
    "合计", "总计", "小计", "共计", "累计", "汇总", "总数", "总和", "本页合计", "本页小计", "平均", "平均值", "total", "subtotal", "sum",
    "grandtotal",
  ]

  /// The label of a line of sums: the first cell that is filled, with nothing but numbers beside it; or what stands
  /// for the number of a case.
  func sumLabel(of record: CSVReading.Record) -> String? {
    let filled = record.cells.indices.filter { !ValueReading.isEmpty(record.cells[$0]) }
    guard let first = filled.first else { return nil }
    func label(at index: Int) -> String? {
      let text = ValueReading.trimmed(record.cells[index])
      return text.utf8.count <= 40 && Self.sums.contains(FieldName.fold(text).name) ? text : nil
    }
    if let id = filled.first(where: identityColumns.contains), let label = label(at: id) { return label }
    guard let label = label(at: first) else { return nil }
    return filled.dropFirst().allSatisfy { ValueReading.number(record.cells[$0]) != nil } ? label : nil
  }

  /// What the names of columns end with, known to the intake or not.
  private static let columnEndings = [
    "编号", "号码", "单号", "时间", "日期", "内容", "描述", "标题", "主题", "地址", "地点", "电话", "姓名", "人数", "金额", "区域", "社区",
    "街道", "结果", "情况", "类型", "类别", "状态", "问题", "事项", "详情", "备注",
  ]

  /// Another header among the rows: short words without a digit, most of them names of columns, one of them where the
  /// number of a case should be, or else several that the intake knows.
  func isLikeHeader(_ record: CSVReading.Record) -> Bool {
    let cells = record.cells.map { ValueReading.trimmed($0) }
    let filled = cells.filter { !$0.isEmpty }
    guard filled.count > 1,
      filled.allSatisfy({ cell in
        cell.utf8.count <= 48 && !cell.utf8.contains { (0x30...0x39).contains($0) }
      })
    else { return false }
    let known = cells.count { FieldName.find($0) != nil }
    let named = cells.count(where: Self.isColumnName)
    guard known > 0, named > 1, named * 5 >= filled.count * 3 else { return false }
    guard let id = identityColumns.first, id < cells.count, !cells[id].isEmpty else { return known > 1 }
    return Self.isColumnName(cells[id])
  }

  private static func isColumnName(_ cell: String) -> Bool {
    FieldName.find(cell) != nil || columnEndings.contains { cell.hasSuffix($0) }
  }

  /// Whether each column of another header means, as far as its name is known, what it means here.
  func agrees(with record: CSVReading.Record) -> Bool {
    guard record.cells.count >= names.count else { return false }
    return zip(record.cells, names).allSatisfy { cell, name in
      guard let other = FieldName.find(cell)?.field, let field = name?.field else { return true }
      return other == field
    }
  }

  func decode(
    _ record: CSVReading.Record, context: IntakeContext, numbers: inout LongNumberColumns, dates: DateColumns
  ) throws(IntakeRefusal) -> DecodedCase {
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
      assembly.dateOrder = dates.question(about: index)
      if let name = names[index] {
        assembly.take(cells[index], value, as: name)
      } else {
        assembly.keep(cells[index], value)
      }
    }
    return try assembly.finish(row: record.row)
  }
}

/// What the rows of a table say together about dates such as 2/11/2026: a spreadsheet writes a column in one order.
/// Looked through only where a date does not tell it itself.
private final class DateColumns {
  private let columns: Set<Int>
  private let rows: CSVReading
  private var known: [Int: DateOrder?] = [:]

  /// - Parameter rows: a reader behind the header.
  init(_ columns: Set<Int>, of rows: CSVReading) {
    self.columns = columns
    self.rows = rows
  }

  /// Nil for a column that holds no dates.
  func question(about column: Int) -> (() -> DateOrder?)? {
    columns.contains(column) ? { self.order(in: column) } : nil
  }

  private func order(in column: Int) -> DateOrder? {
    if let known = known[column] { return known }
    var rows = rows
    var orders: Set<DateOrder> = []
    while let record = rows.next() {
      guard record.cells.indices.contains(column) else { continue }
      let cell = SpreadsheetText.bare(ValueReading.trimmed(record.cells[column]))
      if let order = DateOrder(of: cell) { orders.insert(order) }
    }
    let order = orders.count == 1 ? orders.first : nil
    known[column] = .some(order)
    return order
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
      .map { SpreadsheetText.bare(ValueReading.trimmed($0)) }
  }
}
