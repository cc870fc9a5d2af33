/// Everything that is looked for in text, literals and regular expressions, found in one pass each.
///
/// Literals run in an automaton of our own over code points, patterns in Hyperscan over bytes: each is the fastest
/// at its kind by our bench (Benchmarks/evaluation). Immutable and shared; a scan needs the worker's scratch.
final class PatternSet: Sendable {
  struct Match {
    /// Place among the literals, then the patterns.
    var id: Int32
    /// Units of the folded text, half-open.
    var start: Int32
    var end: Int32
  }

  private let literals: LiteralAutomaton
  private let literalCount: Int
  private let patterns: PatternDatabase?

  init(literals: [[UInt32]], patterns: PatternDatabase?) {
    self.literals = LiteralAutomaton(literals)
    literalCount = literals.count
    self.patterns = patterns
  }

  /// All matches in the text: those of literals by their end, then those of patterns.
  func scan(_ text: FoldedText, scratch: PatternScratch, into matches: inout [Match]) {
    matches.removeAll(keepingCapacity: true)
    literals.scan(text.view) { literal, range in
      matches.append(.init(id: Int32(literal), start: Int32(range.lowerBound), end: Int32(range.upperBound)))
    }
    guard let patterns else { return }
    text.encode()
    patterns.scan(text, scratch: scratch) { pattern, units in
      let id = Int32(self.literalCount + pattern)
      let match = Match(id: id, start: Int32(units.lowerBound), end: Int32(units.upperBound))
      // One match of a pattern is reported at each of its ends: the last, longest one stands for all.
      if let last = matches.last, last.id == id, last.start == match.start {
        matches[matches.count - 1].end = match.end
      } else {
        matches.append(match)
      }
    }
  }
}
