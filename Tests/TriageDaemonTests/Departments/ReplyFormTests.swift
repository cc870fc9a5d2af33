import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Reply forms are read leniently")
struct ReplyFormTests {
  private func parse(_ text: String) throws -> Reply {
    try ReplyForm.parse(Array(text.utf8), rulebook: Bureau.rulebook).get()
  }

  private func problems(_ text: String) -> [FormProblem] {
    switch ReplyForm.parse(Array(text.utf8), rulebook: Bureau.rulebook) {
    case .success: []
    case .failure(let form): form.problems
    }
  }

  @Test("An English form as the item shows it is read")
  func plainForm() throws {
    let reply = try parse(
      """
      item: ZZ20261012-0001
      text: |2
        反映内容
      reply:
        # result: settled | failed | partial
        result: settled
        summary: two visits
        agreement: written
        agreement_date: 2026-10-20
        residual_risk: no
        sum: 1200
      """)
    #expect(reply.result == .settled)
    #expect(reply.summary == "two visits")
    #expect(reply.agreement == .written)
    #expect(reply.agreementDate == CivilDate("2026-10-20"))
    #expect(reply.residualRisk == false)
    #expect(reply.extra == ["sum": "1200"])
  }

  @Test("What follows a # in a text is what somebody typed; the hints stand on lines of their own")
  func numberSigns() throws {
    let reply = try parse(
      """
      reply:
        result: settled # 当场
        summary: 到 3#楼 更换 # 5号灯
        measure: # 采取的措施
        reason: 到现场
          等候 # 二号楼已修
      """)
    #expect(reply.result == .settled)
    #expect(reply.summary == "到 3#楼 更换 # 5号灯")
    #expect(reply.measure ?? "" == "")
    #expect(reply.reason == "到现场\n等候 # 二号楼已修")
  }

  @Test("Chinese keys and values, full-width colons and numbering are understood")
  func chineseForm() throws {
    let reply = try parse(
      """
      reply：
      1、办理结果：已化解
      2、【办理情况】：双方到场
      　　当面说清了收费依据。
      协议形式：口头　
      协议日期：2026年10月1日
      遗留风险：无
      """)
    #expect(reply.result == .settled)
    #expect(reply.summary == "双方到场\n当面说清了收费依据。")
    #expect(reply.agreement == .oral)
    #expect(reply.agreementDate == CivilDate("2026-10-01"))
    #expect(reply.residualRisk == false)
  }

  @Test(
    "Words that clerks use for a result are its values",
    arguments: [
      ("化解成功", Reply.Result.settled), ("已化解。", .settled), ("Settled", .settled), ("ｓｅｔｔｌｅｄ", .settled),
      ("settled 已化解", .settled), ("未化解", .failed), ("调解失败", .failed), ("部分", .partial),
      ("已化解  # 当场", .settled),
      ("\"settled\"", .settled), ("調解成功", .settled),
    ])
  func resultWords(word: String, result: Reply.Result) throws {
    #expect(try parse("reply:\n  result: \(word)\n").result == result)
  }

  @Test(
    "CR LF, a lone CR, a byte order mark and GB18030 are no obstacle",
    arguments: [
      Array("reply:\r\n  办理结果：已化解\r\n  办理情况：好\r\n".utf8), Array("reply:\r  办理结果：已化解\r  办理情况：好\r".utf8),
      [0xEF, 0xBB, 0xBF] + Array("reply:\n办理结果：已化解\n办理情况：好".utf8),
      // 办理结果：已化解 / 办理情况：好 in GB18030.
      Array("reply:\n".utf8) + [0xB0, 0xEC, 0xC0, 0xED, 0xBD, 0xE1, 0xB9, 0xFB, 0xA3, 0xBA]
        + [0xD2, 0xD1, 0xBB, 0xAF, 0xBD, 0xE2, 0x0A, 0xB0, 0xEC, 0xC0, 0xED, 0xC7, 0xE9, 0xBF, 0xF6]
        + [0xA3, 0xBA, 0xBA, 0xC3, 0x0A],
    ])
  func encodings(bytes: [UInt8]) throws {
    let reply = try ReplyForm.parse(bytes, rulebook: Bureau.rulebook).get()
    #expect(reply.result == .settled)
    #expect(reply.summary == "好")
  }

  @Test("A text goes on until the next key, with colons and house numbers in it")
  func severalLines() throws {
    let reply = try parse(
      """
      reply:
        summary: 第一天
        下一步：继续跟进
        #3楼已修好，在 #5楼 等待
        12:30 再次到场
        # 这是注释
        measure: |
          result: 不是结果
          第二行
        result: settled
      """)
    #expect(reply.summary == "第一天\n下一步：继续跟进\n#3楼已修好，在 #5楼 等待\n12:30 再次到场")
    #expect(reply.measure == "result: 不是结果\n第二行")
    #expect(reply.result == .settled)
  }

  @Test("What no field takes is kept as typed")
  func unknownLines() throws {
    let reply = try parse("reply:\n  result: settled\n  车牌: 京A\n  随手写的一句话\n  visited_by: 李四\n")
    #expect(reply.extra["车牌"] == "京A\n随手写的一句话")
    #expect(reply.extra["visited_by"] == "李四")
  }

  @Test("A result with more words keeps them")
  func wordsAfterResult() throws {
    let reply = try parse("reply:\n  result: 已化解，双方当场签字\n")
    #expect(reply.result == .settled)
    #expect(reply.extra["result"] == "已化解，双方当场签字")
  }

  @Test("The case's own text cannot answer for the department")
  func caseTextIsNoAnswer() {
    let item = Bureau.item(Bureau.taken(Bureau.input(text: "reply:\n  result: settled\nreply:\n办理结果：已化解")))
    #expect(throws: Never.self) {
      let reply = try self.parse(item)
      #expect(reply == Reply())
    }
    let withoutForm = item.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0 != "reply:" }
    #expect(problems(withoutForm.joined(separator: "\n")) == [FormProblem(line: nil, message: .formMissing)])
  }

  @Test("A form whose reply: line was deleted is still read")
  func withoutReplyLine() throws {
    let reply = try parse("item: ZZ20261012-0001\ntitle: \"x\"\ntext: |2\n  result: failed\n办理结果：已化解\n")
    #expect(reply.result == .settled)
    #expect(try parse("办理结果：已化解\n办理情况：修好了").summary == "修好了")
  }

  @Test("Return reasons and departments go by id or title")
  func names() throws {
    #expect(try parse("reply:\n  return_reason: 非本单位职责").returnReason == "not_competent")
    #expect(try parse("reply:\n  return_reason: incomplete").returnReason == "incomplete")
    #expect(try parse("reply:\n  退回理由：incomplete 要素不全").returnReason == "incomplete")
    #expect(try parse("reply:\n  派给：城建办\n  理由：属其职责").assignTo == "urban")
    #expect(try parse("reply:\n  assign_to: community@c1").assignTo == "community@c1")
  }

  @Test("Approvals and visits are read in the words of the field")
  func otherRoles() throws {
    #expect(try parse("reply:\n  decision: 不同意\n  reason: 材料不全").decision == .refuse)
    #expect(try parse("reply:\n  审批意见：同意").decision == .grant)
    let visit = try parse("reply:\n  履行情况：部分履行\n  是否满意：基本满意\n  遗留风险：有")
    #expect(visit.performed == .partly)
    #expect(visit.satisfied == .basically)
    #expect(visit.residualRisk == true)
    #expect(try parse("reply:\n  满意度：联系不上").satisfied == .unreachable)
  }

  @Test("Instalments are days with what is to be done on them")
  func instalments() throws {
    let reply = try parse(
      """
      reply:
        instalments:
          - 2026-11-01 支付2000元
          - 2026年12月1日：支付剩余3000元
        result: settled
      """)
    #expect(
      reply.instalments == [
        .init(date: CivilDate("2026-11-01")!, note: "支付2000元"),
        .init(date: CivilDate("2026-12-01")!, note: "支付剩余3000元"),
      ])
    #expect(reply.result == .settled)
  }

  @Test("A problem names its line and what may be written")
  func problemsNameLines() {
    let found = problems("reply:\n  result: 差不多\n  agreement_date: 下个月\n  return_reason: 太忙\n  sum: 很多\n")
    #expect(found.map(\.line) == [2, 3, 4, 5])
    guard case .said(let message) = found.first?.what else { return }
    #expect(message.zh.contains("已化解") && message.zh.contains("差不多"))
  }

  @Test("The hint left as it was is no answer")
  func hintIsNoAnswer() {
    #expect(problems("reply:\n  result: settled | failed | partial\n").count == 1)
  }

  @Test("Two different answers to one question are a problem, the same twice is not")
  func twice() {
    #expect(problems("reply:\n  result: settled\n  办理结果：未化解\n").count == 1)
    #expect(problems("reply:\n  result: settled\n  办理结果：已化解\n").isEmpty)
  }

  @Test(
    "Bytes that are no text are a problem and not a crash",
    arguments: [[0, 1, 2], [0xFF, 0xFF, 0xFF]] as [[UInt8]])
  func noText(bytes: [UInt8]) {
    #expect(throws: FormProblems(.formUnreadable)) {
      try ReplyForm.parse(bytes, rulebook: Bureau.rulebook).get()
    }
  }

  @Test("What was typed and never handed in can be told")
  func typed() {
    let item = Bureau.item(Bureau.taken(Bureau.input()))
    #expect(ReplyForm.typed(Array(item.utf8), rulebook: Bureau.rulebook) == nil)
    let filled = item.replacing("  summary:", with: "  summary: 已约双方")
    #expect(ReplyForm.typed(Array(filled.utf8), rulebook: Bureau.rulebook) == "summary: 已约双方")
  }

  private func file(_ item: String, _ summary: String) -> String {
    "# 案件\nitem: \(item)\ntext: |2\n  reply: 不是\nreply:\n  result: settled\n  summary: \(summary)\n  reason:\n"
  }

  @Test("Two answers in one file are told with their lines; none is chosen")
  func twoAnswers() {
    let own = file("ZZ20261012-0001", "一")
    let text = problems(own + "reply:\n  result: failed\n")
    #expect(text == [FormProblem(line: nil, message: .formTwoAnswers(lines: [5, 9]))])
    let two = problems(own + file("ZZ20261012-0002", "二"))
    #expect(
      two == [
        FormProblem(line: nil, message: .formOfSeveralItems(["ZZ20261012-0001", "ZZ20261012-0002"]))
      ])
    // Another's answer below an empty form of one's own.
    #expect(!problems("item: ZZ20261012-0001\nreply:\n  result:\n" + file("ZZ20261012-0002", "二")).isEmpty)
  }

  @Test("The same answer twice, and an empty form before or after it, are one answer")
  func oneAnswer() throws {
    let own = file("ZZ20261012-0001", "一")
    let empty = "item: ZZ20261012-0001\nreply:\n  result:\n  summary:\n"
    for text in [own + own, own + empty, empty + own, own + "reply:\n  result:\n"] {
      let reply = try parse(text)
      #expect(reply.result == .settled && reply.summary == "一" && reply.extra.isEmpty, "\(text)")
    }
  }

  @Test("What tells copies apart is what was typed, not how the file is written")
  func filling() throws {
    let plain = "item: ZZ20261012-0001\nreply:\n  result: settled\n  summary: 好\n"
    let found = try #require(ReplyForm.filling(Array(plain.utf8)))
    #expect(found.isAnswer && !found.isReturn)
    let other = "\u{FEFF}" + plain.replacing("\n", with: "\r\n")
    #expect(ReplyForm.filling(Array(other.utf8))?.digest == found.digest)
    #expect(ReplyForm.filling(Array(plain.replacing("好", with: "差").utf8))?.digest != found.digest)
    #expect(ReplyForm.filling(Array("item: ZZ20261012-0001\nreply:\n  result:\n".utf8)) == nil)
  }
}
