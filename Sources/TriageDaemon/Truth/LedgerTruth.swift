public import TriageCore
public import TriageLedger
import TriageRules

/// The ledger of a root held against its own events: proved, made anew, mended.
public struct LedgerTruth {
  private let layout: RootLayout

  public init(root: String) { layout = RootLayout(root: root) }

  /// Reads only; the daemon may be running.
  public func verify(_ scope: VerifyScope = .everything) throws(LedgerError) -> VerifyReport {
    let reader = try LedgerReader(directory: layout.state, acceptingOlderSchema: true)
    return try reader.verify(recomputing: try recomputation(reader), scope)
  }

  /// Makes the ledger anew from what is primary in it (`LedgerRebuild`), the text of a damaged rulebook from the files
  /// of the same rules.
  /// - Parameter rules: the directory of the rules; nil: none is known.
  /// - Throws: `held` while a daemon has the root.
  public func rebuild(rules: String?, at now: Instant) throws(Daemon.StartFailure) -> LedgerRebuild.Outcome {
    try holding { () throws(LedgerError) in
      _ = try mendRulebook(from: rules)
      return try makeAnew(at: now)
    }
  }

  /// Mends what the ledger itself tells how to: the text of a rulebook from the files of the same rules, and every row
  /// that follows from events.
  /// - Parameter rules: the directory of the rules; nil: none is known.
  /// - Returns: what was mended, one message each; none where all was well, or where an older ledger is first to be
  ///   brought up to date by a start.
  /// - Throws: `held`; `ledger(.primaryDamaged)` where only a backup helps.
  public func mend(rules: String?, at now: Instant) throws(Daemon.StartFailure) -> [Message] {
    guard LedgerReader.isThere(in: layout.state) else { return [] }
    return try holding { () throws(LedgerError) in
      var mended: [Message] = []
      let faults: [LedgerFault]
      do throws(LedgerError) {
        mended += try mendRulebook(from: rules)
        faults = try verify().faults
      } catch {
        if case .olderSchema = error { return mended }
        throw error
      }
      let derived = faults.filter(\.isDerived)
      if !derived.isEmpty {
        let outcome = try makeAnew(at: now)
        mended += derived.map { Message.mended($0.message) }
        mended.append(.rebuildDone(cases: outcome.cases, events: outcome.events, kept: outcome.kept))
      }
      return mended
    }
  }

  private func mendRulebook(from directory: String?) throws(LedgerError) -> [Message] {
    guard let directory, let rules = RulebookLoader.load(directory: directory).rulebook else { return [] }
    let digest = rules.rulebook.digest
    let reader = try LedgerReader(directory: layout.state, acceptingOlderSchema: true)
    do throws(LedgerError) {
      _ = try reader.rulebook(digest: digest)
      return []
    } catch {
      guard case .changedRulebook = error else { throw error }
    }
    try reader.close()
    try LedgerRebuild.replaceRulebook(digest, with: rules.sources, state: layout.state)
    return [.mendedRulebook(digest)]
  }

  private func makeAnew(at now: Instant) throws(LedgerError) -> LedgerRebuild.Outcome {
    let reader = try LedgerReader(directory: layout.state, acceptingOlderSchema: true)
    let recomputation = try recomputation(reader)
    try reader.close()
    return try LedgerRebuild.rebuild(state: layout.state, recomputing: recomputation, at: now)
  }

  /// Nobody else writes meanwhile.
  private func holding<T>(_ work: () throws(LedgerError) -> T) throws(Daemon.StartFailure) -> T {
    let lock: RootLock
    do throws(RootLock.Failure) {
      lock = try RootLock(path: layout.lock)
    } catch {
      throw Daemon.StartFailure(error, path: layout.lock)
    }
    defer { withExtendedLifetime(lock) {} }
    do throws(LedgerError) {
      return try work()
    } catch {
      throw .ledger(error)
    }
  }

  private func recomputation(_ reader: LedgerReader) throws(LedgerError) -> Recomputation {
    let shelf = RulebookShelf(root: try reader.rootID())
    var inForce: CompiledRulebook?
    // One that is damaged is named by the walk, and nothing is told by it.
    if let digest = RulebookInForce.digest(in: layout.state), let text = try? reader.rulebook(digest: digest)
    {
      inForce = shelf.rulebook(digest, text)
    }
    let timers = inForce.map { rules in
      Recomputation.Timers(stamp: TimerStamp.of(rules.rulebook)) {
        Lifecycle.nextTimer(of: $0, under: rules.rulebook)
      }
    }
    return Recomputation(
      timers: timers,
      keys: { ClueFinder.keys(of: $0) },
      sketch: { taken, text in try shelf.sketch(of: taken, text) },
      canMeet: { inForce?.rulebook.areas.canMeet($0, $1) ?? true })
  }
}
