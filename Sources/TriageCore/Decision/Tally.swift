/// Votes, score and floors while the rules fire; then category, level and scales: phase 4 of DESIGN.md section 5.
struct Tally {
  private var votes: [Int]
  private(set) var score = 0
  private var levelFloor = 0
  private var scaleFloors: [Int]
  private(set) var onTheSpot = false

  /// How many times the votes of a rule count that a hit in the title made true.
  static let titleWeight = 3

  init(_ rulebook: Rulebook) {
    votes = Array(repeating: 0, count: rulebook.categories.count)
    scaleFloors = Array(repeating: 0, count: rulebook.scales.count)
  }

  mutating func add(_ card: RuleIndex.Card, of index: RuleIndex, inTitle: Bool) {
    for place in card.votes {
      let vote = index.votes[Int(place)]
      votes[Int(vote.category)] += Int(vote.votes) * (inTitle ? Self.titleWeight : 1)
    }
    for place in card.scaleFloors {
      let floor = index.scaleFloors[Int(place)]
      scaleFloors[Int(floor.scale)] = max(scaleFloors[Int(floor.scale)], Int(floor.value))
    }
    score += Int(card.score)
    levelFloor = max(levelFloor, Int(card.level))
    if card.onTheSpot { onTheSpot = true }
  }

  /// The category with most votes and the runner-up with at least half as many; ties by the order of the list.
  func categories(in rulebook: Rulebook) -> (first: CategoryID, second: CategoryID?) {
    let winner = best(except: nil)
    guard let winner else { return (rulebook.fallback.category, nil) }
    let second = best(except: winner).flatMap { votes[$0] * 2 >= votes[winner] ? $0 : nil }
    return (rulebook.categories[winner].id, second.map { rulebook.categories[$0].id })
  }

  private func best(except excluded: Int?) -> Int? {
    var best: Int?
    for category in votes.indices where category != excluded && votes[category] > 0 {
      if best.map({ votes[category] > votes[$0] }) ?? true { best = category }
    }
    return best
  }

  func votesByName(in rulebook: Rulebook) -> [CategoryID: Int] {
    var named: [CategoryID: Int] = [:]
    for category in votes.indices where votes[category] != 0 {
      named[rulebook.categories[category].id] = votes[category]
    }
    return named
  }

  /// The higher of the score's band and the floors; the mildest level where the sum reaches no band.
  func level(in rulebook: Rulebook) -> LevelID {
    let band = rulebook.levels.lastIndex { $0.score <= score } ?? 0
    let place = max(band, levelFloor)
    return rulebook.levels.indices.contains(place) ? rulebook.levels[place].id : ""
  }

  func scales(in rulebook: Rulebook) -> [ScaleID: ScaleValueID] {
    var values: [ScaleID: ScaleValueID] = [:]
    for (place, scale) in rulebook.scales.enumerated() where scale.values.indices.contains(scaleFloors[place])
    {
      values[scale.id] = scale.values[scaleFloors[place]].id
    }
    return values
  }
}
