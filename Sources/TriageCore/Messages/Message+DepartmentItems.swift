/// What stands in an item besides the case itself: how to use it, and what each line of its form wants.
extension Message {
  // The head
  public static let itemOpening = Message(
    zh: "这是派给贵单位的一件案件，用记事本就能打开和填写；上半部分请不要改动。",
    en: "A case for your department. Any text editor will do; please leave the upper part as it is.")
  public static let itemHowToAccept = Message(
    zh: "签收：把本文件移到 accepted 文件夹。", en: "To accept it, move this file into the folder accepted.")
  public static let itemHowToAnswer = Message(
    zh: "答复：在最下面的 reply 里填写并保存，再把本文件移到 done 文件夹。",
    en: "To answer, fill in reply at the end, save, and move this file into the folder done.")
  public static let itemHowToReturn = Message(
    zh: "退回：填写 return_reason 并保存，再把本文件移到 returned 文件夹。",
    en: "To return it, fill in return_reason, save, and move this file into the folder returned.")
  public static let itemHowToAsk = Message(
    zh: "其他事项（延期、备注、吹哨等）：照 requests/模板 里的样例写一个小文件，放进 requests 文件夹。",
    en: "For anything else (extension, note, …) put a small file into requests; requests/模板 has examples.")
  public static let itemAttachments = Message(
    zh: "贵单位的照片、协议等附件：放进 attachments 文件夹下以案件编号命名的文件夹。",
    en: "Your photographs and agreements go into the folder attachments, in a folder named after the case.")
  public static let itemDue = Message(zh: "办理时限", en: "By when")
  public static let itemProvisional = Message(
    zh: "暂定：该年放假安排尚未录入，录入后会重新计算并通知",
    en: "provisional: the holidays of that year are not known yet; it is counted again when they are")
  public static let itemReturnUntil = Message(zh: "在此之前可以退回", en: "may be returned until then")
  public static let itemWhy = Message(zh: "为什么派到这里", en: "Why it came here")
  public static let itemConfidential = Message(
    zh: "反映人要求保密，请勿向他人透露", en: "the citizen asked for confidentiality")
  public static let itemContact = Message(
    zh: "联系方式仅供办理本案使用", en: "for the handling of this case only")
  public static let itemCaseText = Message(zh: "反映内容", en: "What was reported")
  public static let itemFallback = Message(
    zh: "没有规则认定由哪个单位办理，请研判后改派", en: "no route fits; please judge and assign it")
  public static func itemRoute(_ route: RuleID) -> Message {
    Message(zh: "按派单规则 \(route)", en: "by the route \(route)")
  }
  public static let itemTitleHit = Message(zh: "标题", en: "title")
  public static let itemTextHit = Message(zh: "正文", en: "text")
  public static let itemWeakHit = Message(zh: "（语气较弱）", en: " (weak)")

  // The form
  public static let formOpening = Message(
    zh: "──── 以下由贵单位填写：写在冒号后面，没有的留空 ────",
    en: "──── for you to fill in: write after the colons, leave empty what does not apply ────")
  public static let formRequired = Message(zh: "必填", en: "required")
  public static let formResult = Message(
    zh: "办理结果：settled 已化解 | failed 未化解 | partial 部分化解（写中文也可以）",
    en: "result: settled | failed | partial")
  public static let formSummary = Message(
    zh: "办理情况，可以写多行", en: "what was done; several lines are fine")
  public static let formMeasure = Message(zh: "采取的措施", en: "the measure taken")
  public static let formAgreement = Message(
    zh: "协议形式：written 书面 | oral 口头 | none 无", en: "agreement: written | oral | none")
  public static let formAgreementDate = Message(
    zh: "协议日期，例如 2026-10-01", en: "day of the agreement, such as 2026-10-01")
  public static let formInstalments = Message(
    zh: "分期履行，每期一行，例如 2026-11-01 支付2000元",
    en: "instalments, one a line, such as 2026-11-01 pays 2000")
  public static let formResidualRisk = Message(
    zh: "是否有遗留风险：yes 有 | no 无", en: "does a risk remain: yes | no")
  public static let formPerformed = Message(
    zh: "履行情况：yes 已履行 | partly 部分履行 | no 未履行", en: "performed: yes | partly | no")
  public static let formSatisfied = Message(
    zh: "是否满意：yes 满意 | basically 基本满意 | no 不满意 | unreachable 联系不上",
    en: "satisfied: yes | basically | no | unreachable")
  public static let formDecision = Message(
    zh: "审批意见：grant 同意 | refuse 不同意", en: "decision: grant | refuse")
  public static let formAssignTo = Message(
    zh: "派给哪个单位，写单位名称或编号", en: "the department, by name or id")
  public static let formReason = Message(zh: "理由或补充说明", en: "reason, or anything to add")
  public static let formReturnReason = Message(
    zh: "退回理由（只在退回时填写）", en: "return reason (only to return it)")
  public static let formReturnNever = Message(
    zh: "本案不能退回，有困难请提出请求", en: "this case cannot be returned; make a request instead")
  public static func formDeclared(_ field: String, type: FieldType?) -> Message {
    switch type {
    case .number: Message(zh: "\(field)，填数字", en: "\(field), a number")
    case .flag: Message(zh: "\(field)：yes 是 | no 否", en: "\(field): yes | no")
    case .date: Message(zh: "\(field)，填日期，例如 2026-10-01", en: "\(field), a day such as 2026-10-01")
    case .list: Message(zh: "\(field)，每项一行或用顿号隔开", en: "\(field), one a line or separated by commas")
    case .text, nil: Message(zh: field, en: field)
    }
  }

  // Causes, as one line each
  public static func causeAssisting(lead: String) -> Message {
    Message(zh: "协助主办单位 \(lead) 办理", en: "assist \(lead), the lead")
  }
  public static func causeWhistled(by department: String, reason: String) -> Message {
    Message(zh: "\(department) 吹哨，请协同处置：\(reason)", en: "called in by \(department): \(reason)")
  }
  public static func causeAdjudicated(by department: String, reason: String) -> Message {
    Message(
      zh: "经 \(department) 裁定由贵单位办理：\(reason)", en: "assigned by \(department)'s adjudication: \(reason)")
  }
  public static func causeReassigned(by department: String, reason: String) -> Message {
    Message(zh: "由 \(department) 改派：\(reason)", en: "reassigned by \(department): \(reason)")
  }
  public static func causeEscalated(by rule: RuleID) -> Message {
    Message(zh: "逾期或多次未果，按规则 \(rule) 提级到贵单位", en: "escalated to you by the rule \(rule)")
  }
  public static let causeRaised = Message(
    zh: "案件级别提高，改由贵单位主办", en: "its level was raised and you are the lead now")
  public static func causeReopened(why: String) -> Message {
    Message(zh: "案件重新办理：\(why)", en: "the case was reopened: \(why)")
  }
  public static func causeReturned(by department: String, reason: String, text: String) -> Message {
    let more = text.isEmpty ? "" : "；\(text)"
    let moreEn = text.isEmpty ? "" : "; \(text)"
    return Message(
      zh: "\(department) 退回，理由：\(reason)\(more)。请裁定由哪个单位办理",
      en: "returned by \(department), reason: \(reason)\(moreEn). Please decide which department handles it")
  }
  public static func causeAsked(by department: String, verb: Message, detail: String) -> Message {
    Message(
      zh: "\(department) 申请\(verb.zh)：\(detail)。请审批",
      en: "\(department) asks to \(verb.en): \(detail). Please decide")
  }
  public static func causeResolution(by department: String) -> Message {
    Message(zh: "\(department) 已办结，请审批", en: "resolved by \(department); please approve")
  }
  public static func causeFollowUp(number: Int) -> Message {
    Message(zh: "办结后的第 \(number) 次回访", en: "follow-up visit \(number)")
  }
}
