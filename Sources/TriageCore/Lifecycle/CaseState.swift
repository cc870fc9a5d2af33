/// A case as its events have made it. Only `apply` changes it, and it asks no rulebook: the same events make the
/// same state years later.
public struct CaseState: Sendable, Equatable {
  /// Where the case stands (DESIGN.md section 7).
  public enum Phase: String, Sendable, Codable, CaseIterable {
    /// The lead has the item and has not accepted it.
    case assigned
    case accepted
    /// Returned; the adjudicator is the lead until it answers.
    case returned
    case paused
    /// Resolved, waiting for approval.
    case approval
    /// Resolved; follow-up visits run.
    case followUp = "follow_up"
    case closed
    case withdrawn
    case merged
    case diverted

    public var isOpen: Bool {
      switch self {
      case .assigned, .accepted, .returned, .paused, .approval, .followUp: true
      case .closed, .withdrawn, .merged, .diverted: false
      }
    }
    /// Somebody still works on the dispute: nothing was handed in.
    public var isWork: Bool {
      switch self {
      case .assigned, .accepted, .returned, .paused: true
      case .approval, .followUp, .closed, .withdrawn, .merged, .diverted: false
      }
    }
  }

  /// One deadline with its fate.
  public struct Running: Sendable, Equatable {
    public var set: CaseEvent.DeadlineSet
    /// When it was set.
    public var at: Instant
    public var ended: CaseEvent.DeadlineEnded.How?
    public var endedAt: Instant?
    /// From 1: how often this deadline of this stage and item was set.
    public var generation: Int
    /// A later setting of the same stage and item took its place; it counts neither as met nor as late.
    public var isReplaced: Bool

    public init(
      set: CaseEvent.DeadlineSet, at: Instant, ended: CaseEvent.DeadlineEnded.How? = nil,
      endedAt: Instant? = nil, generation: Int = 1, isReplaced: Bool = false
    ) {
      self.set = set
      self.at = at
      self.ended = ended
      self.endedAt = endedAt
      self.generation = generation
      self.isReplaced = isReplaced
    }
  }

  /// A notice and when it was recorded.
  public struct Told: Sendable, Equatable {
    public var noticed: CaseEvent.Noticed
    public var at: Instant
    public init(_ noticed: CaseEvent.Noticed, at: Instant) {
      self.noticed = noticed
      self.at = at
    }
  }

  public internal(set) var id: CaseID
  public internal(set) var takenAt: Instant
  public internal(set) var input: CaseInput
  /// The record of which the case was made, with what it said when it came again.
  public internal(set) var record: ArrivedRecord
  /// The decision in force: the first, or that of the last correction. Its level may be older than `level`.
  public internal(set) var decision: Decision
  public internal(set) var history: CaseHistory
  public internal(set) var level: LevelID
  public internal(set) var phase: Phase
  public internal(set) var lead: DepartmentID
  public internal(set) var watch: [DepartmentID]
  public internal(set) var assignments: [Assignment]
  /// Every deadline ever set, in order; the running ones have no `ended`.
  public internal(set) var deadlines: [Running]
  /// The last one may still run (`isPaused`); its `until` is then its limit, afterwards its real end.
  public internal(set) var pauses: [CaseEvent.Paused]
  public internal(set) var isPaused: Bool
  public internal(set) var returns: Int
  public internal(set) var extensions: Int
  /// Requests that wait for an approval, by the item that decides.
  public internal(set) var pending: [ItemKey: Request]
  public internal(set) var contactedAt: Instant?
  /// When the first report from the scene came.
  public internal(set) var reportedAt: Instant?
  public internal(set) var resolution: Reply?
  public internal(set) var resolvedBy: DepartmentID?
  /// When the resolution was handed in.
  public internal(set) var resolvedAt: Instant?
  /// From when the resolution counts: handed in or approved. Follow-up visits count from here.
  public internal(set) var effectiveAt: Instant?
  /// Of the first resolution, kept for the statistics through every reopening.
  public internal(set) var firstResult: Reply.Result?
  /// Of every resolution that took effect, in order.
  public internal(set) var results: [Reply.Result]
  public internal(set) var failures: Int
  public internal(set) var reopenings: Int
  public internal(set) var followUps: [CaseEvent.Answered]
  /// Number of the visit that comes next or runs, from 1 after each resolution.
  public internal(set) var visit: Int
  /// When nobody was reached on the present visit.
  public internal(set) var unreached: [Instant]
  /// `STAGE/ITEM/SLOT` of every reminder sent or skipped.
  public internal(set) var reminded: Set<String>
  /// `RULE/OCCASION` of every escalation done.
  public internal(set) var escalated: Set<String>
  public internal(set) var notices: [DepartmentID: Int]
  /// What departments were told, in order.
  public internal(set) var told: [Told]
  public internal(set) var links: [CaseEvent.Linked]
  public internal(set) var mendings: Int
  /// Files that departments put beside their answers.
  public internal(set) var attachments: [CaseEvent.Attached] = []
  public internal(set) var closedAt: Instant?
  public internal(set) var closedHow: CaseEvent.Closed.How?
  /// The procedure that the case was handed to, and what the citizen was told.
  public internal(set) var diversion: CaseEvent.Diverted?
  /// Not nil: this is an alert, which is kept like a case and is none.
  public internal(set) var alert: CaseEvent.AlertRaised?
  /// The alerts that name the case.
  public internal(set) var alerts: [CaseEvent.Listed] = []
  /// Number of events applied.
  public internal(set) var version: Int
}
