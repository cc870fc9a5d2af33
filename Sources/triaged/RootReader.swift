import TriageCore
import TriageDaemon
import TriageLedger
import TriageRules

/// A live root as the reading commands see it: the ledger beside the running daemon, and the rulebook that was last
/// in force, for titles and zone.
struct RootReader {
  let layout: RootLayout
  let ledger: LedgerReader
  /// How the ledger differs from what the root says of it.
  let loss: LedgerLoss?
  let rules: CompiledRulebook

  var rulebook: Rulebook { rules.rulebook }
  var zone: Zone { rulebook.calendar.zone }

  init(_ places: PlaceOptions) throws {
    layout = RootLayout(root: try places.configuration().root)
    let source: [UInt8]?
    do throws(LedgerError) {
      let (ledger, loss) = try RootLedger.open(layout)
      (self.ledger, self.loss) = (ledger, loss)
      source = try RulebookInForce.digest(in: layout.state).flatMap { (digest) throws(LedgerError) in
        try ledger.rulebook(digest: digest)
      }
    } catch {
      throw Failure(error)
    }
    let patterns = PatternFile(directory: layout.patterns, isReadOnly: true)
    guard let rules = source.flatMap({ RulebookLoader.load(canonical: $0, patterns: patterns)?.rulebook })
    else {
      throw Failure(.noRulesYet)
    }
    self.rules = rules
  }

  /// Runs a question to the ledger, with its errors as a command's failure.
  func ask<T>(_ question: (LedgerReader) throws(LedgerError) -> T) throws -> T {
    do {
      return try question(ledger)
    } catch {
      throw Failure(error)
    }
  }
}
