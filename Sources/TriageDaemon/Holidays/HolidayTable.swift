public import TriageCore

/// Days off and make-up working days as a file gives them, before they belong to a rulebook.
public struct HolidayTable: Sendable, Equatable {
  /// With the holiday's name where the file has one.
  public private(set) var off: [CivilDate: String] = [:]
  /// Rest days that are worked (调休上班).
  public private(set) var on: Set<CivilDate> = []
  /// Entries that say neither: solar terms, birthdays of a private calendar.
  public internal(set) var ignored = 0
  /// Days that were written as day numbers of a spreadsheet.
  public internal(set) var serialDays = 0

  mutating func takeOff(_ day: CivilDate, _ name: String) { off[day] = name }
  mutating func work(_ day: CivilDate) { on.insert(day) }

  /// The years of which the table has the whole notice: New Year's Day and National Day are days off in it. A file of
  /// one year often holds the last days of the year before or the first of the next, which are no notice.
  public var completeYears: [Int] { years.filter(isComplete) }
  /// Years with some days that make no notice.
  public var incompleteYears: [Int] { years.filter { !isComplete($0) } }

  private var years: [Int] { Set(off.keys.map(\.year) + on.map(\.year)).sorted() }
  /// Years that no rulebook may have: a digit was mistyped.
  public var impossibleYears: [Int] { years.filter { !Limits.calendarYears.contains($0) } }

  /// Why a year may be no notice of the State Council's.
  public enum Doubt: Sendable, Equatable { case tooManyDays(Int), noMakeUpDay }

  /// A notice names some thirty days and moves rest days about: more is no notice, and one without a make-up day was
  /// probably made by a program that knows the holidays alone.
  public func doubt(_ year: Int) -> Doubt? {
    let days = off.keys.count { $0.year == year && $0.weekday != .sat && $0.weekday != .sun }
    if days > Limits.holidaysPerYear { return .tooManyDays(days) }
    return on.contains { $0.year == year } ? nil : .noMakeUpDay
  }

  private func isComplete(_ year: Int) -> Bool {
    [(1, 1), (10, 1)].allSatisfy { month, day in
      CivilDate(year: year, month: month, day: day).map { off[$0] != nil } ?? false
    }
  }

  /// Days that are off and worked at once.
  public var contradictions: [CivilDate] { on.filter { off[$0] != nil }.sorted() }

  /// The year as the rulebook's calendar has it.
  public func year(_ number: Int) -> WorkCalendar.Year {
    WorkCalendar.Year(
      off: off.filter { $0.key.year == number }.mapValues { $0.isEmpty ? nil : $0 },
      on: on.filter { $0.year == number })
  }
}

extension HolidayTable {
  /// A rule file with one year (`holidays:`).
  public func ruleFile(_ year: Int, from source: String, language: Language) -> String {
    var writer = TextWriter()
    writer.raw("# ")
    writer.visible(Message.holidayFileHead(source)[language])
    writer.newline()
    writer.line("holidays:")
    writer.line("  - year: \(year)")
    let spans = spans(of: year)
    if !spans.isEmpty { writer.line("    off:") }
    for (name, days) in spans {
      writer.raw("      ")
      writer.quoted(name)
      writer.line(": [\(days.map { "'\($0)'" }.joined(separator: ", "))]")
    }
    let worked = on.filter { $0.year == year }.sorted().map { "'\($0)'" }
    if !worked.isEmpty { writer.line("    on: [\(worked.joined(separator: ", "))]") }
    return writer.text
  }

  /// Runs of days by holiday, in the order of the year.
  private func spans(of year: Int) -> [(name: String, days: [String])] {
    var spans: [(name: String, from: CivilDate, to: CivilDate)] = []
    for (day, name) in off.filter({ $0.key.year == year }).sorted(by: { $0.key < $1.key }) {
      if let last = spans.last, last.name == name, last.to + 1 == day {
        spans[spans.count - 1].to = day
      } else {
        spans.append((name, day, day))
      }
    }
    var result: [(name: String, days: [String])] = []
    for span in spans {
      let days = span.from == span.to ? "\(span.from)" : "\(span.from)..\(span.to)"
      if let place = result.firstIndex(where: { $0.name == span.name }) {
        result[place].days.append(days)
      } else {
        result.append((span.name, [days]))
      }
    }
    return result
  }
}
