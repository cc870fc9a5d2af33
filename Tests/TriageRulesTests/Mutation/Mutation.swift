import TriageRules

/// One fault put into a rulebook: a file with other bytes, or one more, and where a finding must point.
struct Mutation: CustomStringConvertible {
  var kind: String
  var path: String
  var bytes: [UInt8]
  /// Lines of the changed file, one of which a finding must name.
  var lines: ClosedRange<Int>
  /// What the change took away; a finding may also stand where this name is used.
  var gone: [String] = []
  var what: String

  var description: String { "\(kind): \(path):\(lines.lowerBound)–\(lines.upperBound): \(what)" }
}

extension RuleText {
  /// The file with some of its text replaced.
  /// - Parameter lines: where the finding must be; nil: on the lines of the new text.
  func mutation(
    _ kind: String, _ range: Range<Int>, with text: String, lines: ClosedRange<Int>? = nil,
    gone: [String] = []
  ) -> Mutation {
    let bytes =
      Array(self.text(0..<range.lowerBound).utf8) + Array(text.utf8)
      + Array(self.text(range.upperBound..<scalars.count).utf8)
    let first = line(of: range.lowerBound)
    let last = first + text.unicodeScalars.count { $0 == "\n" }
    let old = self.text(range).prefix(40)
    return Mutation(
      kind: kind, path: path, bytes: bytes, lines: lines ?? first...last, gone: gone,
      what: "'\(old)' → '\(text.prefix(40))'".replacing("\n", with: "⏎"))
  }

  /// The lines of the entry of a list (or of the value itself) that a site is, with their line break.
  func wholeLines(_ site: Site) -> Range<Int> {
    let first = lineStart(site.range.lowerBound)
    let end = scalars[site.range.upperBound...].firstIndex(of: "\n").map { $0 + 1 } ?? scalars.count
    return first..<end
  }

  /// The next line that is not blank: where the entry behind an entry begins.
  func lineWithText(after line: Int) -> Int {
    let lines = text(0..<scalars.count).split(separator: "\n", omittingEmptySubsequences: false)
    return (line..<lines.count).first { lines[$0].contains { $0 != " " } }.map { $0 + 1 } ?? line + 1
  }

  func lineStart(_ offset: Int) -> Int { (scalars[..<offset].lastIndex(of: "\n") ?? -1) + 1 }

  /// From a key to the next one, or the end of its value with the comma or line break before it.
  func rangeOfEntry(_ site: Site, in siblings: [Site]) -> Range<Int>? {
    guard let key = site.key else { return nil }
    let start = offset(key.keyMark)
    if let next = siblings.first(where: { $0.place.index == site.place.index + 1 })?.key {
      return start..<offset(next.keyMark)
    }
    if site.place.index == 0 { return nil }
    guard let before = siblings.first(where: { $0.place.index == site.place.index - 1 }) else { return nil }
    return before.range.upperBound..<site.range.upperBound
  }

  /// The sites of the keys of the mapping that the site's key stands in.
  func siblings(of site: Site) -> [Site] {
    guard let key = site.key else { return [] }
    guard
      let parent = sites.first(where: { parent in
        parent.path == Array(site.path.dropLast())
          && parent.node.entries?.contains { $0.keyMark == key.keyMark } == true
      })
    else { return [] }
    let marks = Set((parent.node.entries ?? []).map(\.keyMark))
    return sites.filter {
      $0.path.count == site.path.count && $0.key.map { marks.contains($0.keyMark) } == true
    }
  }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
