import Testing
import TriageCore
import TriageRules

/// Sentences that a search for substrings gets wrong, and plain ones that must still be found: exceptions must not
/// silence what they stand beside.
@Suite("The default rulebook reads sentences as a hotline desk would")
struct DefaultRulebookTrapTests {
  private struct Row {
    var text: String
    var level: LevelID
    var category: CategoryID
    var mustLevel: Bool
    var decision: Decision

    var hasLevel: Bool { decision.level == level }
    var hasCategory: Bool { decision.category == category }
    /// What came instead, and because of which rules.
    var report: String {
      let rules = decision.fired.map(\.rule.rawValue).joined(separator: " ")
      return "\(text): \(decision.level) \(decision.category) instead of \(level) \(category) [\(rules)]"
    }
  }

  private static func traps() throws -> [Row] {
    try rows("traps/traps.csv", level: "expect_level", category: "expect_category") { $0["must"] == "level" }
  }

  private static func sentences() throws -> [Row] {
    try rows("traps/sentences.csv", level: "level", category: "category") { _ in true }
  }

  private static func rows(
    _ name: String, level: String, category: String, must: ([String: String]) -> Bool
  ) throws -> [Row] {
    let table = try DefaultRulebook.table(name)
    let decisions = try DefaultRulebook.decide(table.map { DefaultRulebook.call($0["text"] ?? "") })
    return zip(table, decisions).map { row, decision in
      Row(
        text: row["text"] ?? "", level: LevelID(row[level] ?? ""), category: CategoryID(row[category] ?? ""),
        mustLevel: must(row), decision: decision)
    }
  }

  private static func report(_ title: String, _ right: Int, of all: Int, _ wrong: [Row]) {
    print("\(title): \(right)/\(all)")
    for row in wrong { print("  " + row.report) }
  }

  @Test("Where the level of a trap must be right, it is")
  func mustLevels() throws {
    let rows = try Self.traps().filter(\.mustLevel)
    #expect(rows.count == 48)
    for row in rows { #expect(row.hasLevel, "\(row.report)") }
  }

  /// 15 of 16: a jump in quotation marks that somebody else suggested is taken at its word.
  @Test("The levels of the other traps keep their score")
  func otherLevels() throws {
    let rows = try Self.traps().filter { !$0.mustLevel }
    let wrong = rows.filter { !$0.hasLevel }
    Self.report("levels of the other traps", rows.count - wrong.count, of: rows.count, wrong)
    #expect(rows.count - wrong.count >= 15)
  }

  @Test("The categories of the traps keep their score")
  func categories() throws {
    let rows = try Self.traps()
    let wrong = rows.filter { !$0.hasCategory }
    Self.report("categories of the traps", rows.count - wrong.count, of: rows.count, wrong)
    #expect(rows.count - wrong.count >= 59)
  }

  @Test("Plain sentences have their level: exceptions silence nothing else")
  func plainLevels() throws {
    let rows = try Self.sentences()
    for level: LevelID in ["red", "yellow", "green"] { #expect(rows.count { $0.level == level } >= 30) }
    for row in rows { #expect(row.hasLevel, "\(row.report)") }
  }

  @Test("The categories of plain sentences keep their score")
  func plainCategories() throws {
    let rows = try Self.sentences()
    let wrong = rows.filter { !$0.hasCategory }
    Self.report("categories of plain sentences", rows.count - wrong.count, of: rows.count, wrong)
    #expect(rows.count - wrong.count >= 93)
  }
}
