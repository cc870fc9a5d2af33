import ArgumentParser
import Foundation
import TriageCore
import TriageDaemon
import TriageRules

/// `triaged calendar import FILE`.
struct CalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar", abstract: Message.helpCalendar.localised, subcommands: [Import.self])

  /// Holiday data become rule files of their own, a year each (`holidays-2027.yaml`): what the administrator wrote is
  /// never touched, and a running daemon takes them like any change of the rules.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: Message.helpCalendarImport.localised,
      discussion: JSONOutput.calendarImport.localised)

    @Argument(help: ArgumentHelp(Message.argumentHolidayFile.localised), completion: .file())
    var file: String
    @OptionGroup var places: PlaceOptions
    @OptionGroup var output: FormatOption

    /// What became of one year.
    private struct Report: Encodable {
      enum What: String, Encodable { case written, same, shown }
      var year: Int
      var what: What
      var file: String?
      var off: [String]
      var on: [String]

      init(_ year: Int, _ what: What, _ table: HolidayTable, file: String? = nil) {
        self.year = year
        self.what = what
        self.file = file
        off = table.year(year).off.keys.sorted().map(\.description)
        on = table.year(year).on.sorted().map(\.description)
      }
    }

    func run() throws {
      let table = try read()
      let language = try places.configuration().language
      for year in table.incompleteYears { StandardError.write(Message.holidayYearIncomplete(year).localised) }
      if table.serialDays > 0 { StandardError.write(Message.holidaySerialDays(table.serialDays).localised) }
      if table.ignored > 0 { StandardError.write(Message.holidaysIgnored(table.ignored).localised) }
      if let year = table.impossibleYears.first {
        throw Failure(.holidayYearImpossible(year, Limits.calendarYears))
      }
      for year in table.completeYears {
        switch table.doubt(year) {
        case .tooManyDays(let days)?:
          StandardError.write(Message.holidayYearTooFree(year, days: days).localised)
        case .noMakeUpDay?: StandardError.write(Message.holidayYearWithoutMakeUp(year).localised)
        case nil: break
        }
      }
      guard !table.completeYears.isEmpty else { throw Failure(Message.holidayNoYear.prefixed("\(file): ")) }
      guard let rules = try places.configuration().rules else {
        for year in table.completeYears {
          switch output.format {
          case .json: print(try JSONLine.encode(Report(year, .shown, table)))
          case .text: print(table.ruleFile(year, from: name, language: language), terminator: "")
          }
        }
        return
      }
      let calendar = try Rules.load(rules).rulebook.calendar
      // All or nothing: a year that differs is found before another is written.
      let wanted = try table.completeYears.filter { try isNews($0, table, calendar, rules) }
      for year in wanted { try write(year, table, into: rules, language) }
      guard output.format == .json else { return }
      for year in table.completeYears {
        let isNew = wanted.contains(year)
        let report = Report(
          year, isNew ? .written : .same, table, file: isNew ? Self.path(year, in: rules) : nil)
        print(try JSONLine.encode(report))
      }
    }

    private var name: String { file.split(separator: "/").last.map(String.init) ?? file }

    private func read() throws -> HolidayTable {
      guard let bytes = WholeFile.read(file, limit: Limits.caseFileBytes) else {
        throw Failure(.usageFileUnreadable(file, SystemFault(errno)))
      }
      do {
        return try HolidayFile.read(bytes)
      } catch {
        throw Failure(error.message.prefixed("\(file):\(error.line): "))
      }
    }

    private static func path(_ year: Int, in rules: String) -> String { "\(rules)/holidays-\(year).yaml" }

    /// - Throws: where the rulebook has the year with other days, in a file that is not the import's own.
    private func isNews(_ year: Int, _ table: HolidayTable, _ calendar: WorkCalendar, _ rules: String) throws
      -> Bool
    {
      guard let known = calendar.years[year] else { return true }
      let new = table.year(year)
      let days = Set(known.off.keys).symmetricDifference(new.off.keys).union(
        known.on.symmetricDifference(new.on))
      if days.isEmpty {
        StandardError.write(Message.holidaySame(year).localised)
        return false
      }
      let own = Self.path(year, in: rules)
      guard access(own, F_OK) == 0 else {
        throw Failure(.holidayDiffers(year, "calendar: years:", days: days.sorted().map(\.description)))
      }
      return true
    }

    private func write(_ year: Int, _ table: HolidayTable, into rules: String, _ language: Language) throws {
      let path = Self.path(year, in: rules)
      let text = table.ruleFile(year, from: name, language: language)
      // By rename: a daemon that looks meanwhile reads the old file or the new one.
      let temporary = rules + "/.holidays-\(year).yaml.tmp"
      do {
        try text.write(toFile: temporary, atomically: false, encoding: .utf8)
      } catch {
        throw Failure(.holidayCannotWrite(path, SystemFault(error)))
      }
      guard rename(temporary, path) == 0 else {
        throw Failure(.holidayCannotWrite(path, SystemFault(errno)))
      }
      let days = table.year(year)
      StandardError.write(
        Message.holidayWritten(year, path, off: days.off.count, on: days.on.count).localised)
    }
  }
}
