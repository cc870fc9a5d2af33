import Testing

@testable import TriageCore

@Suite("First reports, stages that are ticked off, other procedures")
struct CourseTests {
  let morning = at("2026-03-03T09:00")

  static func rows(report: TimeLimit, on level: LevelID? = nil) -> [DeadlineRow] {
    var rows = LifeRulebook.deadlines
    let row = rows.firstIndex { $0.head.id.rawValue == level?.rawValue ?? "base" } ?? 0
    rows[row].limits[.report] = .within(report)
    return rows
  }

  @Test("The first report is due from the taking; the first one meets it, more may follow")
  func report() {
    var life = Life(under: LifeRulebook.make(deadlines: Self.rows(report: .hours(24))))
    #expect(life.due(.report, item: .lead1) == at("2026-03-03T09:00"))
    life.perform(.request(life.ask(.report, "urban", at: morning, "已到现场")), at: morning)
    life.perform(.request(life.ask(.report, "urban", at: morning, "人员散去")), at: at("2026-03-03T18:00"))
    #expect(life.fate(.report, item: .lead1) == .met)
    #expect(life.state.reportedAt == morning)
    #expect(
      life.refusal(of: .request(life.ask(.report, "police", at: morning, "x")), at: morning)
        == .notAssigned("police"))
  }

  @Test("A resolution meets the first report as it meets the first contact")
  func resolutionReports() {
    var life = Life(under: LifeRulebook.make(deadlines: Self.rows(report: .workingDays(3))))
    life.perform(.answer(.lead1, .settled), at: morning)
    #expect(life.fate(.report, item: .lead1) == .met)
  }

  @Test("What only a higher level asks of the lead is asked when the case is raised to it")
  func raisedToReport() {
    let rules = LifeRulebook.make(deadlines: Self.rows(report: .hours(24), on: "red"))
    var life = Life("yellow", "labor", under: rules)
    #expect(life.due(.report, item: .lead1) == nil)
    var raise = life.ask(.raise, "leader", at: morning, "人员聚集")
    raise.level = "red"
    life.perform(.request(raise), at: morning)
    let lead = life.state.leadItem?.key
    #expect(life.due(.report, item: lead) == at("2026-03-04T09:00"))
  }

  @Test("A judicial confirmation is ticked off by whoever resolved, and the case does not wait for its day")
  func confirmed() {
    var life = Life("green", "labor")
    var reply = Reply.settled
    reply.agreementDate = CivilDate("2026-03-03")
    life.perform(.answer(.lead1, reply), at: at("2026-03-03T10:00"))
    life.run(until: at("2026-03-06T12:00"))
    life.perform(.answer(.followUp1, .happy), at: at("2026-03-06T12:00"))
    #expect(life.state.phase == .followUp)
    var done = life.ask(.complete, life.state.lead, at: morning, "法院已确认")
    done.stage = "appraisal"
    #expect(life.refusal(of: .request(done), at: at("2026-03-10T10:00")) == .stageNotRunning(["confirm"]))
    done.stage = nil
    life.perform(.request(done), at: at("2026-03-10T10:00"))
    #expect(life.fate("confirm") == .met)
    #expect(life.state.phase == .closed)
    #expect(life.state.closedHow == .followedUp)
  }

  @Test("Nobody ticks it off: the case is over on the day after")
  func lapses() {
    var life = Life("green", "labor")
    var reply = Reply.settled
    reply.agreementDate = CivilDate("2026-03-03")
    life.perform(.answer(.lead1, reply), at: at("2026-03-03T10:00"))
    life.run(until: at("2026-03-06T12:00"))
    life.perform(.answer(.followUp1, .happy), at: at("2026-03-06T12:00"))
    life.run(until: at("2026-04-30T12:00"))
    #expect(life.state.phase == .closed)
    #expect(life.state.closedAt == at("2026-04-02T17:30") + 1)
  }

  @Test("A diverted case ends with the route that the citizen was told; only those above may divert")
  func diverted() {
    var rules = LifeRulebook.make()
    rules.procedures = [Procedure(id: "court", title: "诉讼", tell: "可向区人民法院起诉")]
    var life = Life(under: rules)
    var divert = life.ask(.divert, "urban", at: morning, "已当面告知")
    divert.procedure = "court"
    #expect(life.refusal(of: .request(divert), at: morning) == .notEntitled(.divert))
    divert.by = "center"
    divert.procedure = "moon"
    #expect(
      life.refusal(of: .request(divert), at: morning)
        == .procedureUnknown("moon", known: rules.procedures))
    divert.procedure = "court"
    divert.reason = "\u{3000} \n"
    #expect(life.refusal(of: .request(divert), at: morning) == .reasonMissing)
    divert.reason = "已当面告知"
    life.perform(.request(divert), at: morning)
    #expect(life.state.phase == .diverted)
    #expect(life.state.openAssignments.isEmpty && life.state.runningDeadlines.isEmpty)
    #expect(life.state.diversion?.route == "可向区人民法院起诉")
    #expect(life.notices(to: "urban").last == .diverted(title: "诉讼", route: "可向区人民法院起诉"))
    #expect(life.nextTimer == nil)
  }
}
