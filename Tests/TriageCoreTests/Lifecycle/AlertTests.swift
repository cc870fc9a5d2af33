import Testing

@testable import TriageCore

@Suite("Alerts")
struct AlertTests {
  let rules = LifeRulebook.make(
    deadlines: {
      var rows = LifeRulebook.deadlines
      rows[0].limits[.alert] = .within(.workingDays(1))
      return rows
    }(), reminders: LifeRulebook.reminders, escalation: LifeRulebook.ladder + LifeRulebook.later)
  let now = at("2026-03-02T10:00")
  let item = ItemKey(.alert, 1)

  private func raised() -> (CaseState, CaseEvent.AlertRaised) {
    let cases = [Life("yellow", under: rules), Life("red", under: rules)].map { $0.state.index(under: rules) }
    let alert = Lifecycle.raiseAlert(
      "cluster", occasion: "property/c1", to: "center", title: "聚集预警", cases: cases, at: now, under: rules)
    return (CaseState(id: "ALERT-20260302-1", alert: alert, at: now), alert)
  }

  @Test("An alert has one item under its own name, is as severe as its worst case, and ends with its answer")
  func life() throws {
    var (state, alert) = raised()
    #expect(state.itemID(item).description == "ALERT-20260302-1")
    #expect(ItemID("ALERT-20260302-1") == ItemID("ALERT-20260302-1", .alert, 1))
    #expect(state.level == "red" && state.category == "property" && state.lead == "center")
    #expect(
      Lifecycle.effects(of: [.alertRaised(alert)], on: state).map(\.effect)
        == [.deliver(ItemID("ALERT-20260302-1", .alert, 1), "center")])
    #expect(state.index(under: rules).isAlert)
    var log: [(CaseEvent, Instant)] = [(.alertRaised(alert), now)]
    func handle(_ command: Command) -> Result<[CaseEvent], Refusal> {
      Lifecycle.handle(command, on: state, at: now, under: rules)
    }
    func perform(_ command: Command) throws {
      for event in try handle(command).get() {
        state.apply(event, at: now)
        log.append((event, now))
      }
    }
    try perform(.accept(item))
    #expect(state.phase == .accepted)
    #expect(handle(.answer(item, Reply())) == .failure(.missing(fields: ["summary"])))
    #expect(handle(.returnItem(item, .notOurs)) == .failure(.returnNotAllowed))
    #expect(handle(.request(Request(verb: .raise, by: "center", at: now))) == .failure(.isAlert))
    try perform(.answer(item, Reply(summary: "已约谈物业")))
    #expect(state.phase == .closed && state.closedHow == .answered)
    #expect(state.openAssignments.isEmpty && state.runningDeadlines.isEmpty)
    #expect(handle(.tick) == .success([]))
    #expect(CaseState(id: state.id, events: log) == state)
  }

  @Test("An alert that a row gives time is reminded of, and climbs no ladder")
  func reminders() {
    let (state, _) = raised()
    #expect(state.running(.alert, item: item)?.set.deadline.due == at("2026-03-03T17:30"))
    #expect(Lifecycle.nextTimer(of: state, under: rules) != nil)
    let events = try? Lifecycle.handle(.tick, on: state, at: at("2026-03-20T10:00"), under: rules).get()
    #expect(events?.isEmpty == false)
    #expect(events?.allSatisfy { if case .reminded = $0 { true } else { false } } == true)
  }

  @Test("A rule that met many cases does its actions once to each, and the list is noted once")
  func members() {
    var life = Life("green", under: rules)
    let listed = CaseEvent.Listed(alert: "ALERT-20260302-1", rule: "cluster", department: "center")
    life.perform(.fire("cluster", occasion: "property/c1"), at: now)
    life.perform(.list(listed), at: now)
    #expect(life.state.level == "yellow")
    #expect(life.state.alerts == [listed])
    #expect(life.perform(.fire("cluster", occasion: "property/c1"), at: now).isEmpty)
    #expect(life.perform(.list(listed), at: now).isEmpty)
    #expect(Message.timeline(.listed(listed), in: rules).zh.contains("ALERT-20260302-1"))
  }

  @Test("The alert of a rule of one case is asked for by its step")
  func asked() {
    var rulebook = rules
    let rule = LifeRulebook.escalation("late", .overdue(.accept, by: .hours(0)), .init(alert: "center"))
    rulebook.escalation = [rule]
    var life = Life(under: rulebook)
    let events = life.run(until: at("2026-03-04T09:00"))
    #expect(Lifecycle.alerts(of: events, under: rulebook).map(\.department) == ["center"])
  }

  @Test("A group is what is the same; a case without a known area is in none")
  func groups() {
    let cluster = EscalationRule.Cluster(
      same: [.category, .areaKind("community")], atLeast: 5, within: .days(7))
    func group(_ area: AreaID?) -> ClusterGroup? {
      cluster.group(category: "property", level: "green", channel: "hotline", area: area, in: rules)
    }
    #expect(group("c1")?.name == "property/c1")
    #expect(group(nil) == nil)
    #expect(group("nowhere") == nil)
    #expect(rules.areas.inside("c1").contains("c1"))
  }
}
