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

  /// Places in entries from which many departments are made: what is wrong with one is wrong with all, and is said once.
  private var templates: Set<SourcePlace> = []

  func sayOnce(at place: SourcePlace) { templates.insert(place) }

  private(set) var hasErrors = false
  /// A file could not be read: what it defines is unknown, and so is whether a name is undefined or unused.
  private(set) var lacksFile = false

  /// Sorted, each once; without those that may only follow from a file that could not be read, which is said first.
  var sorted: [Finding] {
    var result: [Finding] = []
    let lost = Set(FindingCode.losesFile.map(\.rawValue))
    let ordered = list.sorted { a, b in
      let (isLost, other) = (lost.contains(a.code), lost.contains(b.code))
      return isLost == other ? Finding.inOrder(a, b) : isLost
    }
    for finding in ordered where finding != result.last {
      if !lacksFile || !FindingCode.mayFollowFromLostFile.contains(finding.code) { result.append(finding) }
    }
    return folded(result)
  }

  /// Of findings of one kind at one entry for many departments only the first, which says how many there are.
  private func folded(_ sorted: [Finding]) -> [Finding] {
    var result: [Finding] = []
    var more = 0
    for (index, finding) in sorted.enumerated() {
      if let last = result.last, templates.contains(finding.place), last.place == finding.place,
        last.code == finding.code, last.severity == finding.severity
      {
        more += 1
      } else {
        result.append(finding)
        more = 0
      }
      let isLast =
        index + 1 == sorted.count || sorted[index + 1].place != finding.place
        || sorted[index + 1].code != finding.code
      if isLast, more > 0 {
        result[result.count - 1].message = .Rules.andMore(result[result.count - 1].message, more)
      }
    }
    return result
  }

  /// How to mend a name that is not defined: the one probably meant, by its id or by its title, else those there are.
  func hint(
    for word: String, among known: some Collection<String>, titles: KnownTitles = KnownTitles()
  ) -> Message? {
    if let id = titles.id(of: word) { return .Rules.didYouMean(titles.shown(id)) }
    if suggestions == 0 { return nil }
    if let id = nearest(to: word, among: known) ?? nearest(to: word, in: titles) {
      return .Rules.didYouMean(titles.shown(id))
    }
    return .Rules.knownNames(known.sorted().map(titles.shown))
  }

  private func nearest(to word: String, in titles: KnownTitles) -> String? {
    nearest(to: word, among: titles.all).flatMap { titles.id(of: $0) }
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

  /// - Parameter day: the first day on which it matters; nil: it does at once.
  func warning(
    _ code: FindingCode, _ place: SourcePlace, _ message: Message, hint: Message? = nil,
    witness: Witness? = nil, matters day: CivilDate? = nil
  ) {
    add(.warning, code, place, message, hint, witness, day)
  }

  /// Takes over what another list collected.
  func take(_ other: Findings) {
    list += other.list
    hasErrors = hasErrors || other.hasErrors
    lacksFile = lacksFile || other.lacksFile
  }

  private func add(
    _ severity: Finding.Severity, _ code: FindingCode, _ place: SourcePlace, _ message: Message,
    _ hint: Message?, _ witness: Witness?, _ day: CivilDate? = nil
  ) {
    hasErrors = hasErrors || severity == .error
    lacksFile = lacksFile || FindingCode.losesFile.contains(code)
    list.append(
      Finding(
        severity: severity, code: code, place: place, message: message, hint: hint, witness: witness,
        sourceLine: line(at: place), matters: day))
  }

  /// Where a piece of text stands that a value beginning at `start` holds; `start` where it is not found.
  /// - Parameter atEnd: the place of its last character.
  func place(of piece: String, from start: SourcePlace, atEnd: Bool = false) -> SourcePlace {
    guard let lines = lines[start.file], start.line >= 1, start.line <= lines.count else { return start }
    let wanted = Array(piece.unicodeScalars)
    for number in start.line..<min(start.line + Limits.scalarLines, lines.count + 1) {
      let line = lines[number - 1].dropFirst(number == start.line ? start.column - 1 : 0)
      guard let found = line.firstRange(of: wanted) else { continue }
      let column = lines[number - 1].distance(from: lines[number - 1].startIndex, to: found.lowerBound)
      return SourcePlace(
        file: start.file, line: number, column: column + (atEnd ? wanted.count : 1))
    }
    return start
  }

  /// As libyaml counts them.
  func lines(of file: String) -> [Substring.UnicodeScalarView] { lines[file] ?? [] }

  func line(at place: SourcePlace) -> String? {
    guard let lines = lines[place.file], lines.indices.contains(place.line - 1) else { return nil }
    return String(String.UnicodeScalarView(lines[place.line - 1]))
  }
}

/// Splits a text into lines where libyaml sees a line break, so that its line numbers fit.
public enum SourceLines {
  /// - Returns: the lines without their ends.
  public static func split(_ text: String) -> [Substring.UnicodeScalarView] {
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
