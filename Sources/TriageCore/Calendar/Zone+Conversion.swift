/// From the time line to the clock on the wall and back.
///
/// Where the clock jumps, a wall time stands for the first instant at which the clock shows it or a later time:
/// in a gap that is the instant after the gap, in an overlap the first pass. So a later wall time never is an
/// earlier instant, and the spans of a day tile it without holes on every night of the year.
extension Zone {
  public static let utc = Zone(identifier: "UTC", initialOffset: 0)

  /// Seconds east of Greenwich at that instant.
  public func offset(at instant: Instant) -> Int {
    guard !transitions.isEmpty else { return initialOffset }
    let index = transitionsUpTo(instant)
    return index == 0 ? initialOffset : transitions[index - 1].offset
  }

  /// The date and the second of the day that the clock shows.
  public func civil(at instant: Instant) -> (date: CivilDate, second: Int) {
    let local = Int(instant.seconds) + offset(at: instant)
    let day = local.floored(by: 86_400)
    return (CivilDate(day: day), local - day * 86_400)
  }

  /// - Parameter second: 0…86,400; the last is the midnight that ends the day.
  public func instant(_ date: CivilDate, second: Int) -> Instant {
    let local = Int64(date.day) * 86_400 + Int64(second)
    guard !transitions.isEmpty else { return Instant(seconds: local - Int64(initialOffset)) }
    // No zone is 26 hours off, so no instant before this one can show the wall time.
    var index = transitionsUpTo(Instant(seconds: local - 26 * 3_600))
    while true {
      let offset = Int64(index == 0 ? initialOffset : transitions[index - 1].offset)
      let until = index < transitions.count ? transitions[index].at.seconds : Int64.max
      if index == transitions.count || local < until + offset {
        let begin = index == 0 ? Int64.min : transitions[index - 1].at.seconds
        return Instant(seconds: max(begin, local - offset))
      }
      index += 1
    }
  }

  /// As `instant(_:second:)`: a time that the clocks skip is the next valid one, one that comes twice the first.
  public func instant(_ date: CivilDate, _ time: CivilTime) -> Instant {
    instant(date, second: time.minute * 60)
  }

  /// The first instant of the day.
  public func midnight(_ date: CivilDate) -> Instant { instant(date, second: 0) }

  /// How many transitions lie at or before the instant.
  private func transitionsUpTo(_ instant: Instant) -> Int {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].at <= instant { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
