import TriageRules

/// Breaks a rulebook in every way that people break one: systematically by the shape of what is changed, with a seeded
/// choice among entries of the same shape.
struct Mutator {
  /// How many faults are made.
  enum Breadth {
    /// Of each kind as many as show it: the test must stay fast.
    case few
    /// Of each kind in each file so many, at other places.
    case each(Int)

    var isWhole: Bool {
      if case .each = self { true } else { false }
    }
  }

  let files: [RuleText]
  let breadth: Breadth
  var random = SeededRandom(state: 20_261_122)

  init(_ files: [RuleText], _ breadth: Breadth) {
    self.files = files.sorted { $0.path < $1.path }
    self.breadth = breadth
  }

  mutating func all() -> [Mutation] {
    let made =
      keys() + types() + values() + names() + entries() + syntax() + bytes() + lists() + wholeFiles()
    let (most, groups): (Int, [String: [Mutation]]) =
      switch breadth {
      case .few: (Self.perKind, Dictionary(grouping: made, by: \.kind))
      case .each(let count): (count, Dictionary(grouping: made) { $0.kind + "\u{0}" + $0.path })
      }
    return groups.sorted { $0.key < $1.key }.flatMap { group in
      Array(group.value.shuffled(using: &random).prefix(most))
    }
  }

  private static let perKind = 8

  typealias Found = (file: RuleText, site: RuleText.Site)

  /// Up to `count` sites of each shape; where each file is wanted, of each shape in each file, as many as it takes.
  mutating func pick(_ count: Int, where wanted: (RuleText.Site) -> Bool) -> [Found] {
    var groups: [String: [Found]] = [:]
    var most = count
    for file in files {
      for site in file.sites where wanted(site) {
        if case .each = breadth {
          groups[site.shape + "\u{0}" + file.path, default: []].append((file, site))
        } else {
          groups[site.shape, default: []].append((file, site))
        }
      }
    }
    if case .each(let places) = breadth { most = max(count, places) }
    return groups.sorted { $0.key < $1.key }.flatMap { group in
      Array(group.value.shuffled(using: &random).prefix(most))
    }
  }

  /// As many of a list as a fast test can bear.
  func first(_ count: Int, of found: [Found]) -> [Found] {
    if case .each = breadth { return found }
    return Array(found.prefix(count))
  }

  // MARK: Keys

  /// Keys without which an entry means nothing, by the path that ends in them.
  private static let required: Set<String> = [
    "rulebook", "name", "timezone", "case_id", "case_id.prefix", "levels", "levels.[].id", "levels.[].score",
    "categories", "categories.[].id", "fallback", "fallback.category", "fallback.lead", "scales.[].id",
    "scales.[].values", "scales.[].values.[].id", "return_reasons.[].id", "channels.[].id", "calendar",
    "calendar.hours", "areas.[].id", "areas.[].kind", "areas.[].areas.[].id", "areas.[].areas.[].kind",
    "departments.[].id", "departments.[].for_each_area.kind", "lexicons.[].id", "lexicons.[].phrases",
    "classification.[].id", "classification.[].when", "classification.[].then", "routes.[].id",
    "routes.[].lead",
    "also.[].id", "deadlines.[].id", "deadlines.[].extend.times", "deadlines.[].extend.by",
    "deadlines.[].pause.reasons", "deadlines.[].pause.max", "deadlines.[].from", "deadlines.[].within",
    "deadlines.[].stage", "require.[].id", "require.[].before", "reminders.[].id", "reminders.[].at",
    "escalation.[].id", "escalation.[].on", "escalation.[].then", "escalation.[].on.overdue",
    "escalation.[].on.by", "tests.[].name", "tests.[].case", "tests.[].expect", "tests.[].case.received_at",
  ]

  private mutating func keys() -> [Mutation] {
    let named = pick(1) { $0.key != nil && Self.isWord($0) }
    var result = named.map { found -> Mutation in
      let key = found.site.key?.key ?? ""
      let start = found.file.offset(found.site.key?.keyMark ?? found.site.node.mark)
      return found.file.mutation(
        "misspell a key", start..<(start + key.unicodeScalars.count), with: misspelt(key))
    }
    for found in pick(2, where: { Self.required.contains($0.shape) }) {
      let siblings = found.file.siblings(of: found.site)
      let range: Range<Int>?
      if found.site.path.count == 1 {
        let start = found.file.offset(found.site.key?.keyMark ?? found.site.node.mark)
        range = start..<found.file.wholeLines(found.site).upperBound
      } else {
        range = found.file.rangeOfEntry(found.site, in: siblings)
      }
      guard let range else { continue }
      let lines = found.site.path.count == 1 ? 1...1 : found.site.entry
      result.append(
        found.file.mutation(
          "drop a required key", range, with: "", lines: lines, gone: [found.site.key?.key ?? ""]))
    }
    for found in first(40, of: pick(1) { $0.key != nil && Self.isWord($0) && $0.path.count > 1 }) {
      result.append(
        found.file.mutation(
          "a key without its value", found.site.range, with: "",
          lines: found.site
            .keyLines...max(found.site.keyLines, found.file.line(of: found.site.range.lowerBound))))
    }
    for found in first(30, of: pick(1) { $0.key != nil && $0.path.count > 1 && $0.node.text != nil }) {
      let start = found.file.offset(found.site.key?.keyMark ?? found.site.node.mark)
      let isFlow =
        found.file.lineStart(start) == found.file.lineStart(found.site.range.upperBound)
        && found.file.text(found.file.lineStart(start)..<start).contains("{")
      guard isFlow else { continue }
      let text = found.file.text(start..<found.site.range.upperBound)
      result.append(found.file.mutation("the same key twice", start..<start, with: text + ", "))
    }
    return result
  }

  /// Keys of the language, as opposed to years, names of holidays and categories with their votes.
  private static func isWord(_ site: RuleText.Site) -> Bool {
    guard let key = site.key?.key else { return false }
    return key.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
      && !(site.path.count >= 2 && site.path[site.path.count - 2] == "category")
  }

  /// Two neighbours swapped, or a letter doubled where that changes nothing.
  mutating func misspelt(_ word: String) -> String {
    var letters = Array(word.unicodeScalars)
    let swaps = letters.indices.dropLast().filter { letters[$0] != letters[$0 + 1] }
    if letters.count > 3, let place = swaps.randomElement(using: &random) {
      letters.swapAt(place, place + 1)
    } else if let last = letters.last {
      letters.append(last)
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: letters)
    return String(view)
  }
}
