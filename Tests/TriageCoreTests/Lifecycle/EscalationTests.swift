import Testing

@testable import TriageCore

@Suite("Escalation")
struct EscalationTests {
  let rules = LifeRulebook.make(escalation: LifeRulebook.ladder)

  @Test("Nobody accepts: the leader is told four working hours after the deadline, once")
  func acceptLate() {
    var life = Life(under: rules)
    life.run(until: at("2026-03-04T14:59"))
    #expect(life.escalations.isEmpty)
    life.run(until: at("2026-03-04T15:00"))
    #expect(life.escalations == ["accept-late"])
    #expect(life.notices(to: "leader") == [.escalated(rule: "accept-late", stage: .accept)])
    life.run(until: at("2026-03-10T15:00"))
    #expect(life.escalations == ["accept-late"])
  }

  @Test("Three working days overdue: the case goes up to the lead's superior, the old lead helps")
  func ladder() {
    var life = Life(under: rules)
    life.perform(.accept(.lead1), at: at("2026-03-02T10:00"))
    let due = life.due(.resolve)
    life.run(until: at("2026-03-16T17:30"))
    #expect(life.escalations == ["ladder-2"])
    #expect(life.state.lead == "leader")
    #expect(life.state.leadItem?.cause == .escalated(by: "ladder-2"))
    #expect(life.state.openItems(.assist).map(\.department) == ["urban"])
    #expect(life.due(.resolve) == due)
  }

  @Test("Not satisfied: reopened and raised in one step, with the lead that the new level wants")
  func unsatisfied() {
    var life = Life(under: rules)
    life.perform(.answer(.lead1, .settled), at: at("2026-03-03T10:00"))
    life.run(until: at("2026-03-06T08:30"))
    life.perform(.answer(.followUp1, .unhappy), at: at("2026-03-06T09:00"))
    #expect(life.escalations == ["unsatisfied"])
    #expect(life.state.level == "red")
    #expect(life.state.lead == "task-force")
    #expect(life.state.phase == .assigned)
    #expect(life.state.reopenings == 1)
    #expect(life.state.openItems(.assist).map(\.department) == ["urban"])
    #expect(life.due(.redo) == at("2026-03-10T17:30"))
  }

  @Test("A mediation that failed twice is raised and assigned")
  func failedTwice() {
    var life = Life(under: rules)
    life.perform(.answer(.lead1, Reply(result: .failed)), at: at("2026-03-03T10:00"))
    #expect(life.state.phase == .followUp)
    life.run(until: at("2026-03-06T08:30"))
    life.perform(
      .answer(.followUp1, Reply(performed: .no, satisfied: .basically)), at: at("2026-03-06T09:00"))
    life.perform(.answer(.lead2, Reply(result: .failed)), at: at("2026-03-06T10:00"))
    #expect(life.state.failures == 2)
    #expect(life.state.lead == "center")
    #expect(life.state.level == "red")
    #expect(life.state.phase == .assigned)
  }

  @Test("The second return is told to the leader")
  func returnedTwice() {
    var life = Life(under: rules)
    life.perform(.returnItem(.lead1, .notOurs), at: at("2026-03-02T10:00"))
    life.perform(.answer(.adjudicate1, Reply(assignTo: "justice", reason: "司法")), at: at("2026-03-02T11:00"))
    #expect(life.escalations.isEmpty)
    life.perform(.returnItem(.lead2, .notOurs), at: at("2026-03-02T15:00"))
    #expect(life.escalations == ["returned-twice"])
  }

  @Test("Age raises a case that is still open; a case filed again and again is raised at once")
  func ageAndRepeats() {
    var life = Life(under: LifeRulebook.make(escalation: LifeRulebook.ladder.filter { $0.id == "ageing" }))
    life.perform(.accept(.lead1), at: at("2026-03-02T10:00"))
    life.run(until: at("2026-04-01T17:29"))
    #expect(life.state.level == "yellow")
    life.run(until: at("2026-04-01T17:30"))
    #expect(life.state.level == "red")
    #expect(life.notices(to: "urban").contains(.raisedByRule("ageing", from: "yellow", to: "red")))
    var again = Life("green", earlier: [at("2026-02-01T09:00"), at("2026-02-20T09:00")], under: rules)
    #expect(again.nextTimer == again.state.takenAt)
    again.perform(.tick, at: at("2026-03-02T09:00"))
    #expect(again.state.level == "yellow")
    #expect(again.state.openItems(.assist).map(\.department).contains("justice"))
    #expect(again.escalations == ["third-time"])
  }

  @Test("A raise while somebody works on the case fires what waits for raises, once for each")
  func raisedWhileWaiting() {
    let rule = LifeRulebook.escalation("raised", .raised, .init(notify: ["justice"]))
    let ageing = LifeRulebook.ladder.filter { $0.id == "ageing" || $0.id == "unsatisfied" }
    let rules = LifeRulebook.make(escalation: ageing + [rule])
    var life = Life("green", under: rules)
    life.perform(.accept(.lead1), at: at("2026-03-02T10:00"))
    life.run(until: at("2026-04-01T17:30"))
    #expect(life.escalations == ["ageing", "raised"])
    #expect(life.notices(to: "justice") == [.escalated(rule: "raised", stage: nil)])
    life.perform(
      .request(life.ask(.raise, "leader", at: at("2026-04-02T09:00"), "聚集")), at: at("2026-04-02T09:00"))
    #expect(life.escalations == ["ageing", "raised", "raised"])
    #expect(life.perform(.tick, at: at("2026-04-02T09:00")).isEmpty)
    // A raise with which a resolved case is reopened found nobody waiting.
    var resolved = Life(under: rules)
    resolved.perform(.answer(.lead1, .settled), at: at("2026-03-03T10:00"))
    resolved.run(until: at("2026-03-06T08:30"))
    resolved.perform(.answer(.followUp1, .unhappy), at: at("2026-03-06T09:00"))
    #expect(resolved.escalations == ["unsatisfied"])
  }

  @Test("A rule asks a department who shall handle the case: it leads until it has answered")
  func asksForADecision() {
    let rule = LifeRulebook.escalation(
      "who", .overdue(.accept, by: .workingHours(4)), .init(adjudicate: "center"))
    var life = Life(under: LifeRulebook.make(escalation: [rule]))
    life.run(until: at("2026-03-04T15:00"))
    #expect(life.state.phase == .returned)
    #expect(life.state.lead == "center")
    #expect(life.state.returns == 0)
    #expect(life.state.assignment(.lead1)?.status == .ended)
    #expect(life.due(.adjudicate, item: .adjudicate1) != nil)
    life.perform(.answer(.adjudicate1, Reply(assignTo: "justice", reason: "司法")), at: at("2026-03-04T16:00"))
    #expect(life.state.lead == "justice")
    #expect(life.state.phase == .assigned)
  }

  @Test("While a return waits for its decision, the decision goes up")
  func adjudicationGoesUp() {
    let rule = LifeRulebook.escalation("slow-judge", .overdue(.adjudicate, by: .hours(0)), .init(escalate: 1))
    var life = Life("green", under: LifeRulebook.make(escalation: [rule]))
    life.perform(.returnItem(.lead1, .notOurs), at: at("2026-03-02T10:00"))
    #expect(life.state.lead == "center")
    life.run(until: at("2026-03-02T17:00"))
    #expect(life.state.lead == "leader")
    #expect(life.state.openItems(.adjudicate).map(\.department) == ["leader"])
    #expect(life.state.phase == .returned)
  }

  @Test("A paused case and one that waits for approval do not climb")
  func standsStill() {
    var life = Life("red", under: LifeRulebook.make(require: Sample.require, escalation: LifeRulebook.ladder))
    life.perform(.answer(.lead1, .settled), at: at("2026-03-05T10:00"))
    life.run(until: at("2026-03-25T10:00"))
    #expect(!life.escalations.contains("ladder-2"))
  }

  @Test("A deadline over an unknown year is told anew once its holidays are known")
  func provisional() {
    let unknown = WorkCalendar(
      hours: Sample.calendar.hours, rest: [.sat, .sun], years: [:], zone: Sample.shanghai)
    var life = Life(under: LifeRulebook.make(calendar: unknown))
    #expect(life.state.running(.resolve)?.set.deadline.provisional == true)
    var known = unknown
    known.years[2026] = .init(off: [CivilDate("2026-03-06") ?? CivilDate(day: 0): nil])
    life.rulebook = LifeRulebook.make(calendar: known)
    life.perform(.tick, at: at("2026-03-02T12:00"))
    #expect(life.due(.resolve) == at("2026-03-12T17:30"))
    #expect(life.state.running(.resolve)?.set.why == .calendar)
    #expect(life.perform(.tick, at: at("2026-03-02T12:00")).isEmpty)
  }

  @Test("A reload leaves open cases as they are unless the rulebook says otherwise")
  func reload() {
    var rows = LifeRulebook.deadlines
    rows[1].limits[.resolve] = .within(.workingDays(3))
    var life = Life()
    life.rulebook = LifeRulebook.make(deadlines: rows)
    #expect(life.perform(.tick, at: at("2026-03-02T12:00")).isEmpty)
    life.rulebook = LifeRulebook.make(deadlines: rows, onReload: .forward)
    life.perform(.tick, at: at("2026-03-02T12:00"))
    #expect(life.due(.resolve) == at("2026-03-05T17:30"))
  }
}
