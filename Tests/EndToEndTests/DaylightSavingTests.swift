import Foundation
import Testing

/// A centre in a zone that puts its clocks on and back: days of 23 and of 25 hours are days like others.
@Suite("Daylight saving, end to end")
struct DaylightSavingTests {
  /// The clocks are put on in the night of 29 March 2026 and back in that of 25 October, both Sundays: worked here,
  /// where Friday is the day of rest.
  private static func berlin(_ deadline: String? = nil, _ reminders: String? = nil) throws -> Root {
    let root = try Root()
    let settings = try String(contentsOfFile: root.rules + "/rulebook.yaml", encoding: .utf8)
    try root.write(
      root.rules + "/rulebook.yaml",
      settings.replacing("timezone: Asia/Shanghai", with: "timezone: Europe/Berlin"))
    try root.write(
      root.rules + "/calendar.yaml",
      """
      calendar:
        hours: ['08:30-12:00', '14:30-17:30']
        rest: [fri]
        years: {2026: {off: ['2026-01-01']}}
      """)
    let rows = try String(contentsOfFile: root.rules + "/deadlines.yaml", encoding: .utf8)
    let start = try #require(rows.range(of: "reminders:")).lowerBound
    let head = rows[..<start].replacing(
      "deadlines:\n", with: "deadlines:\n" + (deadline.map { $0 + "\n" } ?? ""))
    try root.write(root.rules + "/deadlines.yaml", head + (reminders ?? String(rows[start...])))
    try root.write(root.rules + "/classify/tests.yaml", "{}\n")
    return root
  }

  /// What happens to one case between Saturday morning and Tuesday, at local times; the daemon is looked after by cron.
  private func course(_ saturday: String, _ days: [String]) throws -> [String] {
    let root = try Self.berlin()
    try root.drop("desk/a.yaml", "title: 停车费\ntext: 物业多收停车费。\nsource_id: D-1\n")
    try root.once(at: "\(saturday)T10:00")
    let hours = [0, 1, 2, 3, 4, 8, 9, 11, 13, 15, 18, 21, 23]
    for (number, day) in ([saturday] + days).enumerated() {
      for hour in hours where number > 0 || hour > 10 {
        // 02:40 is not there on the one Sunday and there twice on the other.
        try root.once(at: "\(day)T\(hour < 10 ? "0" : "")\(hour):40")
      }
    }
    try root.expectSound()
    let timeline = try root.timeline(of: try #require(try root.onlyCase()["id"] as? String))
    let allDays = [saturday] + days
    return timeline.compactMap { event in
      guard let at = event["at"] as? String, let kind = event["kind"] as? String,
        let text = event["text"] as? String
      else { return nil }
      // The day as its number in the row of days, the time without its offset, and no dates in the words.
      let day = allDays.firstIndex(of: String(at.prefix(10))).map(String.init) ?? at
      let words = allDays.enumerated().reduce(text) { words, day in
        words.replacing(day.element, with: "day \(day.offset)")
          .replacing(day.element.replacing("-", with: ""), with: "day \(day.offset)")
      }
      return "day \(day) \(at.dropFirst(11).prefix(5)) \(kind) \(words)"
    }
  }

  @Test(
    "Promise 8: deadlines, reminders and escalations over a day of 23 or 25 hours are those of any other day")
  func likeAnyOther() throws {
    let plain = try course("2026-03-14", ["2026-03-15", "2026-03-16", "2026-03-17"])
    #expect(plain.contains { $0.contains("reminded") } && plain.contains { $0.contains("escalated") })
    let spring = try course("2026-03-28", ["2026-03-29", "2026-03-30", "2026-03-31"])
    let autumn = try course("2026-10-24", ["2026-10-25", "2026-10-26", "2026-10-27"])
    #expect(spring == plain)
    #expect(autumn == plain)
  }

  @Test(
    "Hours by the clock pass evenly through the change, working days end at the close of the local day",
    arguments: [
      ("2026-03-29T01:30", "1h", "2026-03-29T03:30:00+02:00"),
      ("2026-03-28T23:00", "6h", "2026-03-29T06:00:00+02:00"),
      ("2026-03-28T10:00", "1wd", "2026-03-29T17:30:00+02:00"),
      ("2026-03-28T16:30", "2wh", "2026-03-29T09:30:00+02:00"),
      ("2026-03-28T10:00", "1d", "2026-03-29T17:30:00+02:00"),
      ("2026-10-25T01:30:00+02:00", "2h", "2026-10-25T02:30:00+01:00"),
      ("2026-10-24T23:00", "6h", "2026-10-25T04:00:00+01:00"),
      ("2026-10-24T10:00", "1wd", "2026-10-25T17:30:00+01:00"),
      ("2026-10-24T16:30", "2wh", "2026-10-25T09:30:00+01:00"),
    ])
  func due(from: String, limit: String, instant: String) throws {
    let root = try Self.berlin()
    let outcome = try Program.run(["due", "--from", from, limit, "--rules", root.rules])
    #expect(outcome.status == 0 && outcome.lines.first == instant, "\(outcome.out)\(outcome.err)")
  }

  @Test(
    "A digest at a time that is there twice, or not at all, comes once",
    arguments: ["2026-03-28", "2026-10-24"])
  func digestOnce(saturday: String) throws {
    let root = try Self.berlin(
      "  - {id: night, when: {category: property}, priority: 9, accept: 12h}",
      "reminders: [{id: base, at: [0], quiet: ['20:00', '02:10'], digest: '02:30', stages: [accept]}]\n")
    try root.drop("desk/a.yaml", "title: 停车费\ntext: 物业多收停车费。\nsource_id: D-1\n")
    try root.once(at: "\(saturday)T10:00")
    let isSpring = saturday.contains("-03-")
    let sunday = isSpring ? "2026-03-29" : "2026-10-25"
    let (before, after) = isSpring ? ("+01:00", "+02:00") : ("+02:00", "+01:00")
    // Due at 22:00, in the quiet hours.
    try root.once(at: "\(saturday)T22:10")
    #expect(root.reminders.isEmpty)
    let times =
      isSpring
      ? ["01:59:00\(before)", "03:00:00\(after)", "03:31:00\(after)"]
      : [
        "02:29:00\(before)", "02:30:00\(before)", "02:45:00\(before)", "02:30:00\(after)", "02:45:00\(after)",
      ]
    var counts: [Int] = []
    for time in times + ["08:30:00\(after)", "12:00:00\(after)"] {
      try root.once(at: "\(sunday)T\(time)")
      counts.append(root.reminders.count)
    }
    #expect(counts.first == 0 && counts.last == 1 && counts == counts.sorted(), "\(counts)")
    let id = try #require(try root.onlyCase()["id"] as? String)
    #expect(try root.events(of: id).count { $0 == "reminded" } == 1)
    #expect(root.reminders.values.allSatisfy { $0.ranges(of: id).count == 1 }, "\(root.reminders)")
    try root.expectSound()
  }
}
