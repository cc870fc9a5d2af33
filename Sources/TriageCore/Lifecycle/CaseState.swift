/// A case as its events have made it. Only `apply` changes it.
public struct CaseState: Sendable, Equatable {
  public enum Phase: String, Sendable, Codable {
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
  }

  public struct Running: Sendable, Equatable {
    public var set: CaseEvent.DeadlineSet
    public var ended: CaseEvent.DeadlineEnded.How?
    public init(set: CaseEvent.DeadlineSet, ended: CaseEvent.DeadlineEnded.How? = nil) {
      self.set = set
      self.ended = ended
    }
  }

  public internal(set) var id: CaseID
  public internal(set) var takenAt: Instant
  public internal(set) var input: CaseInput
  /// The decision in force: the first, or that of the last correction.
  public internal(set) var decision: Decision
  public internal(set) var facts: CaseFacts
  public internal(set) var phase: Phase
  public internal(set) var lead: DepartmentID
  public internal(set) var watch: [DepartmentID]
  public internal(set) var assignments: [Assignment]
  /// Every deadline ever set, in order; the running ones have no `ended`.
  public internal(set) var deadlines: [Running]
  public internal(set) var pauses: [CaseEvent.Paused]
  public internal(set) var returns: Int
  public internal(set) var extensions: Int
  /// Requests that wait for an approval, by the item that decides.
  public internal(set) var pending: [ItemKey: Request]
  public internal(set) var resolution: Reply?
  public internal(set) var resolvedBy: DepartmentID?
  public internal(set) var resolvedAt: Instant?
  /// Of the first resolution, kept for the statistics through every reopening.
  public internal(set) var firstResult: Reply.Result?
  public internal(set) var failures: Int
  public internal(set) var followUps: [CaseEvent.Answered]
  /// `STAGE/ITEM/SLOT` of every reminder sent or skipped.
  public internal(set) var reminded: Set<String>
  /// `RULE/OCCASION` of every escalation done.
  public internal(set) var escalated: Set<String>
  public internal(set) var notices: [DepartmentID: Int]
  public internal(set) var links: [CaseEvent.Linked]
  public internal(set) var mendings: Int
  /// Number of events applied.
  public internal(set) var version: Int
}
