import Testing

@testable import TriageCore

@Suite("Taking a case and accepting it")
struct AssignmentTests {
  @Test("A new case has one lead item, and every clock of the lead runs in the lead's calendar")
  func takes() {
    let night = WorkCalendar(
      hours: [.init(from: CivilTime(0, 0), until: CivilTime(24, 0))], rest: [], years: [2026: .init()],
      zone: Sample.shanghai)
    let life = Life(under: LifeRulebook.make(calendars: ["urban": night]))
    #expect(life.state.assignments.map(\.key) == [.lead1])
    #expect(life.state.lead == "urban")
    #expect(life.state.phase == .assigned)
    #expect(life.due(.accept, item: .lead1) == at("2026-03-04T00:00"))
    #expect(life.due(.resolve) == at("2026-03-11T17:30"))
    #expect(life.effects.map(\.effect) == [.deliver(ItemID("ZZ20260302-0001", .lead, 1), "urban")])
  }

  @Test("A red case goes to the task force, calls the police in and tells the leader")
  func red() {
    let life = Life("red")
    #expect(life.state.openAssignments.map(\.department) == ["task-force", "police"])
    #expect(life.due(.accept, item: .lead1) == at("2026-03-02T10:00"))
    #expect(life.due(.assist, item: .assist1) == at("2026-03-05T17:30"))
    #expect(life.due(.return, item: .lead1) == nil)
    #expect(life.state.told("leader", number: 1)?.noticed.notice == .watching(lead: "task-force"))
    #expect(life.effects.contains { $0.effect == .notice("ZZ20260302-0001", "leader", number: 1) })
  }

  @Test("A channel with clock received_at starts the citizen's clock at the filing, not the lead's")
  func citizensClock() {
    var input = CaseInput.call("物业费")
    input.channel = "platform"
    input.receivedAt = at("2026-02-26T10:00")
    let life = Life(input: input)
    #expect(life.due(.resolve) == at("2026-03-09T17:30"))
    #expect(life.due(.accept, item: .lead1) == at("2026-03-03T17:30"))
  }

  @Test("A case settled on the spot is closed at once and nobody gets an item")
  func onTheSpot() {
    var input = CaseInput.call("借伞")
    input.handled = true
    input.result = "已归还"
    let life = Life("green", "other", input: input, onTheSpot: true)
    #expect(life.state.phase == .closed)
    #expect(life.state.closedHow == .onTheSpot)
    #expect(life.state.firstResult == .settled)
    #expect(life.state.assignments.isEmpty)
    #expect(life.effects.isEmpty)
    #expect(life.nextTimer == nil)
  }

  @Test("Accepting in time meets the deadline, later it is late, twice is nothing new")
  func accepts() {
    var life = Life()
    life.perform(.accept(.lead1), at: at("2026-03-03T17:30"))
    #expect(life.state.phase == .accepted)
    #expect(life.fate(.accept, item: .lead1) == .met)
    #expect(life.perform(.accept(.lead1), at: at("2026-03-03T17:31")).isEmpty)
    var slow = Life()
    slow.perform(.accept(.lead1), at: at("2026-03-03T17:31"))
    #expect(slow.fate(.accept, item: .lead1) == .late)
  }

  @Test("An item that was moved straight to done was accepted in that instant")
  func impliedAcceptance() {
    var life = Life()
    let events = life.perform(.answer(.lead1, .settled), at: at("2026-03-02T15:00"))
    #expect(events.first == .accepted(.init(item: .lead1, implied: true)))
    #expect(life.fate(.accept, item: .lead1) == .met)
    #expect(life.fate(.contact, item: .lead1) == .met)
  }

  @Test("Contact is its own step and ends its deadline")
  func contact() {
    var life = Life()
    let now = at("2026-03-02T10:00")
    life.perform(.request(life.ask(.contact, "urban", at: now, "已电话联系")), at: now)
    #expect(life.fate(.contact, item: .lead1) == .met)
    #expect(life.state.contactedAt == now)
  }

  @Test("An unknown item, an ended one and a closed case are refused with their reason")
  func refusals() {
    var life = Life("green")
    #expect(life.refusal(of: .accept(.lead2), at: at("2026-03-02T10:00")) == .itemUnknown)
    life.perform(.answer(.lead1, .settled), at: at("2026-03-02T11:00"))
    #expect(life.refusal(of: .accept(.lead1), at: at("2026-03-02T12:00")) == .itemEnded)
    life.run(until: at("2026-03-06T12:00"))
    life.perform(.answer(.followUp1, .happy), at: at("2026-03-06T12:00"))
    #expect(life.refusal(of: .accept(.followUp1), at: at("2026-03-06T13:00")) == .caseNotOpen(.closed))
  }

  @Test("What the daemon mends is counted, after it is mended")
  func mending() {
    var life = Life()
    life.perform(.mend(.lead1, .redelivered), at: at("2026-03-02T10:00"))
    #expect(life.state.mendings == 1)
    let id = ItemID("ZZ20260302-0001", .lead, 1)
    #expect(life.effects.filter { $0.effect == .deliver(id, "urban") }.count == 1)
    life.perform(.typed(.lead1, "已联系物业"), at: at("2026-03-02T11:00"))
    #expect(life.log.last?.event == .noted(.init(by: "urban", text: "已联系物业")))
  }
}
