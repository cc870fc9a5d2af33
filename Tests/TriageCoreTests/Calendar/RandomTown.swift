import TriageCore

/// A random calendar around a turn of the year, as a table of fates that the oracle reads and as the
/// `WorkCalendar` that it is to be compared with.
struct RandomTown {
  enum Fate { case ordinary, off, on, localOff, localOn }
  struct Jump {
    let minute: Int
    let by: Int
  }

  static let days = 22
  /// 2025-12-20, a Saturday.
  static let firstDay = 20_442
  static let firstYearDays = 12

  /// Instants of minute 0: local midnight of the first day.
  let base: Int64
  let offset: Int
  let jumps: [Jump]
  let spans: [(Int, Int)]
  let rest: Set<Int>
  let fates: [Fate]
  let isKnown: [Bool]
  let calendar: WorkCalendar

  init(_ random: inout SeededNumbers) {
    offset = (random.below(105) - 48) * 15
    base = Int64(Self.firstDay) * 86_400 - Int64(offset) * 60
    jumps = Self.jumps(&random)
    spans = Self.spans(&random)
    rest = Self.rest(&random)
    fates = (0..<Self.days).map { _ in
      random.chance(75) ? .ordinary : [Fate.off, .on, .localOff, .localOn][random.below(4)]
    }
    isKnown = [random.chance(85), random.chance(60)]
    calendar = Self.calendar(base, offset, jumps, spans, rest, fates, isKnown)
  }

  func instant(_ minute: Int) -> Instant { Instant(seconds: base + Int64(minute) * 60) }

  private static func jumps(_ random: inout SeededNumbers) -> [Jump] {
    guard random.chance(60) else { return [] }
    let first = 3_000 + random.below(9_000)
    // Half of the jumps lie in the first hours of a day, where a clock may go back into the day before.
    let atMidnight = random.chance(50) ? first / 1_440 * 1_440 + random.below(120) : first
    let by = [60, -60, 30, -30, 120, -60][random.below(6)]
    let jump = Jump(minute: atMidnight, by: by)
    return random.chance(70)
      ? [jump] : [jump, Jump(minute: atMidnight + 2_000 + random.below(6_000), by: -by)]
  }

  private static func spans(_ random: inout SeededNumbers) -> [(Int, Int)] {
    switch random.below(12) {
    case 0: return [(0, 1_440)]
    case 1: return []
    case 2, 3, 4: return [(510, 720), (870, 1_050)]
    default:
      let edges = Set((0..<2 * (1 + random.below(3))).map { _ in random.below(289) * 5 }).sorted()
      return stride(from: 0, to: edges.count - 1, by: 2).map { (edges[$0], edges[$0 + 1]) }
    }
  }

  private static func rest(_ random: inout SeededNumbers) -> Set<Int> {
    switch random.below(4) {
    case 0: []
    case 1: [6]
    case 2: [5, 6]
    default: [random.below(7), random.below(7), random.below(7)]
    }
  }

  private static func calendar(
    _ base: Int64, _ offset: Int, _ jumps: [Jump], _ spans: [(Int, Int)], _ rest: Set<Int>, _ fates: [Fate],
    _ isKnown: [Bool]
  ) -> WorkCalendar {
    var transitions: [Zone.Transition] = []
    var current = offset
    for jump in jumps {
      current += jump.by
      transitions.append(.init(at: Instant(seconds: base + Int64(jump.minute) * 60), offset: current * 60))
    }
    var years: [Int: WorkCalendar.Year] = [:]
    if isKnown[0] { years[2025] = WorkCalendar.Year() }
    if isKnown[1] { years[2026] = WorkCalendar.Year() }
    var overlay = WorkCalendar.Year()
    for (index, fate) in fates.enumerated() {
      let date = CivilDate(day: firstDay + index)
      let year = index < firstYearDays ? 2025 : 2026
      switch fate {
      case .ordinary: break
      case .off: years[year]?.off[date] = .some("h\(index % 3)")
      case .on: years[year]?.on.insert(date)
      case .localOff: overlay.off[date] = .some(nil)
      case .localOn: overlay.on.insert(date)
      }
    }
    return WorkCalendar(
      hours: spans.map { .init(from: CivilTime(minute: $0.0), until: CivilTime(minute: $0.1)) },
      rest: Set(rest.map { Weekday(rawValue: $0 + 1)! }), years: years, overlay: overlay,
      zone: Zone(identifier: "Random/Town", initialOffset: offset * 60, transitions: transitions))
  }
}
