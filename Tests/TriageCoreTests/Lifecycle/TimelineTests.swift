import Testing

@testable import TriageCore

@Suite("The timeline of a case")
struct TimelineTests {
  @Test("Every event of a long life has a line in both languages, and none shows the citizen's words")
  func lines() {
    var life = Life("yellow", input: .call("物业费", "家住三楼的张某"), under: LifeRulebook.whole)
    let asks = at("2026-03-02T10:00")
    life.perform(.accept(.lead1), at: asks)
    life.perform(.request(life.ask(.contact, "urban", at: asks, "已电话联系")), at: asks)
    life.perform(.request(life.ask(.whistle, "urban", at: asks, "请到场", to: "police")), at: asks)
    life.perform(.request(life.ask(.extend, "urban", at: asks, "等鉴定")), at: asks)
    life.perform(.answer(.approve1, .granted), at: asks)
    life.perform(.returnItem(.lead1, .notOurs), at: at("2026-03-03T10:00"))
    life.perform(.answer(.adjudicate1, Reply(assignTo: "urban", reason: "确属")), at: at("2026-03-03T11:00"))
    life.perform(.answer(.lead2, .settled), at: at("2026-03-20T11:00"))
    life.run(until: at("2026-03-25T10:00"))
    life.perform(.answer(.followUp1, .unhappy), at: at("2026-03-25T10:00"))
    for (event, _) in life.log {
      let line = Message.timeline(event, in: life.rulebook)
      #expect(!line.zh.isEmpty && !line.en.isEmpty)
      #expect(line.zh != event.kind && line.en != event.kind)
      #expect(!line.zh.contains("张某") && !line.en.contains("张某"))
    }
  }

  @Test("A line says who, what and why by the titles of the rulebook")
  func words() {
    let rulebook = LifeRulebook.whole
    let returned = CaseEvent.returned(
      .init(item: .lead1, by: "urban", reason: "not_competent", text: "属城管", adjudication: .adjudicate1))
    #expect(Message.timeline(returned, in: rulebook).zh == "城建办退回（非本单位职责）：属城管")
    let raised = CaseEvent.levelChanged(.init(from: "yellow", to: "red", by: "center", reason: "矛盾激化"))
    #expect(Message.timeline(raised, in: rulebook).zh == "级别由黄色改为红色（综治中心）：矛盾激化")
    let paused = CaseEvent.paused(
      .init(reason: "appraisal", from: at("2026-03-03T09:00"), until: at("2026-04-02T17:30")))
    #expect(
      Message.timeline(paused, in: rulebook).zh
        == "计时自 2026-03-03 09:00 起暂停（appraisal），最迟 2026-04-02 17:30 恢复")
  }
}
