import TriageCore
import TriageLedger
import TriageRules

/// The core's part while the ledger records one batch: columns and effects of new cases, decisions of those that have a
/// history, notices to those who are concerned by what a later case says or brings. Collects what the daemon must know of it afterwards.
final class IntakeBatch {
  private let office: Office
  private let now: Instant
  /// New cases, as they were taken.
  private(set) var fresh: [CaseState] = []
  /// Cases that were there before, of which a later one changed something: it names them, or it is the same and brought
  /// files.
  private(set) var earlier: [(CaseChange, CaseState)] = []
  /// What cases that were there before have come to, the last state of each.
  private(set) var states: [CaseID: CaseState] = [:]

  init(_ office: Office, at now: Instant) {
    self.office = office
    self.now = now
  }

  var answers: IntakeAnswers {
    IntakeAnswers(
      index: { try self.open($0, $1) },
      decided: { self.decide($0, $1) },
      cited: { self.change($0, .cited(by: $1)) },
      brought: { self.change($0, .brought(files: $1)) },
      saysMore: { self.change($0, .saysMore($1)) },
      kept: { self.office.kept($0) },
      wentOn: { self.states[$0.id] = $0 },
      canMeet: office.rulebook.areas.canMeet)
  }

  private func open(_ id: CaseID, _ events: [CaseEvent]) throws -> (CaseIndex, [PlannedEffect]) {
    guard let state = CaseState(id: id, events: events.map { ($0, now) }) else {
      throw LedgerError.inconsistent("\(id): does not begin with its taking")
    }
    fresh.append(state)
    return (state.index(under: office.rulebook), Lifecycle.effects(of: events, on: state))
  }

  private func decide(_ taken: CaseEvent.Taken, _ history: CaseHistory) -> CaseEvent.Taken {
    let decision = office.rules.decide(taken.input, at: now, history: history, scratch: office.scratch)
    var decided = Lifecycle.take(
      taken.input, decision: decision, history: history, at: now, original: taken.original, row: taken.row,
      under: office.rulebook)
    decided.enclosures = taken.enclosures
    return decided
  }

  private func change(_ state: CaseState, _ command: Command) -> CaseChange? {
    guard let events = try? Lifecycle.handle(command, on: state, at: now, under: office.rulebook).get()
    else { return nil }
    let (change, after) = office.prepare(events, on: state, at: now)
    earlier.append((change, after))
    return change
  }
}
