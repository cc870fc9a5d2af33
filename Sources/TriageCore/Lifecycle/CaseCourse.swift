/// The life of one case in virtual time: between two commands everything happens that the rules make due, each at its
/// own instant, as under a daemon that never stops.
///
/// Rule tests, `replay` and the forecast of reminders drive cases through this. It adds nothing of its own:
/// every change comes from `Lifecycle`, as it does for the daemon.
public struct CaseCourse: Sendable {
  /// One event and when it came about.
  public struct Entry: Sendable, Equatable {
    public let event: CaseEvent
    public let at: Instant
  }

  public private(set) var state: CaseState
  /// What happened since the course began, in order; with `init(id:taken:at:under:)` the taking is the first.
  public private(set) var log: [Entry]
  public let rulebook: Rulebook
  /// The course never goes back behind it.
  public private(set) var now: Instant
  /// What this case alone has brought each department today; of other cases a course knows nothing.
  private var reminded = RemindersToday()
  private var today: CivilDate?

  /// A case from its taking.
  public init(id: CaseID, taken: CaseEvent.Taken, at: Instant, under rulebook: Rulebook) {
    state = CaseState(id: id, taken: taken, at: at)
    log = [Entry(event: .taken(taken), at: at)]
    self.rulebook = rulebook
    now = at
  }

  /// A case as it stands now; what it missed while nobody looked is performed at once, as after a downtime.
  public init(_ state: CaseState, at now: Instant, under rulebook: Rulebook) {
    self.state = state
    log = []
    self.rulebook = rulebook
    self.now = now
    if let timer = nextTimer, timer <= now { handle(.tick) }
  }

  /// When the case next does something by itself.
  public var nextTimer: Instant? { Lifecycle.nextTimer(of: state, under: rulebook) }

  /// Lets time pass up to and including `end`, with every timer performed at its instant.
  public mutating func advance(to end: Instant) {
    while let timer = nextTimer, timer <= end {
      now = max(now, timer)
      let before = log.count
      handle(.tick)
      // A timer that brings nothing would come again for ever.
      if log.count == before { break }
    }
    now = max(now, end)
  }

  /// Lets time pass up to the instant and then carries out the command.
  /// - Returns: what came of it; nothing when it was so already.
  @discardableResult
  public mutating func perform(_ command: Command, at instant: Instant) -> Result<[CaseEvent], Refusal> {
    advance(to: instant)
    return handle(command)
  }

  @discardableResult
  private mutating func handle(_ command: Command) -> Result<[CaseEvent], Refusal> {
    let day = rulebook.calendar.zone.civil(at: now).date
    if day != today { (today, reminded) = (day, RemindersToday()) }
    let result = Lifecycle.handle(command, on: state, at: now, under: rulebook, reminded: reminded)
    if case .success(let events) = result {
      for event in events {
        state.apply(event, at: now)
        reminded.note(event)
      }
      log += events.map { Entry(event: $0, at: now) }
    }
    return result
  }
}
