import TriageCore
import TriageDaemon
import TriageLedger
import TriageRules
import TriageText

/// What a root knows of a case that it may not hold: earlier cases of the same matter.
struct RootPast {
  private let ledger: LedgerReader
  private let rules: CompiledRulebook
  private let clues: ClueFinder

  init(_ root: String, _ rules: CompiledRulebook) throws {
    self.rules = rules
    do throws(LedgerError) {
      ledger = try RootLedger.open(RootLayout(root: root)).ledger
      clues = ClueFinder(rules, root: try ledger.rootID())
    } catch {
      throw Failure(error)
    }
  }

  /// - Parameter bytes: of the file that the case is in.
  func matter(
    of decoded: DecodedCase, bytes: [UInt8], at now: Instant, scratch: TextScratch
  ) throws -> (links: [CaseEvent.Linked], history: CaseHistory) {
    let decision = rules.decide(decoded.input, at: now, history: CaseHistory(), scratch: scratch)
    let taken = CaseEvent.Taken(
      input: decoded.input, decision: decision, history: CaseHistory(), assignments: [], deadlines: [],
      original: ClueFinder.digest(bytes), row: decoded.row)
    let clues = clues.clues(of: taken, formerTexts: decoded.formerTexts, scratch: scratch)
    do throws(LedgerError) {
      return try ledger.matter(of: clues, area: decision.area, at: now, canMeet: rules.rulebook.areas.canMeet)
    } catch {
      throw Failure(error)
    }
  }
}
