import TriageCore

/// Slips that a rule file shows by itself, whatever the rulebook says: empty lists, entries with nothing in them, and
/// keys whose colon a Chinese keyboard made, so that YAML takes them for text. Asked of files alone, never of rules that
/// were accepted.
struct FileSlips {
  let file: String
  let findings: Findings

  /// Reports what is wrong, and leaves it out, so that no other finding follows from it.
  func mend(_ document: YamlDocument) -> YamlDocument {
    guard let root = document.root else { return document }
    return YamlDocument(root: mend(root, in: .file))
  }

  // MARK: Mappings

  private static let shapes: [RuleMapping: (keys: [String: RuleShape], shape: RuleMappingShape)] =
    Dictionary(
      uniqueKeysWithValues: RuleMapping.allCases.map { mapping in
        let shape = mapping.shape
        let keys = Dictionary(
          shape.keys.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
        return (mapping, (keys, shape))
      })

  private func mend(_ node: YamlNode, in mapping: RuleMapping) -> YamlNode {
    guard let entries = node.entries, let known = Self.shapes[mapping] else { return mendText(node) }
    let mended = entries.map { entry -> YamlEntry in
      // Scales are keys too.
      let shape = known.keys[entry.key] ?? known.shape.scales
      let value = shape.map { mend(entry.value, $0, Key(name: entry.key, mapping: mapping)) }
      return YamlEntry(key: entry.key, keyMark: entry.keyMark, value: value ?? mendText(entry.value))
    }
    return YamlNode(.mapping(mended), mark: node.mark)
  }

  // MARK: Values

  private struct Key {
    var name: String
    var mapping: RuleMapping
    var mayBeEmpty: Bool { EmptyLists.allows(name, in: mapping) }
  }

  private func mend(_ node: YamlNode, _ shape: RuleShape, _ key: Key) -> YamlNode {
    switch node.value {
    case .scalar: return mendText(node)
    case .sequence(let items):
      guard let item = shape.item else { return node }
      if items.isEmpty { refuseEmpty(node, key) }
      let mended = items.compactMap { node -> YamlNode? in
        if node.isNull {
          findings.error(.emptyList, place(node), .Rules.emptyItem(key.name), hint: .Rules.emptyItemHint)
          return nil
        }
        return mend(node, item, key)
      }
      return YamlNode(.sequence(mended), mark: node.mark)
    case .mapping(let entries):
      if let mapping = shape.mapping { return mend(node, in: mapping) }
      guard let value = shape.tableValue else { return node }
      if entries.isEmpty { refuseEmpty(node, key) }
      let mended = entries.map {
        YamlEntry(key: $0.key, keyMark: $0.keyMark, value: mend($0.value, value, key))
      }
      return YamlNode(.mapping(mended), mark: node.mark)
    }
  }

  private func refuseEmpty(_ node: YamlNode, _ key: Key) {
    if key.mayBeEmpty { return }
    findings.error(
      .emptyList, place(node), .Rules.emptyList(key.name, isCondition: key.mapping.isCondition),
      hint: .Rules.emptyListHint(key.name))
  }

  // MARK: Text

  private static let knownKeys: Set<String> = Set(shapes.values.flatMap { $0.keys.keys })

  /// `lead: urban` and below it `priority：5` are one text to YAML, "urban priority：5": the second line is cut off.
  private func mendText(_ node: YamlNode) -> YamlNode {
    guard case .scalar(let text, plain: true) = node.value, text.unicodeScalars.contains("：") else {
      return node
    }
    var before = Substring.UnicodeScalarView()
    for word in text.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false) {
      let key = word.prefix { $0 != "：" }
      if !before.isEmpty, key.count < word.count, Self.knownKeys.contains(String(key)) {
        let colon = findings.place(of: String(key) + "：", from: place(node), atEnd: true)
        // On one line with the rest it is a text that speaks of a key.
        if colon.line == node.mark.line { return node }
        findings.error(.fullWidth, colon, .Rules.fullWidthColon)
        return YamlNode(.scalar(String(before).trimmed, plain: true), mark: node.mark)
      }
      before.append(contentsOf: word)
      before.append(" ")
    }
    return node
  }

  private func place(_ node: YamlNode) -> SourcePlace { SourcePlace(file: file, mark: node.mark) }
}

extension String {
  /// Without spaces at its ends.
  fileprivate var trimmed: String {
    let start = unicodeScalars.drop { $0 == " " }
    return String(String.UnicodeScalarView(start.reversed().drop { $0 == " " }.reversed()))
  }
}

extension RuleShape {
  /// Of a list what its items are; nil where no list is wanted.
  fileprivate var item: RuleShape? {
    switch self {
    case .list(let item), .oneOrMore(let item): item
    case .either(let shapes): shapes.lazy.compactMap(\.item).first
    default: nil
    }
  }

  fileprivate var mapping: RuleMapping? {
    switch self {
    case .mapping(let mapping): mapping
    case .oneOrMore(let item): item.mapping
    case .either(let shapes): shapes.lazy.compactMap(\.mapping).first
    default: nil
    }
  }

  fileprivate var tableValue: RuleShape? {
    switch self {
    case .table(_, let value): value
    case .either(let shapes): shapes.lazy.compactMap(\.tableValue).first
    default: nil
    }
  }
}
