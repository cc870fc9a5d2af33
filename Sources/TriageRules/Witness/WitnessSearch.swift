import TriageCore
import TriageText

/// Makes a case file that leads the evaluator to what a sample says: its level and category are reached through
/// classification rules, as a real case would reach them.
struct WitnessSearch {
  /// Cases that the evaluator is asked about for one finding, and rules tried for one goal.
  private static let maxTries = 60
  private static let rulesPerGoal = 4

  let compiled: CompiledRulebook
  private let scratch: TextScratch
  private let book: RecipeBook
  /// A day of a year whose holidays are known if there is one.
  private let usualDay: CivilDate

  private var rulebook: Rulebook { compiled.rulebook }

  init(_ compiled: CompiledRulebook) {
    self.compiled = compiled
    scratch = compiled.text.makeScratch()
    book = RecipeBook(rulebook: compiled.rulebook)
    let year = compiled.rulebook.calendar.years.keys.max() ?? 2026
    usualDay = CivilDate("\(year)-06-10") ?? CivilDate(day: 20_000)
  }

  /// - Parameters:
  ///   - samples: what the case may be like, the plainest first.
  ///   - holds: whether the evaluator's facts are what the finding is about.
  /// - Returns: nil where none was found, or where it takes earlier cases, which a file does not have.
  func find(_ samples: [SampleCase], where holds: (CaseFacts) -> Bool) -> Witness? {
    var tries = 0
    for sample in samples where !sample.needsHistory {
      for recipe in recipes(for: sample) {
        tries += 1
        if tries > Self.maxTries { return nil }
        if let witness = confirm(recipe, sample, holds) { return witness }
      }
    }
    return nil
  }

  private func confirm(_ recipe: Recipe, _ sample: SampleCase, _ holds: (CaseFacts) -> Bool) -> Witness? {
    guard let input = input(of: recipe), let at = time(for: recipe) else { return nil }
    let decision = compiled.decide(input, at: at, history: CaseHistory(), scratch: scratch)
    let facts = rulebook.facts(of: input, decision: decision, takenAt: at, history: CaseHistory())
    guard holds(facts) else { return nil }
    return Witness(
      input, at: at, timed: recipe.isOpen != nil || recipe.day != nil, zone: rulebook.calendar.zone)
  }

  // MARK: Recipes

  private func recipes(for sample: SampleCase) -> [Recipe] {
    guard let base = sample.recipe else { return [] }
    var ways = [base]
    for goal in goals(of: sample, base) {
      ways = Array(ways.flatMap { way in goal.compactMap { way.and($0) } }.prefix(24))
    }
    return ways
  }

  /// For each thing that a rule must give, the ways to have it.
  private func goals(of sample: SampleCase, _ base: Recipe) -> [[Recipe]] {
    var goals: [[Recipe]] = []
    if let level = sample.level, level != rulebook.levels.first?.id {
      goals.append(giving { $0.level == level } + scoring(level))
    }
    if let category = sample.category {
      let voted = giving { $0.votes[category] != nil }
      // In the title a hit counts three times, against whatever the other rules vote for.
      let titled = voted.map { $0.inTitle }
      goals.append((category == rulebook.fallback.category ? [Recipe()] : []) + voted + titled)
    }
    for (scale, value) in sample.scales where rulebook.scale(scale)?.values.first?.id != value {
      goals.append(giving { $0.scales[scale] == value })
    }
    for tag in base.tags.sorted() { goals.append(giving { $0.tags.contains(tag) }) }
    return goals
  }

  /// Recipes of the rules that give something, those that give least besides first.
  private func giving(_ gives: (ClassificationRule.Gives) -> Bool) -> [Recipe] {
    let rules = rulebook.classification.filter { gives($0.gives) }
    return rules.sorted { ($0.gives.weight, $0.id) < ($1.gives.weight, $1.id) }
      .prefix(Self.rulesPerGoal).flatMap(recipes(for:)).map(completed)
  }

  private func recipes(for rule: ClassificationRule) -> [Recipe] {
    book.recipes(for: rule.when).compactMap { $0.and(Recipe(day: firstDay(of: rule.active))) }
  }

  /// The tags that a recipe needs, by the first rules that give them.
  private func completed(_ recipe: Recipe) -> Recipe {
    var result = recipe
    var left = recipe.tags.sorted()
    var seen: Set<TagID> = []
    while let tag = left.popLast(), seen.insert(tag).inserted {
      let giver = rulebook.classification.filter { $0.gives.tags.contains(tag) }
        .min { ($0.gives.weight, $0.id) < ($1.gives.weight, $1.id) }
      guard let giver, let more = recipes(for: giver).first, let both = result.and(more) else {
        continue
      }
      left += more.tags
      result = both
    }
    result.tags = []
    return result
  }

  /// Scoring rules whose sum reaches the level's band and not the next.
  private func scoring(_ level: LevelID) -> [Recipe] {
    guard let place = rulebook.levels.firstIndex(where: { $0.id == level }) else { return [] }
    let wanted = rulebook.levels[place].score
    let above = place + 1 < rulebook.levels.count ? rulebook.levels[place + 1].score : Int.max
    var sum = 0
    var recipe = Recipe()
    let rules = rulebook.classification.filter { $0.gives.score > 0 }
    for rule in rules.sorted(by: { ($1.gives.score, $0.id) < ($0.gives.score, $1.id) }) {
      guard sum < wanted, sum + rule.gives.score < above, let more = recipes(for: rule).first,
        let both = recipe.and(completed(more))
      else { continue }
      recipe = both
      sum += rule.gives.score
    }
    return sum >= wanted ? [recipe] : []
  }

  // MARK: The case

  private func input(of recipe: Recipe) -> CaseInput? {
    var input = CaseInput(channel: recipe.channel ?? "direct")
    for (field, sentences) in recipe.sentences where field != .title && field != .text {
      input.fields[field] = .text(sentences.joined(separator: "。"))
    }
    input.title = recipe.sentences[.title, default: []].joined(separator: "。")
    input.text = recipe.sentences[.text, default: []].joined(separator: "。")
    if let area = recipe.area { input.area = rulebook.areas.areas[area]?.title }
    for (field, value) in recipe.values {
      if !set(field, value, in: &input) { return nil }
    }
    // A case needs a text.
    if input.title.isEmpty, input.text.isEmpty { input.text = "请求帮助" }
    return input
  }

  private func set(_ field: FieldID, _ value: FieldValue, in input: inout CaseInput) -> Bool {
    switch (field, value) {
    case (.peopleCount, .number(let number)): input.peopleCount = Int(exactly: number.rounded(.up))
    case (.amount, .number(let number)): input.amount = number
    case (.handled, .flag(let flag)): input.handled = flag
    case (.address, .text(let text)): input.address = text
    case (.sourceID, .text(let text)): input.sourceID = text
    case (.result, .text(let text)): input.result = text
    case (.area, .text(let text)): input.area = text
    default:
      // What the file of a case does not have, or what says itself (the time of receipt, the channel).
      guard rulebook.fields[field] != nil else { return false }
      input.fields[field] = value
    }
    return true
  }

  /// An instant on the recipe's day, or the first one after it, within working hours or outside.
  private func time(for recipe: Recipe) -> Instant? {
    let calendar = rulebook.calendar
    let morning = calendar.zone.instant(recipe.day ?? usualDay, second: 10 * 3600)
    let open = calendar.nextOpening(atOrAfter: morning)
    if recipe.isOpen != false { return open }
    let hours = (0..<(14 * 24)).lazy.map { Instant(seconds: open.seconds + Int64($0) * 3600) }
    return hours.first { !calendar.isOpen(at: $0) }
  }

  private func firstDay(of season: Season?) -> CivilDate? {
    switch season {
    case .dates(let from, _)?: return from
    case .yearly(let month, let day, _, _)?:
      return CivilDate(year: usualDay.year, month: month, day: day)
    case nil: return nil
    }
  }
}

extension Recipe {
  /// The same with its text in the title.
  fileprivate var inTitle: Recipe {
    var turned = self
    if let text = turned.sentences.removeValue(forKey: .text) {
      turned.sentences[.title, default: []] += text
    }
    return turned
  }
}

extension ClassificationRule.Gives {
  /// How much a rule does besides what it is wanted for.
  fileprivate var weight: Int {
    votes.count + tags.count * 2 + scales.count + (level == nil ? 0 : 3) + (score == 0 ? 0 : 1)
  }
}

extension Rulebook {
  func scale(_ id: ScaleID) -> Scale? { scales.first { $0.id == id } }
}
