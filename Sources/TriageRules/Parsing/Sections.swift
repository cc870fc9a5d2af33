import TriageCore

/// The top-level keys of all rule files, gathered: settings stand once in the whole rulebook, lists may be spread
/// over any number of files.
struct Sections {
  static let settings = [
    "rulebook", "name", "timezone", "case_id", "levels", "scales", "categories", "fallback", "return_reasons",
    "pause_reasons", "channels", "on_reload", "calendar",
  ]
  static let lists = [
    "areas", "departments", "fields", "lexicons", "classification", "routes", "also", "deadlines", "require",
    "reminders", "escalation", "tests",
  ]

  private(set) var settings: [String: Located] = [:]
  private(set) var entries: [String: [Located]] = [:]
  /// Where a list first stands, for findings about the list as a whole.
  private(set) var places: [String: SourcePlace] = [:]

  mutating func add(_ file: String, _ document: YamlDocument, _ findings: Findings) {
    guard let root = document.root, let reader = EntryReader(Located(file: file, node: root), findings) else {
      return
    }
    for key in Self.settings {
      guard let value = reader.node(key) else { continue }
      if let first = places[key] {
        findings.error(.duplicateSection, reader.keyPlace(key), .Rules.duplicateSection(key, first))
        continue
      }
      places[key] = reader.keyPlace(key)
      settings[key] = value
    }
    for key in Self.lists {
      guard let value = reader.node(key) else { continue }
      guard let items = value.node.items else {
        findings.error(.wrongType, value.place, .Rules.wantsList(value.node.kind))
        continue
      }
      if places[key] == nil { places[key] = reader.keyPlace(key) }
      entries[key, default: []] += items.map { Located(file: file, node: $0) }
    }
    reader.finish()
  }
}
