import TriageCore
import TriageDaemon
import TriageLedger
import TriageRules
import TriageText

/// One decision to be explained, with what it was made of: of a file, as `run` would decide it now, or of a case in the
/// ledger, as it was decided and stored.
struct Explained {
  /// The file's or the case's name.
  var name: String
  var input: CaseInput
  var decision: Decision
  var deadlines: [CaseEvent.DeadlineSet]
  var history: CaseHistory
  /// Earlier cases that it has to do with.
  var links: [CaseEvent.Linked] = []
  /// The time of taking.
  var takenAt: Instant
  /// The rulebook that decided.
  var rules: CompiledRulebook
  /// What has become of the case since; nil for a file.
  var state: CaseState?
}

extension Explained {
  /// What `run` would decide.
  init(
    _ input: CaseInput, of file: String, under rules: CompiledRulebook, at now: Instant,
    matter: (links: [CaseEvent.Linked], history: CaseHistory), scratch: TextScratch
  ) {
    let history = matter.history
    let decision = rules.decide(input, at: now, history: history, scratch: scratch)
    let taken = Lifecycle.take(
      input, decision: decision, history: history, at: now, original: "", row: nil, under: rules.rulebook)
    self.init(
      name: file, input: input, decision: decision, deadlines: taken.deadlines, history: history,
      links: matter.links, takenAt: now, rules: rules)
  }

  /// The stored decision of a case, under the rulebook that made it; nil when the ledger has no such case.
  init?(_ id: CaseID, in root: RootReader) throws {
    guard let state = try root.ask({ (ledger) throws(LedgerError) in try ledger.state(of: id) }) else {
      return nil
    }
    let links = try root.ask { (ledger) throws(LedgerError) in try ledger.links(of: id) }
    let digest = state.decision.rulebook
    let source = try root.ask { (ledger) throws(LedgerError) in try ledger.rulebook(digest: digest) }
    guard let rules = source.flatMap({ RulebookLoader.load(canonical: $0)?.rulebook }) else {
      throw Failure(.explainRulebookGone(String(digest.prefix(12))))
    }
    self.init(
      name: id.rawValue, input: state.input, decision: state.decision,
      deadlines: state.deadlines.filter { !$0.isReplaced }.map(\.set), history: state.history,
      links: links.filter { $0.from == id }.map { .init(to: $0.to, why: $0.why) },
      takenAt: state.takenAt, rules: rules, state: state)
  }
}
