public import TriageCore

/// One thing wrong, or doubtful, in a rulebook: where, what, and how to mend it.
public struct Finding: Sendable, Equatable {
  /// An error keeps the rulebook from being used, a warning does not.
  public enum Severity: String, Sendable, Comparable {
    case error, warning
    public static func < (a: Self, b: Self) -> Bool { a == .error && b == .warning }
  }

  public var severity: Severity
  /// A `FindingCode`'s stable name.
  public var code: String
  public var place: SourcePlace
  public var message: Message
  public var hint: Message?
  /// A case that shows it, for findings about what cases can come to.
  public var witness: Witness?
  /// The line of the file that `place` names, without its line break.
  public var sourceLine: String?
  /// The first day on which it matters: of a calendar that ends the first of the year that is missing. Nil: it does now.
  public var matters: CivilDate?

  public init(
    severity: Severity, code: FindingCode, place: SourcePlace, message: Message, hint: Message? = nil,
    witness: Witness? = nil, sourceLine: String? = nil, matters: CivilDate? = nil
  ) {
    self.severity = severity
    self.code = code.rawValue
    self.place = place
    self.message = message
    self.hint = hint
    self.witness = witness
    self.sourceLine = sourceLine
    self.matters = matters
  }

  /// By place, errors before warnings: the same whatever the order in which files were read.
  public static func inOrder(_ a: Finding, _ b: Finding) -> Bool {
    let left = (a.place.file, a.place.line, a.place.column)
    let right = (b.place.file, b.place.line, b.place.column)
    if left != right { return left < right }
    return (a.severity.rawValue, a.code, a.message.en) < (b.severity.rawValue, b.code, b.message.en)
  }
}

extension Finding {
  /// `file:line:column: error: message [code]`, the source line, a caret under the place, the hint.
  ///
  /// The words `error` and `warning` stay English in every language: editors look for them.
  public func render(language: Language, colour: Bool) -> String {
    let paint = Paint(on: colour)
    let head = "\(place.file):\(place.line):\(place.column): "
    let word = paint(severity.rawValue + ":", severity == .error ? "31;1" : "33;1")
    var lines = ["\(head)\(word) \(Self.printable(message[language])) [\(code)]"]
    if let sourceLine {
      let (shown, column) = Self.clipped(Self.printable(sourceLine), around: place.column)
      lines.append("  " + shown)
      lines.append("  " + Self.indent(under: shown, column: column) + paint("^", "32;1"))
    }
    if let hint {
      lines.append("  " + paint("\(Message.Rules.hint[language])", "36") + Self.printable(hint[language]))
    }
    if let witness {
      lines.append("  " + paint(Message.Rules.witness(options: witness.options)[language], "36"))
      lines += witness.file.split(separator: "\n").map { "    " + Self.printable(String($0)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Rules on one line grow long; around the place there is room for so many characters, or the caret would stand
  /// lines below.
  private static func clipped(_ line: String, around column: Int) -> (line: String, column: Int) {
    let (before, width) = (24, 64)
    let scalars = Array(line.unicodeScalars)
    guard scalars.count > width else { return (line, column) }
    let start = max(0, min(column - 1 - before, scalars.count - width))
    let end = min(scalars.count, start + width)
    var shown = String.UnicodeScalarView()
    if start > 0 { shown.append("…") }
    shown.append(contentsOf: scalars[start..<end])
    if end < scalars.count { shown.append("…") }
    return (String(shown), column - start + (start > 0 ? 1 : 0))
  }

  private struct Paint {
    let on: Bool
    func callAsFunction(_ text: String, _ code: String) -> String {
      on ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
  }

  /// Spaces as wide as what stands before the column: Han characters take two cells of a terminal.
  private static func indent(under line: String, column: Int) -> String {
    var indent = ""
    for scalar in line.unicodeScalars.prefix(max(0, column - 1)) {
      indent += scalar == "\t" ? "\t" : isWide(scalar) ? "  " : " "
    }
    return indent
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }

  /// Rule files are written by people, and a terminal obeys control characters: each becomes one sign.
  private static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control && scalar != "\t"
      let isFormat = scalar.properties.generalCategory == .format
      result.append(isControl || isFormat ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }
}
