import TriageCore

/// A construct of regular expressions that cannot run in one pass over the text with all other patterns.
public enum PatternConstruct: String, Sendable, Equatable {
  case lookaround, backReference, possessive, atomicGroup, wordBoundary, recursion, conditional, extendedMode,
    other
}

/// Rewrites a regular expression so that it fits folded text, and refuses what would not run or cost minutes.
///
/// Literal scalars are folded like text; a full-width sign that folds to a metacharacter becomes that literal sign.
/// White space is gone from folded text except where a gap ends a clause, so white space in the pattern, `\s` too,
/// becomes optional outside of classes. Case is left to the engine's caseless mode: folding `[A-z]` would change it.
struct PatternFolding {
  private let source: [Unicode.Scalar]
  private let buffer: FoldedText
  private var place = 0
  private var output = ""
  /// For each open group the place in `bounds` where its content began.
  private var groups: [Int] = []
  /// Products of bounded repeats, of atoms of the innermost open group; the last is of the last atom.
  private var bounds: [Int] = [1]

  private static let meta = Set(#"\^$.|?*+()[]{}-"#.unicodeScalars)

  static func fold(_ pattern: String, using buffer: FoldedText) throws(PatternRefusal) -> String {
    var folding = PatternFolding(source: Array(pattern.unicodeScalars), buffer: buffer)
    try folding.run()
    return folding.output
  }

  private init(source: [Unicode.Scalar], buffer: FoldedText) {
    self.source = source
    self.buffer = buffer
  }

  private mutating func run() throws(PatternRefusal) {
    while place < source.count {
      let scalar = source[place]
      switch scalar {
      case "\\": try escape()
      case "[": try characterClass()
      case "(": try openGroup()
      case ")": closeGroup()
      case "*", "+", "?", "{": try quantifier()
      case "|":
        emit(scalar)
        bounds.append(1)
      case "^", "$", ".": atom(String(scalar))
      default: try literal(scalar)
      }
    }
  }

  private mutating func emit(_ scalar: Unicode.Scalar) {
    output.unicodeScalars.append(scalar)
    place += 1
  }

  private mutating func atom(_ text: String) {
    output += text
    place += 1
    bounds.append(1)
  }

  // MARK: - Literals

  private mutating func literal(_ scalar: Unicode.Scalar) throws(PatternRefusal) {
    if Self.isWhite(scalar) {
      while place + 1 < source.count, Self.isWhite(source[place + 1]) { place += 1 }
      return optionalSpace()
    }
    guard !scalar.isASCII else { return atom(String(scalar)) }
    let folded = folded(scalar)
    let escaped = folded.map(Self.escaped).joined()
    atom(folded.count > 1 ? "(?:\(escaped))" : escaped)
  }

  private func folded(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    TextFolding.scalars(String(scalar), using: buffer).compactMap(Unicode.Scalar.init)
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    meta.contains(scalar) ? "\\\(scalar)" : String(scalar)
  }

  private static func isWhite(_ scalar: Unicode.Scalar) -> Bool {
    let kind = FoldingTable.kind(FoldingTable.shared.entry(scalar.value))
    return kind == .blank || kind == .lineBreak
  }

  /// One or more spaces at `place`, as white space or `\s`: optional, and any quantifier on them with it.
  private mutating func optionalSpace() {
    place += 1
    if place < source.count, "*+?{".unicodeScalars.contains(source[place]) {
      if source[place] == "{" {
        guard let close = source[place...].firstIndex(of: "}") else { return output += #"\s?"# }
        place = close
      }
      place += 1
      if place < source.count, source[place] == "?" { place += 1 }
      output += #"\s*"#
    } else {
      output += #"\s?"#
    }
    bounds.append(1)
  }

  // MARK: - Escapes

  private mutating func escape() throws(PatternRefusal) {
    guard place + 1 < source.count else { throw .syntax("\\ at end of pattern") }
    let next = source[place + 1]
    switch next {
    case "b", "B": throw .unsupported(.wordBoundary, "\\\(next)")
    case "1"..."9": throw .unsupported(.backReference, "\\\(next)")
    case "k", "g": throw .unsupported(.backReference, "\\\(next)")
    case "G", "K", "X", "C", "R": throw .unsupported(.other, "\\\(next)")
    case "s":
      place += 1
      optionalSpace()
    case "Q": try quoted()
    case "x", "p", "P", "o", "N": try bracedEscape()
    default:
      if next.isASCII {
        place += 1
        atom("\\\(next)")
      } else {
        place += 1
        try literal(next)
      }
    }
  }

  /// `\Q…\E`: everything in between is literal.
  private mutating func quoted() throws(PatternRefusal) {
    place += 2
    while place < source.count {
      if source[place] == "\\", place + 1 < source.count, source[place + 1] == "E" {
        place += 2
        return
      }
      if source[place].isASCII, !Self.isWhite(source[place]) {
        atom(Self.escaped(source[place]))
      } else {
        try literal(source[place])
      }
    }
  }

  /// `\x{4e00}`, `\p{Han}`, `\x41`: copied as they stand.
  private mutating func bracedEscape() throws(PatternRefusal) {
    output += "\\\(source[place + 1])"
    place += 2
    if place < source.count, source[place] == "{" {
      guard let close = source[place...].firstIndex(of: "}") else { throw .syntax("missing }") }
      for scalar in source[place...close] { output.unicodeScalars.append(scalar) }
      place = close + 1
    }
    bounds.append(1)
  }

  // MARK: - Classes

  private mutating func characterClass() throws(PatternRefusal) {
    emit("[")
    if place < source.count, source[place] == "^" { emit("^") }
    if place < source.count, source[place] == "]" { atomInClass("\\]") }
    while place < source.count, source[place] != "]" {
      let scalar = source[place]
      if scalar == "\\", place + 1 < source.count {
        emit(scalar)
        emit(source[place])
      } else if scalar == "[", place + 1 < source.count, source[place + 1] == ":" {
        while place < source.count, source[place] != "]" { emit(source[place]) }
        if place < source.count { emit("]") }
      } else {
        try classMember(scalar)
      }
    }
    guard place < source.count else { throw .syntax("missing ]") }
    emit("]")
    bounds.append(1)
  }

  private mutating func atomInClass(_ text: String) {
    output += text
    place += 1
  }

  private mutating func classMember(_ scalar: Unicode.Scalar) throws(PatternRefusal) {
    guard !scalar.isASCII else { return emit(scalar) }
    // The ends of a range of Han stay: folding one could turn the range around.
    let isRangeEnd =
      (place > 0 && source[place - 1] == "-") || (place + 1 < source.count && source[place + 1] == "-")
    let entry = FoldingTable.shared.entry(scalar.value)
    if isRangeEnd, FoldingTable.kind(entry) == .han { return emit(scalar) }
    let members = folded(scalar)
    guard members.count <= 1 else { throw .classMemberExpands(String(scalar)) }
    atomInClass(members.map(Self.escaped).joined())
  }

  // MARK: - Groups and repeats

  private static let refusedGroups: [(prefix: String, construct: PatternConstruct)] = [
    ("(?=", .lookaround), ("(?!", .lookaround), ("(?<=", .lookaround), ("(?<!", .lookaround),
    ("(?>", .atomicGroup),
    ("(?P=", .backReference), ("(?P>", .recursion), ("(?R", .recursion), ("(?&", .recursion),
    ("(?(", .conditional),
    ("(?|", .other),
  ]

  private mutating func openGroup() throws(PatternRefusal) {
    let rest = String(String.UnicodeScalarView(source[place..<min(place + 4, source.count)]))
    if let refused = Self.refusedGroups.first(where: { rest.hasPrefix($0.prefix) }) {
      throw .unsupported(refused.construct, refused.prefix)
    }
    emit("(")
    guard place < source.count, source[place] == "?" else { return beginGroup() }
    emit("?")
    // Up to what ends the head: flags, a name, or the colon.
    while place < source.count, ":>')".unicodeScalars.contains(source[place]) == false {
      if source[place] == "x" && !output.hasSuffix("<") && !isInName {
        throw .unsupported(.extendedMode, "(?x)")
      }
      if source[place].properties.numericType != nil { throw .unsupported(.recursion, "(?\(source[place])") }
      emit(source[place])
      if isInName { skipName() }
    }
    if place < source.count, source[place] == ")" {
      emit(")")
    } else {
      if place < source.count { emit(source[place]) }
      beginGroup()
    }
  }

  /// The head so far is `(?<`, `(?P<` or `(?'`.
  private var isInName: Bool {
    output.hasSuffix("(?<") || output.hasSuffix("(?P<") || output.hasSuffix("(?'")
  }

  private mutating func skipName() {
    while place < source.count, source[place] != ">", source[place] != "'" { emit(source[place]) }
  }

  private mutating func beginGroup() {
    groups.append(bounds.count)
    bounds.append(1)
  }

  private mutating func closeGroup() {
    emit(")")
    guard let start = groups.popLast() else { return }
    let largest = bounds[start...].max() ?? 1
    bounds.removeSubrange(start...)
    bounds.append(largest)
  }

  private mutating func quantifier() throws(PatternRefusal) {
    let scalar = source[place]
    if scalar == "{" {
      guard let close = source[place...].firstIndex(of: "}"), let bound = repeatBound(place + 1..<close)
      else {
        return atom("\\{")
      }
      let product = (bounds.last ?? 1).multipliedReportingOverflow(by: max(bound, 1))
      guard !product.overflow, product.partialValue <= Limits.patternRepeat else {
        throw .repeatTooLarge(product.overflow ? bound : product.partialValue)
      }
      bounds[bounds.count - 1] = product.partialValue
      while place <= close { emit(source[place]) }
    } else {
      emit(scalar)
    }
    if place < source.count, source[place] == "+" { throw .unsupported(.possessive, "\(scalar)+") }
    if place < source.count, source[place] == "?" { emit("?") }
  }

  /// The larger number of `{n}`, `{n,}`, `{n,m}`; nil when the braces are no repeat.
  private func repeatBound(_ range: Range<Int>) -> Int? {
    let text = String(String.UnicodeScalarView(source[range]))
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), !parts[0].isEmpty else { return nil }
    var largest = 0
    for part in parts where !part.isEmpty {
      guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      largest = max(largest, Int(part) ?? Int.max)
    }
    return largest
  }
}

/// Why a pattern is refused before the compiler sees it.
enum PatternRefusal: Error, Equatable {
  case repeatTooLarge(Int)
  case unsupported(PatternConstruct, String)
  case classMemberExpands(String)
  case syntax(String)
}
