public import TriageCore
public import TriageText

/// A rulebook ready to decide: the core's data, the compiled phrases and patterns, the text it was made from, its own
/// tests. Immutable; a reload makes another one.
public final class CompiledRulebook: Sendable {
  public let rulebook: Rulebook
  /// All phrases and patterns in one index.
  public let text: TextIndex
  /// The phrases that `text` leaves out of every text.
  let boilerplate: [String]
  /// The canonical text of all rule files; `RulebookLoader.load(canonical:)` makes the same rulebook of it.
  public let sources: [UInt8]
  /// The rulebook's own tests (`tests:` in rule files), by name.
  public let tests: [RuleTest]
  /// Fields other than title and text that some probe looks into.
  private let otherFields: [FieldID]

  init(rulebook: Rulebook, text: TextIndex, boilerplate: [String], sources: [UInt8], tests: [RuleTest]) {
    self.rulebook = rulebook
    self.text = text
    self.boilerplate = boilerplate
    self.sources = sources
    self.tests = tests
    otherFields = Set(rulebook.probes.flatMap { $0.fields ?? [] }).subtracting([.title, .text]).sorted()
  }

  /// Everything that the probes find in the case. Costs one pass over the text, whatever the number of rules.
  public func hits(_ input: CaseInput, scratch: TextScratch) -> [TextHit] {
    var fields: [(FieldID, String)] = [(.title, input.title), (.text, input.text)]
    for field in otherFields {
      switch rulebook.value(of: field, in: input) {
      case .text(let text): fields.append((field, text))
      // No hit spans two items: the line break ends a clause.
      case .list(let items): fields.append((field, items.joined(separator: "\n")))
      case .number, .flag, .date, nil: break
      }
    }
    return text.hits(in: fields, scratch: scratch)
  }

  /// The one evaluator: `run`, `explain`, `test`, `replay` and `simulate` all go through here (promise 4).
  public func decide(
    _ input: CaseInput, at instant: Instant, history: CaseHistory, scratch: TextScratch
  ) -> Decision {
    rulebook.decide(input, hits: hits(input, scratch: scratch), at: instant, history: history)
  }
}
