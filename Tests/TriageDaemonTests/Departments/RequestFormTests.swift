import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Requests are known by their names and read leniently")
struct RequestFormTests {
  private func parse(_ name: String, _ text: String) throws -> (CaseID, Request) {
    try RequestForm.parse(
      name: EntryName(name), Array(text.utf8), by: "urban", at: Bureau.monday, rulebook: Bureau.rulebook
    ).get()
  }

  private func refusal(_ name: String, _ text: String) -> Message? {
    do {
      _ = try parse(name, text)
      return nil
    } catch let form as FormProblems {
      guard case .said(let message)? = form.problems.first?.what else { return nil }
      return message
    } catch { return nil }
  }

  @Test(
    "Case and verb come from the name, in English or Chinese, whatever stands between and after",
    arguments: [
      ("ZZ20261012-0001 备注.txt", Request.Verb.note), ("ZZ20261012-0001备注.txt.txt", .note),
      ("ZZ20261012-0001-关于延期的备注.yaml", .note), ("ZZ20261012-0001_extend.txt", .extend),
      ("ZZ20261012-0001 申请延期（第一次）.yaml.txt", .extend), ("zz20261012-0001 联系", .contact),
      ("ZZ20261012-0001 NOTE.TXT", .note), ("ZZ20261012-0001　吹哨 派出所.docx", .whistle),
      ("ZZ20261012-0001 恢復.txt", .resume), ("ZZ20261012-0001 联系完成.txt", .contact),
      ("ZZ20261012-0001 现场报告.txt", .report), ("ZZ20261012-0001 完成.txt", .complete),
    ])
  func verbs(name: String, verb: Request.Verb) throws {
    let (id, request) = try parse(name, "部门：派出所\n请协助")
    #expect(id == "ZZ20261012-0001")
    #expect(request.verb == verb)
    #expect(request.by == "urban" && request.at == Bureau.monday)
  }

  @Test("A name without case or verb says what is missing")
  func badNames() {
    #expect(refusal("备注.txt", "x") == .requestNoCase)
    #expect(
      refusal("ZZ20261012-0001 照片.txt", "x") == .requestNoVerb(Request.Verb.allCases.map { .title(of: $0) }))
  }

  @Test("Free words are the reason")
  func freeWords() throws {
    #expect(try parse("ZZ20261012-0001 备注.txt", "已到现场。\r\n情况属实：有照片\r\n").1.reason == "已到现场。\n情况属实：有照片")
    #expect(try parse("ZZ20261012-0001 联系.txt", "").1.reason == "")
    #expect(refusal("ZZ20261012-0001 备注.txt", " \n") == .requestEmpty)
    #expect(refusal("ZZ20261012-0001 撤回.txt", "") == .requestNoReason)
  }

  @Test(
    "An extension may say by how much",
    arguments: [
      ("延长：5个工作日", TimeLimit.workingDays(5)), ("by: 5wd", .workingDays(5)), ("延期天数：10天", .days(10)),
      ("时长：８小时", .hours(8)), ("天数：10", .days(10)), ("延长天数: １０", .days(10)), ("工作日数：5", .workingDays(5)),
      ("延长：十五个工作日", .workingDays(15)), ("by: 2 hours", .hours(2)), ("延期：5天内", .days(5)),
    ])
  func extensions(line: String, limit: TimeLimit) throws {
    let request = try parse("ZZ20261012-0001 延期.txt", line + "\n理由：等待检测").1
    #expect(request.extendBy == limit)
    #expect(request.reason == "等待检测")
  }

  @Test("A number without a unit, and what is no duration, are said", arguments: ["10", "半天", "-5天", "0天"])
  func badExtensions(value: String) {
    #expect(refusal("ZZ20261012-0001 延期.txt", "延长：\(value)\n理由：等待检测") == .requestBadLimit(value))
  }

  @Test("Numbers in a correction are read as in cases")
  func correctedNumbers() throws {
    let request = try parse("ZZ20261012-0001 更正.txt", "金额：1,234.5元\n人数：3人").1
    #expect(request.corrections == ["amount": "1234.50", "people_count": "3"])
  }

  @Test("A department is found by key, by the file's name, or in the words")
  func departments() throws {
    #expect(try parse("ZZ20261012-0001 改派.txt", "部门：派出所\n理由：治安").1.department == "police")
    #expect(try parse("ZZ20261012-0001 派出所 吹哨.txt", "现场有冲突").1.department == "police")
    #expect(try parse("ZZ20261012-0001 吹哨.txt", "请派出所到场").1.department == "police")
    #expect(refusal("ZZ20261012-0001 吹哨.txt", "请派出所和城建办到场") == .requestNoDepartment)
    #expect(refusal("ZZ20261012-0001 改派.txt", "部门：消防\n理由：火警") == .formUnknownDepartment("消防", near: []))
  }

  @Test("A pause needs a reason of the rulebook, by id or by its usual word")
  func pauses() throws {
    #expect(try parse("ZZ20261012-0001 暂停.txt", "原因：appraisal\n理由：双方同意").1.pauseReason == "appraisal")
    #expect(try parse("ZZ20261012-0001 暂停.txt", "正在做伤情鉴定").1.pauseReason == "appraisal")
    #expect(try parse("ZZ20261012-0001 暂停.txt", "原因：听证\n理由：已通知双方").1.pauseReason == "hearing")
    #expect(try parse("ZZ20261012-0001 暂停.txt", "原因：伤情鉴定\n理由：双方同意").1.pauseReason == "appraisal")
    #expect(refusal("ZZ20261012-0001 暂停.txt", "太忙了") == .requestNoPauseReason)
  }

  @Test("Levels, targets and corrections")
  func others() throws {
    #expect(try parse("ZZ20261012-0001 提级.txt", "级别：红色\n理由：有人聚集").1.level == "red")
    #expect(try parse("ZZ20261012-0001 降级.txt", "level: green\nreason: 已和解").1.level == "green")
    #expect(try parse("ZZ20261012-0001 并案 ZZ20261001-0007.txt", "同一事项").1.into == "ZZ20261001-0007")
    #expect(try parse("ZZ20261012-0001 并案.txt", "并入：ZZ20261001-0007\n理由：同一事项").1.into == "ZZ20261001-0007")
    let corrected = try parse("ZZ20261012-0001 更正.txt", "类别：其他\n社区：一社区\nevidence: 录音\n理由：核实").1
    #expect(corrected.corrections == ["category": "other", "area": "一社区", "evidence": "录音"])
    #expect(corrected.reason == "核实")
    #expect(refusal("ZZ20261012-0001 更正.txt", "弄错了") == .requestNoCorrection)
  }

  @Test("Every example in 模板 is a request that can be taken", arguments: Language.allCases)
  func templates(language: Language) throws {
    let examples = RequestTemplates.render(Bureau.rulebook, language)
    #expect(examples.count == Request.Verb.allCases.count)
    for (example, verb) in zip(examples, Request.Verb.allCases) {
      let request = try parse(example.name, String(decoding: example.bytes, as: UTF8.self)).1
      #expect(request.verb == verb, "\(example.name)")
    }
  }
}
