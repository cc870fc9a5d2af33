import TriageCore

/// The all-day events of an iCalendar file (RFC 5545) that say which days are off and which are worked.
///
/// No standard property says so. Calendars of Chinese holidays mark the days in the summary (休, 放假, 假期; 班, 补班,
/// 上班), Apple's in X-APPLE-SPECIAL-DAY as well. An event that says neither is a festival and no day off.
enum ICalendarReading {
  private struct Event {
    var line: Int
    var start: CivilDate?
    var end: CivilDate?
    var summary = ""
    var special = ""
    var isCancelled = false
    var recurs = false
  }

  static func table(_ text: [UInt8]) throws(HolidayFile.Problem) -> HolidayTable {
    var table = HolidayTable()
    var event: Event?
    for (line, content) in unfolded(String(decoding: text, as: UTF8.self)) {
      guard let property = Property(content) else { continue }
      switch (property.name, property.value.uppercased()) {
      case ("BEGIN", "VEVENT"): event = Event(line: line)
      case ("END", "VEVENT"):
        if let ended = event { try add(ended, to: &table) }
        event = nil
      default: try set(property, of: &event, line)
      }
    }
    return table
  }

  private static func set(_ property: Property, of event: inout Event?, _ line: Int) throws(HolidayFile
    .Problem)
  {
    guard event != nil else { return }
    switch property.name {
    case "DTSTART": event?.start = try day(property, line)
    case "DTEND": event?.end = try day(property, line)
    case "DURATION":
      guard let start = event?.start, let days = days(property.value) else {
        throw HolidayFile.Problem(line: line, message: .holidayBadDate(property.value))
      }
      event?.end = start + days
    case "SUMMARY": event?.summary = property.unescaped
    case "X-APPLE-SPECIAL-DAY": event?.special = property.value
    case "STATUS": event?.isCancelled = property.value.uppercased() == "CANCELLED"
    case "RRULE", "RDATE": event?.recurs = true
    default: break
    }
  }

  /// `20261001`, or a time of which the day counts.
  private static func day(_ property: Property, _ line: Int) throws(HolidayFile.Problem) -> CivilDate {
    let digits = property.value.prefix(8)
    guard digits.count == 8, let number = Int(digits),
      let day = CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    else { throw HolidayFile.Problem(line: line, message: .holidayBadDate(property.value)) }
    return day
  }

  /// `P3D`, `P1W`.
  private static func days(_ duration: String) -> Int? {
    guard duration.hasPrefix("P"), let unit = duration.last, let count = Int(duration.dropFirst().dropLast())
    else {
      return nil
    }
    switch unit {
    case "D": return count
    case "W": return count * 7
    default: return nil
    }
  }

  private static func add(_ event: Event, to table: inout HolidayTable) throws(HolidayFile.Problem) {
    guard !event.isCancelled, let start = event.start else { return }
    guard let isWorked = isWorked(event), !event.recurs else {
      table.ignored += 1
      return
    }
    // DTEND is the day after the last; without one the event lasts a day (RFC 5545 section 3.6.1).
    let end = max(event.end ?? start + 1, start + 1)
    guard end - start <= 62 else {
      throw HolidayFile.Problem(line: event.line, message: .holidayTooLong(event.summary))
    }
    for ahead in 0..<(end - start) {
      if isWorked { table.work(start + ahead) } else { table.takeOff(start + ahead, name(event.summary)) }
    }
  }

  /// Nil: the event says neither.
  private static func isWorked(_ event: Event) -> Bool? {
    switch event.special {
    case "ALTERNATE-WORKDAY": return true
    case "WORK-HOLIDAY": return false
    default: break
    }
    if workedWords.contains(where: event.summary.contains) { return true }
    return offWords.contains(where: event.summary.contains) ? false : nil
  }

  private static let workedWords = ["补班", "上班", "（班）", "(班)", "【班】", "[班]"]
  private static let offWords = ["休", "放假", "假期", "（假）", "(假)"]

  /// `春节 假期 第1天/共8天` and `春节（休）` are both 春节.
  private static func name(_ summary: String) -> String {
    var name = Substring(summary)
    for mark in ["（", "(", "【", "[", " ", "\u{3000}", "假期", "放假", "休", "第"] {
      if let place = name.firstRange(of: mark) { name = name[..<place.lowerBound] }
    }
    return String(name)
  }

  /// Content lines with their folds undone (RFC 5545 section 3.1), each with the number of its first line.
  private static func unfolded(_ text: String) -> [(line: Int, content: String)] {
    var lines: [(line: Int, content: String)] = []
    for (number, part) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      if let first = part.first, first == " " || first == "\t", !lines.isEmpty {
        lines[lines.count - 1].content += part.dropFirst()
      } else if !part.isEmpty {
        lines.append((number + 1, String(part)))
      }
    }
    return lines
  }

  /// `NAME;PARAM=x:value`; parameters are not needed here.
  private struct Property {
    var name: String
    var value: String

    init?(_ line: String) {
      var isQuoted = false
      guard
        let colon = line.firstIndex(where: {
          if $0 == "\"" { isQuoted.toggle() }
          return $0 == ":" && !isQuoted
        })
      else { return nil }
      name = line[..<colon].prefix { $0 != ";" }.uppercased()
      value = String(line[line.index(after: colon)...])
    }

    var unescaped: String {
      value.replacing("\\n", with: " ").replacing("\\,", with: ",").replacing("\\;", with: ";")
        .replacing("\\\\", with: "\\")
    }
  }
}
