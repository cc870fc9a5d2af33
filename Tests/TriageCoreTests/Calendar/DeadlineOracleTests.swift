import Testing
import TriageCore

/// Random calendars, starts, limits and pauses against a reader of clocks that looks at every single minute.
@Suite("Deadlines agree with a count minute by minute") struct DeadlineOracleTests {
  static let calendars = 1_000
  static let questions = 24

  @Test("on 24,000 random questions")
  func agreement() {
    var random = SeededNumbers(seed: 20_261_121)
    var asked = 0
    var beyond = 0
    for number in 0..<Self.calendars {
      let town = RandomTown(&random)
      let oracle = MinuteOracle(town)
      defer { oracle.free() }
      for _ in 0..<Self.questions {
        let start = Self.start(in: town, &random)
        let limit = Self.limit(&random)
        let pauses = Self.pauses(after: start, &random)
        let counting: Pause.Counting = random.chance(25) ? .closes : .time
        asked += 1
        guard let answer = oracle.due(from: start, limit, pauses, counting) else {
          beyond += 1
          continue
        }
        let deadline = town.calendar.deadline(
          from: town.instant(start), limit: limit,
          pauses: pauses.map { Pause(town.instant($0.0)..<town.instant($0.1), counting: counting) })
        let question = "calendar \(number), start \(start), \(limit), pauses \(pauses) by \(counting)"
        if deadline.due != town.instant(answer.minute) {
          Issue.record("\(question): \(deadline.due) is not minute \(answer.minute)")
        }
        if deadline.provisional != answer.provisional {
          Issue.record("\(question): provisional is \(deadline.provisional)")
        }
        checkArithmetic(deadline, question)
        checkShares(deadline, start, pauses, counting, town, oracle, question)
        checkBack(from: answer.minute, limit, town, oracle, question)
        if town.calendar.isOpen(at: town.instant(start)) != oracle.isOpen(start) {
          Issue.record("\(question): open is \(!oracle.isOpen(start))")
        }
      }
    }
    #expect(asked == 24_000)
    #expect(beyond < asked / 4, "too many questions run out of the oracle's window: \(beyond)")
  }

  /// One in four near a jump of the clock, where there is one.
  private static func start(in town: RandomTown, _ random: inout SeededNumbers) -> Int {
    guard let jump = town.jumps.first, random.chance(25) else {
      return (2 + random.below(5)) * 1_440 + random.below(1_440)
    }
    return jump.minute - 120 + random.below(240)
  }

  private static func limit(_ random: inout SeededNumbers) -> TimeLimit {
    switch random.below(9) {
    case 0: .hours(1 + random.below(60))
    case 1, 2: .workingHours(1 + random.below(12))
    case 3, 4, 5: .workingDays(1 + random.below(4))
    case 6, 7: .days(1 + random.below(6))
    default: .endOfDay
    }
  }

  private static func pauses(after start: Int, _ random: inout SeededNumbers) -> [(Int, Int)] {
    (0..<[0, 0, 1, 2][random.below(4)]).map { _ in
      let from = start - 600 + random.below(6_000)
      return (from, from + random.below(3_000))
    }
  }

  /// The spans tile the time from start to end, neighbours differ, and what is counted is the limit.
  private func checkArithmetic(_ deadline: Deadline, _ question: String) {
    let spans = deadline.arithmetic
    var cursor = deadline.start
    var sum = 0
    var isWhole = true
    for (index, span) in spans.enumerated() {
      isWhole = isWhole && span.from == cursor && span.until > span.from
      if index > 0 {
        isWhole = isWhole && (span.reason, span.name) != (spans[index - 1].reason, spans[index - 1].name)
      }
      cursor = span.until
      sum += span.counted
    }
    let expected =
      switch deadline.limit {
      case .hours(let count), .workingHours(let count): count * 3_600
      case .workingDays(let count), .days(let count): count
      case .endOfDay: 1
      }
    if !isWhole || cursor != deadline.due || sum != expected { Issue.record("\(question): \(spans)") }
  }

  private func checkShares(
    _ deadline: Deadline, _ start: Int, _ pauses: [(Int, Int)], _ counting: Pause.Counting,
    _ town: RandomTown,
    _ oracle: MinuteOracle, _ question: String
  ) {
    guard let minute = oracle.half(of: deadline.limit, from: start, pauses, counting) else { return }
    let ranges = pauses.map { Pause(town.instant($0.0)..<town.instant($0.1), counting: counting) }
    let slot = town.calendar.instant(percent: 50, of: deadline, pauses: ranges)
    if slot != town.instant(minute) { Issue.record("\(question): half is \(slot), not minute \(minute)") }
  }

  private func checkBack(
    from due: Int, _ limit: TimeLimit, _ town: RandomTown, _ oracle: MinuteOracle, _ question: String
  ) {
    guard let minute = oracle.back(from: due, limit) else { return }
    let back = town.calendar.instant(before: town.instant(due), by: limit.negated)
    if back != town.instant(minute) {
      Issue.record("\(question): back from \(due) is \(back), not \(minute)")
    }
  }
}
