/// A case as it stood at one moment, with what its state forgets and a report counts: when it was resolved and by
/// whom, also when it was reopened later; who was reached on visits; when it came back.
public struct CaseAccount: Sendable, Equatable {
  /// One resolution that took effect.
  public struct Resolution: Sendable, Equatable {
    public var at: Instant
    public var by: DepartmentID
    /// The form, where there was one.
    public var reply: Reply?
    public var result: Reply.Result? { reply?.result }
  }
  /// One visit that reached somebody.
  public struct Visit: Sendable, Equatable {
    public var at: Instant
    public var reply: Reply
  }
  /// A return by a department.
  public struct Return: Sendable, Equatable {
    public var at: Instant
    public var by: DepartmentID
  }

  public private(set) var state: CaseState
  /// In the order of time.
  public private(set) var resolutions: [Resolution] = []
  public private(set) var visits: [Visit] = []
  public private(set) var returns: [Return] = []
  /// When the account was drawn up.
  public let at: Instant

  /// - Parameter events: the case's, oldest first; those after `at` are left out.
  /// - Returns: nil when the first event is not `taken` (an alert is no case), or later.
  public init?(id: CaseID, events: some Sequence<(CaseEvent, Instant)>, at: Instant) {
    var account: CaseAccount?
    for (event, time) in events where time <= at {
      if account == nil {
        guard case .taken(let taken) = event else { return nil }
        account = CaseAccount(state: CaseState(id: id, taken: taken, at: time), at: at)
        account?.noteResolution(before: nil)
      } else {
        account?.apply(event, at: time)
      }
    }
    guard let account else { return nil }
    self = account
  }

  private init(state: CaseState, at: Instant) {
    self.state = state
    self.at = at
  }

  private mutating func apply(_ event: CaseEvent, at time: Instant) {
    let before = state.effectiveAt
    state.apply(event, at: time)
    switch event {
    case .answered(let answered)
    where answered.item.role == .followUp && answered.reply.satisfied != .unreachable:
      visits.append(Visit(at: time, reply: answered.reply))
    case .returned(let returned): returns.append(Return(at: time, by: returned.by))
    default: break
    }
    noteResolution(before: before)
  }

  private mutating func noteResolution(before: Instant?) {
    guard before == nil, let effective = state.effectiveAt else { return }
    resolutions.append(
      Resolution(at: effective, by: state.resolvedBy ?? state.lead, reply: state.resolution))
  }

  // MARK: What reports ask

  public var isOpen: Bool { state.phase.isOpen }

  /// Closed after the work was done: neither withdrawn nor merged nor given to another procedure.
  public var isClosedOut: Bool {
    switch state.closedHow {
    case .followedUp, .givenUp, .onTheSpot: true
    case .withdrawn, .merged, .diverted, .answered, nil: false
    }
  }

  /// The unit that answers for the case: who resolved it, else the lead.
  public var unit: DepartmentID { resolutions.last?.by ?? state.lead }

  /// The running deadline that passed first.
  public var overdue: CaseState.Running? {
    guard !state.isPaused, let next = state.nextDeadline, next.set.deadline.due < at else { return nil }
    return next
  }

  /// Deadlines of a stage that counted to the end or still run. A visit that was given up counts; what fell away with
  /// the case does not.
  func counted(_ stage: Stage) -> [CaseState.Running] {
    state.deadlines.filter { running in
      guard running.set.stage == stage, !running.isReplaced else { return false }
      return running.ended != .cancelled || (stage == .followUp && (isOpen || isClosedOut))
    }
  }

  /// Done in time, as often as it was to be done.
  func isMet(_ stage: Stage) -> Bool {
    let deadlines = counted(stage)
    return deadlines.contains { $0.ended == .met } && !deadlines.contains(where: isLate)
  }

  func isLate(_ running: CaseState.Running) -> Bool {
    running.ended == .late || (running.ended == nil && running.set.deadline.due < at)
  }

  /// Whether what was agreed was done, as far as it is known.
  var performed: Reply.Performed? {
    visits.last { $0.reply.performed != nil }?.reply.performed ?? lastForm?.performed
  }
  /// The form of the last resolution, also of a case that was reopened.
  public var lastForm: Reply? { resolutions.last?.reply }
  /// What the last visit heard.
  var satisfied: Reply.Satisfied? { visits.last { $0.reply.satisfied != nil }?.reply.satisfied }
}
