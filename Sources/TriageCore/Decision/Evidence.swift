/// The hits of one case, by probe.
struct Evidence {
  let hits: [TextHit]
  /// First hit of each probe, as a place in `hits`; -1: none.
  private let first: [Int32]
  /// The next hit of the same probe.
  private let next: [Int32]

  private let probes: ProbeCards

  init(_ hits: [TextHit], for index: RuleIndex) {
    self.hits = hits
    probes = index.probes
    if hits.isEmpty {
      (first, next) = ([], [])
      return
    }
    var first = [Int32](repeating: -1, count: probes.count)
    var next = [Int32](repeating: -1, count: hits.count)
    for place in hits.indices where hits[place].probe >= 0 && hits[place].probe < first.count {
      next[place] = first[hits[place].probe]
      first[hits[place].probe] = Int32(place)
    }
    (self.first, self.next) = (first, next)
  }

  /// Whether the probe has the hits that it needs.
  func holds(_ probe: Int) -> Bool {
    guard first.indices.contains(probe), first[probe] >= 0 else { return false }
    if probes.need(of: probe) == .allPhrases { return missingPhrases(of: probe).isEmpty }
    var place = Int(first[probe])
    while place >= 0 {
      if probes.accepts(hits[place]) { return true }
      place = Int(next[place])
    }
    return false
  }

  /// Whether a quantity that the probe found and that counts passes the test.
  func states(_ test: QuantityTest, probe: Int) -> Bool {
    var place = first.indices.contains(probe) ? Int(first[probe]) : -1
    while place >= 0 {
      if probes.accepts(hits[place]), passes(test, hits[place]) { return true }
      place = Int(next[place])
    }
    return false
  }

  private func passes(_ test: QuantityTest?, _ hit: borrowing TextHit) -> Bool {
    guard let test else { return true }
    return hit.quantity.map(test.holds(for:)) ?? false
  }

  /// The numbers of the probe's phrases and patterns without a hit that counts.
  func missingPhrases(of probe: Int) -> [Int] {
    var missing = Set(0..<probes.phraseCount(of: probe))
    var place = first.indices.contains(probe) ? Int(first[probe]) : -1
    while place >= 0, !missing.isEmpty {
      if probes.accepts(hits[place]) { missing.remove(hits[place].phrase) }
      place = Int(next[place])
    }
    return missing.sorted()
  }

  /// The first hits of the probe that count, in their order; no more than a decision stores, since a long text may
  /// have thousands. With a test only the quantities that pass it.
  func leading(of probe: Int, passing test: QuantityTest? = nil) -> [TextHit] {
    var found: [TextHit] = []
    var place = first.indices.contains(probe) ? Int(first[probe]) : -1
    while place >= 0 {
      if probes.accepts(hits[place]), passes(test, hits[place]) { insert(hits[place], into: &found) }
      place = Int(next[place])
    }
    return found
  }

  private func insert(_ hit: TextHit, into found: inout [TextHit]) {
    if found.count == Limits.reasonsPerProbe {
      guard let last = found.last, TextHit.precedes(hit, last) else { return }
      found.removeLast()
    }
    let place = found.firstIndex { TextHit.precedes(hit, $0) } ?? found.endIndex
    found.insert(hit, at: place)
  }

  /// Every hit of the probe, counted or not.
  func all(of probe: Int) -> [TextHit] {
    guard first.indices.contains(probe) else { return [] }
    var found: [TextHit] = []
    var place = Int(first[probe])
    while place >= 0 {
      found.append(hits[place])
      place = Int(next[place])
    }
    return found.sorted(by: TextHit.precedes)
  }

  /// The place in `hits` of the only hit of a probe that holds, which is what most probes have; nil: there are more.
  func onlyHit(of probe: Int) -> Int? {
    let place = Int(first[probe])
    return next[place] < 0 ? place : nil
  }
}

extension TextHit {
  /// An order of hits that does not depend on how they were found: title, text, other fields; then by place.
  static func precedes(_ a: TextHit, _ b: TextHit) -> Bool {
    if a.field != b.field {
      let (x, y) = (a.fieldRank, b.fieldRank)
      return x == y ? a.field < b.field : x < y
    }
    return (a.start, a.end, a.phrase, a.weak ? 1 : 0) < (b.start, b.end, b.phrase, b.weak ? 1 : 0)
  }

  private var fieldRank: Int { field == .title ? 0 : field == .text ? 1 : 2 }
}
