/// The timeline of a case: one line for each event, by departments' and levels' titles, local time, and no word of
/// what the citizen wrote.
extension Message {
  /// One line for the event, without its time.
  public static func timeline(_ event: CaseEvent, in rulebook: Rulebook) -> Message {
    TimelineWords(rulebook).line(event)
  }

  /// One line for reminders of a stage that were skipped together.
  public static func timelineSkipped(
    _ first: CaseEvent.Reminded, slots: [String], in rulebook: Rulebook
  ) -> Message { TimelineWords(rulebook).skipped(first, slots: slots) }

  /// Why a case was reopened: a finding of a visit by its name, or somebody's words as they are.
  public static func reopeningReason(_ why: String) -> Message {
    switch VisitOutcome(rawValue: why) {
    case .notSatisfied: Message(zh: "回访不满意", en: "not satisfied at the follow-up visit")
    case .notPerformed: Message(zh: "协议未履行", en: "the agreement was not performed")
    case .partlyPerformed: Message(zh: "协议部分履行", en: "the agreement was performed in part")
    case .residualRisk: Message(zh: "仍有风险", en: "a risk remains")
    case .failed: Message(zh: "回访时未化解", en: "not settled at the follow-up visit")
    case .unreachable: Message(zh: "联系不上", en: "nobody was reached")
    case .satisfied: Message(zh: "回访满意", en: "satisfied")
    case nil: Message(zh: why, en: why)
    }
  }
}

/// The words of the timeline under one rulebook.
struct TimelineWords {
  let rulebook: Rulebook

  init(_ rulebook: Rulebook) { self.rulebook = rulebook }

  private func cameAgain(_ again: CaseEvent.DuplicateArrived) -> Message {
    let plain = Message(
      zh: "同一记录再次送来（渠道 \(again.channel)），未重复立案",
      en: "the same record came again (channel \(again.channel)); no second case")
    guard let changes = again.changes, !changes.isEmpty else { return plain }
    let list = Message.recordChanges(changes)
    return Message(zh: "\(plain.zh)；内容有变：\(list.zh)", en: "\(plain.en); changed: \(list.en)")
  }

  func line(_ event: CaseEvent) -> Message {
    switch event {
    case .taken(let taken): self.taken(taken)
    case .duplicateArrived(let again): cameAgain(again)
    case .linked(let linked): self.linked(linked)
    case .assigned(let item): assigned(item)
    case .accepted(let step):
      step.implied
        ? Message(zh: "\(item(step.item).zh)随办理签收", en: "\(item(step.item).en) accepted by being worked on")
        : Message(zh: "\(item(step.item).zh)已签收", en: "\(item(step.item).en) accepted")
    case .takenBack(let step):
      Message(zh: "\(item(step.item).zh)的答复已取回", en: "the answer to \(item(step.item).en) was taken back")
    case .reported(let step): said(step.by, Message(zh: "报告", en: "reported"), step.text)
    case .contacted(let step): said(step.by, Message(zh: "已联系", en: "made contact"), step.text)
    case .resolved(let step): resolved(step)
    case .answered(let step): answered(step)
    case .returned(let step): returned(step)
    case .requested(let step):
      said(
        step.request.by, Message(zh: "申请\(verb(step.request).zh)", en: "asked to \(verb(step.request).en)"),
        step.request.reason)
    case .decided(let step): decided(step)
    case .noted(let note):
      note.by.map { said($0, Message(zh: "备注", en: "noted"), note.text) }
        ?? Message(zh: note.text, en: note.text)
    case .ended(let step): ended(step)
    case .deadlineSet, .deadlineEnded, .paused, .resumed, .reminded: clockLine(event)
    default: courseLine(event)
    }
  }

  private func taken(_ taken: CaseEvent.Taken) -> Message {
    let decision = taken.decision
    let level = rulebook.title(of: decision.level)
    let category = rulebook.title(of: decision.category)
    if taken.isOnTheSpot {
      return Message(
        zh: "受理：\(category)，\(level)，当场化解", en: "taken: \(category), \(level), settled on the spot")
    }
    let lead = name(decision.lead)
    return Message(
      zh: "受理：\(category)，\(level)，由\(lead)主办", en: "taken: \(category), \(level), lead \(lead)")
  }

  private func linked(_ linked: CaseEvent.Linked) -> Message {
    switch linked.why {
    case .duplicateOfClosed:
      Message(zh: "与已销号的 \(linked.to) 为同一记录", en: "the same record as \(linked.to), which is closed")
    case .sameSourceID: Message(zh: "与 \(linked.to) 来源编号相同", en: "has the source id of \(linked.to)")
    case .nearSameText: Message(zh: "与 \(linked.to) 内容相近", en: "reads much like \(linked.to)")
    case .reference: Message(zh: "提到 \(linked.to)", en: "names \(linked.to)")
    case .merged: Message(zh: "并入 \(linked.to)", en: "merged into \(linked.to)")
    }
  }

  private func assigned(_ assignment: Assignment) -> Message {
    let role = Message.title(of: assignment.key.role)
    let department = name(assignment.department)
    let why = cause(assignment.cause)
    return Message(
      zh: "派给\(department)（\(role.zh)）" + (why.map { "：\($0.zh)" } ?? ""),
      en: "assigned to \(department) (\(role.en))" + (why.map { ": \($0.en)" } ?? ""))
  }

  private func cause(_ cause: Assignment.Cause) -> Message? {
    switch cause {
    case .routed(let route): route.map { Message(zh: "按分流规则 \($0)", en: "route \($0)") }
    case .assisting: nil
    case .whistled(let by, let reason): said(by, Message(zh: "吹哨", en: "whistled"), reason)
    case .adjudicated(let by, let reason): said(by, Message(zh: "裁定", en: "adjudicated"), reason)
    case .reassigned(let by, let reason): said(by, Message(zh: "改派", en: "reassigned it"), reason)
    case .escalated(let rule): Message(zh: "按升级规则 \(rule)", en: "escalation \(rule)")
    case .raised: Message(zh: "级别提高", en: "the level was raised")
    case .reopened(let why):
      Message(
        zh: "重新办理，\(Message.reopeningReason(why).zh)", en: "reopened, \(Message.reopeningReason(why).en)")
    case .returned(let by, let reason, let text):
      said(
        by,
        Message(zh: "退回（\(rulebook.title(of: reason))）", en: "returned it (\(rulebook.title(of: reason)))"),
        text)
    case .asked(let request):
      said(
        request.by, Message(zh: "申请\(verb(request).zh)", en: "asks to \(verb(request).en)"), request.reason)
    case .resolution: Message(zh: "审批办结", en: "to approve the resolution")
    case .followUp(let number): Message(zh: "第 \(number) 次回访", en: "visit \(number)")
    }
  }

  private func resolved(_ step: CaseEvent.Answered) -> Message {
    let result = step.reply.result.map { Message.title(of: $0) } ?? Message(zh: "未写结果", en: "no result")
    let texts = [step.reply.summary, step.reply.measure, step.reply.reason].compactMap { $0 }.filter {
      !$0.isEmpty
    }
    let waiting = step.approval != nil
    return Message(
      zh: (["办结：\(result.zh)"] + texts).joined(separator: "，") + (waiting ? "（待审批）" : ""),
      en: (["resolved: \(result.en)"] + texts).joined(separator: ", ")
        + (waiting ? " (awaiting approval)" : ""))
  }

  private func answered(_ step: CaseEvent.Answered) -> Message {
    let reply = step.reply
    var parts: [Message] = []
    if let verdict = reply.decision { parts.append(Message.title(of: verdict)) }
    if let department = reply.assignTo {
      parts.append(Message(zh: "派给\(name(department))", en: "assigned to \(name(department))"))
    }
    if let performed = reply.performed { parts.append(Message.title(of: performed)) }
    if let satisfied = reply.satisfied { parts.append(Message.title(of: satisfied)) }
    if reply.residualRisk == true { parts.append(Message(zh: "仍有风险", en: "a risk remains")) }
    for text in [reply.summary, reply.measure, reply.reason] where !(text ?? "").isEmpty {
      parts.append(Message(zh: text ?? "", en: text ?? ""))
    }
    return Message(
      zh: "\(item(step.item).zh)已答复：\(parts.map(\.zh).joined(separator: "，"))",
      en: "\(item(step.item).en) answered: \(parts.map(\.en).joined(separator: ", "))")
  }

  private func returned(_ step: CaseEvent.Returned) -> Message {
    let reason = rulebook.title(of: step.reason)
    return said(step.by, Message(zh: "退回（\(reason)）", en: "returned it (\(reason))"), step.text)
  }

  private func decided(_ step: CaseEvent.Decided) -> Message {
    let (verb, by) = (verb(step.request), step.by)
    if step.request.by == by {
      return said(by, Message(zh: verb.zh, en: "request taken: \(verb.en)"), step.request.reason)
    }
    return step.granted
      ? said(by, Message(zh: "同意\(verb.zh)", en: "granted the request to \(verb.en)"), step.reason)
      : said(by, Message(zh: "不同意\(verb.zh)", en: "refused the request to \(verb.en)"), step.reason)
  }

  private func ended(_ step: CaseEvent.Ended) -> Message {
    let why: Message =
      switch step.why {
      case .answered: Message(zh: "已答复", en: "answered")
      case .resolved: Message(zh: "案件办结", en: "the case was resolved")
      case .replaced: Message(zh: "改由他人办理", en: "another took over")
      case .returned: Message(zh: "退回", en: "returned")
      case .withdrawn: Message(zh: "撤回", en: "withdrawn")
      case .merged: Message(zh: "并案", en: "merged")
      case .closed: Message(zh: "销号", en: "the case was closed")
      case .decided: Message(zh: "已决定", en: "decided")
      case .diverted: Message(zh: "转入其他程序", en: "diverted")
      }
    return Message(
      zh: "\(item(step.item).zh)结束（\(why.zh)）", en: "\(item(step.item).en) ended: \(why.en)")
  }

  // MARK: Words

  func name(_ department: DepartmentID) -> String { rulebook.title(of: department) }

  func item(_ key: ItemKey) -> Message {
    let role = Message.title(of: key.role)
    return Message(zh: "\(role.zh)任务 \(key.ordinal)", en: "\(role.en) item \(key.ordinal)")
  }

  private func verb(_ request: Request) -> Message { Message.title(of: request.verb) }

  /// Who did what, and the words to it.
  private func said(_ by: DepartmentID, _ did: Message, _ words: String) -> Message {
    Message(
      zh: name(by) + did.zh + (words.isEmpty ? "" : "：\(words)"),
      en: name(by) + " " + did.en + (words.isEmpty ? "" : ": \(words)"))
  }

  /// Local time to the minute: `2026-03-11 17:30`.
  func time(_ instant: Instant) -> String {
    instant.clockText(in: rulebook.calendar.zone)
  }
}
