public import TriageCore

/// Reads holiday data: an iCalendar file (RFC 5545), or CSV with `date,kind,name` as national tables come.
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
    guard let head = reading.next(), let columns = Columns(head.cells) else {
      throw Problem(line: 1, message: .holidayFileUnknown)
    }
    while let record = reading.next() {
      func cell(_ column: Int?) -> String {
        column.flatMap { record.cells.indices.contains($0) ? record.cells[$0].trimmed : nil } ?? ""
      }
      if record.cells.allSatisfy({ $0.trimmed.isEmpty }) { continue }
      guard let day = CivilDate(cell(columns.date)) else {
        throw Problem(line: record.row, message: .holidayBadDate(cell(columns.date)))
      }
      switch cell(columns.kind) {
      case let kind where kind.hasPrefix("holiday"): table.takeOff(day, cell(columns.name))
      case "makeup_workday": table.work(day)
      case let other: throw Problem(line: record.row, message: .holidayBadKind(other))
      }
    }
    return table
  }

  private struct Columns {
    var date: Int
    var kind: Int
    var name: Int?
    init?(_ head: [String]) {
      let names = head.map { $0.trimmed.lowercased() }
      guard let date = names.firstIndex(of: "date"), let kind = names.firstIndex(of: "kind") else {
        return nil
      }
      (self.date, self.kind, name) = (date, kind, names.firstIndex(of: "name"))
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    let inner = drop(while: \.isWhitespace)
    return String(inner.prefix(inner.count - inner.reversed().prefix(while: \.isWhitespace).count))
  }
}
