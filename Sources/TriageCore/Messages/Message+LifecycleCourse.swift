/// Lines of the timeline about clocks, and about the course of the case as a whole.
extension TimelineWords {
  func clockLine(_ event: CaseEvent) -> Message {
    switch event {
    case .deadlineSet(let set): deadlineSet(set)
    case .deadlineEnded(let step): deadlineEnded(step)
    case .paused(let pause):
      Message(
        zh: "计时自 \(time(pause.from)) 起暂停（\(pause.reason)），最迟 \(time(pause.until)) 恢复",
        en:
          "the clock stands from \(time(pause.from)) (\(pause.reason)), until \(time(pause.until)) at the latest"
      )
    case .resumed(let step):
      step.atLimit
        ? Message(zh: "暂停到期，恢复计时", en: "the pause reached its limit; the clock runs again")
        : Message(zh: "恢复计时", en: "the clock runs again")
    case .reminded(let step): reminded(step)
    default: Message(zh: event.kind, en: event.kind)
    }
  }

  func courseLine(_ event: CaseEvent) -> Message {
    switch event {
    case .leadChanged(let step):
      Message(
        zh: "主办由\(name(step.from))改为\(name(step.to))", en: "lead: \(name(step.from)) → \(name(step.to))")
    case .levelChanged(let step):
      levelChanged(step)
    case .corrected(let step):
      Message(
        zh: "\(name(step.request.by))更正：\(corrections(step.request))",
        en: "\(name(step.request.by)) corrected \(corrections(step.request))")
    case .escalated(let step): Message(zh: "升级规则 \(step.rule)", en: "escalation \(step.rule)")
    case .reopened(let step):
      Message(
        zh: "重新办理：\(Message.reopeningReason(step.why).zh)",
        en: "reopened: \(Message.reopeningReason(step.why).en)")
    case .closed(let step): Message.noticeClosed(step.how)
    case .noticed(let notice):
      Message(
        zh: "已通知\(name(notice.department))（通知 \(notice.number)）",
        en: "\(name(notice.department)) was told (notice \(notice.number))")
    case .mended(let step): mended(step)
    case .attached(let file):
      Message(
        zh: "\(name(file.by))附上材料“\(file.name)”（\(file.size) 字节）",
        en: "\(name(file.by)) attached “\(file.name)” (\(file.size) bytes)")
    default: alertLine(event)
    }
  }

  private func deadlineSet(_ set: CaseEvent.DeadlineSet) -> Message {
    let stage = rulebook.title(of: set.stage)
    let due = time(set.deadline.due)
    let doubt = set.deadline.provisional
    let sums = set.why == .paused ? [] : set.deadline.pauseSums
    let pauses = sums.map { Message.pauseSum($0.sum, isWorking: $0.limit.dayUnit != .calendar) }
    return Message(
      zh: "\(stage.zh)期限 \(due)（\(why(set.why).zh)，依据 \(set.row)）" + (doubt ? "，暂定" : "")
        + pauses.map { "；\($0.zh)" }.joined(),
      en: "\(stage.en) is due \(due) (\(why(set.why).en), row \(set.row))" + (doubt ? ", provisional" : "")
        + pauses.map { "; \($0.en)" }.joined())
  }

  private func why(_ why: CaseEvent.DeadlineSet.Why) -> Message {
    switch why {
    case .opened: Message(zh: "开始计时", en: "the clock started")
    case .raised: Message(zh: "提级", en: "raised")
    case .lowered: Message(zh: "降级", en: "lowered")
    case .extended: Message(zh: "延期", en: "extended")
    case .paused: Message(zh: "暂停", en: "paused")
    case .resumed: Message(zh: "恢复", en: "resumed")
    case .corrected: Message(zh: "更正", en: "corrected")
    case .calendar: Message(zh: "节假日安排公布", en: "the holidays became known")
    case .rules: Message(zh: "规则更新", en: "the rules changed")
    }
  }

  private func deadlineEnded(_ step: CaseEvent.DeadlineEnded) -> Message {
    let stage = rulebook.title(of: step.stage)
    return switch step.how {
    case .met: Message(zh: "\(stage.zh)按期完成", en: "\(stage.en): in time")
    case .late: Message(zh: "\(stage.zh)逾期完成", en: "\(stage.en): late")
    case .cancelled: Message(zh: "\(stage.zh)期限不再计算", en: "\(stage.en): no longer counted")
    }
  }

  private func reminded(_ step: CaseEvent.Reminded) -> Message {
    let stage = rulebook.title(of: step.stage)
    let department = name(step.department)
    return switch step.how {
    case .atOnce, .digest:
      Message(
        zh: "催办\(department)：\(stage.zh)（\(step.slot)）",
        en: "reminded \(department): \(stage.en) (\(step.slot))")
    case .skipped: skipped(step, slots: [step.slot])
    }
  }

  func skipped(_ step: CaseEvent.Reminded, slots: [String]) -> Message {
    let (stage, department) = (rulebook.title(of: step.stage), name(step.department))
    let isOne = slots.count == 1
    return Message(
      zh: "催办\(department)已过时未发：\(stage.zh)（\(slots.joined(separator: "、"))）",
      en:
        "\(isOne ? "reminder" : "\(slots.count) reminders") to \(department) out of date, not sent: \(stage.en) "
        + "(\(slots.joined(separator: ", ")))")
  }

  private func levelChanged(_ step: CaseEvent.LevelChanged) -> Message {
    let (from, to) = (rulebook.title(of: step.from), rulebook.title(of: step.to))
    let by = rulebook.departments[DepartmentID(step.by)]?.title ?? step.by
    return Message(
      zh: "级别由\(from)改为\(to)（\(by)）" + (step.reason.isEmpty ? "" : "：\(step.reason)"),
      en: "level \(from) → \(to) (\(by))" + (step.reason.isEmpty ? "" : ": \(step.reason)"))
  }

  private func corrections(_ request: Request) -> String {
    request.corrections.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
  }

  private func mended(_ step: CaseEvent.Mended) -> Message {
    let item = item(step.item)
    return switch step.what {
    case .redelivered: Message(zh: "\(item.zh)的文件不见了，已重新送达", en: "\(item.en) was gone and delivered again")
    case .putBack:
      Message(zh: "\(item.zh)的文件放错了文件夹，已放回", en: "\(item.en) lay in a wrong folder and was put back")
    case .copyClosed: Message(zh: "\(item.zh)的副本已移到 closed/", en: "a copy of \(item.en) was moved to closed/")
    case .formRefused:
      Message(zh: "\(item.zh)的表单有误，已退还", en: "the form of \(item.en) was not valid; put back")
    }
  }
}
