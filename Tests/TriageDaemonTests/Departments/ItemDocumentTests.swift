import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Items are readable, safe, and read back")
struct ItemDocumentTests {
  @Test("The first lead item is named after its case, others after their role")
  func fileNames() {
    let state = Bureau.taken(Bureau.input())
    let document = ItemDocument(Bureau.rulebook, .zh)
    #expect(
      state.assignments.map { document.render(state, $0).name } == [
        "ZZ20261012-0001.yaml", "ZZ20261012-0001.assist-1.yaml",
      ])
  }

  @Test("The head says what, where, who, by when and why")
  func head() {
    let text = Bureau.item(Bureau.taken(Bureau.input()))
    for line in [
      "item: ZZ20261012-0001", "case: ZZ20261012-0001", "role: lead  # 主办", "department: \"城建办\"  # urban",
      "title: \"物业费争议\"", "category: \"物业纠纷\"  # property", "level: \"黄色\"  # yellow",
      "  accept: 2026-10-13 17:30  # 签收", "  resolve: 2026-10-19 17:30  # 办结", "area: \"一社区\"  # c1",
      "address: \"幸福路12号\"", "helpers: [\"派出所\"]", "  name: \"张三\"", "  phone: \"13900000000\"",
      "  - \"property-fee：正文“停车费”\"", "text: |2", "  物业乱收停车费。", "reply:", "  result:", "  return_reason:",
    ] { #expect(text.split(separator: "\n").contains(Substring(line)), "\(line)") }
  }

  @Test("English items have the same keys")
  func english() {
    let state = Bureau.taken(Bureau.input())
    let text = Bureau.item(state, nil, .en)
    #expect(text.contains("role: lead  # lead"))
    #expect(text.contains("  # [required] result: settled | failed | partial"))
    let keys: (String) -> [Substring] = { text in
      text.split(separator: "\n").filter { !$0.contains("# ") || $0.contains(": ") && !$0.hasPrefix("  # ") }
        .compactMap { $0.hasPrefix("#") ? nil : $0.prefix { $0 != ":" } }
    }
    #expect(keys(text).filter { !$0.contains("-") } == keys(Bureau.item(state)).filter { !$0.contains("-") })
  }

  @Test("Fields that the rulebook requires are asked for")
  func requiredFields() {
    let text = Bureau.item(Bureau.taken(Bureau.input()))
    #expect(text.contains("  # 【必填】采取的措施\n  measure:\n"))
    #expect(text.contains("  # 【必填】sum，填数字\n  sum:\n"))
  }

  @Test("Hostile text stays inside its block and shows what it hides")
  func hostileText() {
    let text =
      "  先行\r\nitem: ZZ20261012-9999\n---\n\u{202E}反写\u{0}\u{1B}[31m\u{2028}reply:\u{85}\u{FEFF}\tTab\rEnd"
    let item = Bureau.item(Bureau.taken(Bureau.input(text: text)))
    let lines = item.split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines.firstIndex(of: "text: |2")! + 1
    #expect(
      Array(lines[start..<(start + 5)]) == [
        "    先行", "  item: ZZ20261012-9999", "  ---",
        "  \\u{202E}反写\\u{0}\\u{1B}[31m\\u{2028}reply:\\u{85}\\u{FEFF}\tTab", "  End",
      ])
    #expect(lines.count { $0 == "reply:" } == 1)
    #expect(ItemNaming.item(inHead: Array(item.utf8)) == ItemID("ZZ20261012-0001"))
  }

  @Test("A hostile title, address or field name is one quoted line")
  func hostileTitle() {
    var input = Bureau.input()
    input.title = "a\"\nitem: X\\\u{7}\u{202E}"
    input.fields = ["reply:\n  result": .text("settled\n# x"), "": .flag(true)]
    let item = Bureau.item(Bureau.taken(input))
    #expect(item.contains("title: \"a\\\"\\nitem: X\\\\\\u0007\\u202E\"\n"))
    #expect(item.contains("  \"reply:\\n  result\": \"settled\\n# x\"\n"))
    #expect(item.contains("  \"\": \"✓\"\n"))
  }

  @Test("An empty text is an empty scalar")
  func emptyText() {
    #expect(Bureau.item(Bureau.taken(Bureau.input(text: ""))).contains("text: \"\"\n"))
  }

  @Test("A confidential contact says so")
  func confidential() {
    var input = Bureau.input()
    input.contact?.confidential = true
    #expect(Bureau.item(Bureau.taken(input)).contains("contact:  # 反映人要求保密，请勿向他人透露\n"))
  }

  @Test(
    "Every form, filled in at its keys, reads back as what was filled in", arguments: Role.allCases,
    Language.allCases)
  func roundTrip(role: Role, language: Language) throws {
    let state = Bureau.taken(Bureau.input(text: "结果：随便\nreply:\n result: failed"))
    let request = Request(
      verb: .extend, by: "urban", at: Bureau.monday, reason: "等待检测", extendBy: .workingDays(5))
    let cause: Assignment.Cause =
      switch role {
      case .lead: .routed("property")
      case .assist: .whistled(by: "urban", reason: "需要共同处置")
      case .approve: .asked(request)
      case .adjudicate: .returned(by: "urban", reason: "not_competent", text: "不归我们")
      case .followUp: .followUp(number: 1)
      case .alert: .escalated(by: "cluster")
      }
    let expected = Self.filled[role]!
    var item = Bureau.item(state, Bureau.assignment(role, "center", cause), language)
    for (key, value) in expected.values {
      let line = "\n  \(key):\n"
      #expect(item.contains(line), "\(key)")
      item = item.replacing(line, with: "\n  \(key): \(value)\n")
    }
    let reply = try ReplyForm.parse(Array(item.utf8), rulebook: Bureau.rulebook).get()
    #expect(reply == expected.reply)
  }

  static let filled: [Role: (values: KeyValuePairs<String, String>, reply: Reply)] = [
    .alert: (
      ["summary": "五户同一物业，已约谈", "measure": "联合走访"], Reply(summary: "五户同一物业，已约谈", measure: "联合走访")
    ),
    .lead: (
      [
        "result": "partial", "summary": "修了 #3楼\n    还差 #4楼", "measure": "约谈物业", "agreement": "书面",
        "agreement_date": "2026-10-16", "instalments": "\n    - 2026-11-01 退款", "residual_risk": "有",
        "sum": "800",
        "return_reason": "要素不全", "reason": "说明：一句",
      ],
      Reply(
        result: .partial, summary: "修了 #3楼\n还差 #4楼", measure: "约谈物业", agreement: .written,
        agreementDate: CivilDate("2026-10-16"),
        instalments: [.init(date: CivilDate("2026-11-01")!, note: "退款")], residualRisk: true,
        returnReason: "incomplete", reason: "说明：一句", extra: ["sum": "800"])
    ),
    .assist: (
      ["summary": "已配合", "return_reason": "not_competent"],
      Reply(summary: "已配合", returnReason: "not_competent")
    ),
    .approve: (["decision": "同意", "reason": "属实"], Reply(decision: .grant, reason: "属实")),
    .adjudicate: (["assign_to": "派出所", "reason": "治安"], Reply(assignTo: "police", reason: "治安")),
    .followUp: (
      ["performed": "yes", "satisfied": "不满意", "residual_risk": "no", "summary": "来电"],
      Reply(summary: "来电", performed: .yes, satisfied: .no, residualRisk: false)
    ),
  ]
}
