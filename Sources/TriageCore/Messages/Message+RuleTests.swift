/// What is said of a rulebook's own tests: of mistakes in their steps, and of what did not come true.
extension Message.Rules {
  // MARK: Mistakes in tests

  public static func notAMoment(_ text: String) -> Message {
    Message(zh: "“\(text)”不是时点", en: "'\(text)' is no moment")
  }
  public static let momentHint = Message(
    zh: "写从受理起算的时长，如 +2h、+4wh、+1wd、+30d、eod，或写明时间，如 2026-10-09T10:00",
    en:
      "write the time since the taking, such as +2h, +4wh, +1wd, +30d or eod, or a time of its own such as 2026-10-09T10:00"
  )
  public static func stepBefore(_ text: String) -> Message {
    Message(
      zh: "“\(text)”早于前一步；各步要按时间先后写",
      en: "'\(text)' is before the step above; write the steps in order of time")
  }
  public static func oneAction(_ names: [String]) -> Message {
    Message(
      zh: "一步只能写一个动作，这里写了：\(list(names, "、"))；请分成几步（时点可以相同）",
      en:
        "a step has one action, this has \(list(names, ", ")); make several steps (they may have the same time)"
    )
  }

  // MARK: What did not come true

  public static func testStep(_ written: String, _ at: String, _ what: Message) -> Message {
    let time = written.hasPrefix("+") || written == "eod" ? "\(written)（\(at)）" : at
    let english = written.hasPrefix("+") || written == "eod" ? "\(written) (\(at))" : at
    return Message(zh: "\(time)：\(what.zh)", en: "\(english): \(what.en)")
  }
  public static func testNoItem(_ action: String, _ department: String?, _ holders: [Message]) -> Message {
    let (zh, en) = (holders.map(\.zh).joined(separator: "、"), holders.map(\.en).joined(separator: ", "))
    return Message(
      zh: "\(action)：\(department.map { "\($0)手上" } ?? "")没有可以这样办的条目；现在有条目的是 \(zh.isEmpty ? "（无）" : zh)",
      en:
        "\(action): \(department.map { "\($0) has" } ?? "there is") no item for it; items are with \(en.isEmpty ? "nobody" : en)"
    )
  }
  public static func testRefused(_ action: String, _ name: String, _ why: Message) -> Message {
    Message(zh: "\(action) 没有被接受 [\(name)]：\(why.zh)", en: "\(action) was refused [\(name)]: \(why.en)")
  }
  public static func testNotRefused(_ action: String?) -> Message {
    let name = action ?? "-"
    return Message(zh: "\(name) 本应不被接受，却接受了", en: "\(name) was to be refused, and was not")
  }
  public static func testStageEnded(_ stage: Message, due: String, _ how: Message, _ at: String) -> Message {
    Message(
      zh: "\(stage.zh)期限 \(due)，已于 \(at) \(how.zh)",
      en: "\(stage.en) was due \(due) and was \(how.en) at \(at)")
  }
  public static func testReminderDay(_ day: String, _ department: String) -> Message {
    Message(zh: "\(day) 催办\(department)", en: "\(day) \(department) was reminded")
  }
  public static func testNotTold(_ department: String) -> Message {
    Message(zh: "told：\(department)没有收到通知", en: "told: \(department) has had no notice")
  }
  public static func testEscalated(_ rule: String) -> Message {
    Message(zh: "督办规则“\(rule)”本不应执行，却执行了", en: "the escalation rule '\(rule)' was carried out")
  }
  public static func escalationElsewhere(_ rule: String) -> Message {
    Message(
      zh: "“\(rule)”的 when 对这个案件现在不成立", en: "the 'when' of '\(rule)' does not hold for the case as it is now")
  }
  public static func escalationComesLater(_ at: String) -> Message {
    Message(zh: "如果没有人再做什么，它将在 \(at) 执行", en: "if nobody does anything more it comes at \(at)")
  }
  public static func escalationStageNotRunning(_ stage: Message) -> Message {
    Message(zh: "现在没有正在计时的“\(stage.zh)”", en: "no '\(stage.en)' deadline runs now")
  }
  public static let escalationHasNoOccasion = Message(
    zh: "到现在为止没有发生它要等的事", en: "what it waits for has not happened")
}

extension Message {
  public static func title(of how: CaseEvent.DeadlineEnded.How) -> Message {
    switch how {
    case .met: Message(zh: "按时完成", en: "met")
    case .late: Message(zh: "超期完成", en: "met late")
    case .cancelled: Message(zh: "取消", en: "called off")
    }
  }

  // MARK: The command

  public static func title(of table: RulesInUse.Table) -> Message {
    switch table {
    case .classification: Message(zh: "分类规则", en: "classification rules")
    case .routes: Message(zh: "分流规则", en: "routes")
    case .also: Message(zh: "协办知会规则", en: "also rows")
    case .deadlines: Message(zh: "时限", en: "deadline rows")
    case .require: Message(zh: "办结要求", en: "require rows")
    case .reminders: Message(zh: "催办规则", en: "reminder rows")
    case .escalation: Message(zh: "督办规则", en: "escalation rules")
    }
  }
  public static func testCoverage(_ table: RulesInUse.Table, _ covered: Int, of all: Int) -> Message {
    let title = title(of: table)
    return Message(
      zh: "\(title.zh) \(all) 条，测试覆盖 \(covered) 条" + (covered < all ? "；没有测试的：" : ""),
      en: "\(covered) of \(all) \(title.en) covered" + (covered < all ? "; without a test:" : ""))
  }
  public static func testCoverageOverall(_ percent: String) -> Message {
    Message(zh: "总覆盖率 \(percent)%", en: "coverage \(percent)%")
  }
  public static func testCoverageLow(_ percent: String, wanted: String) -> Message {
    Message(
      zh: "覆盖率 \(percent)% 低于要求的 \(wanted)%",
      en: "the coverage of \(percent)% is below the \(wanted)% asked for")
  }
  public static let optionFailUnder = Message(
    zh: "总覆盖率低于这个百分比也算失败。", en: "Fail when the coverage is below this percentage.")
  public static let testTimeline = Message(zh: "经过：", en: "what happened:")
}
