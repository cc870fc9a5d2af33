import TriageCore
import TriageRules

/// A case on its way: what its sender will write into the inbox.
struct ArrivingCase: Sendable {
  var at: Instant
  var channel: ChannelID
  var format: Scenario.FileFormat
  var sourceID: String
  var title: String
  var text: String
  var area: String?
  var address: String?
  var people: Int?
  var amount: Int?
  /// Settled before it was handed in: how.
  var result: String?
}

/// Makes up what comes in, day by day: how many, when, and what they write.
struct Arrivals {
  private let scenario: Scenario
  private let calendar: WorkCalendar
  /// Where people live: the areas without areas inside.
  private let areas: [AreaTree.Area]
  private let restDays: Int

  init(_ scenario: Scenario, _ rulebook: Rulebook) {
    self.scenario = scenario
    calendar = rulebook.calendar
    let parents = Set(rulebook.areas.areas.values.compactMap(\.parent))
    areas = rulebook.areas.areas.values.filter { !parents.contains($0.id) }.sorted { $0.id < $1.id }
    let days = (0..<scenario.dayCount).map { scenario.days.lowerBound + $0 }
    restDays = days.count { !rulebook.calendar.isWorkingDay($0) }
  }

  /// What arrives because of that day; repetitions come on later ones.
  func of(_ day: CivilDate) -> [ArrivingCase] {
    var all: [ArrivingCase] = []
    for (stream, arrival) in scenario.arrivals.enumerated() {
      var dice = Dice(scenario.seed, "arrivals", "\(stream)", "\(day)")
      for number in 0..<dice.count(mean: arrival.perDay * factor(of: day)) {
        var own = Dice(scenario.seed, "case", "\(stream)", "\(day)", "\(number)")
        let first = make(arrival, on: day, id: "\(stream)-\(day)-\(number + 1)", &own)
        all.append(first)
        if let again = again(first, &own) { all.append(again) }
      }
    }
    return all
  }

  /// How many times the mean a day gets, so that rest days have their share of the whole.
  private func factor(of day: CivilDate) -> Double {
    let all = scenario.dayCount
    guard restDays > 0, restDays < all else { return 1 }
    let share = scenario.profile.restDays
    return calendar.isWorkingDay(day)
      ? (1 - share) * Double(all) / Double(all - restDays) : share * Double(all) / Double(restDays)
  }

  private func make(
    _ arrival: Scenario.Arrival, on day: CivilDate, id: String, _ dice: inout Dice
  ) -> ArrivingCase {
    let category = dice.pick(arrival.categories) { $0.weight }?.id
    let wantsSevere = dice.chance(scenario.severe)
    let all = category.flatMap { scenario.texts[$0] } ?? []
    let severe = all.filter(\.isSevere)
    let chosen = dice.pick(wantsSevere && !severe.isEmpty ? severe : all.filter { !$0.isSevere })
    let area = dice.pick(areas)
    let address = area.map { "\($0.title)\(dice.number(1...38))栋\(dice.number(1...4))单元" }
    var made = ArrivingCase(
      at: time(on: day, &dice), channel: arrival.channel, format: arrival.format,
      sourceID: "\(arrival.channel.rawValue)-\(id)", title: "", text: "", area: area?.title, address: address)
    if let chosen {
      let filler = SlotFiller(area: area?.title ?? "", address: address ?? "")
      made.title = filler.fill(chosen.title, &dice)
      made.text = filler.fill(chosen.text, &dice)
      made.people = chosen.people.map { dice.number($0) }
      made.amount = chosen.amount.map { dice.number($0) / 100 * 100 }
    }
    if dice.chance(arrival.onTheSpot) { made.result = SlotFiller.onTheSpot }
    return made
  }

  /// In working hours or outside; outside mostly while people are awake.
  private func time(on day: CivilDate, _ dice: inout Dice) -> Instant {
    let open = calendar.openSpans(of: day)
    let zone = calendar.zone
    let isOff = dice.chance(scenario.profile.offHours) || open.isEmpty
    let awake = !dice.chance(0.1)
    let whole =
      awake
      ? zone.instant(day, CivilTime(6, 0))..<zone.instant(day, CivilTime(23, 0))
      : zone.midnight(day)..<zone.midnight(day + 1)
    var spans = open
    if isOff {
      spans = []
      var cursor = whole.lowerBound
      for span in open where span.lowerBound < whole.upperBound {
        if cursor < span.lowerBound { spans.append(cursor..<span.lowerBound) }
        cursor = max(cursor, span.upperBound)
      }
      if cursor < whole.upperBound { spans.append(cursor..<whole.upperBound) }
    }
    guard let span = dice.pick(spans, weight: { Double($0.upperBound - $0.lowerBound) }) else {
      return whole.lowerBound
    }
    return span.lowerBound + Int64(dice.fraction() * Double(span.upperBound - span.lowerBound))
  }

  /// The same thing said a second time: as it was, or in other words and under another number.
  private func again(_ first: ArrivingCase, _ dice: inout Dice) -> ArrivingCase? {
    let same = dice.chance(scenario.repeats.same)
    let near = !same && dice.chance(scenario.repeats.near)
    guard same || near, first.result == nil else { return nil }
    var second = first
    second.at =
      first.at + Int64(dice.number(1...scenario.repeats.withinDays)) * 86_400
      + Int64(dice.number(-14_400...14_400))
    if near {
      second.sourceID += "-again"
      second.text = SlotFiller.reworded(first.text, &dice)
    }
    return second
  }
}
