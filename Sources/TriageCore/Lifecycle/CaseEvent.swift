/// One thing that happened to a case. Events are appended to the ledger and never changed; the state of a case is
/// what its events make of it (`CaseState.apply`).
public enum CaseEvent: Sendable, Equatable {
  case taken(Taken)
  /// The same record came again: no second case.
  case duplicateArrived(DuplicateArrived)
  case linked(Linked)
  case assigned(Assignment)
  case accepted(Accepted)
  /// The department took its item back out of `done/` before the answer was taken.
  case takenBack(ItemStep)
  case contacted(Contacted)
  /// The lead resolved; with an approval pending, `approval` names the item that decides.
  case resolved(Answered)
  /// Any other item was answered: assist, approval, adjudication, follow-up.
  case answered(Answered)
  case returned(Returned)
  case requested(Requested)
  /// A request was decided; without an item it took effect at once.
  case decided(Decided)
  case noted(Noted)
  case ended(Ended)
  case deadlineSet(DeadlineSet)
  case deadlineEnded(DeadlineEnded)
  case paused(Paused)
  case resumed(Resumed)
  case leadChanged(LeadChanged)
  case levelChanged(LevelChanged)
  case corrected(Corrected)
  case reminded(Reminded)
  case escalated(Escalated)
  case reopened(Reopened)
  case closed(Closed)
  case noticed(Noticed)
  /// What the daemon had to mend in a queue folder, and how often.
  case mended(Mended)
  /// A department put a file beside its answer.
  case attached(Attached)

  /// The case as it was taken in, with everything that was decided then.
  public struct Taken: Sendable, Equatable, Codable {
    public var input: CaseInput
    public var decision: Decision
    public var history: CaseHistory
    public var assignments: [Assignment]
    public var deadlines: [DeadlineSet]
    /// SHA-256 of the original, hex; the row number in it for a CSV.
    public var original: String
    public var row: Int?
    public init(
      input: CaseInput, decision: Decision, history: CaseHistory, assignments: [Assignment],
      deadlines: [DeadlineSet], original: String, row: Int? = nil
    ) {
      self.input = input
      self.decision = decision
      self.history = history
      self.assignments = assignments
      self.deadlines = deadlines
      self.original = original
      self.row = row
    }
  }
  public struct DuplicateArrived: Sendable, Equatable, Codable {
    public var channel: ChannelID
    public var original: String
    public var row: Int?
    public init(channel: ChannelID, original: String, row: Int? = nil) {
      self.channel = channel
      self.original = original
      self.row = row
    }
  }
  /// A relation to an earlier case; neither of them ends by it.
  public struct Linked: Sendable, Equatable, Codable {
    public enum Why: String, Sendable, Codable {
      /// A duplicate of a closed case.
      case duplicateOfClosed
      /// The same source id with other text.
      case sameSourceID
      case nearSameText
      case reference
      case merged
    }
    public var to: CaseID
    public var why: Why
    public init(to: CaseID, why: Why) {
      self.to = to
      self.why = why
    }
  }
  public struct Accepted: Sendable, Equatable, Codable {
    public var item: ItemKey
    /// The item went straight from `new/` to `done/` or `returned/`.
    public var implied: Bool
    public init(item: ItemKey, implied: Bool) {
      self.item = item
      self.implied = implied
    }
  }
  public struct ItemStep: Sendable, Equatable, Codable {
    public var item: ItemKey
    public init(item: ItemKey) { self.item = item }
  }
  public struct Contacted: Sendable, Equatable, Codable {
    public var by: DepartmentID
    public var text: String
    public init(by: DepartmentID, text: String) {
      self.by = by
      self.text = text
    }
  }
  /// A filled-in form that was taken.
  public struct Answered: Sendable, Equatable, Codable {
    public var item: ItemKey
    public var reply: Reply
    public var approval: ItemKey?
    public init(item: ItemKey, reply: Reply, approval: ItemKey? = nil) {
      self.item = item
      self.reply = reply
      self.approval = approval
    }
  }
  /// The lead gave the case back (退回).
  public struct Returned: Sendable, Equatable, Codable {
    public var item: ItemKey
    public var by: DepartmentID
    public var reason: ReasonID
    public var text: String
    public var adjudication: ItemKey
    public init(item: ItemKey, by: DepartmentID, reason: ReasonID, text: String, adjudication: ItemKey) {
      self.item = item
      self.by = by
      self.reason = reason
      self.text = text
      self.adjudication = adjudication
    }
  }
  /// A request that waits for an approval.
  public struct Requested: Sendable, Equatable, Codable {
    public var request: Request
    /// The item that decides it.
    public var approval: ItemKey
    public init(request: Request, approval: ItemKey) {
      self.request = request
      self.approval = approval
    }
  }
  public struct Decided: Sendable, Equatable, Codable {
    public var request: Request
    public var granted: Bool
    public var by: DepartmentID
    public var reason: String
    public init(request: Request, granted: Bool, by: DepartmentID, reason: String) {
      self.request = request
      self.granted = granted
      self.by = by
      self.reason = reason
    }
  }
  /// A remark for the timeline (备注).
  public struct Noted: Sendable, Equatable, Codable {
    public var by: DepartmentID?
    public var text: String
    public init(by: DepartmentID?, text: String) {
      self.by = by
      self.text = text
    }
  }
  /// An assignment is over; its item goes to `closed/`.
  public struct Ended: Sendable, Equatable, Codable {
    public enum Why: String, Sendable, Codable {
      case answered, resolved, replaced, returned, withdrawn, merged, closed, decided, diverted
    }
    public var item: ItemKey
    public var why: Why
    /// What was typed into it and not handed in.
    public var typed: String?
    public init(item: ItemKey, why: Why, typed: String? = nil) {
      self.item = item
      self.why = why
      self.typed = typed
    }
  }
  /// A deadline began or was counted anew.
  public struct DeadlineSet: Sendable, Equatable, Codable {
    public enum Why: String, Sendable, Codable {
      case opened, raised, lowered, extended, paused, resumed, corrected, calendar, rules
    }
    public var stage: Stage
    /// The item it belongs to; nil for the citizen's stages.
    public var item: ItemKey?
    public var department: DepartmentID?
    public var deadline: Deadline
    /// The deadline row that gave the limit.
    public var row: RuleID
    public var why: Why
    /// What was granted on top of `deadline.limit`, in order; each counts from the end of the one before.
    public var extensions: [TimeLimit]?
    public init(
      stage: Stage, item: ItemKey? = nil, department: DepartmentID? = nil, deadline: Deadline, row: RuleID,
      why: Why = .opened, extensions: [TimeLimit]? = nil
    ) {
      self.stage = stage
      self.item = item
      self.department = department
      self.deadline = deadline
      self.row = row
      self.why = why
      self.extensions = extensions
    }
  }
  /// A deadline was met, missed or fell away.
  public struct DeadlineEnded: Sendable, Equatable, Codable {
    public enum How: String, Sendable, Codable { case met, late, cancelled }
    public var stage: Stage
    public var item: ItemKey?
    public var how: How
    public init(stage: Stage, item: ItemKey? = nil, how: How) {
      self.stage = stage
      self.item = item
      self.how = how
    }
  }
  /// The clock stands still (暂停).
  public struct Paused: Sendable, Equatable, Codable {
    public var reason: ReasonID
    /// Counts from the request.
    public var from: Instant
    public var until: Instant
    public init(reason: ReasonID, from: Instant, until: Instant) {
      self.reason = reason
      self.from = from
      self.until = until
    }
  }
  public struct Resumed: Sendable, Equatable, Codable {
    public var at: Instant
    /// It ended by itself at its limit.
    public var atLimit: Bool
    public init(at: Instant, atLimit: Bool) {
      self.at = at
      self.atLimit = atLimit
    }
  }
  public struct LeadChanged: Sendable, Equatable, Codable {
    public var from: DepartmentID
    public var to: DepartmentID
    public init(from: DepartmentID, to: DepartmentID) {
      self.from = from
      self.to = to
    }
  }
  /// A rule or a person moved the case to another level.
  public struct LevelChanged: Sendable, Equatable, Codable {
    public var from: LevelID
    public var to: LevelID
    /// The rule or the department that did it.
    public var by: String
    public var reason: String
    public init(from: LevelID, to: LevelID, by: String, reason: String) {
      self.from = from
      self.to = to
      self.by = by
      self.reason = reason
    }
  }
  /// Facts were corrected and the case decided anew (更正).
  public struct Corrected: Sendable, Equatable, Codable {
    public var request: Request
    public var input: CaseInput
    public var decision: Decision
    public init(request: Request, input: CaseInput, decision: Decision) {
      self.request = request
      self.input = input
      self.decision = decision
    }
  }
  /// A slot of a reminder row came (催办).
  public struct Reminded: Sendable, Equatable, Codable {
    public enum How: String, Sendable, Codable {
      case atOnce, digest
      /// Too old to be of use after a downtime; recorded and not sent.
      case skipped
    }
    public var stage: Stage
    public var item: ItemKey?
    public var department: DepartmentID
    /// `50%`, `-1wd`, `0`, `every-3`: with case and stage the key of the reminder. After the deadline moved for the
    /// second time `50%#3`: its slots are others.
    public var slot: String
    public var due: Instant
    public var how: How
    /// The digest's day.
    public var digest: CivilDate?
    /// When the digest is written; nil: at once.
    public var notBefore: Instant?
    public init(
      stage: Stage, item: ItemKey?, department: DepartmentID, slot: String, due: Instant, how: How,
      digest: CivilDate? = nil, notBefore: Instant? = nil
    ) {
      self.stage = stage
      self.item = item
      self.department = department
      self.slot = slot
      self.due = due
      self.how = how
      self.digest = digest
      self.notBefore = notBefore
    }
  }
  /// An escalation rule was carried out (提级).
  public struct Escalated: Sendable, Equatable, Codable {
    public var rule: RuleID
    /// What made it due, with the rule the key: `resolve@1790000000`, `returned-2`.
    public var occasion: String
    public init(rule: RuleID, occasion: String) {
      self.rule = rule
      self.occasion = occasion
    }
  }
  public struct Reopened: Sendable, Equatable, Codable {
    public var why: String
    public init(why: String) { self.why = why }
  }
  public struct Closed: Sendable, Equatable, Codable {
    public enum How: String, Sendable, Codable, CaseIterable {
      case followedUp, givenUp, withdrawn, merged, onTheSpot, diverted
    }
    public var how: How
    public init(how: How) { self.how = how }
  }
  /// A department was told something.
  public struct Noticed: Sendable, Equatable, Codable {
    public var department: DepartmentID
    /// The N of `CASE-ID.notice-N.txt` in that department.
    public var number: Int
    public var notice: Notice
    public init(department: DepartmentID, number: Int, notice: Notice) {
      self.department = department
      self.number = number
      self.notice = notice
    }
  }
  public struct Attached: Sendable, Equatable, Codable {
    public var by: DepartmentID
    /// As the department named it.
    public var name: String
    /// Hex; the bytes are among the originals.
    public var sha256: String
    /// Bytes.
    public var size: Int
    public init(by: DepartmentID, name: String, sha256: String, size: Int) {
      self.by = by
      self.name = name
      self.sha256 = sha256
      self.size = size
    }
  }
  /// A queue was put right after what happened in it.
  public struct Mended: Sendable, Equatable, Codable {
    public enum What: String, Sendable, Codable {
      /// The item was gone and delivered again.
      case redelivered
      /// It lay in another department's folder and was put back.
      case putBack
      /// A copy went to `closed/`.
      case copyClosed
      /// The form was not valid and the item put back.
      case formRefused
    }
    public var item: ItemKey
    public var what: What
    public init(item: ItemKey, what: What) {
      self.item = item
      self.what = what
    }
  }
}

/// What a notice file tells a department; rendered in the rulebook's language when it is written.
public enum Notice: Sendable, Equatable, Codable {
  case deadlineMoved(Stage, from: Instant?, to: Instant, provisional: Bool)
  case levelChanged(from: LevelID, to: LevelID, reason: String)
  case assistJoined(DepartmentID)
  case leadIsNow(DepartmentID)
  case itemEnded(ItemKey, CaseEvent.Ended.Why)
  case escalated(rule: RuleID, stage: Stage?)
  case watching(lead: DepartmentID)
  case requestGranted(Request.Verb)
  case requestRefused(Request.Verb, reason: String)
  case resolutionRefused(reason: String)
  case paused(until: Instant)
  case resumed
  case returnsFinal
  case reopened(why: String)
  case closed(CaseEvent.Closed.How)
}
