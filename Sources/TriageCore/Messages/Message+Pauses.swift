/// The arithmetic of pauses, in words.
extension Message {
  static var madeUpForPauses: Message { Message(zh: "补回暂停占用的时间", en: "made up for paused time") }

  static func pauseCarried(_ seconds: Int) -> Message {
    let time = pauseTime(seconds)
    return Message(zh: "此前暂停余下 \(time.zh)", en: "left over from earlier pauses: \(time.en)")
  }

  /// - Parameter range: `2026-10-09 14:30 … 17:30`.
  static func pausePart(_ range: String, _ seconds: Int, isWorking: Bool) -> Message {
    let time = pauseTime(seconds)
    return isWorking
      ? Message(zh: "暂停 \(range)，其中工作时间 \(time.zh)", en: "paused \(range), of it working time: \(time.en)")
      : Message(zh: "暂停 \(range)，计 \(time.zh)", en: "paused \(range): \(time.en)")
  }

  /// What the pauses come to, how many days that moves the deadline, and what is left over.
  static func pauseSum(_ sum: PauseSum, isWorking: Bool) -> Message {
    let (all, day) = (pauseTime(sum.seconds), pauseTime(sum.day))
    let rest = sum.rest > 0 ? pauseTime(sum.rest) : nil
    let unit =
      isWorking ? Message(zh: "个工作日", en: "working day") : Message(zh: "天", en: "day")
    let moved: Message =
      sum.days > 0
      ? Message(
        zh: "满 \(sum.days) \(unit.zh)，期限顺延 \(sum.days) \(unit.zh)",
        en: "\(sum.days) whole \(unit.en)\(sum.days == 1 ? "" : "s"), by which the deadline moves")
      : Message(zh: "不满一\(isWorking ? "个工作日" : "天")，期限不变", en: "less than one \(unit.en): the deadline stays")
    return Message(
      zh: "暂停合计 \(all.zh)（每\(isWorking ? "个工作日" : "天") \(day.zh)）：\(moved.zh)"
        + (rest.map { "；余 \($0.zh)，并入下一次暂停" } ?? ""),
      en: "paused \(all.en) in all (a \(unit.en) has \(day.en)): \(moved.en)"
        + (rest.map { "; \($0.en) left over, kept for the next pause" } ?? ""))
  }

  private static func pauseTime(_ seconds: Int) -> Message {
    seconds > 0 ? duration(seconds: seconds) : Message(zh: "0 分", en: "0 min")
  }
}
