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

  @Test(
    "A file that is none is refused with its line",
    arguments: [
      ("date,kind,name\n2026-13-01,holiday,x\n", 2), ("date,kind\n2026-01-01,feast\n", 2), ("a,b\n", 1),
      ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026\nEND:VEVENT\n", 3),
      ("date,kind\n2026-01-01,holiday\n2026-01-01,makeup_workday\n", 1), ("", 1),
    ])
  func refused(text: String, line: Int) {
    let problem = #expect(throws: HolidayFile.Problem.self) { try HolidayFile.read(Array(text.utf8)) }
    #expect(problem?.line == line)
  }
}
