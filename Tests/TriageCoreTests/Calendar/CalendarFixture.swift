import Foundation
import TriageCore

/// The calendars and zones that the tests of this folder count on.
enum CalendarFixture {
  static let shanghai = Zone(identifier: "Asia/Shanghai", initialOffset: 8 * 3_600)

  /// Clocks on at 02:00 on 8 March 2026, back at 02:00 on 1 November.
  static let newYork = Zone(
    identifier: "America/New_York", initialOffset: -5 * 3_600,
    transitions: [
      .init(at: Instant(seconds: 1_772_953_200), offset: -4 * 3_600),
      .init(at: Instant(seconds: 1_793_512_800), offset: -5 * 3_600),
    ])

  /// Clocks on at 02:00 on 29 March 2026, back at 03:00 on 25 October.
  static let madrid = Zone(
    identifier: "Europe/Madrid", initialOffset: 3_600,
    transitions: [
      .init(at: Instant(seconds: 1_774_746_000), offset: 7_200),
      .init(at: Instant(seconds: 1_792_890_000), offset: 3_600),
    ])

  /// The national notices of 2024 to 2026 as `domain.md` section 3 compared them, with the usual office hours.
  static let national: WorkCalendar = {
    var years: [Int: WorkCalendar.Year] = [:]
    for row in rows() {
      var year = years[row.date.year] ?? WorkCalendar.Year()
      if row.kind == "makeup_workday" {
        year.on.insert(row.date)
      } else {
        year.off[row.date] = .some(row.name)
      }
      years[row.date.year] = year
    }
    return WorkCalendar(hours: officeHours, rest: [.sat, .sun], years: years, zone: shanghai)
  }()

  static let officeHours = [
    WorkCalendar.HourSpan(from: CivilTime(8, 30), until: CivilTime(12, 0)),
    WorkCalendar.HourSpan(from: CivilTime(14, 30), until: CivilTime(17, 30)),
  ]

  /// Open at those hours on every weekday; 2026 is known and has no holidays.
  static func weekdays(_ hours: String..., zone: Zone = shanghai) -> WorkCalendar {
    let spans = hours.map { text in
      let times = text.split(separator: "-").map { CivilTime(String($0))! }
      return WorkCalendar.HourSpan(from: times[0], until: times[1])
    }
    return WorkCalendar(hours: spans, rest: [.sat, .sun], years: [2026: WorkCalendar.Year()], zone: zone)
  }

  private static func rows() -> [(date: CivilDate, kind: String, name: String)] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Fixtures/calendar/calendar.csv").standardizedFileURL
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      preconditionFailure("the fixture \(file.path) is missing")
    }
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      let cells = line.split(separator: ",").map(String.init)
      return (CivilDate(cells[0])!, cells[1], cells[2])
    }
  }
}

extension WorkCalendar {
  /// The instant that the clocks of this calendar show so.
  func at(_ text: String) -> Instant { Instant(iso8601: text, zone: zone)! }

  /// When a limit ends, as the clocks of this calendar show it.
  func due(
    _ limit: String, from start: String, pauses: [(String, String)] = [], counting: Pause.Counting = .time
  ) -> String {
    let pauses = pauses.map { Pause(at($0.0)..<at($0.1), counting: counting) }
    let due = deadline(from: at(start), limit: TimeLimit(limit)!, pauses: pauses).due
    return due.clockText(in: zone)
  }
}

func day(_ text: String) -> CivilDate { CivilDate(text)! }
