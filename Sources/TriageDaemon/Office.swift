import TriageCore
import TriageLedger
import TriageRules
import TriageText

/// What the parts of the daemon share, all of it on the main thread: the ledger, the rulebook in force, the clock.
///
/// `change` is the one way by which a case changes after it was taken.
final class Office {
  let configuration: Configuration
  let layout: RootLayout
  let clock: Clock
  let journal: Journal
  let ledger: Ledger
  let places: RootPlaces
  private(set) var rules: CompiledRulebook
  var metrics = Metrics()
  /// The queues; set once at the start.
  var desks: Desks?
  /// The lists; set once at the start.
  var lists: ListKeeper?
  /// States of cases of the batch in hand, for rendering: they need not be read back from their events. A duplicate
  /// that came in the same batch is not in them, so no command is decided on them.
  private var fresh: [CaseID: CaseState] = [:]
  /// States lately read or made, so that they need not be read back from their events; each is used only while the
  /// ledger has the case at its version.
  private var states: KeptStates
  /// Cases or effects changed since the numbers were last taken.
  private(set) var hasNews = true
  /// Departments whose worklist is out of date.
  private(set) var stale: Set<DepartmentID> = []

  /// Asked before anything is taken in: what was removed or replaced under the daemon, so that what it would record now
  /// would be lost; nil where all is in place.
  var missing: () -> String? = { nil }
  /// Met while a queue was worked; the loop ends with it.
  var ledgerFailure: LedgerError?
  private(set) lazy var scratch = rules.text.makeScratch()
  /// Made once for a rulebook: they hold the parts of items that are always the same.
  private(set) lazy var items = ItemDocument(rulebook, language)
  private(set) lazy var notices = NoticeDocument(rulebook, language)

  init(
    configuration: Configuration, clock: Clock, journal: Journal, ledger: Ledger, places: RootPlaces,
    rules: CompiledRulebook
  ) {
    self.configuration = configuration
    self.layout = RootLayout(root: configuration.root)
    self.clock = clock
    self.journal = journal
    self.ledger = ledger
    self.places = places
    self.rules = rules
    states = KeptStates(limit: configuration.casesKept)
  }

  /// Swaps the rulebook in force.
  func take(_ rules: CompiledRulebook) {
    self.rules = rules
    scratch = rules.text.makeScratch()
    items = ItemDocument(rulebook, language)
    notices = NoticeDocument(rulebook, language)
  }

  var rulebook: Rulebook { rules.rulebook }
  var language: Language { configuration.language }

  // MARK: Cases

  func state(of id: CaseID) throws(LedgerError) -> CaseState? {
    if let state = fresh[id] { return state }
    return try current(id)
  }

  /// The state as the ledger has it now: a kept one where the case has not gone on since.
  func current(_ id: CaseID) throws(LedgerError) -> CaseState? {
    guard let version = try ledger.read.version(of: id) else { return nil }
    if let state = states[id], state.version == version { return state }
    let state = try ledger.read.state(of: id)
    if let state { states.keep(state) }
    return state
  }

  /// A state lately read or made, which the case may have left since.
  func kept(_ id: CaseID) -> CaseState? { states[id] }

  /// States that the ledger has from now on.
  func keep(_ news: some Sequence<CaseState>) { for state in news { states.keep(state) } }

  func remember(fresh states: [CaseState]) {
    hasNews = true
    for state in states {
      fresh[state.id] = state
      // Whoever counts what came (clusters) asks for it next.
      self.states.keep(state)
    }
  }

  func forgetFresh() { fresh.removeAll(keepingCapacity: true) }

  /// Carries out a command: decided by the core, recorded in one transaction.
  ///
  /// - Returns: the state after it, or why it is not allowed; nil when the ledger has no such case.
  func change(
    _ id: CaseID, _ command: Command, attaching files: [IntakeRecord.Attachment] = [],
    by department: DepartmentID? = nil,
    then effect: Effect? = nil
  ) throws(LedgerError) -> Result<CaseState, Refusal>? {
    let now = clock.now()
    guard let state = try current(id) else { return nil }
    switch Lifecycle.handle(command, on: state, at: now, under: rulebook) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let events):
      let attached = department.map { attachments(files, by: $0, to: state) } ?? []
      var (change, after) = prepare(attached + events, on: state, at: now)
      change.attachments = files
      if let effect { change.effects.append(PlannedEffect(effect)) }
      var set = ChangeSet(self, at: now)
      set.add((change, after))
      try set.raiseAsked()
      try set.commit()
      return .success(try set.state(of: id) ?? after)
    }
  }

  /// What is new among the files that lie beside an answer.
  private func attachments(
    _ files: [IntakeRecord.Attachment], by department: DepartmentID, to state: CaseState
  ) -> [CaseEvent] {
    files.map { file in
      CaseEvent.Attached(
        by: department, name: file.name, sha256: file.original.sha256, size: file.original.size)
    }.filter { !state.attachments.contains($0) }.map(CaseEvent.attached)
  }

  /// The change that these events make of the case; nothing is recorded yet.
  func prepare(_ events: [CaseEvent], on state: CaseState, at now: Instant) -> (CaseChange, CaseState) {
    var after = state
    for event in events { after.apply(event, at: now) }
    let change = CaseChange(
      id: state.id, expectedVersion: state.version, events: events,
      effects: Lifecycle.effects(of: events, on: after), index: after.index(under: rulebook))
    return (change, after)
  }

  /// What follows from recorded changes in memory, log and metrics.
  func settled(_ changes: [(CaseChange, CaseState)]) {
    hasNews = true
    for (change, after) in changes {
      if fresh[change.id] != nil { fresh[change.id] = after }
      states.keep(after)
      stale.formUnion(after.assignments.map(\.department))
      for event in change.events { note(event, of: change.id) }
    }
  }

  /// What follows from an alert that was recorded.
  func raised(_ alert: AlertRecord) {
    hasNews = true
    metrics.add(.alerts)
    stale.insert(alert.alert.department)
    journal.notice(.alertRaised, ["alert": "\(alert.id)", "rule": "\(alert.alert.rule)"])
  }

  private func note(_ event: CaseEvent, of id: CaseID) {
    switch event {
    case .reminded(let reminded) where reminded.how != .skipped: metrics.add(.reminders)
    case .escalated: metrics.add(.escalations)
    default: break
    }
    journal.info(.caseEvent(event), ["case": "\(id)"])
  }

  /// A department's command; a ledger that fails ends the daemon at the next step of the loop.
  func attempt(
    _ id: CaseID, _ command: Command, attaching files: [IntakeRecord.Attachment] = [],
    by department: DepartmentID? = nil
  ) -> Result<Void, Refusal>? {
    do throws(LedgerError) {
      return try change(id, command, attaching: files, by: department)?.map { _ in () }
    } catch {
      ledgerFailure = ledgerFailure ?? error
      return nil
    }
  }

  /// A request of a department: nil when it was taken.
  /// - Parameter file: what tells its file from a later one of the same name; the file is moved out of the way by an
  ///   effect of the same transaction, so that no request is ever taken twice.
  func request(_ request: Request, on id: CaseID, file: String) -> Refusal? {
    let filing = Effect.fileRequest(id, request.by, file: file)
    do throws(LedgerError) {
      guard let state = try state(of: id) else { return .caseUnknown(id) }
      switch rules.command(for: request, on: state, scratch: scratch) {
      case .failure(let refusal): return refusal
      case .success(let command):
        if case .failure(let refusal)? = try change(id, command, then: filing) { return refusal }
        return nil
      }
    } catch {
      ledgerFailure = ledgerFailure ?? error
      return nil
    }
  }

  /// Notes what was typed into an item that ended before it was handed in, or saved after it was. What was handed in is
  /// in the timeline.
  func takeDown(_ bytes: [UInt8], typedInto item: ItemID) {
    guard let typed = ReplyForm.typed(bytes, rulebook: rulebook), !isOnRecord(bytes, of: item) else { return }
    _ = attempt(item.caseID, .typed(item.key, typed))
  }

  private func isOnRecord(_ bytes: [UInt8], of item: ItemID) -> Bool {
    var handedIn: CaseEvent?
    let steps = ["resolved", "answered", "returned", "taken_back"]
    for stored in (try? ledger.read.events(of: item.caseID, kinds: steps)) ?? [] {
      switch stored.event {
      case .resolved(let step) where step.item == item.key: handedIn = stored.event
      case .answered(let step) where step.item == item.key: handedIn = stored.event
      case .returned(let step) where step.item == item.key: handedIn = stored.event
      case .takenBack(let step) where step.item == item.key: handedIn = nil
      default: break
      }
    }
    switch handedIn {
    case nil: return false
    case .resolved(let step), .answered(let step):
      // A form that cannot be read any more was read under other rules.
      guard case .success(let reply) = ReplyForm.parse(bytes, rulebook: rulebook) else { return true }
      return reply == step.reply
    default: return true
    }
  }

  /// Effects that are on disk; the next transaction marks them.
  /// - Parameter redelivered: items that were gone, which is counted now that they are there again.
  func finished(_ keys: [String], redelivered: [ItemID]) {
    hasNews = hasNews || !keys.isEmpty
    metrics.add(.delivered, keys.count { $0.hasPrefix("deliver/") })
    ledger.deferDone(keys)
    for item in redelivered { _ = attempt(item.caseID, .mend(item.key, .redelivered)) }
  }

  /// Has an item that is gone delivered again; nothing is said of it before it is there.
  func redeliver(_ item: ItemID) {
    do throws(LedgerError) {
      guard let state = try current(item.caseID), let assignment = state.assignment(item.key) else { return }
      var (change, _) = prepare([], on: state, at: clock.now())
      change.effects.append(PlannedEffect(.redeliver(item, assignment.department)))
      try ledger.record([change], at: clock.now())
      hasNews = true
    } catch {
      ledgerFailure = ledgerFailure ?? error
    }
  }

  /// What the case has, by its size: what a department hands in of it is nothing new.
  func knownFiles(of id: CaseID) -> [Int: Set<String>] {
    let materials = (try? ledger.read.materials(of: [id])[id]) ?? []
    return Dictionary(grouping: materials, by: \.size).mapValues { Set($0.map(\.sha256)) }
  }

  func isOnSameLane(_ a: DepartmentID, _ b: DepartmentID) -> Bool { desks?.isOnSameLane(a, b) ?? false }

  /// Whether the numbers are to be taken anew; asked once.
  func takeNews() -> Bool {
    defer { hasNews = false }
    return hasNews
  }

  // MARK: Worklists

  func markStale(_ departments: some Sequence<DepartmentID>) { stale.formUnion(departments) }

  func takeStale() -> Set<DepartmentID> {
    defer { stale = [] }
    return stale
  }
}
