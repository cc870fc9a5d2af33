/// What people call the things of a rulebook. What a reload has dropped keeps its id as its name.
extension Rulebook {
  public func title(of department: DepartmentID) -> String {
    departments[department]?.title ?? department.rawValue
  }
  public func title(of category: CategoryID) -> String {
    categories.first { $0.id == category }?.title ?? category.rawValue
  }
  public func title(of level: LevelID) -> String { levels.first { $0.id == level }?.title ?? level.rawValue }
  public func title(of rule: RuleID) -> String {
    classification.first { $0.id == rule }?.title ?? rule.rawValue
  }
  public func title(of reason: ReasonID) -> String {
    (returnReasons + pauseReasons).first { $0.id == reason }?.title ?? reason.rawValue
  }
  /// A stage that a row adds has the row's word.
  public func title(of stage: Stage) -> Message {
    let own = deadlines.lazy.compactMap(\.anchored).filter { $0.stage == stage }.compactMap(\.title).min()
    return own.map { Message(zh: $0, en: $0) } ?? Message.title(of: stage)
  }
  public func title(of area: AreaID) -> String { areas.areas[area]?.title ?? area.rawValue }
  func title(of channel: ChannelID) -> String { channels[channel]?.title ?? channel.rawValue }
  public func title(of scale: ScaleID) -> String { scales.first { $0.id == scale }?.title ?? scale.rawValue }
  public func title(of value: ScaleValueID, in scale: ScaleID) -> String {
    scales.first { $0.id == scale }?.values.first { $0.id == value }?.title ?? value.rawValue
  }
}
