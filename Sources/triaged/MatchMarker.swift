import TriageCore

/// Marks in a field the characters that made rules fire: in colour where the terminal has it, else in brackets.
struct MatchMarker {
  private var spans: [FieldID: [Range<Int>]] = [:]
  private let colour: Bool

  init(_ reasons: [FiredRule.Reason], colour: Bool) {
    self.colour = colour
    for case .text(let field, _, let start, let end, _) in reasons where start >= 0 && start < end {
      spans[field, default: []].append(start..<end)
    }
  }

  /// - Parameter bold: the whole field stands out where there is colour.
  func mark(_ text: String, _ field: FieldID, bold: Bool) -> String {
    let scalars = Array(text.unicodeScalars)
    var hit = [Bool](repeating: false, count: scalars.count)
    for span in spans[field] ?? [] {
      for index in span.clamped(to: 0..<hit.count) { hit[index] = true }
    }
    let (open, close) = colour ? ("\u{1B}[31;1m", bold ? "\u{1B}[0;1m" : "\u{1B}[0m") : ("【", "】")
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      if hit[index], index == 0 || !hit[index - 1] { result += open }
      let isControl = scalar.properties.generalCategory == .control && scalar != "\n"
      result.unicodeScalars.append(isControl ? " " : scalar)
      if hit[index], index == scalars.count - 1 || !hit[index + 1] { result += close }
    }
    return bold && colour ? "\u{1B}[1m\(result)\u{1B}[0m" : result
  }
}
