import Testing

@testable import TriageCore

@Suite("Resolution and approval")
struct ResolutionTests {
  @Test("A resolution ends the lead's item, the citizen's clock and the open assists, and plans the visit")
  func resolves() {
    var life = Life("red", under: LifeRulebook.make())
    life.perform(.answer(.lead1, .settled), at: at("2026-03-03T10:00"))
    #expect(life.state.phase == .followUp)
    #expect(life.fate(.resolve) == .met)
    #expect(life.state.openAssignments.isEmpty)
    #expect(life.notices(to: "police") == [.itemEnded(.assist1, .resolved)])
    #expect(life.due(.followUp) == at("2026-03-06T17:30"))
    #expect(life.state.firstResult == .settled)
  }

  @Test("What the rulebook requires must be filled in first, and every missing field is named")
  func requirements() {
    let life = Life("red", under: LifeRulebook.make(require: Sample.require))
    #expect(
      life.refusal(of: .answer(.lead1, Reply(summary: "好了")), at: at("2026-03-02T10:00"))
        == .missing(fields: ["result", "measure"]))
  }

  @Test("With an approver the resolution counts only once it is granted, judged by when it was handed in")
  func approval() {
    var life = Life("red", under: LifeRulebook.make(require: Sample.require))
    life.perform(.answer(.lead1, .settled), at: at("2026-03-05T17:30"))
    #expect(life.state.phase == .approval)
    #expect(life.state.assignment(.approve1)?.department == "leader")
    #expect(life.state.firstResult == nil)
    #expect(life.due(.approve, item: .approve1) == at("2026-03-06T17:30"))
    life.perform(.answer(.approve1, .granted), at: at("2026-03-06T09:00"))
    #expect(life.state.phase == .followUp)
    #expect(life.fate(.resolve) == .met)
    #expect(life.state.effectiveAt == at("2026-03-06T09:00"))
    #expect(life.due(.followUp) == at("2026-03-11T17:30"))
  }

  @Test(
    "A refused resolution reopens the lead's work with a new item, and the citizen's clock was never stopped")
  func refusedApproval() {
    var life = Life("red", under: LifeRulebook.make(require: Sample.require))
    let due = life.due(.resolve)
    life.perform(.answer(.lead1, .settled), at: at("2026-03-03T10:00"))
    #expect(
      life.refusal(of: .answer(.approve1, Reply(decision: .refuse)), at: at("2026-03-03T11:00"))
        == .reasonMissing)
    life.perform(.answer(.approve1, .refused), at: at("2026-03-03T11:00"))
    #expect(life.state.phase == .assigned)
    #expect(life.state.leadItem?.key == .lead2)
    #expect(life.state.leadItem?.department == "task-force")
    #expect(life.due(.resolve) == due)
    #expect(life.due(.redo) == at("2026-03-05T17:30"))
    #expect(life.state.firstResult == nil)
    #expect(life.notices(to: "task-force").contains(.resolutionRefused(reason: "材料不足")))
  }

  @Test("An answer that waits for approval can be taken back, and the approver's item goes")
  func takesBack() {
    var life = Life("red", under: LifeRulebook.make(require: Sample.require))
    life.perform(.answer(.lead1, .settled), at: at("2026-03-03T10:00"))
    life.perform(.takeBack(.lead1), at: at("2026-03-03T10:05"))
    #expect(life.state.phase == .accepted)
    #expect(life.state.resolution == nil)
    #expect(life.state.assignment(.approve1)?.status == .ended)
    life.perform(.answer(.lead1, .settled), at: at("2026-03-03T11:00"))
    #expect(life.state.approvalItem?.key == .approve2)
  }

  @Test("A row may make the resolution wait for the helpers")
  func waitsForAssist() {
    var rows = LifeRulebook.deadlines
    rows[0].waitForAssist = true
    var life = Life("red", under: LifeRulebook.make(deadlines: rows))
    #expect(
      life.refusal(of: .answer(.lead1, .settled), at: at("2026-03-02T10:00")) == .assistsOpen(["police"]))
    life.perform(.answer(.assist1, Reply(summary: "已到场")), at: at("2026-03-02T11:00"))
    #expect(life.fate(.assist, item: .assist1) == .met)
    life.perform(.answer(.lead1, .settled), at: at("2026-03-02T12:00"))
    #expect(life.state.phase == .followUp)
  }

  @Test(
    "A judicial confirmation is reminded of from the day of the agreement and keeps the case open till then")
  func confirmation() {
    var life = Life("yellow", "labor", under: LifeRulebook.make(reminders: LifeRulebook.reminders))
    var reply = Reply.settled
    reply.agreement = .written
    reply.agreementDate = CivilDate("2026-03-03")
    life.perform(.answer(.lead1, reply), at: at("2026-03-03T16:00"))
    #expect(life.due("confirm") == at("2026-04-02T17:30"))
    life.run(until: at("2026-03-06T10:00"))
    life.perform(.answer(.followUp1, .happy), at: at("2026-03-06T10:00"))
    life.run(until: at("2026-03-18T10:00"))
    life.perform(.answer(.followUp2, .happy), at: at("2026-03-18T10:00"))
    #expect(life.state.phase == .followUp)
    life.run(until: at("2026-04-03T10:00"))
    #expect(life.sent.contains { $0.stage == "confirm" && $0.slot == "80%" && $0.department == "center" })
    #expect(life.state.phase == .closed)
  }
}
