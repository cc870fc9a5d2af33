import Testing

@testable import TriageCore

@Suite("Follow-up visits and close-out")
struct FollowUpTests {
  /// A yellow case resolved on Tuesday: visits after 3 working days and 15 days.
  func resolved(_ reply: Reply = .settled, under rulebook: Rulebook = LifeRulebook.make()) -> Life {
    var life = Life(under: rulebook)
    life.perform(.answer(.lead1, reply), at: at("2026-03-03T10:00"))
    return life
  }

  @Test("Each visit comes in the morning of its day to whoever resolved; the last one closes the case")
  func visits() {
    var life = resolved()
    #expect(life.nextTimer == at("2026-03-06T08:30"))
    life.run(until: at("2026-03-06T08:30"))
    #expect(life.state.assignment(.followUp1)?.department == "urban")
    life.perform(.answer(.followUp1, .happy), at: at("2026-03-06T15:00"))
    #expect(life.due(.followUp) == at("2026-03-18T17:30"))
    life.run(until: at("2026-03-18T09:00"))
    life.perform(.answer(.followUp2, .happy), at: at("2026-03-18T09:00"))
    #expect(life.state.phase == .closed)
    #expect(life.state.closedHow == .followedUp)
    #expect(life.state.runningDeadlines.isEmpty)
  }

  @Test("follow_up_by sends the visits to another department")
  func otherVisitor() {
    var rows = LifeRulebook.deadlines
    rows[0].followUpBy = .department("center")
    var life = resolved(under: LifeRulebook.make(deadlines: rows))
    life.run(until: at("2026-03-06T08:30"))
    #expect(life.state.assignment(.followUp1)?.department == "center")
  }

  @Test("A visit must say how satisfied, and with an agreement whether it is performed")
  func required() {
    var reply = Reply.settled
    reply.agreement = .oral
    var life = resolved(reply)
    life.run(until: at("2026-03-06T08:30"))
    #expect(
      life.refusal(of: .answer(.followUp1, Reply()), at: at("2026-03-06T09:00"))
        == .missing(fields: ["satisfied", "performed"]))
  }

  @Test("Nobody reached on three different days: the visit is given up, and the case closed with the last")
  func givesUp() {
    var rows = LifeRulebook.deadlines
    rows[1].followUp = [.workingDays(3)]
    var life = resolved(under: LifeRulebook.make(deadlines: rows))
    for (number, day) in ["06", "09", "10"].enumerated() {
      let now = at("2026-03-\(day)T10:00")
      life.run(until: now)
      #expect(life.state.phase == .followUp)
      life.perform(.answer(ItemKey(.followUp, number + 1), .nobodyHome), at: now)
    }
    #expect(life.state.phase == .closed)
    #expect(life.state.closedHow == .givenUp)
  }

  @Test("Not satisfied reopens: same lead, a new item, accept and redo run, the first result stays")
  func reopens() {
    var life = resolved()
    life.run(until: at("2026-03-06T08:30"))
    life.perform(.answer(.followUp1, .unhappy), at: at("2026-03-06T09:00"))
    #expect(life.state.phase == .assigned)
    #expect(life.state.leadItem?.cause == .reopened(why: "not_satisfied"))
    #expect(life.state.leadItem?.department == "urban")
    #expect(life.due(.accept, item: .lead2) == at("2026-03-09T17:30"))
    #expect(life.due(.redo) == at("2026-03-11T17:30"))
    #expect(life.due(.resolve) == nil)
    #expect(life.state.firstResult == .settled)
    life.perform(.answer(.lead2, Reply(result: .partial)), at: at("2026-03-10T09:00"))
    #expect(life.fate(.redo) == .met)
    #expect(life.state.firstResult == .settled)
    #expect(life.state.results == [.settled, .partial])
    #expect(life.due(.followUp) == at("2026-03-13T17:30"))
  }

  @Test(
    "A remaining risk and a broken agreement reopen too",
    arguments: [
      Reply(satisfied: .yes, residualRisk: true), Reply(performed: .no, satisfied: .basically),
    ])
  func reopensOnRisk(_ reply: Reply) {
    var life = resolved()
    life.run(until: at("2026-03-06T08:30"))
    life.perform(.answer(.followUp1, reply), at: at("2026-03-06T09:00"))
    #expect(life.state.phase == .assigned)
    #expect(life.state.reopenings == 1)
  }

  @Test("Instalments of the agreement are visited the day after each")
  func instalments() {
    var reply = Reply.settled
    reply.agreement = .written
    reply.instalments = [.init(date: CivilDate(day: CivilDate("2026-03-09")?.day ?? 0), note: "第一期")]
    var life = resolved(reply)
    life.run(until: at("2026-03-06T09:00"))
    life.perform(.answer(.followUp1, .happy), at: at("2026-03-06T09:00"))
    #expect(life.due(.followUp) == at("2026-03-10T17:30"))
  }

  @Test("A visit that was answered after the day of the next one has the next working day")
  func lateVisit() {
    var life = resolved()
    life.run(until: at("2026-03-20T09:00"))
    life.perform(.answer(.followUp1, .happy), at: at("2026-03-20T09:00"))
    #expect(life.fate(.followUp) == nil)
    #expect(life.due(.followUp) == at("2026-03-23T17:30"))
  }
}
