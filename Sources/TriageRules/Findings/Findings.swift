import TriageCore

/// Collects the findings of one load; nothing stops at the first.
///
/// A class, confined to the load that made it: every reader of the rulebook adds to the same list.
final class Findings {
  private var list: [Finding] = []
  /// Lines by file, so that each finding can show its own.
  private var lines: [String: [Substring.UnicodeScalarView]] = [:]

  /// Suggestions that may still be looked for: in a rulebook that is wrong from end to end they would cost minutes.
  private var suggestions = Limits.suggestions

  /// The keys that readers asked each mapping for, by its place; nil: nobody wants to know. The schema is held against
  /// it, so that it cannot forget a key.
  var asked: [SourcePlace: Set<String>]?

  func recordAsked(_ key: String, at place: SourcePlace) { asked?[place, default: []].insert(key) }

  private(set) var hasErrors = false
  /// A file could not be read: what it defines is unknown, and so is whether a name is undefined or unused.
  private(set) var lacksFile = false

  /// Sorted, each once; without those that may only follow from a file that could not be read.
  var sorted: [Finding] {
    var result: [Finding] = []
    for finding in list.sorted(by: Finding.inOrder) where finding != result.last {
      if !lacksFile || !FindingCode.mayFollowFromLostFile.contains(finding.code) { result.append(finding) }
    }
    return result
  }

  /// How to mend a name that is not defined: the one probably meant, else those there are.
  func hint(for word: String, among known: some Collection<String>) -> Message? {
    if suggestions == 0 { return nil }
    return nearest(to: word, among: known).map { .Rules.didYouMean($0) } ?? .Rules.knownNames(known.sorted())
  }

  /// The known name that a mistyped one probably means.
  func nearest(to word: String, among known: some Sequence<String>) -> String? {
    if suggestions == 0 { return nil }
    suggestions -= 1
    return Suggestion.nearest(to: word, among: known)
  }

  func remember(_ file: String, text: String) {
    lines[file] = SourceLines.split(text)
  }

  func error(
    _ code: FindingCode, _ place: SourcePlace, _ message: Message, hint: Message? = nil,
    witness: Witness? = nil
  ) {
    add(.error, code, place, message, hint, witness)
  }

  func warning(
    _ code: FindingCode, _ place: SourcePlace, _ message: Message, hint: Message? = nil,
    witness: Witness? = nil
  ) {
    add(.warning, code, place, message, hint, witness)
  }

  /// Takes over what another list collected.
  func take(_ other: Findings) {
    list += other.list
    hasErrors = hasErrors || other.hasErrors
    lacksFile = lacksFile || other.lacksFile
  }

  private func add(
    _ severity: Finding.Severity, _ code: FindingCode, _ place: SourcePlace, _ message: Message,
    _ hint: Message?, _ witness: Witness?
  ) {
    hasErrors = hasErrors || severity == .error
    lacksFile = lacksFile || FindingCode.losesFile.contains(code)
    list.append(
      Finding(
        severity: severity, code: code, place: place, message: message, hint: hint, witness: witness,
        sourceLine: line(at: place)))
  }

  func line(at place: SourcePlace) -> String? {
    guard let lines = lines[place.file], lines.indices.contains(place.line - 1) else { return nil }
    return String(String.UnicodeScalarView(lines[place.line - 1]))
  }
}

/// Splits a text into lines where libyaml sees a line break, so that its line numbers fit.
enum SourceLines {
  static func split(_ text: String) -> [Substring.UnicodeScalarView] {
    let scalars = Substring(text).unicodeScalars
    var lines: [Substring.UnicodeScalarView] = []
    var start = scalars.startIndex
    var index = start
    while index < scalars.endIndex {
      let scalar = scalars[index]
      let next = scalars.index(after: index)
      switch scalar {
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
        lines.append(scalars[start..<index])
        let isPair = scalar == "\r" && next < scalars.endIndex && scalars[next] == "\n"
        start = isPair ? scalars.index(after: next) : next
        index = start
      default: index = next
      }
    }
    lines.append(scalars[start...])
    return lines
  }
}
