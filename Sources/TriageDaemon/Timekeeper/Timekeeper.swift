import TriageCore
import TriageLedger

/// Does what time alone makes due: reminders, escalations, ends of pauses, follow-up visits, alerts.
///
/// It asks the ledger which cases are due and keeps nothing in memory (DESIGN.md section 6): after a crash, a jump
/// of the clock or a week of downtime the same question gives the same answer.
struct Timekeeper {
  /// Cases of one transaction; between two the loop looks at signals and inbox.
  static let batch = 256

  private let office: Office

  init(_ office: Office) { self.office = office }

  /// - Returns: whether more is due.
  func tick() throws(LedgerError) -> Bool {
    let now = office.clock.now()
    let due = try office.ledger.read.due(notAfter: now, limit: Self.batch)
    guard !due.isEmpty else { return try AlertWatch(office, at: now).look() }
    var set = ChangeSet(office, at: now)
    try set.countReminders()
    for id in due {
      guard let state = try office.state(of: id) else { continue }
      // A refusal cannot be: a tick only asks what is due. The columns are written anew either way, so that a
      // case whose timer was wrong is not looked at for ever.
      let done = Lifecycle.handle(
        .tick, on: state, at: now, under: office.rulebook, reminded: set.reminded)
      let events = (try? done.get()) ?? []
      set.add(office.prepare(events, on: state, at: now))
    }
    try set.raiseAsked()
    set.foldNotices()
    try set.commit()
    return true
  }

  /// When something is due that no single case waits for.
  var nextLook: Instant? { AlertWatch(office, at: office.clock.now()).nextDaysEnd() }
}
