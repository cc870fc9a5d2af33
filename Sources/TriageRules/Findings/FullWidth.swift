import TriageCore

/// Punctuation that a Chinese keyboard gives where YAML wants the ASCII sign, in lines that are no YAML by it.
enum FullWidth {
  static let commas: Set<Unicode.Scalar> = ["，", "、", "；"]
  private static let brackets: [Unicode.Scalar: String] = [
    "｛": "{", "｝": "}", "［": "[", "］": "]", "【": "[", "】": "]",
  ]
  private static let quotes: [Unicode.Scalar: String] = [
    "“": "'", "”": "'", "‘": "'", "’": "'", "＂": "\"", "＇": "'",
  ]

  /// A sign, and the one to write for it.
  struct Slip: Equatable {
    var sign: Unicode.Scalar
    var meant: String
    /// From 0, in scalars of the line.
    var column: Int
  }

  /// The sign in a line that most probably made it no YAML: the first colon, else the first other one.
  static func slip(in line: some Collection<Unicode.Scalar>) -> Slip? {
    let slips = slips(in: Array(line))
    return slips.first { $0.sign == "：" } ?? slips.first
  }

  /// The line with every such sign as it was meant.
  static func mended(_ line: some Collection<Unicode.Scalar>) -> String {
    let scalars = Array(line)
    var text = String.UnicodeScalarView()
    var start = 0
    for slip in slips(in: scalars) {
      text.append(contentsOf: scalars[start..<slip.column])
      text.append(contentsOf: slip.meant.unicodeScalars)
      start = slip.column + 1
    }
    text.append(contentsOf: scalars[start...])
    return String(text)
  }

  /// The signs that stand where YAML has some of its own: outside quotes and comments, a colon behind what may be a key,
  /// and the others between the parts of a list or mapping.
  private static func slips(in scalars: [Unicode.Scalar]) -> [Slip] {
    let isFlow = scalars.contains { "[{｛［【".unicodeScalars.contains($0) }
    var quote: Unicode.Scalar?
    var slips: [Slip] = []
    var isStart = true
    for (column, scalar) in scalars.enumerated() {
      if let open = quote {
        if scalar == open { quote = nil }
        continue
      }
      let mayOpen = isStart || column > 0 && " [{,:-".unicodeScalars.contains(scalars[column - 1])
      switch scalar {
      case "'" where mayOpen, "\"" where mayOpen: quote = scalar
      case "#" where column == 0 || scalars[column - 1] == " ": return slips
      case "：" where isKey(scalars[..<column]):
        slips.append(Slip(sign: scalar, meant: ": ", column: column))
      default:
        if let meant = meant(scalar, isStart: isStart, inList: isFlow) {
          slips.append(Slip(sign: scalar, meant: meant, column: column))
        }
      }
      if scalar != " ", scalar != "\u{3000}", scalar != "-" { isStart = false }
    }
    return slips
  }

  private static func meant(_ scalar: Unicode.Scalar, isStart: Bool, inList: Bool) -> String? {
    switch scalar {
    case "\u{3000}" where isStart: " "
    case "－" where isStart, "—" where isStart: "- "
    case _ where commas.contains(scalar) && inList: ", "
    case _ where quotes[scalar] != nil && inList: quotes[scalar]
    default: brackets[scalar]
    }
  }

  /// One word of the language behind the beginning of the line, a bracket or a comma.
  private static func isKey(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
    let word = before.reversed().prefix { $0 == "_" || $0 >= "a" && $0 <= "z" }
    let rest = before.dropLast(word.count).reversed().drop { $0 == " " }
    guard !word.isEmpty else { return false }
    return rest.first.map { "-[{,｛［【，、".unicodeScalars.contains($0) } ?? true
  }
}
