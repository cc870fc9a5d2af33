import TriageCore

/// Reads one mapping key by key. It remembers which keys were asked for: `finish` reports the rest as unknown, so
/// that what the language knows and what the code reads can never differ.
final class EntryReader {
  let located: Located
  let findings: Findings
  private let entries: [String: YamlEntry]
  private var asked: Set<String> = []
  /// Asked for only to say why they cannot stand here: no hint may name them.
  private var refused: Set<String> = []

  var place: SourcePlace { located.place }
  var keys: [String] { entries.keys.sorted() }

  /// - Returns: nil, with a finding, when the node is no mapping.
  init?(_ located: Located, _ findings: Findings) {
    guard let entries = located.node.entries else {
      findings.error(
        .wrongType, located.colonPlace(findings), .Rules.wantsMapping(located.node.kind),
        hint: located.node.fullWidthColonHint)
      return nil
    }
    self.located = located
    self.findings = findings
    self.entries = Dictionary(entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The value of a key that may be missing. A key without a value is a finding.
  func node(_ key: String) -> Located? {
    asked.insert(key)
    findings.recordAsked(key, at: place)
    guard let entry = entries[key] else { return nil }
    if entry.value.isNull {
      findings.error(.missingKey, keyPlace(key), .Rules.emptyValue(key))
      return nil
    }
    return Located(file: located.file, node: entry.value)
  }

  /// The value of a key that cannot stand here.
  func refusedNode(_ key: String) -> Located? {
    refused.insert(key)
    return node(key)
  }

  /// Keys that may stand here, asked for later or not at all.
  func mayHave(_ keys: [String]) { asked.formUnion(keys) }

  /// Keys that would be right without what stands beside them: no hint may name them.
  func refuse(_ keys: some Sequence<String>) { refused.formUnion(keys) }

  func has(_ key: String) -> Bool { entries[key] != nil }

  /// The value of a key that must be there.
  func required(_ key: String) -> Located? {
    if entries[key] == nil {
      asked.insert(key)
      findings.recordAsked(key, at: place)
      findings.error(.missingKey, place, .Rules.missingKey(key), hint: .Rules.missingKeyHint(key))
      return nil
    }
    return node(key)
  }

  func keyPlace(_ key: String) -> SourcePlace {
    entries[key].map { SourcePlace(file: located.file, mark: $0.keyMark) } ?? place
  }

  /// Reports every key that nobody asked for.
  func finish() {
    let known = asked.subtracting(refused)
    for key in keys where !asked.contains(key) {
      if let hint = key.fullWidthColonHint {
        let colon = findings.place(of: "：", from: keyPlace(key))
        findings.error(.unknownKey, colon, .Rules.unknownKey(key), hint: hint)
        continue
      }
      findings.error(
        .unknownKey, keyPlace(key), .Rules.unknownKey(key),
        hint: findings.nearest(to: key, among: known).map { .Rules.didYouMean($0) }
          ?? .Rules.knownKeys(known.sorted()))
    }
  }
}

extension Located {
  /// Where the full-width colon stands in it, else where it begins.
  fileprivate func colonPlace(_ findings: Findings) -> SourcePlace {
    node.fullWidthColonHint == nil ? place : findings.place(of: "：", from: place)
  }
}

extension YamlNode {
  /// What a node is, for "… is wanted, this is …".
  var kind: Message.Rules.NodeKind {
    switch value {
    case .scalar: .text
    case .sequence: .list
    case .mapping: .mapping
    }
  }

  var fullWidthColonHint: Message? { text?.fullWidthColonHint }
}

extension String {
  /// The commonest slip of a Chinese keyboard: `priority：10` is no key and value.
  fileprivate var fullWidthColonHint: Message? {
    unicodeScalars.contains("：") ? .Rules.fullWidthColon : nil
  }
}
