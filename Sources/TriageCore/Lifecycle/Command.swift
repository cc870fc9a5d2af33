/// What somebody wants to happen to a case. `Lifecycle.handle` answers with events or with a refusal.
public enum Command: Sendable, Equatable {
  /// The item was moved to `accepted/`.
  case accept(ItemKey)
  /// The item was moved to `done/` with this form.
  case answer(ItemKey, Reply)
  /// The item was moved to `returned/` with this form.
  case returnItem(ItemKey, Reply)
  /// The item was moved from `done/` back to `accepted/` before the answer was taken.
  case takeBack(ItemKey)
  case request(Request)
  /// `correct` after the phases were run again with the corrected input.
  case correct(Request, CaseInput, Decision)
  /// Folder housekeeping that the timeline must show.
  case mend(ItemKey, CaseEvent.Mended.What)
  /// What stood in the form of an item whose assignment ended before it was handed in.
  case typed(ItemKey, String)
  /// A rule that looks at many cases together (cluster, daily) met its occasion: its actions are done to this one.
  case fire(RuleID, occasion: String)
  /// An alert names the case.
  case list(CaseEvent.Listed)
  /// A later case names this one (催单): whoever leads it is told.
  case cited(by: CaseID)
  /// The same record came again, with so many files that the case did not have: whoever acts on it gets them.
  case brought(files: Int)
  /// A duplicate of the case says something that the first record does not.
  case saysMore([RecordChange])
  /// Look what is due: reminders, escalations, the end of a pause, the next follow-up.
  case tick
}

/// Why a command is not allowed; a message for the clerk is made from it.
public enum Refusal: Error, Sendable, Equatable {
  case caseNotOpen(CaseState.Phase)
  case itemEnded
  case itemUnknown
  case notAssigned(DepartmentID)
  case onlyLead(Request.Verb)
  case notEntitled(Request.Verb)
  case missing(fields: [String])
  case reasonMissing
  case reasonUnknown(String, known: [Reason])
  case returnNotAllowed
  case returnsFinal
  case returnTooLate(Instant)
  case departmentUnknown(String)
  case levelUnknown(String)
  case levelNotLower
  case levelNotHigher
  case extensionsUsed(Int)
  case extensionTooLong(TimeLimit)
  case pauseNotAllowed
  case alreadyPaused
  case notPaused
  case alreadyAsked(Request.Verb)
  case caseUnknown(CaseID)
  case assignToItself
  case nothingToCorrect
  case correctionUnknown(String)
  /// No stage of that name, or none at all, is waiting to be ticked off; these are.
  case stageNotRunning([Stage])
  case procedureUnknown(String, known: [Procedure])
  /// An alert is accepted, answered and remarked on, nothing else.
  case isAlert
  /// A row says `wait_for_assist` and these have not answered.
  case assistsOpen([DepartmentID])
}

/// What is to be done outside the ledger because of events; performed from the outbox, once, by its key.
public enum Effect: Sendable, Equatable, Codable {
  /// Put the item's file into `new/`, and the files of its case beside it into `attachments/CASE-ID/`. What is there
  /// already stays as it is.
  case deliver(ItemID, DepartmentID)
  /// The same, of an item that was delivered before and is gone: counted when it is there again.
  case redeliver(ItemID, DepartmentID)
  /// Move the item's file to `closed/`.
  case retire(ItemID, DepartmentID)
  /// Move a request that is on record to `requests/taken/`; `file` tells it from a later one of the same name.
  case fileRequest(CaseID, DepartmentID, file: String)
  /// Write the department's notices of that day on the case, `CASE-ID.notice-YYYYMMDD.txt`, of which this is the
  /// newest; with a digest it stands among what the department is told on that day of many cases.
  case notice(CaseID, DepartmentID, number: Int, digest: CivilDate? = nil)
  /// Write what the department is told on that day, `reminders/DATE.txt`; nil: the day on which it is written.
  case remind(CaseID, DepartmentID, slot: String, digest: CivilDate?)

  /// Unique in the outbox.
  public var key: String {
    switch self {
    case .deliver(let item, _), .redeliver(let item, _): "deliver/\(item)"
    case .retire(let item, _): "retire/\(item)"
    case .fileRequest(let id, let department, let file): "file-request/\(id)/\(department)/\(file)"
    case .notice(let id, let department, let number, _): "notice/\(id)/\(department)/\(number)"
    case .remind(let id, let department, let slot, _): "remind/\(id)/\(department)/\(slot)"
    }
  }
  /// The day in whose file of the department it stands.
  public var digest: CivilDate? {
    switch self {
    case .notice(_, _, _, let digest), .remind(_, _, _, let digest): digest
    case .deliver, .redeliver, .retire, .fileRequest: nil
    }
  }
  public var department: DepartmentID {
    switch self {
    case .deliver(_, let d), .redeliver(_, let d), .retire(_, let d), .fileRequest(_, let d, _),
      .notice(_, let d, _, _), .remind(_, let d, _, _):
      d
    }
  }
}

/// An effect and the earliest instant at which it may be performed (a digest waits for its hour).
public struct PlannedEffect: Sendable, Equatable, Codable {
  public var effect: Effect
  public var notBefore: Instant?
  public init(_ effect: Effect, notBefore: Instant? = nil) {
    self.effect = effect
    self.notBefore = notBefore
  }
}
