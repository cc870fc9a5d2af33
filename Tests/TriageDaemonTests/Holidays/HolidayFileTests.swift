import Foundation
import Testing
import TriageCore
import TriageRules

@testable import TriageDaemon

@Suite("Holiday files")
struct HolidayFileTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Fixtures/holidays").standardizedFileURL.path
  private static let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../rules/default").standardizedFileURL.path

  private func table(_ name: String) throws -> HolidayTable {
    try HolidayFile.read([UInt8](Data(contentsOf: URL(fileURLWithPath: Self.fixtures + "/" + name))))
  }

  @Test("The national table in CSV and in iCalendar gives the days that the default rulebook has")
  func national() throws {
    let known = try #require(RulebookLoader.load(directory: Self.rules).rulebook).rulebook.calendar.years
    let csv = try table("national.csv")
    #expect(csv.completeYears == [2024, 2025, 2026] && csv.incompleteYears.isEmpty)
    for year in csv.completeYears {
      #expect(Set(csv.year(year).off.keys) == Set(try #require(known[year]).off.keys))
      #expect(csv.year(year).on == known[year]?.on)
    }
    let calendar = try table("2026.ics")
    #expect(calendar.completeYears == [2026] && calendar.incompleteYears == [2027])
    #expect(calendar.ignored == 1)
    #expect(calendar.year(2026) == csv.year(2026))
  }

  @Test("A year that cannot be, one without a make-up day and one that is nearly all free are doubted")
  func doubts() throws {
    func table(_ rows: [String]) throws -> HolidayTable {
      try HolidayFile.read(Array((["date,kind,name"] + rows).joined(separator: "\n").utf8))
    }
    let whole = ["2027-01-01,off,元旦", "2027-10-01,off,国庆节"]
    let makeUp = "2027-10-09,上班,"
    #expect(try table(whole + [makeUp]).doubt(2027) == nil)
    #expect(try table(whole).doubt(2027) == .noMakeUpDay)
    let summer = (1...31).flatMap { day in
      [5, 7, 8].map { "2027-0\($0)-\(day < 10 ? "0" : "")\(day),off,暑假" }
    }
    #expect(try table(whole + summer + [makeUp]).doubt(2027) == .tooManyDays(67))
    #expect(try table(whole).impossibleYears.isEmpty)
    #expect(try table(["2927-01-01,off,元旦", "1927-10-01,off,国庆节"]).impossibleYears == [1927, 2927])
  }

  @Test("What is written is a rule file that gives the same year")
  func roundTrip() throws {
    let written = try table("national.csv").ruleFile(2026, from: "national.csv", language: .zh)
    let folder = NSTemporaryDirectory() + "/triaged-holidays-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let sample = Self.fixtures + "/../rulebooks/sample"
    try FileManager.default.copyItem(atPath: sample, toPath: folder)
    try written.replacing("2026", with: "2027").write(
      toFile: folder + "/holidays-2027.yaml", atomically: true, encoding: .utf8)
    let loaded = RulebookLoader.load(directory: folder)
    let year = try #require(loaded.rulebook?.rulebook.calendar.years[2027], "\(loaded.findings)")
    #expect(year.off.count == 33 && year.on.count == 6)
    #expect(year.off[try #require(CivilDate("2027-10-01"))] == "国庆节")
  }

  @Test("A day with a time beside it is the day that is written")
  func times() throws {
    let text = "date,kind,name\n2027-01-01T00:00:00+08:00,holiday,元旦\n2027-01-02 24:00,holiday,元旦\n"
    let table = try HolidayFile.read(Array(text.utf8))
    #expect(table.off.keys.sorted().map(\.description) == ["2027-01-01", "2027-01-02"])
    #expect(throws: HolidayFile.Problem.self) {
      try HolidayFile.read(Array("date,kind\n2026-12-31T16:00:00Z,holiday\n".utf8))
    }
  }

  @Test(
    "A file that is none is refused with its line",
    arguments: [
      ("date,kind,name\n2026-13-01,holiday,x\n", 2), ("date,kind\n2026-01-01,feast\n", 2), ("a,b\n", 1),
      ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026\nEND:VEVENT\n", 3),
      ("date,kind\n2026-01-01,holiday\n2026-01-01,makeup_workday\n", 3), ("", 1),
      ("date,kind\n2027/1/1,holiday\n3/4/2027,holiday\n", 3), ("日期,类型\n元旦,放假\n", 2),
      ("日期,类型\n2027/1/1,调休\n", 2),
      ("date,kind\n,holiday\n", 2), ("date,kind\n27/1/1,holiday\n", 2),
      ("date,kind\n\"2027/1/1,holiday\n", 2),
    ])
  func refused(text: String, line: Int) {
    let problem = #expect(throws: HolidayFile.Problem.self) { try HolidayFile.read(Array(text.utf8)) }
    #expect(problem?.line == line)
  }

  @Test(
    "Dates are read as spreadsheets write them",
    arguments: [
      ["2027/1/1", "2027/10/1", "2027/10/9"], ["2027年1月1日", "2027年10月1日", "2027年10月9日"],
      ["2027.1.1", "2027.10.1", "2027.10.9"], ["20270101", "20271001", "20271009"],
      ["2027/1/1 0:00", "2027-10-1 0:00:00", "10月"].map { $0 == "10月" ? "2027-10-09T00:00" : $0 },
      ["1-Jan-2027", "1-Oct-2027", "9-Oct-2027"], ["2027年1月1日星期五", "２０２７／１０／１", "二〇二七年十月九日"],
      ["46388", "46661", "46669"],
    ])
  func spreadsheets(days: [String]) throws {
    let text = "\u{FEFF}2027年放假安排,,\n日期,类型,名称\n\(days[0]),放假,元旦\n\(days[1]),法定节假日,国庆节\n\(days[2]),补班,\n"
    let table = try HolidayFile.read(Array(text.utf8))
    #expect(table.completeYears == [2027] && table.incompleteYears.isEmpty)
    #expect(table.off.keys.sorted().map(\.description) == ["2027-01-01", "2027-10-01"])
    #expect(table.on.map(\.description) == ["2027-10-09"])
    #expect(table.serialDays == (days[0] == "46388" ? 3 : 0))
  }

  @Test("A date that is none says what is wanted")
  func wanted() {
    for (written, word) in [("明天", "2027-01-01"), ("3/4/2027", "2027-01-02")] {
      let problem = #expect(throws: HolidayFile.Problem.self) {
        try HolidayFile.read(Array("date,kind\n\(written),holiday\n".utf8))
      }
      #expect(problem?.message.zh.contains(word) == true && problem?.message.en.contains(word) == true)
    }
  }
}
