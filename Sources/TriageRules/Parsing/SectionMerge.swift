import TriageCore

/// Lays the sections of a rulebook over those of its base: settings replace, lists grow, and an entry may replace
/// (`override: true`) or drop (`remove: true`) one of the same id.
struct SectionMerge {
  let findings: Findings

  init(findings: Findings) { self.findings = findings }

  /// - Parameter base: nil for the lowest rulebook of the chain, which can replace nothing.
  mutating func lay(_ upper: Sections, over base: Sections?) -> Sections {
    var result = base ?? Sections()
    result.takeSettings(of: upper)
    for section in Sections.lists {
      let lower = base?.entries[section] ?? []
      let merged = entries(upper.entries[section] ?? [], over: lower, in: section, hasBase: base != nil)
      result.replace(section, with: merged)
    }
    return result
  }

  /// What an entry says about the one of the same name below it.
  private enum Claim { case none, override, remove }

  private func entries(_ upper: [Located], over lower: [Located], in section: String, hasBase: Bool)
    -> [Located]
  {
    let key = Sections.nameKey(of: section)
    var below = NamedEntries(lower, key: key, nested: section == "areas")
    var added: [Located] = []
    for entry in upper {
      guard entry.node.entries != nil else {
        // No entry: whoever reads the section says so.
        added.append(entry)
        continue
      }
      guard let claim = claim(of: entry) else { continue }
      let plain = Located(file: entry.file, node: entry.node.without(["override", "remove"]))
      guard let name = entry.node[key]?.text else {
        added.append(plain)
        continue
      }
      let place = entry.node[key].map { SourcePlace(file: entry.file, mark: $0.mark) } ?? entry.place
      switch (claim, below.place(of: name)) {
      case (.none, nil): added.append(plain)
      case (.none, let there?):
        findings.error(
          .duplicateID, place, .Rules.duplicateInBase(name, there), hint: .Rules.overrideHint(key, name))
      case (_, nil):
        findings.error(
          .nothingToOverride, place, .Rules.nothingToOverride(name, hasBase: hasBase),
          hint: hasBase ? findings.hint(for: name, among: below.names) : .Rules.noBaseHint)
      case (.override, _?): added.append(Located(file: plain.file, node: below.replace(name, by: plain.node)))
      case (.remove, _?):
        below.drop(name)
        checkRemoval(entry, key)
      }
    }
    return below.rest + added
  }

  /// - Returns: nil, with a finding, when it says both or no flag.
  private func claim(of entry: Located) -> Claim? {
    let claims: [(String, Claim)] = [("override", .override), ("remove", .remove)]
    let given = claims.filter { entry.node[$0.0] != nil }
    if given.count > 1 {
      findings.error(.wrongValue, entry.place, .Rules.overrideAndRemove)
      return nil
    }
    guard let (key, claim) = given.first, let value = entry.node[key] else { return Claim.none }
    guard let flag = findings.flag(Located(file: entry.file, node: value)) else { return nil }
    return flag ? claim : Claim.none
  }

  /// What else a removal says would be lost.
  private func checkRemoval(_ entry: Located, _ key: String) {
    guard let reader = EntryReader(entry, findings) else { return }
    _ = reader.node(key)
    _ = reader.node("remove")
    reader.finish()
  }
}

/// The entries of a base by name, from which some are taken away. Areas lie inside each other and are found at any
/// depth.
private struct NamedEntries {
  private let key: String
  private let isNested: Bool
  private let lower: [Located]
  /// Where a name stands, and the name of the area that it lies in.
  private var found: [String: (place: SourcePlace, parent: String?)] = [:]
  private var gone: Set<String> = []

  init(_ lower: [Located], key: String, nested: Bool) {
    self.key = key
    self.lower = lower
    isNested = nested
    for entry in lower { note(entry, in: entry.node["under"]?.text) }
  }

  var names: [String] { found.keys.sorted() }
  func place(of name: String) -> SourcePlace? { found[name]?.place }
  mutating func drop(_ name: String) { gone.insert(name) }

  /// - Returns: the new entry; an area stays in the area in which the old one lay, unless it says another.
  mutating func replace(_ name: String, by node: YamlNode) -> YamlNode {
    gone.insert(name)
    guard isNested, let parent = found[name]?.parent, node["under"] == nil else { return node }
    return node.adding("under", YamlNode(.scalar(parent, plain: true), mark: node.mark))
  }

  /// What was neither replaced nor dropped.
  var rest: [Located] {
    if gone.isEmpty { return lower }
    return lower.compactMap { entry in pruned(entry.node).map { Located(file: entry.file, node: $0) } }
  }

  private mutating func note(_ entry: Located, in parent: String?) {
    guard let node = entry.node[key], let name = node.text else { return }
    if found[name] == nil { found[name] = (SourcePlace(file: entry.file, mark: node.mark), parent) }
    guard isNested else { return }
    for inner in entry.node["areas"]?.items ?? [] { note(Located(file: entry.file, node: inner), in: name) }
  }

  private func pruned(_ node: YamlNode) -> YamlNode? {
    if let name = node[key]?.text, gone.contains(name) { return nil }
    guard isNested, let inner = node["areas"], let items = inner.items else { return node }
    let list = YamlNode(.sequence(items.compactMap(pruned)), mark: inner.mark)
    return node.without(["areas"]).adding("areas", list)
  }
}

extension YamlNode {
  fileprivate func without(_ keys: Set<String>) -> YamlNode {
    guard let entries else { return self }
    return YamlNode(.mapping(entries.filter { !keys.contains($0.key) }), mark: mark)
  }

  fileprivate func adding(_ key: String, _ value: YamlNode) -> YamlNode {
    guard let entries else { return self }
    return YamlNode(.mapping(entries + [YamlEntry(key: key, keyMark: value.mark, value: value)]), mark: mark)
  }
}
