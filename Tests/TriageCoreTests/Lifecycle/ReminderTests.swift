import Testing

@testable import TriageCore

@Suite("Reminders")
struct ReminderTests {
  let rules = LifeRulebook.make(reminders: LifeRulebook.reminders)

  /// Accepted and contacted at once: only the citizen's clock runs, due on 11 March at 17:30.
  func working(_ rulebook: Rulebook? = nil) -> Life {
    var life = Life(under: rulebook ?? rules)
    life.perform(.accept(.lead1), at: at("2026-03-02T09:00"))
    life.perform(
      .request(life.ask(.contact, "urban", at: at("2026-03-02T09:00"))), at: at("2026-03-02T09:00"))
    return life
  }

  @Test("Promise 2, once: shares, offsets, expiry and repeats each remind once, in order")
  func slots() {
    var life = working()
    life.run(until: at("2026-03-13T18:00"))
    #expect(life.sent.map(\.slot) == ["50%", "80%", "-1wd", "0", "every-1", "every-2"])
    #expect(
      life.sent.map(\.due)[2...] == [
        at("2026-03-10T17:30"), at("2026-03-11T17:30"), at("2026-03-12T17:30"), at("2026-03-13T17:30"),
      ])
    #expect(Set(life.reminders.map(\.key)).count == life.reminders.count)
    #expect(life.sent.allSatisfy { $0.department == "urban" && $0.how == .atOnce })
  }

  @Test("Repeats stop at their number")
  func maximum() {
    var life = working()
    life.run(until: at("2026-05-13T18:00"))
    #expect(life.sent.last?.slot == "every-10")
    #expect(life.nextTimer == nil)
  }

  @Test("Promise 8: a slot on a rest day or at night waits for the digest of the next working day")
  func quiet() {
    let row = ReminderRow(
      head: Sample.head("base"), at: [.offset(.hours(-20)), .offset(.hours(-91))],
      quiet: .some(.init(from: CivilTime(20, 0), until: CivilTime(8, 0))), digest: CivilTime(8, 30))
    var life = working(LifeRulebook.make(reminders: [row]))
    life.run(until: at("2026-03-12T09:00"))
    #expect(life.sent.map(\.due) == [at("2026-03-07T22:30"), at("2026-03-10T21:30")])
    #expect(life.sent.map(\.how) == [.digest, .digest])
    #expect(life.sent.map(\.notBefore) == [at("2026-03-09T08:30"), at("2026-03-11T08:30")])
    #expect(life.sent.map(\.digest) == [CivilDate("2026-03-09"), CivilDate("2026-03-11")])
    let planned = life.effects.filter { if case .remind = $0.effect { true } else { false } }
    #expect(planned.map(\.notBefore) == [at("2026-03-09T08:30"), at("2026-03-11T08:30")])
  }

  @Test("A slot between the end of the quiet hours and the digest goes into that digest")
  func beforeDigest() {
    let row = ReminderRow(
      head: Sample.head("base"), at: [.offset(.hours(-9))],
      quiet: .some(.init(from: CivilTime(20, 0), until: CivilTime(8, 0))), digest: CivilTime(9, 0))
    var life = working(LifeRulebook.make(reminders: [row]))
    life.run(until: at("2026-03-12T09:00"))
    #expect(life.sent.map(\.notBefore) == [at("2026-03-11T09:00")])
  }

  @Test("quiet: none reminds at once, also at night")
  func severe() {
    var life = Life("red", at: at("2026-03-02T23:00"), under: rules)
    life.run(until: at("2026-03-03T06:00"))
    let accept = life.sent.filter { $0.stage == .accept }
    #expect(accept.map(\.slot) == ["0", "every-1"])
    #expect(accept.map(\.due) == [at("2026-03-03T00:00"), at("2026-03-03T04:00")])
    #expect(accept.allSatisfy { $0.how == .atOnce })
  }

  @Test("Slots of one stage that meet are one")
  func meeting() {
    let row = ReminderRow(
      head: Sample.head("base"), at: [.offset(.workingDays(-1)), .offset(.hours(-24)), .expiry])
    var life = working(LifeRulebook.make(reminders: [row]))
    life.run(until: at("2026-03-11T18:00"))
    #expect(life.sent.map(\.slot) == ["-24h", "0"])
    #expect(life.reminders.first?.how == .skipped)
  }

  @Test("A reminder before the stage began is dropped")
  func beforeStart() {
    let row = ReminderRow(head: Sample.head("base"), at: [.offset(.days(-20)), .expiry])
    var life = working(LifeRulebook.make(reminders: [row]))
    life.run(until: at("2026-03-11T18:00"))
    #expect(life.reminders.map(\.slot) == ["0"])
  }

  @Test("Promise 8: after a week of downtime one digest, the rest is recorded as skipped")
  func downtime() {
    var life = working()
    let monday = at("2026-03-16T10:00")
    life.perform(.tick, at: monday)
    #expect(life.sent.count == 1)
    #expect(life.sent.first?.slot == "every-2")
    #expect(life.sent.first?.digest == CivilDate("2026-03-16"))
    #expect(life.reminders.filter { $0.how == .skipped }.count == 5)
    #expect((life.nextTimer ?? monday) > monday)
  }

  @Test("None while paused, none after the resolution, none after the close")
  func silence() {
    var life = working()
    var request = life.ask(.pause, "urban", at: at("2026-03-03T09:00"), "鉴定")
    request.pauseReason = "appraisal"
    life.perform(.request(request), at: at("2026-03-03T09:00"))
    life.perform(.answer(.approve1, .granted), at: at("2026-03-03T09:00"))
    life.run(until: at("2026-04-02T17:00"))
    #expect(life.reminders.isEmpty)
    life.run(until: at("2026-04-09T18:00"))
    #expect(!life.reminders.isEmpty)
    life.perform(.answer(.lead1, .settled), at: at("2026-04-09T18:30"))
    let before = life.reminders.count
    life.run(until: at("2026-04-13T10:00"))
    #expect(life.reminders.count == before)
  }

  @Test("A granted extension brings reminders of the new end")
  func afterExtension() {
    var life = working()
    let now = at("2026-03-11T17:30")
    life.run(until: now)
    life.perform(.request(life.ask(.extend, "urban", at: now, "等鉴定")), at: now)
    life.perform(.answer(.approve1, .granted), at: now)
    let before = life.sent.count
    life.run(until: at("2026-03-25T17:30"))
    #expect(life.sent[before...].map(\.slot) == ["50%#2", "80%#2", "-1wd#2", "0#2"])
  }

  @Test("Visits are reminded of only once their item is there")
  func ofVisits() {
    var life = working()
    life.perform(.answer(.lead1, .settled), at: at("2026-03-03T10:00"))
    life.run(until: at("2026-03-09T18:00"))
    #expect(life.sent.map(\.slot) == ["80%", "0", "every-1"])
    #expect(life.sent.allSatisfy { $0.stage == .followUp })
  }

  @Test("Beyond the day's limit a reminder waits for the next digest; what is sent at night too does not")
  func dailyLimit() {
    var rows = LifeRulebook.reminders
    rows[0].maxPerDay = 2
    let rules = LifeRulebook.make(reminders: rows)
    func first(_ level: LevelID, sent: Int) -> CaseEvent.Reminded? {
      let life = Life(level, under: rules)
      guard let next = life.nextTimer,
        case .success(let events) = Lifecycle.handle(
          .tick, on: life.state, at: next, under: rules,
          reminded: RemindersToday([life.state.lead: sent]))
      else { return nil }
      for case .reminded(let reminder) in events { return reminder }
      return nil
    }
    #expect(first("yellow", sent: 1)?.how == .atOnce)
    let put = first("yellow", sent: 2)
    #expect(put?.how == .digest)
    #expect(put?.digest == CivilDate("2026-03-03"))
    #expect(put?.notBefore == at("2026-03-03T08:30"))
    #expect(first("red", sent: 50)?.how == .atOnce)
  }
}
