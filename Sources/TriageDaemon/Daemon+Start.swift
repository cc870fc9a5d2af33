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
      case .io(let code): self = .unusable(.rootUnusable(path, String(cString: strerror(code))))
      }
    }
  }

  static func open(
    _ configuration: Configuration, _ keeper: RulebookKeeper, _ journal: Journal, traces: LedgerTraces,
    _ word: PersonsWord, clock makeClock: (Zone) -> Clock?
  ) throws(StartFailure) -> Office {
    let ledger: Ledger
    let places: RootPlaces
    let unusable: (path: String, reason: String)?
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
    let outcome: RulebookKeeper.Outcome
    do throws(LedgerError) {
      places = try RootPlaces(layout, ledger, journal)
      unusable = try places.prepare(
        anew: word.places.union(word.queuesLost ? [.queues] : []), at: now)
      keeper.places = places
      outcome = try keeper.start(with: ledger, now: now, journal)
    } catch {
      throw .ledger(error)
    }
    if let stranger = places.unknown.first {
      throw .usage(.folderUnknown(stranger.rawValue, known: places.names))
    }
    if let unusable { throw .unusable(.rootUnusable(unusable.path, unusable.reason)) }
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
    let office = Office(
      configuration: configuration, clock: clock, journal: journal, ledger: ledger, places: places,
      rules: rules)
    try check(word, office)
    if case .refused = outcome { office.metrics.set(.rulesRefused, 1) }
    return office
  }

  /// A person may be mistaken in a name, or in what can be done at present.
  private static func check(_ word: PersonsWord, _ office: Office) throws(StartFailure) {
    guard !word.queues.isEmpty || word.afterRestore else { return }
    let known = Set((try? office.ledger.read.queues().keys.map { $0 }) ?? [])
    let all = known.union(office.rulebook.departments.keys)
    for id in word.queues.sorted() where !all.contains(id) {
      throw .usage(.queueUnknown(id, known: all.sorted()))
    }
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
