import TriageCore
import TriageText

/// Phrases that add nothing and exceptions that never apply. Phrases are compared folded, as they are matched.
struct PhraseChecks {
  let parser: RulebookParser

  func run() {
    checkBoilerplate()
    for lexicon in parser.lexicons.values.sorted(by: { $0.id < $1.id }) {
      let folded = checkCovered(lexicon.phrases)
      checkExceptions(lexicon.except, folded)
    }
    for (probe, places) in zip(parser.probes.list, parser.probes.places) where probe.lexicon == nil {
      let folded = checkCovered(zip(probe.phrases, places.phrases).map { Placed(value: $0, place: $1) })
      // What an exception of a pattern or a quantity hides is not known beforehand.
      if probe.patterns.isEmpty, probe.quantity == nil {
        checkExceptions(zip(probe.except, places.except).map { Placed(value: $0, place: $1) }, folded)
      }
    }
  }

  /// A phrase with boilerplate in it looks for what was left out of the text.
  private func checkBoilerplate() {
    var set = PhraseSet()
    for phrase in parser.boilerplate { set.insert(TextFolding.fold(phrase), original: phrase) }
    let ofLexicons = parser.lexicons.values.sorted { $0.id < $1.id }.flatMap(\.phrases)
    let ofRules = zip(parser.probes.list, parser.probes.places).flatMap { probe, places in
      probe.lexicon == nil ? zip(probe.phrases, places.phrases).map { Placed(value: $0, place: $1) } : []
    }
    for phrase in ofLexicons + ofRules {
      guard let part = set.shortestInside(TextFolding.fold(phrase.value), shorterThanAll: false) else {
        continue
      }
      parser.findings.error(
        .boilerplatePhrase, phrase.place, .Rules.boilerplatePhrase(phrase.value, part),
        hint: .Rules.boilerplatePhraseHint)
    }
  }

  /// - Returns: the folded phrases.
  private func checkCovered(_ phrases: [Placed<String>]) -> PhraseSet {
    var set = PhraseSet()
    for phrase in phrases {
      let folded = TextFolding.fold(phrase.value)
      if let same = set.original(of: folded) {
        parser.findings.warning(
          .coveredPhrase, phrase.place, .Rules.samePhrase(phrase.value, as: same),
          hint: .Rules.coveredPhraseHint)
      } else {
        set.insert(folded, original: phrase.value)
      }
    }
    for phrase in phrases {
      let folded = TextFolding.fold(phrase.value)
      guard let shorter = set.shortestInside(folded, shorterThanAll: true) else { continue }
      parser.findings.warning(
        .coveredPhrase, phrase.place, .Rules.coveredPhrase(phrase.value, by: shorter),
        hint: .Rules.coveredPhraseHint)
    }
    return set
  }

  private func checkExceptions(_ exceptions: [Placed<String>], _ phrases: PhraseSet) {
    for exception in exceptions {
      guard let phrase = phrases.original(of: TextFolding.fold(exception.value)) else { continue }
      parser.findings.warning(.deadPhrase, exception.place, .Rules.deadPhrase(phrase))
    }
    for exception in exceptions
    where phrases.shortestInside(TextFolding.fold(exception.value), shorterThanAll: false) == nil {
      parser.findings.warning(.deadException, exception.place, .Rules.deadException(exception.value))
    }
  }
}

/// Folded phrases, for finding those that lie inside another text: one look-up for each piece of the text, so that a
/// list of ten thousand costs no more than its length.
private struct PhraseSet {
  private var originals: [[Unicode.Scalar]: String] = [:]
  private var lengths: Set<Int> = []

  mutating func insert(_ folded: String, original: String) {
    let scalars = Array(folded.unicodeScalars)
    originals[scalars] = original
    lengths.insert(scalars.count)
  }

  func original(of folded: String) -> String? { originals[Array(folded.unicodeScalars)] }

  func shortestInside(_ folded: String, shorterThanAll: Bool) -> String? {
    let scalars = Array(folded.unicodeScalars)
    for length in lengths.sorted() {
      if length > scalars.count || shorterThanAll && length == scalars.count { return nil }
      for start in 0...(scalars.count - length) {
        if let found = originals[Array(scalars[start..<(start + length)])] { return found }
      }
    }
    return nil
  }
}
