/// A rulebook as the evaluator reads it: checked, resolved, pure data. `TriageRules` makes it from YAML.
///
/// Lists whose order counts are `levels`, `scales` and `categories`; every other order is the loader's and must
/// not change any result (promise 3).
public struct Rulebook: Sendable {
  public var name: String
  /// SHA-256 of the canonical source text, hex; names the rulebook in decisions.
  public var digest: String
  public var caseIDPrefix: String
  public var levels: [Level] { didSet { indexRules() } }
  public var scales: [Scale] { didSet { indexRules() } }
  public var categories: [Category] { didSet { indexRules() } }
  public var fallback: Fallback
  public var returnReasons: [Reason]
  /// Titles of the reasons for a pause; a deadline row says which of them it takes.
  public var pauseReasons: [Reason]
  /// Other ways that a case may be sent (诉讼, 仲裁, 纪检监察).
  public var procedures: [Procedure]
  public var areas: AreaTree { didSet { indexRows() } }
  /// With the templates expanded: one entry for each real department.
  public var departments: [DepartmentID: Department]
  public var channels: [ChannelID: Channel]
  public var calendar: WorkCalendar
  /// Departments with a calendar of their own.
  public var departmentCalendars: [DepartmentID: WorkCalendar]
  public var fields: [FieldID: FieldType]
  /// Everything that looks at text, numbered: conditions and hits name a probe by its place here.
  public var probes: [TextProbe] { didSet { indexRules() } }
  /// In an order in which every rule comes after those whose tags it tests.
  public var classification: [ClassificationRule] { didSet { indexRules() } }
  public var routes: [RouteRow] { didSet { indexRows() } }
  public var also: [AlsoRow] { didSet { indexRows() } }
  public var deadlines: [DeadlineRow] { didSet { indexRows() } }
  public var require: [RequireRow] { didSet { indexRows() } }
  public var reminders: [ReminderRow] { didSet { indexRows() } }
  public var escalation: [EscalationRule]
  public var onReload: ReloadPolicy
  /// Lists, indicators and subsidies; they change no decision.
  public var reports = ReportPlan()

  /// What the evaluator needs beside the lists; made anew when one of them changes.
  private(set) var ruleIndex: RuleIndex
  private(set) var rowIndex: RowIndex

  public init(
    name: String, digest: String = "", caseIDPrefix: String, levels: [Level], scales: [Scale] = [],
    categories: [Category], fallback: Fallback, returnReasons: [Reason] = [],
    pauseReasons: [Reason] = [], procedures: [Procedure] = [], areas: AreaTree = AreaTree(),
    departments: [DepartmentID: Department], channels: [ChannelID: Channel] = [:], calendar: WorkCalendar,
    departmentCalendars: [DepartmentID: WorkCalendar] = [:], fields: [FieldID: FieldType] = [:],
    probes: [TextProbe] = [], classification: [ClassificationRule] = [], routes: [RouteRow] = [],
    also: [AlsoRow] = [], deadlines: [DeadlineRow] = [], require: [RequireRow] = [],
    reminders: [ReminderRow] = [], escalation: [EscalationRule] = [], onReload: ReloadPolicy = .keep
  ) {
    self.name = name
    self.digest = digest
    self.caseIDPrefix = caseIDPrefix
    self.levels = levels
    self.scales = scales
    self.categories = categories
    self.fallback = fallback
    self.returnReasons = returnReasons
    self.pauseReasons = pauseReasons
    self.procedures = procedures
    self.areas = areas
    self.departments = departments
    self.channels = channels
    self.calendar = calendar
    self.departmentCalendars = departmentCalendars
    self.fields = fields
    self.probes = probes
    self.classification = classification
    self.routes = routes
    self.also = also
    self.deadlines = deadlines
    self.require = require
    self.reminders = reminders
    self.escalation = escalation
    self.onReload = onReload
    ruleIndex = RuleIndex(
      classification, probes: probes, categories: categories, levels: levels, scales: scales)
    rowIndex = RowIndex(
      routes: routes, also: also, deadlines: deadlines, require: require, reminders: reminders, areas: areas)
  }

  private mutating func indexRules() {
    ruleIndex = RuleIndex(
      classification, probes: probes, categories: categories, levels: levels, scales: scales)
  }

  private mutating func indexRows() {
    rowIndex = RowIndex(
      routes: routes, also: also, deadlines: deadlines, require: require, reminders: reminders, areas: areas)
  }
}

/// A degree of urgency; the list goes from mild to severe.
public struct Level: Sendable, Equatable {
  public var id: LevelID
  public var title: String
  /// The lowest sum of scores of its band.
  public var score: Int
  public init(id: LevelID, title: String, score: Int) {
    self.id = id
    self.title = title
    self.score = score
  }
}

/// A further ordered measure, decided like the level: difficulty, size.
public struct Scale: Sendable, Equatable {
  /// One step of a scale.
  public struct Value: Sendable, Equatable {
    public var id: ScaleValueID
    public var title: String
    public init(id: ScaleValueID, title: String) {
      self.id = id
      self.title = title
    }
  }
  public var id: ScaleID
  public var title: String
  /// From mild to severe; the first is the value when no rule says otherwise.
  public var values: [Value]
  public init(id: ScaleID, title: String, values: [Value]) {
    self.id = id
    self.title = title
    self.values = values
  }
}

/// A kind of dispute.
public struct Category: Sendable, Equatable {
  public var id: CategoryID
  public var title: String
  public init(id: CategoryID, title: String) {
    self.id = id
    self.title = title
  }
}

/// Where a case goes that no rule classifies or routes.
public struct Fallback: Sendable, Equatable {
  public var category: CategoryID
  public var lead: DepartmentID
  public init(category: CategoryID, lead: DepartmentID) {
    self.category = category
    self.lead = lead
  }
}

/// A reason with a name that clerks may write by id or by title.
public struct Reason: Sendable, Equatable {
  public var id: ReasonID
  public var title: String
  public init(id: ReasonID, title: String) {
    self.id = id
    self.title = title
  }
}

/// Another procedure than the house's own, to which a case may be diverted (分流).
public struct Procedure: Sendable, Equatable {
  public var id: ProcedureID
  public var title: String
  /// The route that the citizen must be told: where to go, with what, by when.
  public var tell: String
  public init(id: ProcedureID, title: String, tell: String) {
    self.id = id
    self.title = title
    self.tell = tell
  }
}

/// Who can act on cases: one queue each.
public struct Department: Sendable, Equatable {
  public var id: DepartmentID
  public var title: String
  /// Who decides above it: adjudication, approvals, escalation. Nil at the top.
  public var escalatesTo: DepartmentID?
  /// The area that a template made it for.
  public var area: AreaID?
  public init(id: DepartmentID, title: String, escalatesTo: DepartmentID? = nil, area: AreaID? = nil) {
    self.id = id
    self.title = title
    self.escalatesTo = escalatesTo
    self.area = area
  }
}

/// A way by which cases come in.
public struct Channel: Sendable, Equatable {
  /// From when the citizen's stages of a channel's cases count.
  public enum Clock: String, Sendable, Equatable { case taken, receivedAt = "received_at" }
  public var id: ChannelID
  public var title: String
  /// What starts the citizen-facing deadlines.
  public var clock: Clock
  public init(id: ChannelID, title: String, clock: Clock = .taken) {
    self.id = id
    self.title = title
    self.clock = clock
  }
}

/// What a declared field may hold.
public enum FieldType: String, Sendable, Equatable {
  case text, number, flag, date, list
}

/// What a reload of rules does to open cases.
public enum ReloadPolicy: String, Sendable, Equatable { case keep, forward, recompute }
