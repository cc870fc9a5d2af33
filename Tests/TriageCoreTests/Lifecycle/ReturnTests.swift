import Testing

@testable import TriageCore

@Suite("Returns and adjudication")
struct ReturnTests {
  @Test("A return goes to whoever is above, who leads until it has decided; the citizen's date stays")
  func returned() {
    var life = Life()
    let due = life.due(.resolve)
    life.perform(.returnItem(.lead1, .notOurs), at: at("2026-03-03T10:00"))
    #expect(life.state.phase == .returned)
    #expect(life.state.lead == "leader")
    #expect(life.state.assignment(.lead1)?.status == .returned)
    #expect(life.due(.adjudicate, item: .adjudicate1) == at("2026-03-03T16:30"))
    let decision = Reply(assignTo: "justice", reason: "属司法所")
    life.perform(.answer(.adjudicate1, decision), at: at("2026-03-03T15:00"))
    #expect(life.state.phase == .assigned)
    #expect(life.state.lead == "justice")
    #expect(life.state.leadItem?.cause == .adjudicated(by: "leader", reason: "属司法所"))
    #expect(life.fate(.adjudicate, item: .adjudicate1) == .met)
    #expect(life.due(.accept, item: .lead2) == at("2026-03-04T17:30"))
    #expect(life.due(.resolve) == due)
    #expect(life.notices(to: "urban").contains(.leadIsNow("justice")))
  }

  @Test("A department with nobody above returns to the fallback department")
  func toFallback() {
    var life = Life()
    life.perform(
      .request(life.ask(.assign, "center", at: at("2026-03-02T10:00"), to: "leader")),
      at: at("2026-03-02T10:00"))
    life.perform(.returnItem(.lead2, .notOurs), at: at("2026-03-02T11:00"))
    #expect(life.state.lead == "center")
  }

  @Test("A return needs a reason of the list")
  func reasons() {
    let life = Life()
    let now = at("2026-03-02T10:00")
    #expect(life.refusal(of: .returnItem(.lead1, Reply()), at: now) == .reasonMissing)
    #expect(
      life.refusal(of: .returnItem(.lead1, Reply(returnReason: "busy")), at: now)
        == .reasonUnknown("busy", known: life.rulebook.returnReasons))
  }

  @Test("A return after its time, of a red case, and after two returns is refused")
  func limits() {
    var life = Life()
    let late = at("2026-03-04T17:31")
    #expect(
      life.refusal(of: .returnItem(.lead1, .notOurs), at: late) == .returnTooLate(at("2026-03-04T17:30")))
    #expect(
      Life("red").refusal(of: .returnItem(.lead1, .notOurs), at: at("2026-03-02T09:10")) == .returnNotAllowed)
    life.perform(.returnItem(.lead1, .notOurs), at: at("2026-03-03T09:00"))
    life.perform(.answer(.adjudicate1, Reply(assignTo: "justice", reason: "司法")), at: at("2026-03-03T10:00"))
    life.perform(.returnItem(.lead2, .notOurs), at: at("2026-03-03T11:00"))
    life.perform(.answer(.adjudicate2, Reply(assignTo: "urban", reason: "城建")), at: at("2026-03-03T12:00"))
    #expect(life.notices(to: "urban").contains(.returnsFinal))
    #expect(life.refusal(of: .returnItem(.lead3, .notOurs), at: at("2026-03-03T13:00")) == .returnsFinal)
    #expect(life.state.lead == "urban")
  }

  @Test("The adjudicator must name a known department and say why")
  func adjudication() {
    var life = Life()
    let now = at("2026-03-03T10:00")
    life.perform(.returnItem(.lead1, .notOurs), at: now)
    #expect(life.refusal(of: .answer(.adjudicate1, Reply()), at: now) == .missing(fields: ["assign_to"]))
    #expect(
      life.refusal(of: .answer(.adjudicate1, Reply(assignTo: "nowhere", reason: "?")), at: now)
        == .departmentUnknown("nowhere"))
    #expect(
      life.refusal(of: .answer(.adjudicate1, Reply(assignTo: "urban")), at: now)
        == .missing(fields: ["reason"]))
    life.perform(.answer(.adjudicate1, Reply(assignTo: "urban", reason: "确属城建")), at: now)
    #expect(life.state.leadItem?.key == .lead2)
    #expect(life.state.lead == "urban")
  }

  @Test("The time for a return lapses by itself")
  func lapses() {
    var life = Life()
    life.run(until: at("2026-03-05T09:00"))
    #expect(life.fate(.return, item: .lead1) == .cancelled)
  }

  @Test("A helper that was called in wrongly leaves with a reason, and the lead is told")
  func helperLeaves() {
    var life = Life("red")
    life.perform(.returnItem(.assist1, .notOurs), at: at("2026-03-02T10:00"))
    #expect(life.state.lead == "task-force")
    #expect(life.state.returns == 0)
    #expect(life.notices(to: "task-force") == [.itemEnded(.assist1, .returned)])
  }
}
