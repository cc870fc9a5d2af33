/// What the daemon writes to departments besides items: notices, reminders, worklists, guides.
extension Message {
  // Notices
  public static func noticeHeading(_ id: CaseID, _ title: String) -> Message {
    Message(zh: "案件 \(id) 的通知：\(title)", en: "Notice on case \(id): \(title)")
  }
  public static func noticeDeadlineMoved(_ stage: Message, from: String?, to: String, provisional: Bool)
    -> Message
  {
    let note = provisional ? "（暂定）" : ""
    let noteEn = provisional ? " (provisional)" : ""
    guard let from else {
      return Message(zh: "\(stage.zh)时限定为 \(to)\(note)", en: "deadline to \(stage.en): \(to)\(noteEn)")
    }
    return Message(
      zh: "\(stage.zh)时限由 \(from) 改为 \(to)\(note)",
      en: "the deadline to \(stage.en) has moved from \(from) to \(to)\(noteEn)")
  }
  public static func noticeLevelChanged(from: String, to: String, reason: Message) -> Message {
    Message(
      zh: "级别由\(from)调整为\(to)" + (reason.zh.isEmpty ? "" : "：\(reason.zh)"),
      en: "the level has changed from \(from) to \(to)" + (reason.en.isEmpty ? "" : ": \(reason.en)"))
  }
  /// Why a rule raised the level.
  /// - Parameter occasion: nil: the rulebook has the rule no more.
  public static func noticeRaisedByRule(
    _ rule: RuleID, _ occasion: EscalationRule.Trigger?, title: (Stage) -> Message
  ) -> Message {
    guard let occasion else { return Message(zh: "规则 \(rule)", en: "rule \(rule)") }
    let why: Message =
      switch occasion {
      case .age(let limit):
        Message(zh: "受理已满\(timeLimit(limit).zh)", en: "\(timeLimit(limit).en) since it was taken")
      case .overdue(let stage, _):
        Message(zh: "\(title(stage).zh)逾期", en: "\(title(stage).en) is overdue")
      case .returned(let times): Message(zh: "已退回\(times)次", en: "returned \(times) times")
      case .followUp: Message(zh: "回访结果不好", en: "the outcome of the follow-up")
      case .resolved: Message(zh: "办理结果不好", en: "the result of the work")
      case .repeated(let times): Message(zh: "重复反映\(times)次", en: "brought up \(times) times")
      case .raised: Message(zh: "级别提高", en: "the level was raised")
      case .cluster: Message(zh: "同类案件集中出现", en: "many cases of the kind at once")
      case .daily: Message(zh: "当日未签收", en: "not accepted that day")
      }
    return Message(zh: "\(why.zh)（规则 \(rule)）", en: "\(why.en) (rule \(rule))")
  }
  public static func noticeAssistJoined(_ department: String) -> Message {
    Message(zh: "\(department) 加入协办", en: "\(department) has joined to assist")
  }
  public static func noticeLeadIsNow(_ department: String) -> Message {
    Message(zh: "主办单位现为 \(department)", en: "the lead is now \(department)")
  }
  public static func noticeItemEnded(_ role: Message, _ why: CaseEvent.Ended.Why) -> Message {
    let reason: Message =
      switch why {
      case .answered: Message(zh: "已收到答复", en: "your answer was taken")
      case .resolved: Message(zh: "案件已办结", en: "the case was resolved")
      case .replaced: Message(zh: "已改由其他单位办理", en: "another department has taken over")
      case .returned: Message(zh: "已退回", en: "it was returned")
      case .withdrawn: Message(zh: "案件已撤回", en: "the case was withdrawn")
      case .merged: Message(zh: "已并入其他案件", en: "the case was merged into another")
      case .closed: Message(zh: "案件已销号", en: "the case was closed")
      case .decided: Message(zh: "已作出决定", en: "the matter was decided")
      case .diverted: Message(zh: "已转入其他程序", en: "the case went to another procedure")
      }
    return Message(
      zh: "贵单位的\(role.zh)任务结束（\(reason.zh)），文件已移到 closed 文件夹，无需再办",
      en: "your task (\(role.en)) has ended: \(reason.en). Its file is in closed; nothing more is to be done")
  }
  public static func noticeEscalated(rule: RuleID, stage: Message?) -> Message {
    Message(
      zh: "按规则 \(rule) 督办" + (stage.map { "：\($0.zh)已逾期" } ?? ""),
      en: "escalated by the rule \(rule)" + (stage.map { ": \($0.en) is overdue" } ?? ""))
  }
  public static func noticeWatching(lead: String) -> Message {
    Message(
      zh: "抄送知悉，由 \(lead) 主办，贵单位不需办理", en: "for your information; \(lead) has the lead, you need not act")
  }
  public static func noticeRequestGranted(_ verb: Message) -> Message {
    Message(zh: "\(verb.zh)申请已同意", en: "your request to \(verb.en) was granted")
  }
  public static func noticeRequestRefused(_ verb: Message, reason: String) -> Message {
    Message(zh: "\(verb.zh)申请未获同意：\(reason)", en: "your request to \(verb.en) was refused: \(reason)")
  }
  public static func noticeResolutionRefused(reason: String) -> Message {
    Message(
      zh: "办结未获同意，请继续办理：\(reason)", en: "the resolution was not approved, please go on: \(reason)")
  }
  public static func noticePaused(until: String) -> Message {
    Message(zh: "计时暂停，最迟到 \(until) 自动恢复", en: "the clock is paused, until \(until) at the latest")
  }
  public static let noticeResumed = Message(zh: "恢复计时", en: "the clock runs again")
  public static let noticeReturnsFinal = Message(
    zh: "本案已裁定两次，不能再退回", en: "the case was adjudicated twice and cannot be returned any more")
  public static func noticeReopened(why: String) -> Message {
    let why = reopeningReason(why)
    return Message(zh: "案件重新办理：\(why.zh)", en: "the case was reopened: \(why.en)")
  }
  public static func noticeClosed(_ how: CaseEvent.Closed.How) -> Message {
    switch how {
    case .followedUp: Message(zh: "回访完成，案件销号", en: "closed after the last follow-up visit")
    case .givenUp: Message(zh: "多次回访联系不上，案件销号", en: "closed; the citizen could not be reached")
    case .withdrawn: Message(zh: "案件已撤回", en: "withdrawn")
    case .merged: Message(zh: "案件已并入其他案件", en: "merged into another case")
    case .onTheSpot: Message(zh: "当场化解，案件销号", en: "settled on the spot and closed")
    case .diverted: Message(zh: "案件已转入其他程序", en: "diverted to another procedure")
    case .answered: Message(zh: "预警已答复", en: "the alert was answered")
    }
  }
  public static func noticeCited(by id: CaseID) -> Message {
    Message(
      zh: "群众再次催办，新来件 \(id) 提到本案，请尽快办理并与反映人联系",
      en: "asked about again: the new case \(id) names this one; please act and get in touch with the citizen"
    )
  }

  // Reminders
  public static func digestHeading(_ department: String, _ date: String) -> Message {
    Message(zh: "\(department) \(date) 催办提醒", en: "Reminders for \(department), \(date)")
  }
  public static func reminderLine(_ id: String, _ title: String, _ stage: Message, due: String, overdue: Bool)
    -> Message
  {
    Message(
      zh: overdue ? "\(id) \(title)：\(stage.zh)已逾期，时限 \(due)" : "\(id) \(title)：请在 \(due) 前\(stage.zh)",
      en: overdue
        ? "\(id) \(title): \(stage.en) is overdue, it was due \(due)"
        : "\(id) \(title): \(stage.en) by \(due)")
  }

  // Worklist
  public static func worklistTitle(_ department: String) -> Message {
    Message(zh: "\(department) 待办清单", en: "Worklist of \(department)")
  }
  public static func worklistCount(_ open: Int, overdue: Int) -> Message {
    Message(zh: "在办 \(open) 件，其中逾期 \(overdue) 件", en: "\(open) open, \(overdue) overdue")
  }
  public static let worklistEmpty = Message(zh: "目前没有待办案件。", en: "Nothing to do at present.")
  public static let worklistCase = Message(zh: "编号", en: "Case")
  public static let worklistCaseTitle = Message(zh: "标题", en: "Title")
  public static let worklistCategory = Message(zh: "类别", en: "Category")
  public static let worklistLevel = Message(zh: "级别", en: "Level")
  public static let worklistStage = Message(zh: "下一步", en: "Next step")
  public static let worklistDue = Message(zh: "时限", en: "Due")
  public static let worklistRole = Message(zh: "职责", en: "Role")
  public static let worklistState = Message(zh: "状态", en: "State")
  public static let worklistOverdue = Message(zh: "逾期", en: "overdue")
  public static let worklistProvisional = Message(zh: "暂定", en: "provisional")

  // Guides
  public static func readme(_ department: String) -> Message {
    Message(
      zh: """
        \(department) 的案件文件夹
        ================================

        new/        新派来的案件，一个文件就是一件，用记事本打开
        accepted/   已签收、正在办理的
        done/       办完交回的
        returned/   退回的
        closed/     已经结束的，由系统移入，不用再动
        requests/   请求放这里；requests/模板 里每种请求有一个样例
        reminders/  催办提醒，每天一个文件；以前的在 reminders/archive
        attachments/案件编号/  随案来的照片和文件；贵单位的照片、协议等附件也放这里
                               （文件或文件夹的名字以案件编号开头就行，交回答复时一起收）

        怎么办
        1. 签收：把文件从 new 移到 accepted。
        2. 办结：打开文件，在最下面 reply 里填写，保存并关闭，再移到 done。
        3. 退回：在 return_reason 填写理由，保存并关闭，再移到 returned。
        4. 其他：照 requests/模板 的样例写一个文件放进 requests，文件名为“案件编号 动作.txt”，
           例如“ZZ20261121-0001 备注.txt”。

        填写时不必担心格式：冒号用中文的也行，办理情况可以写很多行，写中文（已化解、同意、满意）也行。
        填得不全时，旁边马上会有一个 problem.txt 说明要改什么：可以就地改好；过几分钟没有改，文件会退回原来的
        文件夹，写好的内容都还在。
        文件改名、多复制一份、误删都不要紧，系统会认得并恢复；多出来的一份移到 closed，并留一个说明。
        worklist.html 是全部待办，最急的排在最前；worklist.csv 可以用表格软件打开。
        """,
      en: """
        The cases of \(department)
        ================================

        new/        cases just assigned; one file each, open it with any text editor
        accepted/   accepted, being worked on
        done/       handed in
        returned/   returned
        closed/     ended; moved there by the daemon, nothing more to do
        requests/   put requests here; requests/模板 has an example of each kind
        reminders/  reminders, one file a day; earlier ones are in reminders/archive
        attachments/CASE-ID/  what came with the case; put your photographs and agreements here too
                              (any file or folder whose name begins with the case's id; taken with the answer)

        What to do
        1. Accept: move the file from new to accepted.
        2. Resolve: fill in reply at the end of the file, save and close it, move it to done.
        3. Return: fill in return_reason, save and close it, move it to returned.
        4. Anything else: write a small file after an example in requests/模板 and put it into requests,
           named "CASE-ID VERB.txt", for instance "ZZ20261121-0001 note.txt".

        Never mind the format: several lines are fine, and so are words of your own language.
        Beside what is incomplete comes a problem.txt that says what to change. Change it where it lies; after a few
        minutes it goes back to where it was, and nothing you typed is lost. Renamed, copied or deleted files are
        recognised and mended; a second copy goes to closed, with a note.
        worklist.html lists everything to do, the most urgent first; worklist.csv opens in a spreadsheet.
        """)
  }
  /// The body of the example for one verb; the first line says what the request is and who may make it.
  public static func requestTemplate(
    _ verb: Request.Verb, department: String, level: String, pauseReason: String, stage: String,
    procedure: String
  )
    -> Message
  {
    switch verb {
    case .contact:
      Message(
        zh: "10月8日上午电话联系反映人，约定次日上门查看。",
        en: "Called the citizen on 8 October; a visit is agreed for the next day.")
    case .note:
      Message(zh: "已到现场查看，物业同意一周内修好。", en: "Seen on site; the property company will repair it within a week.")
    case .resume:
      Message(zh: "鉴定结果已出，恢复办理。", en: "The appraisal is here; handling goes on.")
    case .whistle:
      Message(
        zh: "部门：\(department)\n理由：现场需要共同处置。",
        en: "department: \(department)\nreason: to be handled together on site.")
    case .extend:
      Message(zh: "延长：5个工作日\n理由：需要等待第三方检测报告。", en: "by: 5wd\nreason: a third party's report is awaited.")
    case .pause:
      Message(
        zh: "原因：\(pauseReason)\n理由：双方同意先行鉴定。",
        en: "pause_reason: \(pauseReason)\nreason: both sides agree to an appraisal.")
    case .lower:
      Message(
        zh: "级别：\(level)\n理由：双方已和解，风险消除。", en: "level: \(level)\nreason: both sides have come to terms.")
    case .withdraw:
      Message(zh: "理由：反映人书面撤回诉求。", en: "reason: the citizen has withdrawn in writing.")
    case .assign:
      Message(
        zh: "部门：\(department)\n理由：属于该单位职责。",
        en: "department: \(department)\nreason: it is within that department's duties.")
    case .correct:
      Message(
        zh: "类别：其他\n地址：幸福路12号\n理由：核实后更正。",
        en: "category: other\naddress: 12 Happiness Road\nreason: corrected after a check.")
    case .raise:
      Message(
        zh: "级别：\(level)\n理由：人员聚集，需要提级处置。",
        en: "level: \(level)\nreason: people gather; more attention is needed.")
    case .report:
      Message(
        zh: "10月8日下午到现场，双方情绪稳定，已分开做工作，暂无人员聚集。",
        en: "On site on the afternoon of 8 October: both sides calm, talked to one by one, nobody gathers.")
    case .complete:
      Message(zh: "环节：\(stage)\n说明：法院已出具确认裁定。", en: "stage: \(stage)\nreason: the court has confirmed it.")
    case .divert:
      Message(
        zh: "途径：\(procedure)\n告知：10月8日当面告知反映人办理地点和所需材料。",
        en: "procedure: \(procedure)\ntold: told the citizen on 8 October where to go and what to bring.")
    case .merge:
      Message(zh: "并入：ZZ20260101-0002\n理由：同一事项。", en: "into: ZZ20260101-0002\nreason: the same matter.")
    }
  }
}
