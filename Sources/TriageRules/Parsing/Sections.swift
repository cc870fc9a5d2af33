import TriageCore

/// The top-level keys of all rule files, gathered: settings stand once in the whole rulebook, lists may be spread
/// over any number of files. `SectionMerge` lays those of a rulebook over those of its base.
struct Sections {
  static let settings = [
    "rulebook", "name", "extends", "timezone", "case_id", "levels", "scales", "categories", "fallback",
    "on_reload", "calendar", "boilerplate",
  ]
  static let lists = [
    "areas", "departments", "holidays", "channels", "return_reasons", "pause_reasons", "divert_to", "fields",
    "lexicons", "classification", "routes", "also", "deadlines", "require", "reminders", "escalation",
    "lists", "indicators", "subsidy", "tests",
  ]

  /// The key that names an entry of a list.
  static func nameKey(of list: String) -> String {
    switch list {
    case "tests": "name"
    case "holidays": "year"
    default: "id"
    }
  }

  private(set) var settings: [String: Located] = [:]
  private(set) var entries: [String: [Located]] = [:]
  /// Where a list first stands, for findings about the list as a whole.
  private(set) var places: [String: SourcePlace] = [:]
  /// Every `calendar`, that of the rulebook itself before those of its bases: each says only what is different.
  private(set) var calendars: [Located] = []

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
    calendars = settings["calendar"].map { [$0] } ?? []
    reader.finish()
  }

  /// Puts the settings of a rulebook in the place of these, which are its base's.
  mutating func takeSettings(of upper: Sections) {
    settings.merge(upper.settings) { $1 }
    places.merge(upper.places) { $1 }
    calendars = upper.calendars + calendars
  }

  mutating func replace(_ list: String, with new: [Located]) {
    entries[list] = new.isEmpty ? nil : new
  }
}
