import Testing

@testable import TriageCore

@Suite("A case in virtual time")
struct CaseCourseTests {
  /// A case taken on Monday 2 March 2026 at nine, and the same case on the bench, tick by tick.
  private func pair() -> (CaseCourse, Life) {
    let rules = LifeRulebook.make(reminders: LifeRulebook.reminders)
    let life = Life(under: rules)
    guard case .taken(let taken) = life.log[0].event else { preconditionFailure() }
    return (CaseCourse(id: life.state.id, taken: taken, at: life.log[0].at, under: rules), life)
  }

  @Test("It goes through the same events as a case whose every timer is performed")
  func sameAsTicks() {
    var (course, life) = pair()
    course.advance(to: at("2026-04-30T09:00"))
    life.run(until: at("2026-04-30T09:00"))
    #expect(course.state == life.state)
    #expect(course.log.map(\.event) == life.log.map(\.event))
    #expect(course.log.map(\.at) == life.log.map(\.at))
    #expect(course.now == at("2026-04-30T09:00"))
  }

  @Test("A command comes after all that was due before it")
  func commandLast() {
    var (course, _) = pair()
    let result = course.perform(.accept(.lead1), at: at("2026-03-06T10:00"))
    #expect((try? result.get())?.isEmpty == false)
    #expect(course.state.leadItem?.acceptedAt == at("2026-03-06T10:00"))
    let reminded = course.log.firstIndex { if case .reminded = $0.event { true } else { false } }
    let accepted = course.log.firstIndex { if case .accepted = $0.event { true } else { false } }
    #expect(reminded != nil && accepted != nil && reminded ?? 0 < accepted ?? 0)
  }

  @Test("It never goes back: what comes late happens now")
  func monotone() {
    var (course, _) = pair()
    course.advance(to: at("2026-03-10T10:00"))
    course.perform(.accept(.lead1), at: at("2026-03-03T10:00"))
    #expect(course.state.leadItem?.acceptedAt == at("2026-03-10T10:00"))
  }

  @Test("A case that nobody looked at for a week catches up at once")
  func catchesUp() {
    let (_, life) = pair()
    let course = CaseCourse(life.state, at: at("2026-03-09T12:00"), under: life.rulebook)
    #expect(!course.log.isEmpty && course.log.allSatisfy { $0.at == at("2026-03-09T12:00") })
    #expect(course.nextTimer.map { $0 > at("2026-03-09T12:00") } == true)
  }

  @Test("However many slots of stages fall on one day, a department is reminded once that day")
  func reminderDays() {
    var (course, _) = pair()
    course.advance(to: at("2026-03-03T18:00"))
    let sent = course.log.count {
      if case .reminded(let reminder) = $0.event { reminder.how != .skipped } else { false }
    }
    let days = course.reminderDays
    #expect(sent > days.count)
    #expect(Set(days).count == days.count && days == days.sorted())
  }
}
