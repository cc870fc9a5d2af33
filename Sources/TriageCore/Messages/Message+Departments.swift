/// The words of departments' files: what roles, stages, verbs and values of forms are called.
extension Message {
  public static func title(of role: Role) -> Message {
    switch role {
    case .lead: Message(zh: "主办", en: "lead")
    case .assist: Message(zh: "协办", en: "assist")
    case .approve: Message(zh: "审批", en: "approval")
    case .followUp: Message(zh: "回访", en: "follow-up visit")
    case .adjudicate: Message(zh: "裁定派单", en: "adjudication")
    case .alert: Message(zh: "预警", en: "alert")
    }
  }

  public static func title(of stage: Stage) -> Message {
    switch stage {
    case .accept: Message(zh: "签收", en: "accept")
    case .contact: Message(zh: "首次联系", en: "first contact")
    case .resolve: Message(zh: "办结", en: "resolve")
    case .assist: Message(zh: "协办", en: "assist")
    case .whistle: Message(zh: "吹哨响应", en: "whistle")
    case .adjudicate: Message(zh: "裁定", en: "adjudicate")
    case .approve: Message(zh: "审批", en: "approve")
    case .followUp: Message(zh: "回访", en: "follow-up visit")
    case .return: Message(zh: "退回", en: "return")
    case .redo: Message(zh: "重办", en: "redo")
    case .report: Message(zh: "首次报告", en: "first report")
    case .alert: Message(zh: "预警处置", en: "answer to the alert")
    case "confirm": Message(zh: "司法确认", en: "judicial confirmation")
    default: Message(zh: stage.rawValue, en: stage.rawValue)
    }
  }

  public static func title(of status: Assignment.Status) -> Message {
    switch status {
    case .new: Message(zh: "待签收", en: "to be accepted")
    case .accepted: Message(zh: "办理中", en: "accepted")
    case .done: Message(zh: "已答复，待审批", en: "answered, awaiting approval")
    case .returned: Message(zh: "已退回，待裁定", en: "returned, awaiting adjudication")
    case .ended: Message(zh: "已结束", en: "ended")
    }
  }

  public static func title(of verb: Request.Verb) -> Message {
    switch verb {
    case .contact: Message(zh: "联系", en: "contact")
    case .note: Message(zh: "备注", en: "note")
    case .resume: Message(zh: "恢复", en: "resume")
    case .whistle: Message(zh: "吹哨", en: "whistle")
    case .report: Message(zh: "报告", en: "report")
    case .complete: Message(zh: "完成", en: "complete")
    case .extend: Message(zh: "延期", en: "extend")
    case .pause: Message(zh: "暂停", en: "pause")
    case .lower: Message(zh: "降级", en: "lower")
    case .withdraw: Message(zh: "撤回", en: "withdraw")
    case .assign: Message(zh: "改派", en: "assign")
    case .correct: Message(zh: "更正", en: "correct")
    case .raise: Message(zh: "提级", en: "raise")
    case .merge: Message(zh: "并案", en: "merge")
    case .divert: Message(zh: "分流", en: "divert")
    }
  }

  public static func title(of result: Reply.Result) -> Message {
    switch result {
    case .settled: Message(zh: "已化解", en: "settled")
    case .failed: Message(zh: "未化解", en: "not settled")
    case .partial: Message(zh: "部分化解", en: "settled in part")
    }
  }

  public static func title(of agreement: Reply.Agreement) -> Message {
    switch agreement {
    case .written: Message(zh: "书面", en: "written")
    case .oral: Message(zh: "口头", en: "oral")
    case .none: Message(zh: "无", en: "none")
    }
  }

  public static func title(of performed: Reply.Performed) -> Message {
    switch performed {
    case .yes: Message(zh: "已履行", en: "performed")
    case .partly: Message(zh: "部分履行", en: "performed in part")
    case .no: Message(zh: "未履行", en: "not performed")
    }
  }

  public static func title(of satisfied: Reply.Satisfied) -> Message {
    switch satisfied {
    case .yes: Message(zh: "满意", en: "satisfied")
    case .basically: Message(zh: "基本满意", en: "basically satisfied")
    case .no: Message(zh: "不满意", en: "not satisfied")
    case .unreachable: Message(zh: "联系不上", en: "not reached")
    }
  }

  public static func title(of verdict: Reply.Verdict) -> Message {
    switch verdict {
    case .grant: Message(zh: "同意", en: "granted")
    case .refuse: Message(zh: "不同意", en: "refused")
    }
  }

  public static func title(ofFlag flag: Bool) -> Message {
    flag ? Message(zh: "有", en: "yes") : Message(zh: "无", en: "no")
  }

  public static func title(of phase: CaseState.Phase) -> Message {
    switch phase {
    case .assigned: Message(zh: "待签收", en: "assigned")
    case .accepted: Message(zh: "办理中", en: "accepted")
    case .returned: Message(zh: "退回待裁定", en: "returned, awaiting adjudication")
    case .paused: Message(zh: "已暂停计时", en: "paused")
    case .approval: Message(zh: "办结待审批", en: "resolved, awaiting approval")
    case .followUp: Message(zh: "已办结，回访中", en: "resolved, follow-up visits run")
    case .closed: Message(zh: "已销号", en: "closed")
    case .withdrawn: Message(zh: "已撤回", en: "withdrawn")
    case .merged: Message(zh: "已并入其他案件", en: "merged into another case")
    case .diverted: Message(zh: "已转入其他程序", en: "diverted to another procedure")
    }
  }

  /// What a field of a reply or request is called; nil for one that only the rulebook knows.
  public static func title(ofReplyField field: String) -> Message? {
    switch field {
    case "result": Message(zh: "办理结果", en: "result")
    case "summary": Message(zh: "办理情况", en: "summary")
    case "measure": Message(zh: "采取的措施", en: "measure")
    case "agreement": Message(zh: "协议形式", en: "agreement")
    case "agreement_date": Message(zh: "协议日期", en: "agreement date")
    case "instalments": Message(zh: "分期履行", en: "instalments")
    case "performed": Message(zh: "履行情况", en: "performed")
    case "satisfied": Message(zh: "是否满意", en: "satisfied")
    case "residual_risk": Message(zh: "遗留风险", en: "residual risk")
    case "return_reason": Message(zh: "退回理由", en: "return reason")
    case "decision": Message(zh: "审批意见", en: "decision")
    case "assign_to": Message(zh: "派给", en: "assign to")
    case "reason": Message(zh: "理由", en: "reason")
    default: nil
    }
  }
}
