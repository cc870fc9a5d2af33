import Testing
import TriageCore
import TriageRules

@Suite("Lists, indicators and subsidies in the field's words")
struct ReportRulesTests {
  private func plan(_ yaml: String) throws -> ReportPlan {
    var files = try Fixture.sample()
    files["lists.yaml"] = yaml
    return try Fixture.withRulebook(files) { folder in
      let result = RulebookLoader.load(directory: folder)
      #expect(result.findings.filter { $0.severity == .error }.map(\.message.en) == [])
      return try #require(result.rulebook).rulebook.reports
    }
  }

  @Test("The sample's: the weekly dispatch, the share settled where people live, so much a case")
  func sample() throws {
    let reports = try #require(RulebookLoader.load(directory: Fixture.path("sample")).rulebook).rulebook
      .reports
    let weekly = try #require(reports.lists.first)
    #expect(weekly.every == .weekly(.mon, CivilTime(9, 0)))
    #expect(weekly.selection.standings == [.overdue([], true)])
    #expect(weekly.to == ["center"])
    let local = try #require(reports.indicators.first)
    #expect(local.of == .resolved)
    #expect(local.selection.standings == [.tier(["community"])])
    #expect(local.target == .atLeast(90))
    #expect(reports.subsidies.map(\.amount) == [90])
    #expect(reports.subsidies.first?.selection.standings == [.resolved([.settled], true)])
  }

  @Test("A subsidy takes cents; what is no sum is said with what is wanted")
  func cents() throws {
    func subsidy(_ amount: String) -> String {
      "subsidy: [{id: s, when: {resolved: settled}, amount: \(amount)}]\n"
    }
    #expect(try plan(subsidy("91.5")).subsidies.map(\.amount.cents) == [9_150])
    for wrong in ["1.234", "'90'", "-1", "2000000", "90元"] {
      var files = try Fixture.sample()
      files["lists.yaml"] = subsidy(wrong)
      try Fixture.withRulebook(files) { folder in
        let found = RulebookLoader.load(directory: folder).findings.filter { $0.severity == .error }
        #expect(
          found.contains {
            $0.message.en.contains("yuan is wanted") || $0.message.en.contains("sum in yuan")
          }, "\(wrong)")
      }
    }
  }

  @Test("Durations of rules are read as people write them")
  func durations() throws {
    var files = try Fixture.sample()
    files["lists.yaml"] = "lists: [{id: old, where: {age: 10个工作日}}, {id: older, where: {age: 30天}}]\n"
    try Fixture.withRulebook(files) { folder in
      let result = RulebookLoader.load(directory: folder)
      let lists = try #require(result.rulebook, "\(result.findings)").rulebook.reports.lists
      #expect(lists.map(\.selection.standings) == [[.age(.workingDays(10))], [.age(.days(30))]])
    }
  }

  @Test("where takes the conditions of rows and how a case stands, all of which must hold")
  func selection() throws {
    let list = try #require(
      try plan(
        """
        lists:
          - id: hard
            where: {level: [red, yellow], difficulty: hard, area: {under: street}, overdue: [accept, resolve],
                    phase: [accepted, paused], lead: urban, age: 10d, returned: 2, reopened: false, visited: true,
                    satisfied: [yes, basically], performed: partly, agreement: written, met: accept, late: resolve,
                    escalated: true, unaccepted: false, open: true, resolved: false}
        """
      ).lists.first)
    #expect(
      list.selection.condition
        == .all([.area(under: ["street"]), .scale("difficulty", ["hard"]), .level(["red", "yellow"])]))
    let standings: [CaseSelection.Standing] = [
      .age(.days(10)), .agreement([.written]), .escalated(true), .late([.resolve]), .lead(["urban"]),
      .met([.accept]), .open(true), .overdue([.accept, .resolve], true), .performed([.partly]),
      .phase([.accepted, .paused]), .reopened(false), .resolved([], false), .returned(2),
      .satisfied([.yes, .basically]), .unaccepted(false), .visited(true),
    ]
    #expect(list.selection.standings == standings)
    #expect(list.title == "hard")
    #expect(list.every == nil)
  }

  @Test("Indicators: a share with a where, else a count; at least a target, or at most")
  func indicators() throws {
    let indicators = try plan(
      """
      indicators:
        - {id: a, of: due, stage: accept, where: {met: accept}, target: 95%}
        - {id: b, of: due, where: {late: resolve}, at_most: 2.5%}
        - {id: c, of: taken}
        - {id: d, of: open, where: {overdue: true}, as: count, at_most: 0}
      """
    ).indicators
    #expect(indicators.map(\.of) == [.due(.accept), .due(.resolve), .taken, .open])
    #expect(indicators.map(\.measure) == [.rate, .rate, .count, .count])
    #expect(indicators.map(\.target) == [.atLeast(95), .atMost(2.5), nil, .atMost(0)])
  }

  @Test("A mistyped word of where says which one was probably meant")
  func suggestion() throws {
    let findings = RulebookLoader.load(directory: Fixture.path("broken/reports/rulebook")).findings
    let hints = findings.compactMap(\.hint?.en)
    #expect(hints.contains("did you mean 'overdue'?"))
    #expect(hints.contains("did you mean 'settled'?"))
    #expect(hints.contains("did you mean center (综治中心)?"))
  }

  @Test("The default rulebook has the lists and indicators of a centre's week, month and quarter")
  func standard() throws {
    let reports = try #require(DefaultRulebook.loaded.rulebook).rulebook.reports
    let titles = reports.indicators.map(\.title)
    for title in ["签收及时率", "按期办结率", "就地化解率", "化解率", "满意率", "回访率", "重办率", "超期数"] {
      #expect(titles.contains(title))
    }
    #expect(reports.lists.count >= 4)
    #expect(reports.lists.allSatisfy { $0.every != nil && !$0.to.isEmpty })
    #expect(reports.subsidies.count >= 3)
  }
}
