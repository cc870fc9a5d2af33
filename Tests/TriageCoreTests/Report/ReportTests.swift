import Testing

@testable import TriageCore

/// A case of March 2026 from its taking (Monday the 2nd) on, and what reports say of it.
@Suite("Reports: what is counted, of whom and when")
struct ReportTests {
  private let zone = Sample.shanghai

  private func account(_ life: Life, at moment: String) throws -> CaseAccount {
    try #require(CaseAccount(id: life.state.id, events: life.log.map { ($0.event, $0.at) }, at: at(moment)))
  }

  /// Accepted on Tuesday, settled on Thursday the 5th.
  private func settled(_ level: LevelID = "yellow", under rulebook: Rulebook = LifeRulebook.make()) -> Life {
    var life = Life(level, under: rulebook)
    life.perform(.accept(.lead1), at: at("2026-03-03T09:00"))
    life.perform(.answer(.lead1, .settled), at: at("2026-03-05T10:00"))
    return life
  }

  private func holds(_ standing: CaseSelection.Standing, _ account: CaseAccount) -> Bool {
    CaseSelection(standings: [standing]).holds(for: account, under: LifeRulebook.make())
  }

  private func report(
    _ accounts: [CaseAccount], _ plan: ReportPlan, month: String = "2026-03-15T00:00",
    at moment: String = "2026-03-31T12:00"
  ) -> CentreReport {
    var rulebook = LifeRulebook.make()
    rulebook.reports = plan
    var period = ReportPeriod(.month, containing: at(month), in: zone)
    period.at = at(moment)
    var builder = ReportBuilder(rulebook: rulebook, period: period)
    for account in accounts { builder.add(account) }
    return builder.finish()
  }

  private func indicator(
    _ of: Indicator.Population, _ standings: [CaseSelection.Standing], target: Indicator.Target? = nil
  ) -> ReportPlan {
    ReportPlan(indicators: [
      Indicator(
        id: "x", title: "x", of: of, selection: CaseSelection(standings: standings), measure: .rate,
        target: target)
    ])
  }

  @Test("An account tells the case as it stood then, not as it is now")
  func then() throws {
    let life = settled()
    #expect(try account(life, at: "2026-03-02T12:00").state.phase == .assigned)
    #expect(try account(life, at: "2026-03-03T12:00").state.phase == .accepted)
    #expect(try account(life, at: "2026-03-06T12:00").state.phase == .followUp)
    #expect(
      CaseAccount(id: "x", events: life.log.map { ($0.event, $0.at) }, at: at("2026-03-01T12:00")) == nil)
  }

  @Test("Not accepted, overdue, old: how an open case stands")
  func standings() throws {
    let life = Life()
    let monday = try account(life, at: "2026-03-02T12:00")
    #expect(holds(.unaccepted(true), monday))
    #expect(holds(.overdue([], false), monday))
    #expect(holds(.phase([.assigned]), monday))
    #expect(!holds(.age(.days(7)), monday))
    #expect(holds(.resolved([], false), monday))
    let late = try account(life, at: "2026-03-12T12:00")
    #expect(holds(.overdue([], true), late))
    #expect(holds(.overdue([.accept], true), late))
    #expect(holds(.overdue([.resolve], true), late))
    #expect(!holds(.overdue([.approve], true), late))
    #expect(holds(.age(.days(7)), late))
    #expect(holds(.late([.resolve]), late))
    #expect(!holds(.met([.accept]), late))
    let settled = try account(settled(), at: "2026-03-06T12:00")
    #expect(holds(.met([.accept, .resolve]), settled))
    #expect(holds(.resolved([.settled], true), settled))
    #expect(!holds(.resolved([.failed], true), settled))
    #expect(holds(.agreement([.none]), settled))
  }

  @Test("What is settled where the people live is settled at their tier")
  func tier() throws {
    var rulebook = LifeRulebook.make()
    let account = try account(settled(), at: "2026-03-06T12:00")
    let local = CaseSelection(standings: [.tier(["community"])])
    #expect(!local.holds(for: account, under: rulebook))
    rulebook.departments[account.unit]?.area = "c1"
    #expect(local.holds(for: account, under: rulebook))
  }

  @Test("A resolution that was reopened still counts in its month, and is told as reopened")
  func reopened() throws {
    var life = settled()
    life.run(until: at("2026-03-10T12:00"))
    life.perform(.answer(.followUp1, .unhappy), at: at("2026-03-10T15:00"))
    let account = try account(life, at: "2026-03-31T12:00")
    #expect(account.state.resolvedAt == nil)
    #expect(account.resolutions.map(\.at) == [at("2026-03-05T10:00")])
    #expect(holds(.reopened(true), account))
    #expect(holds(.satisfied([.no]), account))
    let report = report([account], indicator(.resolved, [.reopened(true)], target: .atMost(5)))
    #expect(report.resolved == 1)
    #expect(report.indicators[0].value == 100)
    #expect(report.indicators[0].isMet == false)
    let april = self.report(
      [try self.account(life, at: "2026-04-30T12:00")], indicator(.resolved, []), month: "2026-04-15T00:00",
      at: "2026-04-30T12:00")
    #expect(april.resolved == 0)
    #expect(april.indicators[0].value == nil)
  }

  @Test("The share done in time is of what fell due in the period, whether it was done or not")
  func dueInPeriod() throws {
    let plan = indicator(.due(.resolve), [.met([.resolve])], target: .atLeast(95))
    let accounts = [
      try account(settled(), at: "2026-03-31T12:00"), try account(Life(), at: "2026-03-31T12:00"),
    ]
    let result = report(accounts, plan).indicators[0]
    #expect((result.of, result.count) == (2, 1))
    #expect(result.value == 50)
    #expect(result.isMet == false)
    // What falls due after the moment of the report is not counted yet: yellow has until the 11th.
    let early = try account(Life(), at: "2026-03-10T12:00")
    #expect(report([early], plan, at: "2026-03-10T12:00").indicators[0].of == 0)
  }

  @Test("Visits count when they reach somebody")
  func visits() throws {
    var life = settled()
    life.run(until: at("2026-03-10T12:00"))
    life.perform(.answer(.followUp1, .happy), at: at("2026-03-10T15:00"))
    let account = try account(life, at: "2026-03-31T12:00")
    #expect(
      report([account], indicator(.visited, [.satisfied([.yes, .basically])])).indicators[0].value == 100)
    #expect(holds(.performed([.yes]), account))
    let visits = report([account], indicator(.due(.followUp), [.visited(true)])).indicators[0]
    #expect((visits.of, visits.count) == (1, 1))
  }

  @Test("A count has no share; none is a number too")
  func counts() throws {
    let overdue = Indicator(
      id: "overdue", title: "超期数", of: .open, selection: CaseSelection(standings: [.overdue([], true)]),
      measure: .count, target: .atMost(0))
    let plan = ReportPlan(indicators: [overdue])
    #expect(report([], plan).indicators[0].isMet == true)
    let late = try account(Life(), at: "2026-03-31T12:00")
    #expect(report([late], plan).indicators[0].value == 1)
    #expect(report([late], plan).indicators[0].isMet == false)
  }

  @Test("Volumes and units: what came, what was done, what is late")
  func volumes() throws {
    let report = report(
      [try account(settled(), at: "2026-03-31T12:00"), try account(Life(), at: "2026-03-31T12:00")],
      ReportPlan())
    #expect((report.taken, report.resolved, report.open) == (2, 1, 2))
    #expect(report.categories.map(\.taken) == [2])
    #expect(report.levels.map(\.id) == ["yellow"])
    #expect(report.topics.map(\.taken) == [2])
    let unit = try #require(
      report.units.first { $0.department == report.departments.first.map { DepartmentID($0.id) } })
    #expect(unit.resolved == 1)
    #expect((unit.accept.due, unit.accept.met) == (2, 1))
    #expect((unit.resolve.due, unit.resolve.met) == (2, 1))
    // The visit of the settled one, due on the 10th, and the resolution of the other.
    #expect(unit.overdue == 2)
  }

  @Test("Of several subsidies that hold the highest is paid, once a case, to the unit that resolved it")
  func subsidies() throws {
    let input = CaseInput(channel: "visit", text: "x", handled: true, result: "当场说和")
    let life = Life("green", input: input, onTheSpot: true)
    let plan = ReportPlan(subsidies: [
      Subsidy(
        id: "any", title: "一案一补", selection: CaseSelection(standings: [.resolved([.settled], true)]),
        amount: 50),
      Subsidy(
        id: "property", title: "物业", selection: CaseSelection(condition: .category(["property"])),
        amount: 100),
      Subsidy(
        id: "red", title: "红色", selection: CaseSelection(condition: .level(["red"])), amount: 900),
    ])
    let account = try account(life, at: "2026-03-31T12:00")
    let report = report([account, try self.account(settled(), at: "2026-03-31T12:00")], plan)
    #expect(report.subsidies.map(\.sum) == [0, 100, 0])
    #expect(report.subsidyUnits.map(\.sum) == [100])
    #expect(report.subsidyUnits.first?.department == account.unit)
    #expect(report.closed == 1)
  }

  @Test("A list goes from what is late the longest to what is due last")
  func list() throws {
    let late = Life(at: at("2026-03-02T09:00"))
    let red = Life("red", at: at("2026-03-16T09:00"))
    let plan = ReportPlan(lists: [CaseList(id: "all", title: "全部")])
    let report = report(
      [try account(red, at: "2026-03-16T09:30"), try account(late, at: "2026-03-16T09:30")], plan,
      at: "2026-03-16T09:30")
    let list = report.lists[0]
    #expect(list.total == 2)
    #expect(list.rows.map(\.isOverdue) == [true, false])
    #expect(list.rows.map(\.level) == ["yellow", "red"])
    #expect(list.rows[0].stage == .accept)
  }
}
