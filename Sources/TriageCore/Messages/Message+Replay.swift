/// What `replay` and the forecast of reminders print.
extension Message {
  // MARK: Replay

  public static let helpReplay = Message(
    zh: "新规则对台账里的旧案会有什么不同：归口、级别、时限、督办、催办。",
    en: "Tell what new rules would have changed for the ledger's cases.")
  public static let optionSince = Message(
    zh: "只看这个时间以后受理的案件。", en: "Only cases taken at or after this time.")
  public static let optionFailAbove = Message(
    zh: "换了单位或级别的案件超过这个百分比就算失败。",
    en: "Fail when more than this percentage of the cases change department or level.")
  public static let optionReplayCases = Message(
    zh: "逐件列出有变化的案件。", en: "List the cases that change.")
  public static let replayWantsRules = Message(
    zh: "请用 --rules 指明新规则的目录", en: "give the directory of the new rules by --rules")
  public static func replayTooMuch(_ moved: Int, of cases: Int, limit: String) -> Message {
    Message(
      zh: "\(cases) 件中有 \(moved) 件换了单位或级别，超过 \(limit)%",
      en: "\(moved) of \(cases) cases change department or level, more than \(limit)%")
  }
  public static func replayProgress(_ cases: Int, of all: Int) -> Message {
    let percent = cases * 100 / max(all, 1)
    return Message(zh: "回放 \(cases)/\(all)  \(percent)%", en: "replayed \(cases) of \(all)  \(percent)%")
  }
  public static let replayNone = Message(zh: "台账里没有可以回放的案件", en: "the ledger has no case to replay")
  public static func replayHead(_ cases: Int, _ from: String, _ to: String, erased: Int) -> Message {
    Message(
      zh: "回放 \(cases) 件（\(from) 至 \(to) 受理）" + (erased > 0 ? "；另有 \(erased) 件已匿名，略过" : ""),
      en: "\(cases) cases replayed, taken \(from) to \(to)"
        + (erased > 0 ? "; \(erased) erased ones left out" : ""))
  }
  public static func replayMoved(_ moved: Int, _ percent: String, changed: Int) -> Message {
    Message(
      zh: "换了单位或级别的 \(moved) 件（\(percent)%）；有任何变化的 \(changed) 件",
      en: "\(moved) change department or level (\(percent)%), \(changed) change in any way")
  }
  public static let replayDepartments = Message(zh: "牵头单位变化", en: "moved between departments")
  public static let replayRaised = Message(zh: "级别升高", en: "levels raised")
  public static let replayLowered = Message(zh: "级别降低", en: "levels lowered")
  public static let replayCategories = Message(zh: "类别变化", en: "categories changed")
  public static let replayDeadlines = Message(zh: "受理时的时限变化", en: "deadlines at the taking")
  public static let replayEscalations = Message(zh: "督办次数变化", en: "escalations")
  public static let replayReminders = Message(
    zh: "催办量变化（一件一天算一次）", en: "reminders (a case and a day is one)")
  public static func replayDropped(_ deeds: Int) -> Message {
    Message(
      zh: "有 \(deeds) 个当时的操作在新规则下做不了，没有计入",
      en: "\(deeds) deeds of people are not possible under the new rules and were left out")
  }
  public static let columnFrom = Message(zh: "现行规则", en: "from")
  public static let columnTo = Message(zh: "新规则", en: "to")
  public static let columnCount = Message(zh: "件数", en: "cases")
  public static let columnStage = Message(zh: "环节", en: "stage")
  public static let columnEarlier = Message(zh: "提前", en: "earlier")
  public static let columnLater = Message(zh: "推后", en: "later")
  public static let columnAdded = Message(zh: "新增", en: "new")
  public static let columnRemoved = Message(zh: "取消", en: "gone")
  public static let columnRule = Message(zh: "规则", en: "rule")
  public static let columnBefore = Message(zh: "现行", en: "before")
  public static let columnAfter = Message(zh: "新规则", en: "after")
  public static let columnGained = Message(zh: "增加的案件", en: "cases gained")
  public static let columnLost = Message(zh: "减少的案件", en: "cases lost")
  public static let columnWorstBefore = Message(zh: "现行最多的一天", en: "worst day before")
  public static let columnWorstAfter = Message(zh: "新规则最多的一天", en: "worst day after")

  public static let columnReminders = Message(zh: "催办", en: "reminders")
  public static let replayRemindersMoved = Message(zh: "催办的日子不同", en: "reminded on other days")

  // MARK: Forecast

  public static let helpReminders = Message(
    zh: "预计各单位今后每天会收到的催办、通报和回访。",
    en: "Forecast what each department will get, day by day.")
  public static let optionForecast = Message(
    zh: "往后看多久，如 14d、10wd。", en: "How far to look ahead, such as 14d or 10wd.")
  public static let optionForecastFrom = Message(
    zh: "从什么时候看起，默认现在。", en: "From when; default: now.")
  public static func forecastHead(_ cases: Int, _ from: String, _ to: String) -> Message {
    Message(
      zh: "在办 \(cases) 件；如果没有人再做什么，\(from) 至 \(to)：",
      en: "\(cases) open cases; if nobody does anything, from \(from) to \(to):")
  }
  public static let forecastNothing = Message(zh: "没有要发的，也没有到期的", en: "nothing comes and nothing passes")
  public static let columnDepartment = Message(zh: "单位", en: "department")
  public static let columnDay = Message(zh: "日期", en: "day")
  public static let columnAtOnce = Message(zh: "即时催办", en: "at once")
  public static let columnDigest = Message(zh: "每日提醒", en: "in the digest")
  public static let columnEscalations = Message(zh: "督办通知", en: "escalations")
  public static let columnVisits = Message(zh: "回访", en: "visits")
  public static let columnOverdue = Message(zh: "到期未办", en: "passing")
}
