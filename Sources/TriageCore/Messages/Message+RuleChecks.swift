/// What findings say of the meaning of a rulebook, and what its own tests say.
extension Message.Rules {
  public static func notAnInstant(_ text: String) -> Message {
    Message(zh: "“\(text)”不是时间；请写作 2026-09-30T16:00", en: "'\(text)' is no time; write 2026-09-30T16:00")
  }
  public static func testDiffers(_ what: String, _ wanted: String, _ found: String) -> Message {
    Message(zh: "\(what)：期望 \(wanted)，实际 \(found)", en: "\(what): \(wanted) wanted, \(found) found")
  }
  public static func testNotFired(_ rule: String) -> Message {
    Message(zh: "规则“\(rule)”没有命中", en: "the rule '\(rule)' did not fire")
  }
  public static func testFired(_ rule: String) -> Message {
    Message(zh: "规则“\(rule)”不应命中却命中了", en: "the rule '\(rule)' fired and should not")
  }

  // MARK: Names and departments

  public static func escalationLoop(_ departments: [String]) -> Message {
    Message(
      zh: "escalates_to 绕成了圈：\(departments.joined(separator: " → "))",
      en: "escalates_to goes round: \(departments.joined(separator: " → "))")
  }
  public static let escalationLoopHint = Message(
    zh: "让其中一个部门指向真正的上级，或去掉它的 escalates_to",
    en: "let one of them point to whoever is really above it, or take its escalates_to out")
  public static func nobodyAbove(_ department: String) -> Message {
    Message(
      zh: "部门“\(department)”没有上级，它的退回和申请将由兜底部门处理",
      en: "nobody is above the department '\(department)': the fallback decides its returns and requests")
  }
  public static let nobodyAboveHint = Message(zh: "加上 escalates_to: 部门", en: "add escalates_to: DEPARTMENT")
  public static func templateNamesNobody(_ template: String, _ areas: [String]) -> Message {
    Message(
      zh: "模板“\(template)”在任何区域都不对应已定义的部门（如 \(list(areas, "、"))）",
      en: "the template '\(template)' names no department in any area (such as \(list(areas, ", ")))")
  }
  public static func templateMisses(_ template: String, _ names: [String]) -> Message {
    Message(
      zh: "模板“\(template)”在部分区域对应的部门不存在：\(list(names, "、"))",
      en: "the template '\(template)' names departments that do not exist: \(list(names, ", "))")
  }
  public static let templateHint = Message(
    zh: "在 departments 里用 for_each_area 生成这些部门，或改正模板",
    en: "make these departments with for_each_area, or correct the template")

  // MARK: Rows

  public static func overlap(
    _ a: String, _ b: String, at other: SourcePlace, on what: [String], _ witness: String
  )
    -> Message
  {
    let names = what.isEmpty ? ("", "") : ("（\(list(what, "、"))）", " (\(list(what, ", ")))")
    return Message(
      zh: "“\(b)”与“\(a)”（\(at(other))）会同时匹配，优先级相同而内容不同\(names.0)；例如这样的案件：\(witness)",
      en:
        "'\(b)' and '\(a)' (\(at(other))) can both match, have the same priority and differ\(names.1); for example a case with \(witness)"
    )
  }
  public static let overlapHint = Message(
    zh: "给其中一条加 priority，或再写一条把两边条件都列上的规则",
    en: "give one of them a priority, or add a row with the conditions of both")
  public static func overlapUnchecked(_ a: String, _ b: String) -> Message {
    Message(
      zh: "“\(b)”与“\(a)”的条件太复杂，没能检查它们是否会冲突",
      en: "the conditions of '\(b)' and '\(a)' are too complex to tell whether they can both match")
  }
  public static func noDeadline(_ stage: String, _ pairs: [String], more: Int) -> Message {
    let (zh, en) = more > 0 ? (" 等，另有 \(more) 种", ", and \(more) more") : ("", "")
    return Message(
      zh: "这样的案件没有“\(stage)”时限：\(pairs.joined(separator: "；"))\(zh)",
      en: "such cases have no '\(stage)' deadline: \(pairs.joined(separator: "; "))\(en)")
  }
  public static func noDeadlineHint(_ stage: String) -> Message {
    Message(
      zh: "写一条没有 when 的时限作底，例如 {id: base, accept: 1wd, resolve: 5wd}（缺 \(stage)）",
      en:
        "add a row without 'when' as the base, such as {id: base, accept: 1wd, resolve: 5wd} (\(stage) is missing)"
    )
  }
  public static func noRoute(_ pairs: [String], more: Int) -> Message {
    let (zh, en) = more > 0 ? (" 等，另有 \(more) 种", ", and \(more) more") : ("", "")
    return Message(
      zh: "这样的案件没有路由，将交给兜底部门：\(pairs.joined(separator: "；"))\(zh)",
      en: "such cases have no route and go to the fallback: \(pairs.joined(separator: "; "))\(en)")
  }
  public static let noRouteHint = Message(
    zh: "为它们写一条路由；如果本来就交兜底部门，可以不管", en: "write a route for them, unless the fallback is meant to have them")
  public static let neverFires = Message(
    zh: "这条规则的条件不可能成立", en: "the condition of this entry can never hold")
  public static func neverChosen(_ others: [String]) -> Message {
    Message(
      zh: "这一条永远轮不到：凡是它匹配的案件，都有更优先的一条：\(list(others, "、"))",
      en: "this row is never chosen: wherever it matches, another one binds more: \(list(others, ", "))")
  }
  public static let neverChosenHint = Message(
    zh: "删除它；或者提高它的 priority，或把条件写得更具体",
    en: "take it out, or give it a higher priority or a narrower condition")
  /// - Parameter options: of the command line, each with a space before it.
  public static func witness(options: String) -> Message {
    Message(
      zh: "例如下面的案件（存成 case.yaml，用 triaged explain case.yaml\(options) 核对）：",
      en: "such as this case (save it as case.yaml; triaged explain case.yaml\(options) confirms it):")
  }
  public static let noWitness = Message(
    zh: "（没有找到能走到这里的案件文件：也许没有规则会这样组合，但人工更正仍可能走到）",
    en:
      " (no case file was found that leads there: perhaps no rules combine so, though a person's correction may)"
  )
  public static func neverGiven(_ name: String, _ thing: Thing) -> Message {
    Message(
      zh: "没有任何规则会给出\(thing.inChinese)“\(name)”，只有人工更正才会用到它",
      en: "no rule gives the \(thing.inEnglish) '\(name)': only a person's correction leads there")
  }
  public static func deadPhrase(_ phrase: String) -> Message {
    Message(
      zh: "“\(phrase)”同时写在 except 里，永远不会命中",
      en: "'\(phrase)' is an exception of its own list and can never hit")
  }
  public static let alreadyTop = Message(
    zh: "条件里的案件已经是最高级别，不会再提级",
    en: "the cases that it is for have the highest level already: nothing is raised")
  public static let nobodyToEscalateTo = Message(
    zh: "没有任何部门写了 escalates_to，无处可提级", en: "no department has escalates_to: there is nobody to escalate to")
  public static func tagNeverGiven(_ tag: String) -> Message {
    Message(
      zh: "标签“\(tag)”只由这条规则自己给出，条件不可能成立",
      en: "only this rule itself gives the tag '\(tag)', so it can never fire")
  }
  public static func campaignOver(_ end: String) -> Message {
    Message(zh: "这条规则的有效期已于 \(end) 结束", en: "the season of this rule ended on \(end)")
  }
  public static func stepNeverComes(_ stage: String) -> Message {
    Message(
      zh: "没有任何时限为这样的案件规定“\(stage)”，这一步永远不会发生",
      en: "no deadline row gives such cases '\(stage)', so this step can never come")
  }

  // MARK: Phrases

  public static func coveredPhrase(_ phrase: String, by shorter: String) -> Message {
    Message(
      zh: "“\(phrase)”已被同一列表中更短的“\(shorter)”覆盖",
      en: "'\(phrase)' is covered by the shorter '\(shorter)' of the same list")
  }
  public static func samePhrase(_ phrase: String, as other: String) -> Message {
    Message(
      zh: "“\(phrase)”与同一列表中的“\(other)”相同（大小写、繁简、全半角不作区分）",
      en: "'\(phrase)' is the same as '\(other)' of the same list (case, script and width do not count)")
  }
  public static let coveredPhraseHint = Message(zh: "可以删除这个词", en: "it can be taken out")
  public static func deadException(_ phrase: String) -> Message {
    Message(
      zh: "例外“\(phrase)”里不含本词表的任何词，永远用不上",
      en: "the exception '\(phrase)' contains no phrase of the lexicon and can never apply")
  }

  // MARK: Calendar and tests

  public static func calendarLacksYear(_ year: Int) -> Message {
    Message(
      zh: "日历里没有 \(year) 年的放假安排，涉及该年的期限只能暂定",
      en: "the calendar has no holidays for \(year): deadlines that touch it are provisional")
  }
  public static func calendarHint(_ year: Int) -> Message {
    Message(
      zh: "国务院办公厅一般在上一年 11 月前后发布放假通知；用 triaged calendar import 导入，或在 calendar.years 里加上 \(year)",
      en:
        "the State Council publishes them about November of the year before; take them in by triaged calendar import, or add \(year) to calendar.years"
    )
  }
  public static func noTest(_ rules: [String]) -> Message {
    Message(
      zh: "有 \(rules.count) 条归类规则没有测试：\(list(rules, "、"))",
      en: "\(rules.count) classification rules have no test: \(list(rules, ", "))")
  }
  public static let noTestHint = Message(
    zh: "在 tests 里写一个会命中它的案例，并在 expect.fired 里写上规则 id",
    en: "add a test with a case that it fires on, and name the rule under expect.fired")
}
