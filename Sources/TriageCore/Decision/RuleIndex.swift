/// The classification rules prepared for speed: which rules a hit can wake, in which order they are asked, and what
/// they give as numbers instead of names. Made once for a rulebook; a case then costs what its hits cost, not what
/// the rulebook has rules.
///
/// With ten thousand rules what a case waits for is memory, so that everything that a hit leads to lies in a few flat
/// arrays of small numbers.
final class RuleIndex: Sendable {
  /// Every rule after those whose tags it tests, then by id: the order does not depend on the one given (promise 3).
  let rules: [ClassificationRule]
  let cards: [Card]
  let origins: [FiredRule.Origin]
  /// What the cards give, one after the other.
  let votes: [(category: Int32, votes: Int32)]
  let scaleFloors: [(scale: Int32, value: Int32)]

  /// Rules that nothing in particular wakes, as a set of bits over `rules`.
  let unguarded: [UInt64]
  /// The rules that a probe wakes: `wokenBy[wakeStart[p]..<wakeStart[p + 1]]`.
  let wakeStart: [Int32]
  let wokenBy: [Int32]
  let byTag: [TagID: [Int32]]
  let byChannel: [ChannelID: [Int32]]
  let byArea: [AreaID: [Int32]]

  let probes: ProbeCards

  /// What the evaluator must know of most rules.
  struct Card: Sendable {
    /// The probe that is the whole condition; -1 for any other condition.
    var probe: Int32 = -1
    var score: Int32 = 0
    /// Place in the list of levels; -1: no floor.
    var level: Int32 = -1
    var votes: Range<Int32> = 0..<0
    var scaleFloors: Range<Int32> = 0..<0
    var hasSeason = false
    var hasTags = false
    var onTheSpot = false
  }

  init(
    _ given: [ClassificationRule], probes: [TextProbe], categories: [Category], levels: [Level],
    scales: [Scale]
  ) {
    let rules = RuleOrder.sorted(given)
    self.rules = rules
    origins = rules.map { FiredRule.Origin(rule: $0.id, place: $0.place, gives: $0.gives) }
    self.probes = ProbeCards(probes)
    let names = Names(categories: categories, levels: levels, scales: scales)
    var votes: [(category: Int32, votes: Int32)] = []
    var floors: [(scale: Int32, value: Int32)] = []
    cards = rules.map { Self.card($0, names, &votes, &floors) }
    self.votes = votes
    scaleFloors = floors
    var triggers = TriggerTable(rules: rules.count, probes: probes.count)
    for (place, rule) in rules.enumerated() { triggers.add(rule.when.triggers, of: place) }
    unguarded = triggers.unguarded
    (wakeStart, wokenBy) = triggers.flatProbes()
    byTag = triggers.byTag
    byChannel = triggers.byChannel
    byArea = triggers.byArea
  }

  private static func card(
    _ rule: ClassificationRule, _ names: Names, _ votes: inout [(category: Int32, votes: Int32)],
    _ floors: inout [(scale: Int32, value: Int32)]
  ) -> Card {
    var card = Card()
    if case .text(let probe) = rule.when { card.probe = Int32(clamping: probe) }
    card.score = Int32(clamping: rule.gives.score)
    card.level = rule.gives.level.flatMap { names.levels[$0] } ?? -1
    let (votesBefore, floorsBefore) = (Int32(votes.count), Int32(floors.count))
    for (name, count) in rule.gives.votes {
      if let category = names.categories[name] { votes.append((category, Int32(clamping: count))) }
    }
    for (name, value) in rule.gives.scales {
      if let scale = names.scales[name], let place = scale.values[value] {
        floors.append((scale.place, place))
      }
    }
    card.votes = votesBefore..<Int32(votes.count)
    card.scaleFloors = floorsBefore..<Int32(floors.count)
    card.hasSeason = rule.active != nil
    card.hasTags = !rule.gives.tags.isEmpty
    card.onTheSpot = rule.gives.onTheSpot
    return card
  }
}

/// Places of the rulebook's names in its lists; the first of two equal names counts. Names that the rulebook does not
/// have give nothing; the loader has refused them.
private struct Names {
  let categories: [CategoryID: Int32]
  let levels: [LevelID: Int32]
  let scales: [ScaleID: (place: Int32, values: [ScaleValueID: Int32])]

  init(categories: [Category], levels: [Level], scales: [Scale]) {
    self.categories = Self.places(categories.map(\.id))
    self.levels = Self.places(levels.map(\.id))
    self.scales = Dictionary(
      scales.enumerated().map { ($1.id, (Int32($0), Self.places($1.values.map(\.id)))) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func places<Name: Hashable>(_ names: [Name]) -> [Name: Int32] {
    Dictionary(names.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }
}

/// Gathers what wakes which rule.
private struct TriggerTable {
  var unguarded: [UInt64]
  private var byProbe: [[Int32]]
  var byTag: [TagID: [Int32]] = [:]
  var byChannel: [ChannelID: [Int32]] = [:]
  var byArea: [AreaID: [Int32]] = [:]

  init(rules: Int, probes: Int) {
    unguarded = Array(repeating: 0, count: (rules + 63) / 64)
    byProbe = Array(repeating: [], count: probes)
  }

  mutating func add(_ triggers: Set<Trigger>?, of place: Int) {
    guard let triggers else {
      unguarded[place >> 6] |= 1 << UInt64(place & 63)
      return
    }
    for trigger in triggers {
      switch trigger {
      case .probe(let probe): if byProbe.indices.contains(probe) { byProbe[probe].append(Int32(place)) }
      case .tag(let tag): byTag[tag, default: []].append(Int32(place))
      case .channel(let channel): byChannel[channel, default: []].append(Int32(place))
      case .area(let area): byArea[area, default: []].append(Int32(place))
      }
    }
  }

  func flatProbes() -> (starts: [Int32], rules: [Int32]) {
    var starts: [Int32] = [0]
    for list in byProbe { starts.append(starts[starts.count - 1] + Int32(list.count)) }
    return (starts, Array(byProbe.joined()))
  }
}
