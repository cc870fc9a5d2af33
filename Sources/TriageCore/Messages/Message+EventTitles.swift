/// What happened to a case in one word or two, for the log: no name, no number, no word that anybody wrote.
extension Message {
  public static func title(of event: CaseEvent) -> Message {
    switch event {
    case .taken: Message(zh: "受理", en: "taken")
    case .duplicateArrived: Message(zh: "同一记录再次送来", en: "the same record came again")
    case .linked: Message(zh: "关联", en: "linked")
    case .assigned: Message(zh: "派单", en: "assigned")
    case .accepted: Message(zh: "签收", en: "accepted")
    case .takenBack: Message(zh: "取回答复", en: "answer taken back")
    case .contacted: Message(zh: "联系", en: "made contact")
    case .reported: Message(zh: "报告", en: "reported")
    case .resolved: Message(zh: "办结", en: "resolved")
    case .answered: Message(zh: "答复", en: "answered")
    case .returned: Message(zh: "退回", en: "returned")
    case .requested: Message(zh: "申请", en: "asked for")
    case .decided(let step):
      step.granted ? Message(zh: "同意", en: "granted") : Message(zh: "不同意", en: "refused")
    case .noted: Message(zh: "备注", en: "noted")
    case .ended: Message(zh: "任务结束", en: "item ended")
    case .deadlineSet: Message(zh: "设定期限", en: "deadline set")
    case .deadlineEnded: Message(zh: "期限结束", en: "deadline ended")
    case .paused: Message(zh: "暂停计时", en: "clock paused")
    case .resumed: Message(zh: "恢复计时", en: "clock resumed")
    case .leadChanged: Message(zh: "更换主办", en: "lead changed")
    case .levelChanged: Message(zh: "调整级别", en: "level changed")
    case .corrected: Message(zh: "更正", en: "corrected")
    case .reminded(let step):
      step.how == .skipped
        ? Message(zh: "催办过时未发", en: "reminder skipped") : Message(zh: "催办", en: "reminded")
    case .escalated: Message(zh: "升级", en: "escalated")
    case .reopened: Message(zh: "重新办理", en: "reopened")
    case .closed: Message(zh: "销号", en: "closed")
    case .diverted: Message(zh: "转入其他程序", en: "diverted")
    case .noticed: Message(zh: "通知", en: "told")
    case .mended(let step): title(of: step.what)
    case .attached: Message(zh: "附上材料", en: "file attached")
    case .alertRaised: Message(zh: "发出预警", en: "alert raised")
    case .listed: Message(zh: "列入预警名单", en: "listed in an alert")
    }
  }

  /// What was done to an item that did not lie as it should.
  public static func title(of mend: CaseEvent.Mended.What) -> Message {
    switch mend {
    case .redelivered: Message(zh: "重新送达", en: "delivered again")
    case .putBack: Message(zh: "放回原处", en: "put back")
    case .copyClosed: Message(zh: "副本移到 closed", en: "copy moved to closed/")
    case .formRefused: Message(zh: "表单有误，退还", en: "form not valid, put back")
    }
  }
}
