import Testing
import TriageCore
import TriageRules

/// What the demonstration counts on: its cases as their senders write them.
@Suite("The default rulebook decides the demonstration's cases")
struct DefaultRulebookDemoTests {
  private func decide(
    _ channel: ChannelID, _ title: String, _ text: String, area: String? = nil,
    _ more: (inout CaseInput) -> Void = { _ in }
  ) throws -> Decision {
    var input = CaseInput(channel: channel)
    input.title = title
    input.text = text
    input.area = area
    more(&input)
    return try #require(try DefaultRulebook.decide([input], at: "2026-11-19T10:00").first)
  }

  @Test("A knife in the market goes to the task force, the police help")
  func knife() throws {
    let decision = try decide(
      "grid", "持刀威胁", "今天上午蓝河社区菜市场门口两个摊主争摊位，一方手持刀具威胁要砍人，已被旁人拉开。", area: "蓝河社区")
    #expect(decision.level == "red")
    #expect(decision.lead == "task-force")
    #expect(decision.assist == ["police"])
  }

  @Test("46 buyers without their flats, one of whom speaks of jumping, go to the task force")
  func lateFlats() throws {
    let decision = try decide(
      "platform", "延期交房", "开发商延期交房八个月，业主说拿不到房就去跳楼，不是在威胁，请尽快介入。", area: "蓝河社区"
    ) { $0.peopleCount = 46 }
    #expect(decision.level == "red")
    #expect(decision.category == "housing")
    #expect(decision.lead == "task-force")
  }

  @Test("A quarrel about a landing without blows stays in the community")
  func landing() throws {
    let decision = try decide(
      "grid", "楼道堆放杂物起争执", "荷花社区3栋住户把旧家具堆在楼道，邻居多次劝说不听，两家吵了起来，没有打人，要求清理。",
      area: "荷花社区")
    #expect(decision.level == "green")
    #expect(decision.category == "neighbor")
    #expect(decision.lead == "community@hehua")
  }

  @Test("Twelve workers without wages go to the labour station")
  func wages() throws {
    let decision = try decide(
      "grid", "工人讨薪", "绿洲工地包工头拖欠工资三个月，工友12人到社区反映，情绪激动，表示再不解决就拉横幅。", area: "青山社区"
    ) {
      $0.peopleCount = 12
      $0.amount = 180_000
    }
    #expect(decision.level == "yellow")
    #expect(decision.lead == "labor-station")
    #expect(decision.assist == ["justice"])
  }

  @Test(
    "Everyday matters stay green with their department",
    arguments: [
      ("hotline", "路灯不亮", "荷花社区东门路灯一周不亮，夜间出行不便。", "enforcement"),
      ("hotline", "低保申请", "申请低保材料交了两个月没有答复，想咨询进度。", "social"),
      ("hotline", "占道经营", "流动摊贩占道经营，早高峰堵得走不动，希望疏导。", "enforcement"),
      ("grid", "井盖破损", "青山社区主干道井盖破损，夜间骑车容易摔倒，请尽快更换。", "enforcement"),
    ] as [(ChannelID, String, String, DepartmentID)])
  func everyday(channel: ChannelID, title: String, text: String, lead: DepartmentID) throws {
    let decision = try decide(channel, title, text, area: "青山社区")
    #expect(decision.level == "green")
    #expect(decision.lead == lead)
  }

  @Test("What the grid worker settled and wrote down is done on the spot; without a result it is not")
  func onTheSpot() throws {
    let text = "有住户遛狗不牵绳，孩子被吓哭，双方争吵，已当面劝导并约定牵绳。"
    let settled = try decide("grid", "遛狗不牵绳", text, area: "荷花社区") {
      $0.handled = true
      $0.result = "双方和解，养犬人书面承诺牵绳"
    }
    #expect(settled.onTheSpot)
    let open = try decide("grid", "遛狗不牵绳", text, area: "荷花社区") { $0.handled = true }
    #expect(!open.onTheSpot)
  }
}
