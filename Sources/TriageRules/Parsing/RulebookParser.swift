import TriageCore
import TriageText

/// Turns the gathered sections into the core's `Rulebook`: first the names, then what refers to them.
///
/// A class, confined to one load. It never stops at the first fault: what cannot be read is left out, and with any
/// error among the findings no rulebook is made of the rest. Entries are read in the order of their ids, so that
/// neither files nor entries have an order that counts (promise 3).
final class RulebookParser {
  let sections: Sections
  let findings: Findings

  var levels: [Level] = []
  var scales: [Scale] = []
  var categories: [Category] = []
  var areas = AreaTree()
  var areaList: [AreaTree.Area] = []
  var departments: [DepartmentID: Department] = [:]
  var departmentCalendars: [DepartmentID: Located] = [:]
  var channels: [ChannelID: Channel] = [:]
  var returnReasons: [Reason] = []
  var pauseReasons: [Reason] = []
  var procedures: [Procedure] = []
  var returnReasonNames = Names<ReasonKind>(.reason)
  var pauseReasonNames = Names<ReasonKind>(.reason)
  var fields: [FieldID: FieldType] = [:]
  var lexicons: [LexiconID: Lexicon] = [:]
  /// Where each make-up working day is written.
  var makeUpPlaces: [CivilDate: SourcePlace] = [:]
  /// Stages that `stage:` rows add to the built-in ones.
  var anchoredStages: Set<Stage> = []

  var levelNames = Names<LevelKind>(.level)
  var categoryNames = Names<CategoryKind>(.category)
  var scaleNames = Names<ScaleKind>(.scaleValue)
  var valueNames: [ScaleID: Names<ScaleValueKind>] = [:]
  var areaNames = Names<AreaKind>(.area)
  var departmentNames = Names<DepartmentKind>(.department)
  var channelNames = Names<ChannelKind>(.channel)
  var lexiconNames = Names<LexiconKind>(.lexicon)
  var tagNames = Names<TagKind>(.tag)
  var fieldNames = Names<FieldKind>(.field)
  /// Tags that conditions ask for; looked up when all rules are read.
  var testedTags: [Placed<TagID>] = []
  /// `under:` as written, until all areas are known.
  var outerAreas: [AreaID: Placed<String>] = [:]
  /// As written, until all departments are known.
  var escalatesTo: [DepartmentID: Placed<String>] = [:]

  /// Departments that a `for_each_area` entry made.
  var generated: Set<DepartmentID> = []
  var templates: [Placed<DepartmentTemplate>] = []

  /// Some classification rule gives a score, so that levels are reached by their bands.
  var givesScores = false
  /// The ids of the entries of each list, and what people call them.
  var idsOfSection: [String: Set<String>] = [:]
  var titlesOfSection: [String: KnownTitles] = [:]
  private(set) var calendar: WorkCalendar?
  private(set) var tests: [RuleTest] = []
  private(set) var reports = ReportPlan()

  let probes = ProbeList()
  /// What is left out of every text before phrases are looked for.
  private(set) var boilerplate = TextIndex.defaultBoilerplate

  init(sections: Sections, findings: Findings) {
    self.sections = sections
    self.findings = findings
  }

  /// - Returns: what could be read; only of use when there are no errors.
  func parse() -> Rulebook? {
    parseHead()
    boilerplate = parseBoilerplate()
    parseNames()
    let zone = parseZone()
    calendar = parseCalendar(zone: zone)
    let classification = parseClassification()
    let deadlines = parseDeadlines()
    let routes = parseRoutes()
    let also = parseAlso()
    let require = parseRequire()
    let reminders = parseReminders()
    let escalation = parseEscalation()
    let fallback = parseFallback()
    reports = parseReports()
    tests = parseTests(calendar: calendar)
    guard let calendar, let fallback, let name = settingText("name"), let prefix = parsePrefix() else {
      return nil
    }
    return Rulebook(
      name: name, caseIDPrefix: prefix, levels: levels, scales: scales, categories: categories,
      fallback: fallback, returnReasons: returnReasons, pauseReasons: pauseReasons, procedures: procedures,
      areas: areas, departments: departments,
      channels: channels, calendar: calendar, departmentCalendars: parseDepartmentCalendars(base: calendar),
      fields: fields, probes: probes.list, classification: classification, routes: routes, also: also,
      deadlines: deadlines, require: require, reminders: reminders, escalation: escalation,
      onReload: findings.word(sections.settings["on_reload"], of: [ReloadPolicy.keep, .forward, .recompute])
        ?? .keep)
  }

  private func parseNames() {
    parseFields()
    parseLevels()
    parseScales()
    parseCategories()
    parseReasons()
    parseProcedures()
    parseChannels()
    parseAreas()
    parseDepartments()
    parseLexicons()
  }

  // MARK: What the sections share

  /// The entries of a list with an `id`, in the order of the ids; duplicates and entries without one are findings.
  func entries<Kind>(_ section: String, _: Kind.Type = Kind.self) -> [(
    id: Identifier<Kind>, reader: EntryReader
  )] {
    var names = Taken<Kind>()
    var result: [(id: Identifier<Kind>, reader: EntryReader)] = []
    for located in sections.entries[section] ?? [] {
      guard let reader = EntryReader(located, findings) else { continue }
      guard let id = identifier(reader.required("id"), Kind.self) else { continue }
      if names.define(id.value, at: id.place, findings) { result.append((id.value, reader)) }
    }
    idsOfSection[section] = Set(result.map(\.id.rawValue))
    for entry in result {
      titlesOfSection[section, default: KnownTitles()]
        .add(entry.reader.located.node["title"]?.text, of: entry.id.rawValue)
    }
    return result.sorted { $0.id < $1.id }
  }

  /// A name that may stand in file names, JSON and messages.
  func identifier<Kind>(_ located: Located?, _: Kind.Type) -> Placed<Identifier<Kind>>? {
    guard let text = findings.text(located) else { return nil }
    guard NameRules.isName(text.value) else {
      findings.error(.badID, text.place, .Rules.badID(text.value), hint: .Rules.badIDHint)
      return nil
    }
    return Placed(value: Identifier(text.value), place: text.place)
  }

  /// A setting that must be there.
  func setting(_ key: String) -> Located? {
    if let located = sections.settings[key] { return located }
    // It may stand in a file that could not be read.
    if findings.lacksFile { return nil }
    findings.error(
      .missingKey, sections.places["rulebook"] ?? SourcePlace(file: "rulebook.yaml", line: 1, column: 1),
      .Rules.missingKey(key), hint: .Rules.missingSettingHint(key))
    return nil
  }

  func settingText(_ key: String) -> String? { findings.text(setting(key))?.value }

  func title(_ reader: EntryReader, or fallback: String) -> String {
    guard let title = findings.text(reader.node("title")) else { return fallback }
    refuseBlank(title)
    return title.value
  }

  /// A title that shows nothing.
  func refuseBlank(_ title: Placed<String>) {
    if title.value.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
      findings.error(.wrongValue, title.place, .Rules.emptyValue("title"))
    }
  }
}

/// Which texts may be ids: they become names of folders on shares that Windows clients open.
enum NameRules {
  private static let forbidden: Set<Unicode.Scalar> = [
    "/", "\\", ":", "*", "?", "\"", "<", ">", "|", "{", "}", ",",
  ]
  private static let reserved: Set<String> = ["con", "prn", "aux", "nul"]
  static let maxBytes = 100

  static func isName(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= maxBytes, !text.hasPrefix("."), !text.hasPrefix("-"),
      !text.hasSuffix("."), !reserved.contains(text.lowercased())
    else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      !forbidden.contains(scalar) && !scalar.properties.isWhitespace && !isInvisible(scalar)
    }
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}
