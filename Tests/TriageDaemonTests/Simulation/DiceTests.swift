import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Chance that can be repeated")
struct DiceTests {
  @Test("The same seed and name give the same numbers, another name others")
  func repeatable() {
    var first = Dice(7, "accept", "ZZ20260101-0001")
    var second = Dice(7, "accept", "ZZ20260101-0001")
    var other = Dice(7, "accept", "ZZ20260101-0002")
    var seed = Dice(8, "accept", "ZZ20260101-0001")
    let numbers = (0..<10).map { _ in first.next() }
    #expect(numbers == (0..<10).map { _ in second.next() })
    #expect(numbers != (0..<10).map { _ in other.next() })
    #expect(numbers != (0..<10).map { _ in seed.next() })
  }

  @Test("Names are told apart where their parts join")
  func partsAreApart() {
    var first = Dice(1, "ab", "c")
    var second = Dice(1, "a", "bc")
    #expect(first.next() != second.next())
  }

  @Test("Counts have the mean that is asked for, small and large", arguments: [0.3, 4.0, 75.0])
  func poisson(_ mean: Double) {
    var dice = Dice(3, "counts")
    let total = (0..<4_000).reduce(0) { sum, _ in sum + dice.count(mean: mean) }
    let found = Double(total) / 4_000
    // Four standard errors.
    #expect(abs(found - mean) < 4 * (mean / 4_000).squareRoot())
  }

  @Test("A weighted choice follows its weights")
  func weights() {
    var dice = Dice(3, "weights")
    let picks = (0..<4_000).compactMap { _ in dice.pick([("a", 1.0), ("b", 3.0)]) { $0.1 }?.0 }
    let share = Double(picks.count { $0 == "b" }) / 4_000
    #expect(abs(share - 0.75) < 0.03)
  }

  @Test("An agenda gives the earliest first, and what was put down first of the same instant")
  func agenda() {
    var agenda = Agenda<String>()
    for (task, at) in [("c", 30), ("a", 10), ("b", 20), ("a2", 10), ("d", 40)] {
      agenda.add(task, at: Instant(seconds: Int64(at)))
    }
    #expect(agenda.earliest == Instant(seconds: 10))
    var order: [String] = []
    while let task = agenda.next(notAfter: Instant(seconds: 30)) { order.append(task) }
    #expect(order == ["a", "a2", "b", "c"])
    #expect(agenda.earliest == Instant(seconds: 40))
  }

  @Test("A clock that stands shows the same until it is set, and never goes back")
  func standingClock() {
    let clock = Clock(standingAt: Instant(seconds: 1_000))
    let copy = clock
    #expect(clock.now() == Instant(seconds: 1_000))
    clock.set(Instant(seconds: 5_000))
    #expect(copy.now() == Instant(seconds: 5_000))
    clock.set(Instant(seconds: 2_000))
    #expect(clock.now() == Instant(seconds: 5_000))
  }
}
