import TriageCore
import TriageText

/// Of a text condition without any hit: where the case comes nearest to one of its phrases, as “拖欠我们工资” does to
/// “拖欠工资”. It tells the administrator which phrase or pattern is wanting.
struct NearestMiss: Encodable {
  var field: String
  /// Unicode scalars of the original field.
  var start: Int
  var end: Int
  /// What stands there.
  var found: String
  var phrase: String

  /// Characters that may stand between those of the phrase.
  private static let gap = 4

  init?(_ leaf: FailedLeaf, in input: CaseInput, under rulebook: Rulebook) {
    guard case .text(let number, .absent) = leaf.miss, rulebook.probes.indices.contains(number) else {
      return nil
    }
    let probe = rulebook.probes[number]
    var best: (share: Double, miss: NearestMiss)?
    for field in probe.fields ?? [.title, .text] {
      guard case .text(let text)? = rulebook.value(of: field, in: input) else { continue }
      let scalars = Array(text.unicodeScalars)
      // Folded one by one, so that places stay those of the original.
      let folded = scalars.map { TextFolding.fold(String($0)) }
      for phrase in probe.phrases {
        let wanted = TextFolding.fold(phrase).unicodeScalars.map { String($0) }
        guard let (span, matched) = Self.nearest(wanted, in: folded) else { continue }
        let share = Double(matched) / Double(wanted.count)
        guard share >= 0.5, share > best?.share ?? 0 else { continue }
        let found = String(String.UnicodeScalarView(scalars[span]))
        best = (
          share,
          NearestMiss(
            field: field.rawValue, start: span.lowerBound, end: span.upperBound, found: found, phrase: phrase)
        )
      }
    }
    guard let best else { return nil }
    self = best.miss
  }

  private init(field: String, start: Int, end: Int, found: String, phrase: String) {
    self.field = field
    self.start = start
    self.end = end
    self.found = found
    self.phrase = phrase
  }

  var message: Message {
    .explainNearest(field: FieldID(field), start: start, end: end, found: found, phrase: phrase)
  }

  /// The span that holds most characters of the phrase in their order with few others between; at least two of them.
  private static func nearest(_ wanted: [String], in text: [String]) -> (span: Range<Int>, matched: Int)? {
    var best: (span: Range<Int>, matched: Int)?
    for start in text.indices {
      guard let first = wanted.firstIndex(of: text[start]) else { continue }
      var (next, end, matched) = (first + 1, start + 1, 1)
      var place = start + 1
      while next < wanted.count, place < text.count, place < end + gap {
        if let found = wanted[next...].firstIndex(of: text[place]) {
          (next, end, matched) = (found + 1, place + 1, matched + 1)
        }
        place += 1
      }
      let isBetter =
        best.map { matched > $0.matched || matched == $0.matched && end - start < $0.span.count } ?? true
      if matched >= 2, isBetter { best = (start..<end, matched) }
    }
    return best
  }
}
