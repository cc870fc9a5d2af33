import TriageCore

/// Collects the findings of one load; nothing stops at the first.
///
/// A class, confined to the load that made it: every reader of the rulebook adds to the same list.
final class Findings {
  private var list: [Finding] = []
  /// Lines by file, so that each finding can show its own.
  private var lines: [String: [Substring.UnicodeScalarView]] = [:]

  var hasErrors: Bool { list.contains { $0.severity == .error } }

  /// Sorted, each once.
  var sorted: [Finding] {
    var result: [Finding] = []
    for finding in list.sorted(by: Finding.inOrder) where finding != result.last { result.append(finding) }
    return result
  }

  func remember(_ file: String, text: String) {
    lines[file] = SourceLines.split(text)
  }

  func error(_ code: FindingCode, _ place: SourcePlace, _ message: Message, hint: Message? = nil) {
    add(.error, code, place, message, hint)
  }

  func warning(_ code: FindingCode, _ place: SourcePlace, _ message: Message, hint: Message? = nil) {
    add(.warning, code, place, message, hint)
  }

  /// Takes over what another list collected.
  func take(_ other: Findings) { list += other.list }

  private func add(
    _ severity: Finding.Severity, _ code: FindingCode, _ place: SourcePlace, _ message: Message,
    _ hint: Message?
  ) {
    list.append(
      Finding(
        severity: severity, code: code, place: place, message: message, hint: hint,
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
