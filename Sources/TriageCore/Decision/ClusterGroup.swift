/// The cases that a cluster rule counts together: the same in every respect that it names.
public struct ClusterGroup: Sendable, Hashable {
  /// `property/c1`: with the rule the group's key.
  public var name: String
  public var category: CategoryID?
  public var level: LevelID?
  public var channel: ChannelID?
  /// The area in which they lie, with everything below it.
  public var area: AreaID?
  public init(name: String) { self.name = name }
}

extension EscalationRule.Cluster {
  /// The group of a case; nil where it lacks what the rule compares, as a case without a known area does.
  public func group(
    category: CategoryID, level: LevelID, channel: ChannelID, area: AreaID?, in rulebook: Rulebook
  ) -> ClusterGroup? {
    var group = ClusterGroup(name: "")
    var names: [String] = []
    for key in same {
      switch key {
      case .category:
        group.category = category
        names.append(category.rawValue)
      case .level:
        group.level = level
        names.append(level.rawValue)
      case .channel:
        group.channel = channel
        names.append(channel.rawValue)
      case .areaKind(let kind):
        guard let place = area.flatMap({ rulebook.areas.nearest(kind: kind, from: $0)?.id }) else {
          return nil
        }
        group.area = place
        names.append(place.rawValue)
      }
    }
    group.name = names.joined(separator: "/")
    return group
  }
}

extension AreaTree {
  /// The area and everything below it, sorted.
  public func inside(_ id: AreaID) -> [AreaID] { areas.keys.filter { isUnder($0, id) }.sorted() }
}
