import Testing

@testable import TriageCore

@Suite("Promise 3, order-free: rules, rows and hits have no order that counts")
struct OrderFreeTests {
  /// A rulebook with rules of every kind, made from a seed.
  private func rulebook(_ random: inout SeededNumbers) -> Rulebook {
    var rules = Sample.classification
    let categories: [CategoryID] = ["property", "labor", "other"]
    for number in 0..<40 {
      var gives = ClassificationRule.Gives(score: Int.random(in: 0...1, using: &random))
      gives.votes[categories.randomElement(using: &random)!] = Int.random(in: 1...3, using: &random)
      if number % 3 == 0 { gives.tags = [TagID("tag\(number % 4)")] }
      if number % 11 == 0 { gives.scales = ["difficulty": number % 2 == 0 ? "complex" : "hard"] }
      rules.append(Sample.rule(RuleID("rule\(number)"), condition(number, &random), gives))
    }
    return Sample.rulebook.with {
      $0.classification = rules
      $0.routes += rows(&random).map {
        RouteRow(head: $0, lead: .department("police"), assist: [Sample.community])
      }
      $0.also += rows(&random).map {
        AlsoRow(head: $0, assist: [.department("urban")], watch: [.department("center")])
      }
    }
  }

  /// Rules with odd numbers test tags of rules with even ones, so that there is no cycle.
  private func condition(_ number: Int, _ random: inout SeededNumbers) -> Condition {
    let leaf: Condition =
      switch Int.random(in: 0...6, using: &random) {
      case 0: .text(probe: Int.random(in: 0...3, using: &random))
      case 1: .field(.peopleCount, .atLeast(Double(Int.random(in: 0...9, using: &random))))
      case 2: .channel(["hotline"])
      case 3: .area(under: [["street", "c1", "c2"].randomElement(using: &random)!])
      case 4: .none([.text(probe: Int.random(in: 0...3, using: &random))])
      case 5: .any([.text(probe: 1), .field(.amount, .atLeast(1))])
      default: .any([.text(probe: 0), .text(probe: 2)])
      }
    return number % 2 == 1 && number % 3 != 0 ? .all([leaf, .tag([TagID("tag\(number % 4)")])]) : leaf
  }

  private func rows(_ random: inout SeededNumbers) -> [RowHead] {
    (0..<12).map { number in
      var keys: [String: Condition] = [:]
      if Bool.random(using: &random) { keys["level"] = .level(["green", "yellow"]) }
      if Bool.random(using: &random) {
        keys["category"] = .category([["property", "labor"].randomElement(using: &random)!])
      }
      if Bool.random(using: &random) {
        keys["area"] = .area(under: [["street", "c1"].randomElement(using: &random)!])
      }
      return Sample.head(RuleID("row\(number)"), keys, priority: Int.random(in: 0...2, using: &random))
    }
  }

  private let cases: [CaseInput] = [
    .call("物业费", "物业乱收停车费，拖欠工资", people: 7), .call("拖欠工资", "农民工和工友讨要", amount: 90_000),
    .call("邻居持刀", "为停车费殴打", area: "二社区"), .call("咨询", "", area: nil),
  ]

  @Test("gives the same decision for every order of rules, rows and hits", arguments: 0..<40)
  func shuffled(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    let rulebook = rulebook(&random)
    for input in cases {
      let hits = rulebook.plainHits(in: input)
      let decision = rulebook.decide(input, hits: hits, at: Sample.taken, history: CaseHistory())
      for _ in 0..<5 {
        let shuffled = rulebook.with {
          $0.classification.shuffle(using: &random)
          $0.routes.shuffle(using: &random)
          $0.also.shuffle(using: &random)
        }
        let again = shuffled.decide(
          input, hits: hits.shuffled(using: &random), at: Sample.taken, history: CaseHistory())
        #expect(again == decision)
      }
    }
  }

  @Test("gives the same deadlines and reminders for every order of rows", arguments: 0..<20)
  func shuffledRows(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    let rulebook = Sample.rulebook.with {
      $0.deadlines += rows(&random).map {
        DeadlineRow(head: $0, limits: [.resolve: .within(.days($0.priority + 3))])
      }
      $0.reminders += rows(&random).map { ReminderRow(head: $0, at: [.percent($0.priority + 10)]) }
    }
    let facts = rulebook.facts(cases[0])
    for _ in 0..<10 {
      let shuffled = rulebook.with {
        $0.deadlines.shuffle(using: &random)
        $0.reminders.shuffle(using: &random)
      }
      #expect(shuffled.limit(of: .resolve, for: facts)?.row == rulebook.limit(of: .resolve, for: facts)?.row)
      #expect(
        shuffled.reminders(of: .resolve, for: facts)?.head.id
          == rulebook.reminders(of: .resolve, for: facts)?.head.id)
    }
  }

  @Test(
    "never chooses a row over one of higher priority or a more specific one of the same", arguments: 0..<40)
  func choosesTheBest(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    let rulebook = rulebook(&random)
    for input in cases {
      let facts = rulebook.facts(input)
      guard let id = rulebook.route(for: facts).route,
        let chosen = rulebook.routes.first(where: { $0.head.id == id })
      else { continue }
      for row in rulebook.routes where row.head.when.holds(for: facts, in: rulebook) {
        guard rulebook.department(row.lead, for: facts) != nil else { continue }
        #expect(row.head.priority <= chosen.head.priority)
        #expect(
          row.head.priority < chosen.head.priority || !rulebook.isMoreSpecific(row.head, than: chosen.head))
      }
    }
  }

  @Test("asks no fewer rules than asking all of them one by one would", arguments: 0..<40)
  func wakesEnough(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    let rulebook = rulebook(&random)
    for input in cases {
      let decision = rulebook.decide(input)
      let all = Evaluation(
        input: input, takenAt: Sample.taken, sameMatter: [], area: decision.area,
        evidence: Evidence(rulebook.plainHits(in: input), for: rulebook.ruleIndex), tags: decision.tags)
      let holding = rulebook.classification.filter { $0.when.holds(all, in: rulebook) }.map(\.id)
      #expect(Set(holding) == Set(decision.fired.map(\.rule)))
    }
  }
}
