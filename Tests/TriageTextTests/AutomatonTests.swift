import Testing

@testable import TriageText

/// A small linear generator: the same sequence on every run.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}

@Suite("The literal automaton finds exactly what a plain search finds")
struct AutomatonTests {
  private struct Found: Hashable, Comparable {
    var start: Int
    var literal: Int
    static func < (a: Self, b: Self) -> Bool { (a.start, a.literal) < (b.start, b.literal) }
  }

  /// Few letters make literals that lie inside, before and behind each other; one lies beyond the first plane.
  private static let letters = "甲乙丙𠮷丁"

  private func random(_ length: Int, _ random: inout Seeded, of count: Int) -> [UInt32] {
    let letters = Array(Self.letters.unicodeScalars.prefix(count))
    return (0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)].value }
  }

  @Test("For random literals over few letters", arguments: 0..<40)
  func differential(seed: Int) {
    var generator = Seeded(state: UInt64(seed) &* 7_919 &+ 1)
    let letters = 2 + seed % 4
    let words = Set(
      (0..<(1 + seed * 3)).map { _ in random(.random(in: 1...6, using: &generator), &generator, of: letters) }
    )
    let literals = words.sorted { $0.lexicographicallyPrecedes($1) }
    let automaton = LiteralAutomaton(literals)
    let folded = FoldedText()
    for length in [0, 1, 2, 40, 300] {
      let scalars = random(length, &generator, of: 5)
      let text = String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
      TextFolder.fold(text, into: folded)
      var found: [Found] = []
      var lastEnd = 0
      automaton.scan(folded.view) { literal, range in
        found.append(Found(start: range.lowerBound, literal: literal))
        #expect(range.count == literals[literal].count && range.upperBound >= lastEnd)
        lastEnd = range.upperBound
      }
      #expect(found.sorted() == plainSearch(literals, in: scalars))
    }
  }

  private func plainSearch(_ literals: [[UInt32]], in text: [UInt32]) -> [Found] {
    var found: [Found] = []
    for start in text.indices {
      for (number, literal) in literals.enumerated() where text[start...].starts(with: literal) {
        found.append(Found(start: start, literal: number))
      }
    }
    return found
  }

  @Test("The longest literal at a place ends within the limit")
  func longest() {
    let scalars = { (text: String) in text.unicodeScalars.map(\.value) }
    let automaton = LiteralAutomaton([scalars("甲"), scalars("甲乙丙"), scalars("乙丙丁")])
    let folded = FoldedText()
    TextFolder.fold("甲乙丙丁", into: folded)
    #expect(automaton.longest(in: folded.view, from: 0, limit: 4)?.length == 3)
    #expect(automaton.longest(in: folded.view, from: 0, limit: 2)?.length == 1)
    #expect(automaton.longest(in: folded.view, from: 1, limit: 3) == nil)
    #expect(automaton.longest(in: folded.view, from: 1, limit: 4)?.literal == 2)
  }

  @Test("Many phrases with shared beginnings")
  func many() {
    var generator = Seeded(state: 42)
    let characters = (0..<800).compactMap { Unicode.Scalar(0x4E00 + UInt32($0)) }
    let words = Set(
      (0..<5_000).map { _ in
        (0..<Int.random(in: 2...4, using: &generator)).map { _ in
          characters[Int.random(in: 0..<characters.count, using: &generator)].value
        }
      })
    let literals = words.sorted { $0.lexicographicallyPrecedes($1) }
    let automaton = LiteralAutomaton(literals)
    let folded = FoldedText()
    folded.reserve(8)
    for (number, literal) in literals.enumerated() {
      for (place, scalar) in literal.enumerated() {
        folded.units[place] = .init(scalar: scalar, start: UInt32(place), end: UInt32(place + 1))
      }
      folded.count = literal.count
      var isFound = false
      automaton.scan(folded.view) { found, range in
        isFound = isFound || (found == number && range.count == literal.count)
      }
      #expect(isFound)
    }
  }
}
