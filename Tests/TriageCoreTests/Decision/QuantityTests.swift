import Testing

@testable import TriageCore

@Suite("Conditions on quantities that the text states")
struct QuantityTests {
  private let people = TextProbe(phrases: [], quantity: .people)

  private func rulebook(_ rules: [(RuleID, QuantityTest)]) -> Rulebook {
    Sample.rulebook.with {
      $0.probes.append(people)
      $0.classification = rules.map { Sample.rule($0.0, .quantity($0.1, probe: 4)) }
    }
  }

  private func fired(_ rulebook: Rulebook, stated counts: [Double], weak: Bool = false) -> [FiredRule] {
    let hits = counts.enumerated().map { place, count in
      TextHit(
        probe: 4, phrase: 0, field: .text, start: place * 3, end: place * 3 + 2, weak: weak, quantity: count)
    }
    return rulebook.decide(.call("求助", "…"), hits: hits, at: Sample.taken, history: CaseHistory()).fired
  }

  @Test("A rule fires when one quantity lies within the bounds, and shows that one")
  func bounds() {
    let rulebook = rulebook([
      ("crowd", QuantityTest(of: .people, atLeast: 30)),
      ("few", QuantityTest(of: .people, atLeast: 5, atMost: 29)),
    ])
    #expect(fired(rulebook, stated: []).isEmpty)
    #expect(fired(rulebook, stated: [4]).isEmpty)
    #expect(fired(rulebook, stated: [30]).map(\.rule) == ["crowd"])
    #expect(fired(rulebook, stated: [29]).map(\.rule) == ["few"])
    #expect(fired(rulebook, stated: [5, 100]).map(\.rule) == ["crowd", "few"])
    #expect(
      fired(rulebook, stated: [5, 100]).map(\.because) == [
        [.text(field: .text, phrase: "100人", start: 3, end: 5, weak: false)],
        [.text(field: .text, phrase: "5人", start: 0, end: 2, weak: false)],
      ])
  }

  @Test("A weak quantity does not count unless it is asked for")
  func weak() {
    let rulebook = rulebook([("crowd", QuantityTest(of: .people, atLeast: 30))])
    #expect(fired(rulebook, stated: [40], weak: true).isEmpty)
    let any = rulebook.with { $0.probes[4].strength = .any }
    #expect(fired(any, stated: [40], weak: true).map(\.rule) == ["crowd"])
  }

  @Test("Narrower bounds imply wider ones of the same kind")
  func implies() {
    func implies(_ a: QuantityTest, _ b: QuantityTest) -> Bool {
      Condition.quantity(a, probe: 4).implies(.quantity(b, probe: 4), areas: AreaTree())
    }
    let crowd = QuantityTest(of: .people, atLeast: 30)
    let group = QuantityTest(of: .people, atLeast: 5)
    let some = QuantityTest(of: .people, atLeast: 5, atMost: 29)
    #expect(implies(crowd, group) && implies(some, group) && implies(crowd, crowd))
    #expect(!implies(group, crowd) && !implies(group, some) && !implies(crowd, some))
    #expect(!implies(crowd, QuantityTest(of: .money, atLeast: 5)))
    #expect(!Condition.quantity(crowd, probe: 4).implies(.quantity(group, probe: 3), areas: AreaTree()))
  }

  @Test("Only a quantity wakes the rules that ask for one")
  func triggers() {
    let condition = Condition.quantity(QuantityTest(of: .people, atLeast: 30), probe: 4)
    #expect(condition.triggers == [.probe(4)])
    #expect(Condition.all([condition, .text(probe: 0)]).triggers?.count == 1)
  }

  @Test("A row cannot ask for one: what rows see has no text")
  func rows() {
    let facts = CaseFacts(category: "other", level: "green", channel: "hotline", takenAt: Sample.taken)
    let condition = Condition.quantity(QuantityTest(of: .people, atLeast: 1), probe: 4)
    #expect(!condition.holds(for: facts, in: Sample.rulebook))
  }
}
