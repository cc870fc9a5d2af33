/// Where an entry stands in the rulebook's files, for findings and explanations.
public struct SourcePlace: Sendable, Equatable, Codable, Hashable {
  /// Relative to the rulebook's directory.
  public var file: String
  /// From 1.
  public var line: Int
  /// From 1, in Unicode scalars.
  public var column: Int
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// A classification rule: all that match fire.
public struct ClassificationRule: Sendable {
  /// What a rule adds to the decision when it fires.
  public struct Gives: Sendable, Equatable, Codable {
    /// Votes by category.
    public var votes: [CategoryID: Int]
    public var score: Int
    /// A floor: it never lowers.
    public var level: LevelID?
    /// Floors of the scales.
    public var scales: [ScaleID: ScaleValueID]
    public var tags: [TagID]
    public var onTheSpot: Bool
    public init(
      votes: [CategoryID: Int] = [:], score: Int = 0, level: LevelID? = nil,
      scales: [ScaleID: ScaleValueID] = [:], tags: [TagID] = [], onTheSpot: Bool = false
    ) {
      self.votes = votes
      self.score = score
      self.level = level
      self.scales = scales
      self.tags = tags
      self.onTheSpot = onTheSpot
    }
  }

  public var id: RuleID
  public var title: String?
  public var place: SourcePlace
  public var when: Condition
  public var gives: Gives
  /// Nil: always.
  public var active: Season?

  public init(
    id: RuleID, title: String? = nil, place: SourcePlace, when: Condition, gives: Gives, active: Season? = nil
  ) {
    self.id = id
    self.title = title
    self.place = place
    self.when = when
    self.gives = gives
    self.active = active
  }
}

/// The part of the year, or the campaign, in which a rule counts; both ends included.
public enum Season: Sendable, Equatable {
  case dates(from: CivilDate, to: CivilDate)
  /// Month and day of every year; may run over New Year.
  case yearly(fromMonth: Int, fromDay: Int, toMonth: Int, toDay: Int)
}

/// A department, or a template that the case's area fills: `community@{area.community}`.
public enum DepartmentTemplate: Sendable, Equatable {
  case department(DepartmentID)
  /// Text pieces and the kinds of area between them: `["community@", ""]`, `["community"]`.
  case template(source: String, pieces: [String], kinds: [String])
}

/// What every row that is chosen by specificity has. `when` is kept by key for the comparison.
public struct RowHead: Sendable {
  public var id: RuleID
  public var place: SourcePlace
  public var when: Condition
  /// The keys of `when` with their conditions, for "more specific than".
  public var keys: [String: Condition]
  public var priority: Int
  public init(
    id: RuleID, place: SourcePlace, when: Condition = .always, keys: [String: Condition] = [:],
    priority: Int = 0
  ) {
    self.id = id
    self.place = place
    self.when = when
    self.keys = keys
    self.priority = priority
  }
}

/// Who leads and who helps, chosen whole.
public struct RouteRow: Sendable {
  public var head: RowHead
  public var lead: DepartmentTemplate
  public var assist: [DepartmentTemplate]
  public var watch: [DepartmentTemplate]
  public init(
    head: RowHead, lead: DepartmentTemplate, assist: [DepartmentTemplate] = [],
    watch: [DepartmentTemplate] = []
  ) {
    self.head = head
    self.lead = lead
    self.assist = assist
    self.watch = watch
  }
}

/// Every row that matches adds.
public struct AlsoRow: Sendable {
  public var head: RowHead
  public var assist: [DepartmentTemplate]
  public var watch: [DepartmentTemplate]
  public init(head: RowHead, assist: [DepartmentTemplate] = [], watch: [DepartmentTemplate] = []) {
    self.head = head
    self.assist = assist
    self.watch = watch
  }
}

/// Deadlines of one row; stages that a row does not name are left to less specific rows.
public struct DeadlineRow: Sendable {
  /// The time of a stage, or that there is none.
  public enum Limit: Sendable, Equatable {
    case within(TimeLimit)
    /// The step is not allowed (`return: never`).
    case never
  }
  /// How often and by how much the department above may extend.
  public struct Extension: Sendable, Equatable {
    public var times: Int
    public var by: TimeLimit
    public init(times: Int, by: TimeLimit) {
      self.times = times
      self.by = by
    }
  }
  /// For what reasons the clock may be paused, and how long at most.
  public struct Pause: Sendable, Equatable {
    public var reasons: [ReasonID]
    public var max: TimeLimit
    public init(reasons: [ReasonID], max: TimeLimit) {
      self.reasons = reasons
      self.max = max
    }
  }
  /// A stage that starts on a day which the reply names: `stage: confirm, from: reply.agreement_date, within: 30d`.
  public struct Anchored: Sendable, Equatable {
    public var stage: Stage
    public var replyField: String
    public var within: TimeLimit
    /// What departments call the stage; nil: by its usual name, else its id.
    public var title: String?
    public init(stage: Stage, replyField: String, within: TimeLimit, title: String? = nil) {
      self.stage = stage
      self.replyField = replyField
      self.within = within
      self.title = title
    }
  }

  public var head: RowHead
  public var limits: [Stage: Limit]
  public var followUp: [TimeLimit]?
  public var extend: Extension?
  public var pause: Pause?
  public var waitForAssist: Bool?
  public var followUpBy: DepartmentTemplate?
  public var anchored: Anchored?
  public init(
    head: RowHead, limits: [Stage: Limit] = [:], followUp: [TimeLimit]? = nil, extend: Extension? = nil,
    pause: Pause? = nil, waitForAssist: Bool? = nil, followUpBy: DepartmentTemplate? = nil,
    anchored: Anchored? = nil
  ) {
    self.head = head
    self.limits = limits
    self.followUp = followUp
    self.extend = extend
    self.pause = pause
    self.waitForAssist = waitForAssist
    self.followUpBy = followUpBy
    self.anchored = anchored
  }
}

/// What must be filled in, and who must approve, before a step is taken.
public struct RequireRow: Sendable {
  public var head: RowHead
  /// `resolve` is the only step that can be guarded today.
  public var before: Stage
  public var fields: [String]
  public var approveBy: DepartmentID?
  public init(head: RowHead, before: Stage, fields: [String], approveBy: DepartmentID? = nil) {
    self.head = head
    self.before = before
    self.fields = fields
    self.approveBy = approveBy
  }
}

/// When to remind of the deadlines of a stage.
public struct ReminderRow: Sendable {
  /// One moment of a reminder row.
  public enum Slot: Sendable, Equatable {
    /// Share of the counted time in the deadline's own unit, without pauses.
    case percent(Int)
    /// Offset from the deadline: negative before, zero `TimeLimit` never used (`expiry` is).
    case offset(TimeLimit)
    case expiry
    /// After expiry, again and again.
    case every(TimeLimit, max: Int)
  }
  /// Hours in which nothing is sent; they may go over midnight.
  public struct Quiet: Sendable, Equatable {
    /// May run over midnight.
    public var from: CivilTime
    public var until: CivilTime
    public init(from: CivilTime, until: CivilTime) {
      self.from = from
      self.until = until
    }
  }
  public var head: RowHead
  public var at: [Slot]
  /// `.some(nil)` is `quiet: none`: send at once, also at night. Nil: the row does not say.
  public var quiet: Quiet??
  /// When the department's digest is written.
  public var digest: CivilTime?
  /// Stages it speaks of; nil: accept, contact and resolve and whatever else runs.
  public var stages: [Stage]?
  /// So many reminders a department gets at once on a day; the rest waits for its next digest. `quiet: none` is exempt.
  public var maxPerDay: Int?
  public init(
    head: RowHead, at: [Slot], quiet: Quiet?? = nil, digest: CivilTime? = nil, stages: [Stage]? = nil,
    maxPerDay: Int? = nil
  ) {
    self.head = head
    self.at = at
    self.quiet = quiet
    self.digest = digest
    self.stages = stages
    self.maxPerDay = maxPerDay
  }
}
