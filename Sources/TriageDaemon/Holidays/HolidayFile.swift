public import TriageCore

/// Reads holiday data: an iCalendar file (RFC 5545), or CSV with `date,kind,name` as national tables come and as
/// spreadsheets save them.
public enum HolidayFile {
  /// Why a file cannot be read, with the line.
  public struct Problem: Error, Sendable {
    public var line: Int
    public var message: Message
  }

  /// - Parameter bytes: UTF-8, UTF-16 with a mark, or GB18030.
  public static func read(_ bytes: [UInt8]) throws(Problem) -> HolidayTable {
    let text: [UInt8]
    do {
      text = try CharacterDecoding.decode(bytes).bytes
    } catch {
      throw Problem(line: 1, message: error.message)
    }
    let isCalendar = text.drop { $0 <= 0x20 }.starts(with: Array("BEGIN:VCALENDAR".utf8))
    let table = isCalendar ? try ICalendarReading.table(text) : try table(text)
    if let day = table.contradictions.first {
      throw Problem(line: 1, message: .holidayOnAndOff("\(day)"))
    }
    return table
  }

  private static func table(_ text: [UInt8]) throws(Problem) -> HolidayTable {
    var reading = CSVReading(text)
    var table = HolidayTable()
    let columns = try columns(&reading)
    while let record = reading.next() {
      func cell(_ column: Int?) -> String {
        column.flatMap { record.cells.indices.contains($0) ? ValueReading.trimmed(record.cells[$0]) : nil }
          ?? ""
      }
      if record.cells.allSatisfy({ ValueReading.trimmed($0).isEmpty }) { continue }
      if record.problem != nil { throw Problem(line: record.row, message: .holidayBadQuote) }
      let day = try day(cell(columns.date), record.row, &table)
      guard let isWorked = isWorked(cell(columns.kind)) else {
        throw Problem(line: record.row, message: .holidayBadKind(cell(columns.kind)))
      }
      if isWorked { table.work(day) } else { table.takeOff(day, cell(columns.name)) }
      if table.on.contains(day), table.off[day] != nil {
        throw Problem(line: record.row, message: .holidayOnAndOff("\(day)"))
      }
    }
    return table
  }

  /// Any writing of a day that cases may have too; spreadsheets rewrite dates when they save.
  private static func day(_ written: String, _ row: Int, _ table: inout HolidayTable) throws(Problem)
    -> CivilDate
  {
    let reading = WrittenTime(written)
    if case .serial = reading { table.serialDays += 1 }
    if let day = reading.writtenDay { return day }
    let written = written.shortened(to: Limits.notedScalars)
    throw Problem(
      line: row, message: reading == .ambiguous ? .holidayAmbiguousDate(written) : .holidayBadDate(written))
  }

  /// Nil: the kind says neither.
  private static func isWorked(_ kind: String) -> Bool? {
    let kind = FieldName.fold(kind).name
    if kind.hasPrefix("holiday") || offKinds.contains(kind) { return false }
    return workedKinds.contains(kind) ? true : nil
  }

  private static let offKinds: Set<String> = [
    "off", "放假", "休", "休假", "休息", "假", "假日", "假期", "节假日", "法定节假日", "法定假日", "节日", "休息日", "放假日", "公休",
  ]
  /// 调休 alone may mean either.
  private static let workedKinds: Set<String> = [
    "makeupworkday", "makeup", "workday", "workingday", "on", "班", "补班", "上班", "调休上班", "补班日", "调休上班日", "上班日",
    "工作日",
  ]

  /// The row of names; a title line or two may stand above it.
  private static func columns(_ reading: inout CSVReading) throws(Problem) -> Columns {
    for _ in 0..<Limits.headerRows {
      guard let record = reading.next() else { break }
      if let columns = Columns(record.cells) { return columns }
    }
    throw Problem(line: 1, message: .holidayFileUnknown)
  }

  private struct Columns {
    var date: Int
    var kind: Int
    var name: Int?
    init?(_ head: [String]) {
      let names = head.map { FieldName.fold($0).name }
      func column(_ known: [String]) -> Int? { names.firstIndex(where: known.contains) }
      guard let date = column(["date", "日期", "放假日期", "day"]),
        let kind = column(["kind", "type", "类型", "类别", "种类", "性质"])
      else { return nil }
      (self.date, self.kind) = (date, kind)
      name = column(["name", "名称", "节日", "节日名称", "节假日", "假期", "说明"])
    }
  }
}
