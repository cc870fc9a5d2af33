/// What the ledger keeps of a case in columns, so that it can be found without reading its events.
/// Derived from the state by `CaseState.index(under:)`, never the other way round.
public struct CaseIndex: Sendable, Equatable {
  public var id: CaseID
  public var phase: CaseState.Phase
  public var channel: ChannelID
  public var sourceID: String?
  public var title: String
  public var category: CategoryID
  public var level: LevelID
  public var lead: DepartmentID
  public var area: AreaID?
  public var takenAt: Instant
  public var resolvedAt: Instant?
  public var closedAt: Instant?
  /// When the daemon must look at the case again; nil: never by itself.
  public var nextTimer: Instant?
  /// Number of events applied.
  public var version: Int
  /// No case: an alert, which is kept like one.
  public var isAlert: Bool
  public var items: [ItemRow]
  public var deadlines: [DeadlineRow]

  /// One assignment.
  public struct ItemRow: Sendable, Equatable {
    public var item: ItemID
    public var department: DepartmentID
    public var status: Assignment.Status
    public var openedAt: Instant
    public init(item: ItemID, department: DepartmentID, status: Assignment.Status, openedAt: Instant) {
      self.item = item
      self.department = department
      self.status = status
      self.openedAt = openedAt
    }
  }

  /// One deadline, running or ended.
  public struct DeadlineRow: Sendable, Equatable {
    public var stage: Stage
    public var item: ItemID?
    public var department: DepartmentID?
    public var start: Instant
    public var due: Instant
    public var provisional: Bool
    public var ended: CaseEvent.DeadlineEnded.How?
    public init(
      stage: Stage, item: ItemID?, department: DepartmentID?, start: Instant, due: Instant, provisional: Bool,
      ended: CaseEvent.DeadlineEnded.How?
    ) {
      self.stage = stage
      self.item = item
      self.department = department
      self.start = start
      self.due = due
      self.provisional = provisional
      self.ended = ended
    }
  }

  public init(
    id: CaseID, phase: CaseState.Phase, channel: ChannelID, sourceID: String?, title: String,
    category: CategoryID, level: LevelID, lead: DepartmentID, area: AreaID?, takenAt: Instant,
    resolvedAt: Instant?, closedAt: Instant?, nextTimer: Instant?, version: Int, isAlert: Bool = false,
    items: [ItemRow], deadlines: [DeadlineRow]
  ) {
    self.id = id
    self.phase = phase
    self.channel = channel
    self.sourceID = sourceID
    self.title = title
    self.category = category
    self.level = level
    self.lead = lead
    self.area = area
    self.takenAt = takenAt
    self.resolvedAt = resolvedAt
    self.closedAt = closedAt
    self.nextTimer = nextTimer
    self.version = version
    self.isAlert = isAlert
    self.items = items
    self.deadlines = deadlines
  }
}
