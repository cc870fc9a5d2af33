/// What rows (routes, deadlines, reminders, escalations) may ask of a case at any time of its life.
///
/// Text is not among it: rows are chosen again years later, from the ledger alone. A rule that wants a row to
/// depend on text gives a tag.
public struct CaseFacts: Sendable, Equatable, Codable {
  public var category: CategoryID
  public var secondCategory: CategoryID?
  public var level: LevelID
  public var scales: [ScaleID: ScaleValueID]
  public var tags: [TagID]
  public var area: AreaID?
  public var channel: ChannelID
  /// Built-in and declared fields other than title and text, for `field` conditions.
  public var fields: [FieldID: FieldValue]
  public var takenAt: Instant
  /// Earlier cases about the same matter.
  public var sameMatter: [Instant]

  public init(
    category: CategoryID, secondCategory: CategoryID? = nil, level: LevelID,
    scales: [ScaleID: ScaleValueID] = [:], tags: [TagID] = [], area: AreaID? = nil, channel: ChannelID,
    fields: [FieldID: FieldValue] = [:], takenAt: Instant, sameMatter: [Instant] = []
  ) {
    self.category = category
    self.secondCategory = secondCategory
    self.level = level
    self.scales = scales
    self.tags = tags
    self.area = area
    self.channel = channel
    self.fields = fields
    self.takenAt = takenAt
    self.sameMatter = sameMatter
  }
}
