/// How many byte positions a folded pattern has once its bounded repeats are written out: what its compilation costs.
///
/// The engine works on UTF-8: a Han character is three positions, a class of a hundred of them three hundred, the
/// opposite of a class more. From about 6,000 on one compilation takes a second of processor time and grows with the
/// square: `小[…100 characters…]{0,255}店`, well within the cap on repeats, took 8 s and was then refused as too large.
struct PatternSize {
  private let pattern: [Unicode.Scalar]
  private var place = 0
  /// Positions of the innermost open group and those around it: finished atoms, and the last one.
  private var frames: [(total: Int, last: Int)] = [(0, 0)]

  static func positions(of pattern: String) -> Int {
    var size = PatternSize(pattern: Array(pattern.unicodeScalars))
    while size.place < size.pattern.count { size.step() }
    return size.frames.reduce(0) { sum(sum($0, $1.total), $1.last) }
  }

  private init(pattern: [Unicode.Scalar]) { self.pattern = pattern }

  private mutating func step() {
    let scalar = pattern[place]
    place += 1
    switch scalar {
    case "(": open()
    case ")": close()
    case "[": atom(characterClass())
    case "\\": atom(Self.width(escaped()))
    case "{": repeated()
    case ".": atom(Self.anything)
    case "*", "+", "?", "|", "^", "$": break
    default: atom(Self.width(scalar))
    }
  }

  private mutating func atom(_ positions: Int) {
    let frame = frames[frames.count - 1]
    frames[frames.count - 1] = (Self.sum(frame.total, frame.last), positions)
  }

  /// `(?:`, `(?i)`, `(?<name>`: the head is no part of what is matched.
  private mutating func open() {
    if place < pattern.count, pattern[place] == "?" {
      while place < pattern.count, ![":", ">", ")"].contains(pattern[place]) { place += 1 }
      guard place < pattern.count, pattern[place] != ")" else {
        place += 1
        return
      }
      place += 1
    }
    frames.append((0, 0))
  }

  private mutating func close() {
    guard frames.count > 1, let inner = frames.popLast() else { return }
    atom(Self.sum(inner.total, inner.last))
  }

  /// `{2,12}` writes what is before it out twelve times.
  private mutating func repeated() {
    guard let end = pattern[place...].firstIndex(of: "}") else { return }
    let bounds = String(String.UnicodeScalarView(pattern[place..<end])).split(separator: ",")
    place = end + 1
    let times = max(1, bounds.compactMap { Int($0) }.max() ?? 1)
    let product = frames[frames.count - 1].last.multipliedReportingOverflow(by: times)
    frames[frames.count - 1].last = product.overflow ? .max : product.partialValue
  }

  /// The scalar that an escape stands for; a class such as `\s` counts like a letter.
  private mutating func escaped() -> Unicode.Scalar {
    guard place < pattern.count else { return "\\" }
    let kind = pattern[place]
    place += 1
    guard kind == "x", place < pattern.count, pattern[place] == "{",
      let end = pattern[place...].firstIndex(of: "}")
    else { return kind }
    let digits = String(String.UnicodeScalarView(pattern[(place + 1)..<end]))
    place = end + 1
    return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? kind
  }

  private mutating func characterClass() -> Int {
    let isOpposite = place < pattern.count && pattern[place] == "^"
    if isOpposite { place += 1 }
    var positions = 0
    var members = 0
    let first = place
    while place < pattern.count, pattern[place] != "]" || place == first {
      let low = member()
      members += 1
      if place + 1 < pattern.count, pattern[place] == "-", pattern[place + 1] != "]" {
        place += 1
        positions += 2 * Self.width(member())
      } else {
        positions += Self.width(low)
      }
    }
    place += 1
    // Between two members that are left out lies a range of its own.
    return isOpposite ? (members + 1) * 6 : positions
  }

  private mutating func member() -> Unicode.Scalar {
    let scalar = pattern[place]
    place += 1
    return scalar == "\\" ? escaped() : scalar
  }

  /// Any scalar: a chain for each length in UTF-8.
  private static let anything = 10

  private static func width(_ scalar: Unicode.Scalar) -> Int { UTF8.width(scalar) }

  private static func sum(_ a: Int, _ b: Int) -> Int {
    let sum = a.addingReportingOverflow(b)
    return sum.overflow ? .max : sum.partialValue
  }
}
