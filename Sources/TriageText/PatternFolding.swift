import TriageCore

/// A regular expression that fits folded text, and what its compilation must know.
struct FoldedPattern: Hashable {
  var text: String
  /// The sum of its bounded repeats, nested ones multiplied: what compilation costs.
  var repeats: Int
  /// See `PatternSize`.
  var positions: Int
  /// It asks for the beginning of the field somewhere.
  var isAnchored: Bool
}

/// Rewrites a regular expression so that it fits folded text, and refuses what would not run or cost minutes.
///
/// * Literal scalars are folded like text; a full-width sign that folds to a metacharacter stays a literal sign.
/// * White space is gone from folded text except where a gap ends a clause, so white space in the pattern, `\s` too,
///   becomes optional outside of classes.
/// * Folded text has no capitals: letters are lowered, which spares the engine its costly caseless mode.
/// * `\w`, `\d`, `\p{…}` become short lists of ranges that fit folded text: with Unicode properties in UTF-8 the
///   engine needs 17 s for `小\w{0,100}店`, with ranges 0.1 s.
struct PatternFolding {
  let source: [Unicode.Scalar]
  let buffer: FoldedText
  var place = 0
  var output = ""
  private var isAnchored = false
  /// Repeats of the innermost open group and those around it: finished atoms, and the last one.
  private var frames: [(total: Int, last: Int)] = [(0, 0)]

  static func fold(_ pattern: String, using buffer: FoldedText) throws(PatternRefusal) -> FoldedPattern {
    var folding = PatternFolding(source: Array(pattern.unicodeScalars), buffer: buffer)
    try folding.run()
    let repeats = folding.frames.reduce(0) { $0 + $1.total + $1.last }
    guard repeats <= Limits.patternRepeat else { throw .repeatTooLarge(repeats) }
    let positions = PatternSize.positions(of: folding.output)
    guard positions <= Limits.patternPositions else { throw .tooLarge(positions) }
    return FoldedPattern(
      text: folding.output, repeats: repeats, positions: positions, isAnchored: folding.isAnchored)
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
      case "|", "$", ".": atom(String(scalar))
      case "^":
        isAnchored = true
        atom("^")
      default: literal(scalar)
      }
    }
  }

  mutating func emit(_ scalar: Unicode.Scalar) {
    output.unicodeScalars.append(scalar)
    place += 1
  }

  /// Writes one atom for the scalar at `place`.
  mutating func atom(_ text: String) {
    output += text
    place += 1
    countAtom()
  }

  mutating func countAtom(repeats: Int = 0) {
    frames[frames.count - 1].total += frames[frames.count - 1].last
    frames[frames.count - 1].last = repeats
  }

  // MARK: - Literals

  /// Writes the scalar, whose sign ends at `place`, as itself; it is no metacharacter.
  mutating func literal(_ scalar: Unicode.Scalar) {
    if Self.isWhite(scalar) {
      while place + 1 < source.count, Self.isWhite(source[place + 1]) { place += 1 }
      return optionalSpace()
    }
    let folded = folded(scalar)
    let escaped = folded.map(Self.escaped).joined()
    atom(folded.count > 1 ? "(?:\(escaped))" : escaped)
  }

  func folded(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    TextFolding.scalars(String(scalar), using: buffer).compactMap(Unicode.Scalar.init)
  }

  private static let meta = Set(#"\^$.|?*+()[]{}-"#.unicodeScalars)

  static func escaped(_ scalar: Unicode.Scalar) -> String {
    meta.contains(scalar) ? "\\\(scalar)" : String(scalar)
  }

  static func isWhite(_ scalar: Unicode.Scalar) -> Bool {
    let kind = FoldingTable.kind(FoldingTable.shared.entry(scalar.value))
    return kind == .blank || kind == .lineBreak
  }

  /// White space or `\s` that ends at `place`: optional, and any quantifier on it with it.
  mutating func optionalSpace() {
    place += 1
    countAtom()
    guard place < source.count, "*+?{".unicodeScalars.contains(source[place]) else {
      return output += #"\s?"#
    }
    if source[place] == "{" {
      guard let close = source[place...].firstIndex(of: "}") else { return output += #"\s?"# }
      place = close
    }
    place += 1
    if place < source.count, source[place] == "?" { place += 1 }
    output += #"\s*"#
  }

  // MARK: - Groups

  private static let refusedGroups: [(prefix: String, construct: PatternConstruct)] = [
    ("(?=", .lookaround), ("(?!", .lookaround), ("(?<=", .lookaround), ("(?<!", .lookaround),
    ("(?>", .atomicGroup), ("(?P=", .backReference), ("(?P>", .recursion), ("(?R", .recursion),
    ("(?&", .recursion), ("(?(", .conditional), ("(?|", .other),
  ]

  private mutating func openGroup() throws(PatternRefusal) {
    let rest = String(String.UnicodeScalarView(source[place..<min(place + 4, source.count)]))
    if let refused = Self.refusedGroups.first(where: { rest.hasPrefix($0.prefix) }) {
      throw .unsupported(refused.construct, refused.prefix)
    }
    emit("(")
    if place < source.count, source[place] == "?" { try groupHead() } else { frames.append((0, 0)) }
  }

  /// After `(`: flags, a name or a colon. Flags alone, `(?i)`, open no group.
  private mutating func groupHead() throws(PatternRefusal) {
    emit("?")
    var isName = false
    while place < source.count, source[place] != ")", isName || source[place] != ":" {
      let scalar = source[place]
      if isName, scalar == ">" || scalar == "'" { break }
      if !isName {
        if scalar == "x" { throw .unsupported(.extendedMode, "(?x)") }
        if ("0"..."9").contains(scalar) { throw .unsupported(.recursion, "(?\(scalar))") }
      }
      isName = isName || scalar == "<" || scalar == "'"
      emit(scalar)
    }
    guard place < source.count else { throw .syntax("missing )") }
    if source[place] != ")" { frames.append((0, 0)) }
    emit(source[place])
  }

  private mutating func closeGroup() {
    emit(")")
    guard frames.count > 1, let inner = frames.popLast() else { return }
    countAtom(repeats: inner.total + inner.last)
  }

  // MARK: - Repeats

  private mutating func quantifier() throws(PatternRefusal) {
    let scalar = source[place]
    if scalar == "{" {
      guard let close = source[place...].firstIndex(of: "}"), let bound = repeatBound(place + 1..<close)
      else {
        return atom("\\{")
      }
      let inner = max(frames[frames.count - 1].last, 1)
      let product = inner.multipliedReportingOverflow(by: max(bound, 1))
      guard !product.overflow, product.partialValue <= Limits.patternRepeat else {
        throw .repeatTooLarge(product.overflow ? bound : product.partialValue)
      }
      frames[frames.count - 1].last = product.partialValue
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
  case tooLarge(Int)
  case unsupported(PatternConstruct, String)
  case classMemberExpands(String)
  case syntax(String)
}
