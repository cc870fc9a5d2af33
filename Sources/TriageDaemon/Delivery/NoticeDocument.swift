import TriageCore

/// Renders `CASE-ID.notice-YYYYMMDD.txt`: what changed on a case that day, for a department that works on it or watches
/// it.
struct NoticeDocument: Sendable {
  private let rulebook: Rulebook
  private let language: Language
  private let titles: RulebookTitles

  init(_ rulebook: Rulebook, _ language: Language) {
    self.rulebook = rulebook
    self.language = language
    titles = RulebookTitles(rulebook)
  }

  /// All that the department was told of the case on that day, oldest first.
  func render(_ state: CaseState, _ told: [CaseState.Told], on day: CivilDate) -> (
    name: String, bytes: [UInt8]
  ) {
    var writer = TextWriter(capacity: 256 + told.count * 160)
    writer.visible(Message.noticeHeading(state.id, state.input.publicTitle)[language])
    writer.newline()
    for entry in told {
      writer.raw(clock(entry.at) + "  ")
      writer.visible(message(entry.noticed.notice)[language])
      writer.newline()
    }
    Seal.close(&writer, language)
    return ("\(state.id).notice-\(day.compact).txt", writer.bytes)
  }

  /// One notice as a line among those of other cases.
  func line(_ state: CaseState, _ told: CaseState.Told) -> String {
    Message.noticeLine(
      state.id, state.input.publicTitle, at: clock(told.at), message(told.noticed.notice))[language]
  }

  private func clock(_ instant: Instant) -> String { instant.clockText(in: rulebook.calendar.zone) }

  /// The occasion of the rule, as far as the rulebook still has it.
  private func occasion(of id: RuleID) -> Message {
    let rule = rulebook.escalation.first { $0.id == id }
    return .noticeRaisedByRule(id, rule?.on, title: rulebook.title(of:))
  }

  private func message(_ notice: Notice) -> Message {
    switch notice {
    case .deadlineMoved(let stage, let from, let to, let provisional):
      .noticeDeadlineMoved(
        rulebook.title(of: stage), from: from.map(clock), to: clock(to), provisional: provisional)
    case .levelChanged(let from, let to, let reason):
      .noticeLevelChanged(from: titles[from], to: titles[to], reason: Message(zh: reason, en: reason))
    case .raisedByRule(let rule, let from, let to):
      .noticeLevelChanged(from: titles[from], to: titles[to], reason: occasion(of: rule))
    case .assistJoined(let department): .noticeAssistJoined(titles[department])
    case .leadIsNow(let department): .noticeLeadIsNow(titles[department])
    case .itemEnded(let item, let why): .noticeItemEnded(.title(of: item.role), why)
    case .escalated(let rule, let stage): .noticeEscalated(rule: rule, stage: stage.map(rulebook.title(of:)))
    case .watching(let lead): .noticeWatching(lead: titles[lead])
    case .requestGranted(let verb): .noticeRequestGranted(.title(of: verb))
    case .requestRefused(let verb, let reason): .noticeRequestRefused(.title(of: verb), reason: reason)
    case .resolutionRefused(let reason): .noticeResolutionRefused(reason: reason)
    case .paused(let until): .noticePaused(until: clock(until))
    case .resumed: .noticeResumed
    case .returnsFinal: .noticeReturnsFinal
    case .reopened(let why): .noticeReopened(why: why)
    case .closed(let how): .noticeClosed(how)
    case .diverted(let title, let route): .noticeDiverted(title, route: route)
    case .cited(let id): .noticeCited(by: id)
    case .filesCame(let count): .noticeFilesCame(count)
    case .recordChanged(let changes): .noticeRecordChanged(changes)
    }
  }
}
