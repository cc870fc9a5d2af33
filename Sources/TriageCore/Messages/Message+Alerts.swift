/// Alerts, stages that are ticked off, and other procedures: what departments read of them.
extension Message {
  // Titles of alerts
  /// `聚集预警：物业纠纷、一社区，7 天内 5 件`.
  public static func clusterTitle(_ same: [String], within: TimeLimit, count: Int) -> Message {
    let limit = timeLimit(within)
    return Message(
      zh: "聚集预警：\(same.joined(separator: "、"))，\(limit.zh)内 \(count) 件",
      en: "Cluster: \(same.joined(separator: ", ")), \(count) cases within \(limit.en)")
  }
  public static func dayEndTitle(_ date: CivilDate, _ time: CivilTime, count: Int) -> Message {
    Message(
      zh: "日清预警：\(date) \(time) 仍有 \(count) 件未签收",
      en: "Day's end: \(count) \(count == 1 ? "case" : "cases") not accepted by \(date) \(time)")
  }
  public static func ruleTitle(_ rule: RuleID, count: Int) -> Message {
    Message(
      zh: "预警：按规则 \(rule)，\(count) 件",
      en: "Alert by the rule \(rule): \(count) \(count == 1 ? "case" : "cases")")
  }

  public static let alertRaised = Message(zh: "已发出预警", en: "raised an alert")
  public static func statusAlerts(_ count: Int) -> Message {
    Message(
      zh: "\(count) 份预警尚未答复", en: "\(count) \(count == 1 ? "alert" : "alerts") not answered")
  }

  // The item of an alert
  public static let alertOpening = Message(
    zh: "这是一份预警，列出需要贵单位一并研判的案件；用记事本就能打开和填写，上半部分请不要改动。",
    en: "An alert: cases for your department to look at as a whole. Please leave the upper part as it is.")
  public static let alertHowToAnswer = Message(
    zh: "答复：在最下面的 reply 里写明研判结论和措施并保存，再把本文件移到 done 文件夹。",
    en: "To answer, write under reply what you found and did, save, and move this file into the folder done.")
  public static let alertCases = Message(zh: "名单（送达时的情况）", en: "The list, as it was at delivery")
  public static func causeAlert(by rule: RuleID) -> Message {
    Message(zh: "按规则 \(rule) 预警，请一并研判处置", en: "raised by the rule \(rule); please look at these as a whole")
  }
  public static func causeDecide(by rule: RuleID) -> Message {
    Message(
      zh: "按规则 \(rule) 提请裁定，请裁定由哪个单位办理", en: "by the rule \(rule): please decide which department handles it")
  }

  // Requests
  public static func stageNotRunning(_ waiting: [Stage]) -> Message {
    if waiting.isEmpty {
      return Message(zh: "这件案件没有等待完成的环节", en: "no stage of this case waits to be ticked off")
    }
    let names = waiting.map { title(of: $0) }
    return Message(
      zh: "请写明完成的是哪个环节：\(names.map(\.zh).joined(separator: "、"))",
      en: "please say which stage is done: \(waiting.map(\.rawValue).joined(separator: ", "))")
  }
  public static func requestUnknownStage(_ value: String, known: [String]) -> Message {
    Message(
      zh: "没有“\(value)”这个环节" + (known.isEmpty ? "" : "；可以写：\(known.joined(separator: "、"))"),
      en: "there is no stage '\(value)'" + (known.isEmpty ? "" : "; known: \(known.joined(separator: ", "))"))
  }
  public static func requestUnknownProcedure(_ value: String, known: [Procedure]) -> Message {
    if known.isEmpty {
      return Message(
        zh: "规则集没有规定可以分流到哪些途径（divert_to）", en: "the rulebook names no procedure to divert to (divert_to)")
    }
    let names = known.map(\.title).joined(separator: "、")
    let ids = known.map(\.id.rawValue).joined(separator: ", ")
    return value.isEmpty
      ? Message(zh: "请写明分流到哪个途径，例如“途径：\(known[0].title)”；可以写：\(names)", en: "name the procedure: \(ids)")
      : Message(zh: "没有“\(value)”这个途径；可以写：\(names)", en: "there is no procedure '\(value)'; known: \(ids)")
  }
  public static func noticeDiverted(_ title: String, route: String) -> Message {
    Message(
      zh: "案件已分流到\(title)。应告知反映人：\(route)", en: "diverted: \(title). The citizen is to be told: \(route)")
  }
}

extension Message.Rules {
  public static let wantsAlert = Message(
    zh: "cluster 和 daily 看的是许多案件，then 里要写 alert：名单报给哪个部门",
    en: "cluster and daily look at many cases: 'then' needs alert, the department that gets the list")
  public static let wantsAlertHint = Message(
    zh: "例如 then: {alert: center}", en: "for instance then: {alert: center}")
  public static func onlyTrue(_ key: String) -> Message {
    Message(zh: "\(key) 只能写 true", en: "'\(key)' can only be true")
  }
  public static let clusterTooWide = Message(
    zh: "same 里至少要有 category 或 area.区域类型，否则每来一件都要翻遍所有案件",
    en: "'same' needs category or area.KIND, else every new case would have to be held against all others")
  public static let raiseLoop = Message(
    zh: "提级又触发提级：案件会一步升到最高级", en: "a raise that answers a raise goes up to the top at once")
  public static let raiseLoopHint = Message(
    zh: "去掉 raise，或用 raise_to 写明升到哪一级", en: "take raise out, or say with raise_to how far")
  public static func neverRaisedTo(_ level: String) -> Message {
    Message(
      zh: "“\(level)”是最低的级别，案件不会提到这一级，这一步永远不会发生",
      en: "'\(level)' is the mildest level: nothing is raised to it, so this step can never come")
  }
  public static func raisesNothing(_ level: String) -> Message {
    Message(
      zh: "条件里的级别已经不低于“\(level)”，raise_to 不起作用",
      en: "the levels of the condition are no lower than '\(level)': raise_to does nothing")
  }
  public static func returnsAreFewer(_ times: Int, _ most: Int) -> Message {
    Message(
      zh: "一件案件最多退回 \(most) 次，第 \(times) 次永远不会发生",
      en: "a case can be returned \(most) times at most: this step can never come")
  }
  public static let neverReturned = Message(
    zh: "这样的案件时限里写了 return: never，不会被退回，这一步永远不会发生",
    en: "such cases have return: never, so this step can never come")
}

/// Lines of the timeline about alerts and other procedures.
extension TimelineWords {
  func alertLine(_ event: CaseEvent) -> Message {
    switch event {
    case .diverted(let step):
      Message(
        zh: "\(name(step.by))分流到\(step.title)，告知情况：\(step.told)",
        en: "\(name(step.by)) diverted it to \(step.title); the citizen was told: \(step.told)")
    case .alertRaised(let alert):
      Message(
        zh: "\(alert.title)，报\(name(alert.department))（规则 \(alert.rule)）：\(list(alert.cases).zh)",
        en: "\(alert.title), to \(name(alert.department)) (rule \(alert.rule)): \(list(alert.cases).en)")
    case .listed(let step):
      Message(
        zh: "列入预警 \(step.alert)，报\(name(step.department))（规则 \(step.rule)）",
        en: "named in the alert \(step.alert) to \(name(step.department)) (rule \(step.rule))")
    default: Message(zh: event.kind, en: event.kind)
    }
  }

  private func list(_ cases: [CaseID]) -> Message {
    let ids = cases.map(\.rawValue)
    return Message(zh: ids.joined(separator: "、"), en: ids.joined(separator: ", "))
  }
}
