import TriageCore
import TriageRules

/// What a clerk will do with an item.
enum ClerkStep: Sendable, Equatable {
  case accept
  /// Note the first contact; ask for more time, for a pause, for its end; call somebody in.
  case ask(Request.Verb)
  case sendBack
  /// Fill in the form and hand the item in.
  case answer
  /// Hand it in again where the form was put back; how often it was tried.
  case again(Int)
}

/// What a clerk intends when he first sees an item: steps and the times at which he takes them, from what his
/// department is like and the dice.
struct ClerkPlan {
  private(set) var steps: [(at: Instant, step: ClerkStep)] = []
  /// Lies until a reminder is heeded.
  private(set) var isForgotten = false

  private let behaviour: Behaviour
  private let level: LevelID?
  private let hours: ClerkHours

  /// - Parameter seen: when the clerk looked; what a forgotten item is taken up again with.
  init(
    _ item: ItemID, _ level: LevelID?, _ behaviour: Behaviour, _ hours: ClerkHours, seen: Instant,
    mayForget: Bool, _ dice: inout Dice
  ) {
    self.behaviour = behaviour
    self.level = level
    self.hours = hours
    if dice.chance(behaviour.share(.forgets, at: level)), mayForget {
      isForgotten = true
      return
    }
    if item.role == .lead { lead(seen, &dice) } else { other(item.role, seen, &dice) }
  }

  private mutating func lead(_ seen: Instant, _ dice: inout Dice) {
    let accept = time(.accept, from: seen, &dice)
    let resolve = max(time(.resolve, from: seen, &dice), accept + 1_800)
    let between = Double(resolve - accept)
    func on(_ part: Double) -> Instant { hours.next(from: accept + Int64(between * part), level) }
    if dice.chance(behaviour.share(.returns, at: level)) {
      steps.append((accept, .sendBack))
    } else {
      steps.append((accept, .accept))
    }
    if dice.chance(behaviour.share(.contacts, at: level)) {
      steps.append((hours.next(from: accept + 3_600, level), .ask(.contact)))
    }
    if dice.chance(behaviour.share(.whistles, at: level)) { steps.append((on(0.2), .ask(.whistle))) }
    if dice.chance(behaviour.share(.pauses, at: level)) {
      steps.append((on(0.3), .ask(.pause)))
      steps.append((on(0.8), .ask(.resume)))
    }
    if dice.chance(behaviour.share(.extends, at: level)) { steps.append((on(0.5), .ask(.extend))) }
    steps.append((resolve, .answer))
  }

  private mutating func other(_ role: Role, _ seen: Instant, _ dice: inout Dice) {
    if role == .assist { steps.append((time(.accept, from: seen, &dice), .accept)) }
    steps.append((max(time(.answer, from: seen, &dice), seen + 1_800), .answer))
  }

  private func time(_ pace: Behaviour.Pace, from start: Instant, _ dice: inout Dice) -> Instant {
    hours.time(behaviour.delays(pace, at: level), at: dice.fraction(), from: start, level)
  }
}

/// When a department's clerks are at their desks.
struct ClerkHours {
  let calendar: WorkCalendar
  let behaviour: Behaviour
  /// Working seconds of a day.
  private let workday: Int64

  init(_ calendar: WorkCalendar, _ behaviour: Behaviour) {
    self.calendar = calendar
    self.behaviour = behaviour
    workday = calendar.hours.reduce(0) { $0 + Int64($1.until.minute - $1.from.minute) * 60 }
  }

  /// The instant itself when somebody is there, else the next one when somebody is.
  func next(from instant: Instant, _ level: LevelID?) -> Instant {
    var time = instant
    while true {
      if !behaviour.onDuty(at: level) { time = calendar.nextOpening(atOrAfter: time) }
      let day = calendar.zone.civil(at: time).date
      guard let away = behaviour.away.first(where: { $0.contains(day) }) else { return time }
      time = calendar.zone.midnight(away.upperBound + 1)
    }
  }

  func isThere(at instant: Instant, _ level: LevelID? = nil) -> Bool { next(from: instant, level) == instant }

  /// When something that takes so long is done.
  func time(_ delays: Delays, at place: Double, from start: Instant, _ level: LevelID?) -> Instant {
    let seconds = delays.seconds(at: place, workday: workday)
    let time = delays.isWorkingTime ? calendar.instant(after: seconds, ofWorkSince: start) : start + seconds
    let open = next(from: time, level)
    // Who waited for the morning does not do everything at the stroke of the hour.
    return open == time ? time : next(from: open + Int64(place * 7_200), level)
  }
}
