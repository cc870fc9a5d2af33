extension PatternFolding {
  // MARK: - Escapes

  /// An escape outside of a class.
  mutating func escape() throws(PatternRefusal) {
    guard place + 1 < source.count else { throw .syntax("\\ at end of pattern") }
    let next = source[place + 1]
    switch next {
    case "b", "B": throw .unsupported(.wordBoundary, "\\\(next)")
    case "1"..."9", "k", "g": throw .unsupported(.backReference, "\\\(next)")
    case "A", "G", "K", "X", "C", "R", "N", "o": throw .unsupported(.other, "\\\(next)")
    case "s":
      place += 1
      optionalSpace()
    case "Q": quoted()
    case "x":
      let scalar = try hexScalar()
      place -= 1
      literal(scalar)
    case "w", "W", "d", "D", "p", "P":
      let ranges = try shorthand()
      place -= 1
      atom("[\(ranges.classText)]")
    default:
      place += 1
      if next.isASCII { atom("\\\(next)") } else { literal(next) }
    }
  }

  /// `\Q…\E`: everything in between is literal.
  private mutating func quoted() {
    place += 2
    while place < source.count {
      if source[place] == "\\", place + 1 < source.count, source[place + 1] == "E" {
        place += 2
        return
      }
      literal(source[place])
    }
  }

  /// `\x41`, `\x{6a13}`; leaves `place` behind it.
  private mutating func hexScalar() throws(PatternRefusal) -> Unicode.Scalar {
    place += 2
    var digits = ""
    if place < source.count, source[place] == "{" {
      guard let close = source[place...].firstIndex(of: "}") else { throw .syntax("missing }") }
      digits = String(String.UnicodeScalarView(source[(place + 1)..<close]))
      place = close + 1
    } else {
      while place < source.count, digits.utf8.count < 2, source[place].properties.isASCIIHexDigit {
        digits.unicodeScalars.append(source[place])
        place += 1
      }
    }
    guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
      throw .syntax("\\x{\(digits)}")
    }
    return scalar
  }

  /// `\w`, `\d`, `\p{Han}` and their opposites as ranges; leaves `place` behind it.
  private mutating func shorthand() throws(PatternRefusal) -> ScalarRanges {
    let kind = source[place + 1]
    place += 2
    switch kind {
    case "w": return .word
    case "W": return .word.complement
    case "d": return .digits
    case "D": return .digits.complement
    default: break
    }
    var name = place < source.count ? String(source[place]) : ""
    place += 1
    if name == "{" {
      guard let close = source[place...].firstIndex(of: "}") else { throw .syntax("missing }") }
      name = String(String.UnicodeScalarView(source[place..<close]))
      place = close + 1
    }
    let isNegated = (kind == "P") != name.hasPrefix("^")
    guard let ranges = ScalarRanges.property(name.hasPrefix("^") ? String(name.dropFirst()) : name) else {
      throw .unsupported(.other, "\\\(kind){\(name)}")
    }
    return isNegated ? ranges.complement : ranges
  }

  // MARK: - Classes

  mutating func characterClass() throws(PatternRefusal) {
    emit("[")
    if place < source.count, source[place] == "^" { emit("^") }
    if place < source.count, source[place] == "]" {
      output += "\\]"
      place += 1
    }
    while place < source.count, source[place] != "]" {
      if source[place] == "\\", place + 1 < source.count {
        try classEscape()
      } else if source[place] == "[", place + 1 < source.count, source[place + 1] == ":" {
        while place < source.count, source[place] != "]" { emit(source[place]) }
        if place < source.count { emit("]") }
      } else {
        let scalar = source[place]
        place += 1
        try classMember(scalar)
      }
    }
    guard place < source.count else { throw .syntax("missing ]") }
    emit("]")
    countAtom()
  }

  private mutating func classEscape() throws(PatternRefusal) {
    let next = source[place + 1]
    switch next {
    case "w", "W", "d", "D", "p", "P": output += try shorthand().classText
    case "x": try classMember(try hexScalar())
    case "s", "S", "t", "n", "r", "f", "v", "h", "H", "V", "e", "a":
      emit("\\")
      emit(next)
    case "a"..."z", "A"..."Z", "0"..."9": throw .unsupported(.other, "[\\\(next)]")
    default:
      place += 2
      try classMember(next)
    }
  }

  /// A member that has been read, or with what follows the lower end of a range.
  private mutating func classMember(_ scalar: Unicode.Scalar) throws(PatternRefusal) {
    if place + 1 < source.count, source[place] == "-", source[place + 1] != "]" {
      place += 1
      return classRange(scalar, try rangeEnd())
    }
    let members = folded(scalar)
    guard members.count <= 1 else { throw .classMemberExpands(String(scalar)) }
    // White space folds to nothing, but a gap in folded text is a space or a line feed.
    output += Self.isWhite(scalar) ? #"\s"# : members.map(Self.escaped).joined()
  }

  private mutating func rangeEnd() throws(PatternRefusal) -> Unicode.Scalar {
    let scalar = source[place]
    guard scalar == "\\", place + 1 < source.count else {
      place += 1
      return scalar
    }
    if source[place + 1] == "x" { return try hexScalar() }
    place += 2
    return source[place - 1]
  }

  /// A range of ASCII or its full-width forms gets its small letters; the ends of others stay as they are: folding
  /// one could turn the range around.
  private mutating func classRange(_ low: Unicode.Scalar, _ high: Unicode.Scalar) {
    let wide: ClosedRange<UInt32> = 0xFF01...0xFF5E
    let shift: UInt32 = wide.contains(low.value) && wide.contains(high.value) ? 0xFEE0 : 0
    let (first, last) = (low.value - shift, high.value - shift)
    output += ScalarRanges.text(first, last)
    let capitals = (max(first, 0x41), min(last, 0x5A))
    if capitals.0 <= capitals.1 { output += ScalarRanges.text(capitals.0 + 0x20, capitals.1 + 0x20) }
  }
}

/// A set of scalars as it is written into a class, to fit folded text.
///
/// Few and long ranges, because every range costs states in UTF-8: they take in some unassigned and private scalars
/// and all scripts between Latin and Hangul as letters.
struct ScalarRanges {
  var ranges: [ClosedRange<UInt32>]

  static let digits = ScalarRanges(ranges: [0x30...0x39])
  static let letters = ScalarRanges(ranges: [
    0x61...0x7A, 0xC0...0x1FFF, 0x3005...0x3007, 0x3041...0xFDFF, 0x20000...0x3FFFF,
  ])
  static let word = ScalarRanges(ranges: [
    0x30...0x39, 0x5F...0x5F, 0x61...0x7A, 0xC0...0x1FFF, 0x3005...0x3007, 0x3041...0xFDFF, 0x20000...0x3FFFF,
  ])
  static let han = ScalarRanges(ranges: [0x3005...0x3007, 0x3400...0x9FFF, 0x20000...0x3FFFF])
  static let punctuation = ScalarRanges(ranges: [
    0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0xA1...0xBF, 0x2010...0x205E, 0x3001...0x3003,
    0x3008...0x3020,
  ])

  /// The properties that patterns over Chinese text use, by their names in PCRE.
  static func property(_ name: String) -> ScalarRanges? {
    switch name {
    case "L", "Lo", "Lu", "Ll", "L&": letters
    case "Han": han
    case "N", "Nd": digits
    case "P", "S", "Po", "Ps", "Pe": punctuation
    default: nil
    }
  }

  var complement: ScalarRanges {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    result.append(next...0x10FFFF)
    return ScalarRanges(ranges: result)
  }

  var classText: String { ranges.map { Self.text($0.lowerBound, $0.upperBound) }.joined() }

  static func text(_ first: UInt32, _ last: UInt32) -> String {
    "\\x{\(String(first, radix: 16))}-\\x{\(String(last, radix: 16))}"
  }
}
