/// What events say about deadlines, pauses and reminders.
extension CaseEvent {
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
    /// How deadlines of days make up for it; nil in events of before there was a choice: `closes`.
    public var counting: Pause.Counting?
    public init(reason: ReasonID, from: Instant, until: Instant, counting: Pause.Counting? = .time) {
      self.reason = reason
      self.from = from
      self.until = until
      self.counting = counting
    }
  }

  public struct Resumed: Sendable, Equatable, Codable {
    public var at: Instant
    /// It ended by itself at its limit.
    public var atLimit: Bool
    /// How the pause that ended is counted; nil: as it began.
    public var counting: Pause.Counting?
    public init(at: Instant, atLimit: Bool, counting: Pause.Counting? = .time) {
      self.at = at
      self.atLimit = atLimit
      self.counting = counting
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
    /// The day under which it stands among the department's reminders; of one that was sent at once nil in older events.
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
}
