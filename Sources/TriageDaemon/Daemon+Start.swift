import Glibc
public import TriageCore
public import TriageLedger
import TriageRules

/// The start: the root is taken, its ledger and its rulebook are read, or it is said why not.
extension Daemon {
  /// Why the daemon cannot start.
  public enum StartFailure: Error {
    case badTime
    /// A person's word names what there is not.
    case usage(Message)
    case held(pid: Int32?)
    case unusable(Message)
    /// What the machine lacks at present and may have soon: worth another try.
    case lacking(Message)
    case ledger(LedgerError)

    init(_ failure: RootLock.Failure, path: String) {
      switch failure {
      case .held(let pid): self = .held(pid: pid)
      case .io(let code): self = .unusable(.rootUnusable(path, SystemFault(code)))
      }
    }
  }

  static func open(
    _ configuration: Configuration, _ keeper: RulebookKeeper, _ journal: Journal, traces: LedgerTraces,
    _ word: PersonsWord, clock makeClock: (Zone) -> Clock?
  ) throws(StartFailure) -> Office {
    let ledger: Ledger
    let places: RootPlaces
    let faults: [LedgerFault]
    let (layout, now) = (RootLayout(root: configuration.root), Clock().now())
    do throws(LedgerError) {
      ledger = try Ledger(directory: layout.state, traces: traces, knowing: word.known)
      faults = try ledger.read.verifyHead(rulebook: RulebookInForce.digest(in: layout.state))
    } catch {
      throw .ledger(error)
    }
    // Nothing more is built on a record that is not as it was written.
    if let fault = faults.first { throw .unusable(.startRefused(fault.message)) }
    do throws(LedgerError) { places = try RootPlaces(layout, ledger, journal) } catch { throw .ledger(error) }
    // All names that a person gave are looked at before anything that she said is done.
    if let stranger = places.unknown(of: word.places) {
      throw .usage(.folderUnknown(stranger.rawValue, known: places.names))
    }
    try made { () throws(LedgerError) in try places.prepare(at: now) }
    keeper.places = places
    let outcome: RulebookKeeper.Outcome
    do throws(LedgerError) { outcome = try keeper.start(with: ledger, now: now, journal) } catch {
      throw .ledger(error)
    }
    let rules: CompiledRulebook
    switch outcome {
    case .inForce(let loaded, let warnings):
      journal.report(warnings)
      rules = loaded
    case .refused(let findings, let upgrade, let lastGood):
      guard let lastGood else {
        journal.report(findings)
        throw .unusable(.rulesUnusable(configuration.rules ?? "", errors: findings.count))
      }
      journal.error(.rulesRefused(errors: findings.count))
      if let upgrade { journal.warning(upgrade) }
      journal.report(findings)
      rules = lastGood
    }
    guard let clock = makeClock(rules.rulebook.calendar.zone) else { throw .badTime }
    try checkQueues(of: word, ledger, rules.rulebook)
    try made { () throws(LedgerError) in
      try places.makeAnew(word.places.union(word.queuesLost ? [.queues] : []), at: now)
    }
    let office = Office(
      configuration: configuration, clock: clock, journal: journal, ledger: ledger, places: places,
      rules: rules)
    try checkPlaces(for: word, office)
    if case .refused = outcome { office.metrics.set(.rulesRefused, 1) }
    return office
  }

  private static func made(
    _ folders: () throws(LedgerError) -> RootPlaces.Unusable?
  ) throws(StartFailure) {
    let unusable: RootPlaces.Unusable?
    do throws(LedgerError) { unusable = try folders() } catch { throw .ledger(error) }
    if let unusable { throw .unusable(.rootUnusable(unusable.path, unusable.fault)) }
  }

  /// A person may be mistaken in a name.
  private static func checkQueues(
    of word: PersonsWord, _ ledger: Ledger, _ rulebook: Rulebook
  ) throws(StartFailure) {
    guard !word.queues.isEmpty else { return }
    let known: Set<DepartmentID>
    do throws(LedgerError) { known = Set(try ledger.read.queues().keys) } catch { throw .ledger(error) }
    let all = known.union(rulebook.departments.keys)
    for id in word.queues.sorted() where !all.contains(id) {
      throw .usage(.queueUnknown(id, known: all.sorted()))
    }
  }

  /// Or in what can be done at present.
  private static func checkPlaces(for word: PersonsWord, _ office: Office) throws(StartFailure) {
    guard !word.queues.isEmpty || word.afterRestore else { return }
    for place in [RootPlaces.Place.queues, .setAside] where office.places.gone.contains(place) {
      throw .unusable(.placeNeeded(place.rawValue, path: office.layout.path(of: place)))
    }
    guard word.afterRestore, !word.queuesLost else { return }
    let away: [DepartmentID]
    do throws(LedgerError) { away = try AfterRestore(office).queuesAway() } catch { throw .ledger(error) }
    let lacking = away.filter { !word.queues.contains($0) }
    if !lacking.isEmpty { throw .unusable(.queuesNeeded(lacking)) }
  }
}
