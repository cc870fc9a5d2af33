/// The hits of one case, by probe.
struct Evidence {
  let hits: [TextHit]
  /// First hit of each probe, as a place in `hits`; -1: none.
  private let first: [Int32]
  /// The next hit of the same probe.
  private let next: [Int32]

  init(_ hits: [TextHit], probes: Int) {
    self.hits = hits
    if hits.isEmpty {
      (first, next) = ([], [])
      return
    }
    var first = [Int32](repeating: -1, count: probes)
    var next = [Int32](repeating: -1, count: hits.count)
    for (place, hit) in hits.enumerated() where hit.probe >= 0 && hit.probe < probes {
      next[place] = first[hit.probe]
      first[hit.probe] = Int32(place)
    }
    (self.first, self.next) = (first, next)
  }

  /// Whether the probe has the hits that it needs.
  func holds(_ probe: Int, in rulebook: Rulebook) -> Bool {
    guard first.indices.contains(probe), first[probe] >= 0 else { return false }
    switch rulebook.probes[probe].need {
    case .anyPhrase:
      var place = first[probe]
      while place >= 0 {
        if rulebook.probes[probe].accepts(hits[Int(place)]) { return true }
        place = next[Int(place)]
      }
      return false
    case .allPhrases: return missingPhrases(of: probe, in: rulebook).isEmpty
    }
  }

  /// The phrases and patterns of the probe without a hit that counts, by their numbers.
  func missingPhrases(of probe: Int, in rulebook: Rulebook) -> [Int] {
    var missing = Set(0..<rulebook.probes[probe].phraseCount)
    forEach(of: probe) { hit in
      if rulebook.probes[probe].accepts(hit) { missing.remove(hit.phrase) }
    }
    return missing.sorted()
  }

  /// The hits of the probe that count, the title's first, then by place.
  func accepted(of probe: Int, in rulebook: Rulebook) -> [TextHit] {
    var found: [TextHit] = []
    forEach(of: probe) { hit in
      if rulebook.probes[probe].accepts(hit) { found.append(hit) }
    }
    if found.count > 1 { found.sort(by: TextHit.precedes) }
    return found
  }

  /// Every hit of the probe, counted or not.
  func all(of probe: Int) -> [TextHit] {
    var found: [TextHit] = []
    forEach(of: probe) { found.append($0) }
    return found.sorted(by: TextHit.precedes)
  }

  private func forEach(of probe: Int, _ body: (TextHit) -> Void) {
    guard first.indices.contains(probe) else { return }
    var place = first[probe]
    while place >= 0 {
      body(hits[Int(place)])
      place = next[Int(place)]
    }
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

extension TextProbe {
  var phraseCount: Int { phrases.count + patterns.count }

  /// The phrase or pattern of that number, as the rulebook writes it.
  func phrase(_ number: Int) -> String {
    if phrases.indices.contains(number) { return phrases[number] }
    let pattern = number - phrases.count
    return patterns.indices.contains(pattern) ? patterns[pattern] : ""
  }

  /// Whether the hit is of the strength and in a field that the probe asks for.
  func accepts(_ hit: TextHit) -> Bool { accepts(strengthOf: hit) && accepts(fieldOf: hit) }

  func accepts(strengthOf hit: TextHit) -> Bool {
    switch strength {
    case .strong: !hit.weak
    case .weak: hit.weak
    case .any: true
    }
  }

  func accepts(fieldOf hit: TextHit) -> Bool {
    guard let fields else { return hit.field == .text || hit.field == .title }
    return fields.contains(hit.field)
  }
}
