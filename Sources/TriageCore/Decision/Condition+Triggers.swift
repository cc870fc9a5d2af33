/// What must be so before a condition can hold: the evaluator asks only the rules that something woke.
enum Trigger: Hashable, Sendable {
  case probe(Int)
  case channel(ChannelID)
  /// The case's area or one above it.
  case area(AreaID)
  case tag(TagID)
}

extension Condition {
  /// Things of which at least one must be there for the condition to hold; empty: it never holds; nil: it may hold
  /// without any.
  var triggers: Set<Trigger>? {
    switch self {
    case .text(let probe), .field(_, .matches(let probe)), .quantity(_, let probe): [.probe(probe)]
    case .tag(let tags): Set(tags.map(Trigger.tag))
    case .channel(let channels): Set(channels.map(Trigger.channel))
    case .area(let areas): Set(areas.map(Trigger.area))
    // Categories, levels and scales come after the rules.
    case .category, .level, .scale: []
    case .all(let parts): parts.compactMap(\.triggers).min { Self.cost($0) < Self.cost($1) }
    case .any(let parts): Self.union(parts.map(\.triggers))
    case .none, .field, .repeated, .during, .always: nil
    }
  }

  private static func union(_ sets: [Set<Trigger>?]) -> Set<Trigger>? {
    var all: Set<Trigger> = []
    for set in sets {
      guard let set else { return nil }
      all.formUnion(set)
    }
    return all
  }

  /// How often the triggers are likely to wake the rule in vain: phrases are rare, channels and areas are not.
  private static func cost(_ triggers: Set<Trigger>) -> Int {
    triggers.reduce(0) { sum, trigger in
      switch trigger {
      case .probe: sum + 1
      case .tag: sum + 3
      case .area: sum + 20
      case .channel: sum + 100
      }
    }
  }

  /// Every tag that the condition looks at, also to exclude it.
  var tags: Set<TagID> {
    switch self {
    case .tag(let tags): Set(tags)
    case .all(let parts), .any(let parts), .none(let parts): parts.reduce(into: []) { $0.formUnion($1.tags) }
    default: []
    }
  }
}
