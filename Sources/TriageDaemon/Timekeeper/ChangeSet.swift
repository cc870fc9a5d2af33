import TriageCore
import TriageLedger

/// What one transaction records: changes of cases, at most one a case, and the alerts that they ask for.
///
/// An alert is recorded with the steps that raised it, so that both come once: after a crash either both are there or
/// neither, and a step that is there is not done again.
struct ChangeSet {
  private let office: Office
  private let now: Instant
  private(set) var changes: [(CaseChange, CaseState)] = []
  private var places: [CaseID: Int] = [:]
  private(set) var side = SideRecords()
  private var lastNumber: Int?
  /// What departments were sent today, this set counted; nil where nobody asked for it.
  private var counted: RemindersToday?

  init(_ office: Office, at now: Instant) {
    self.office = office
    self.now = now
  }

  /// Reads what departments were sent today, where a row limits it; before the first reminder of the set.
  mutating func countReminders() throws(LedgerError) {
    guard office.rulebook.reminders.contains(where: { $0.maxPerDay != nil }) else { return }
    counted = RemindersToday(try office.ledger.read.reminded(on: today))
  }

  var reminded: RemindersToday { counted ?? RemindersToday() }

  private var today: CivilDate { office.rulebook.calendar.zone.civil(at: now).date }

  /// The case as this transaction leaves it; nil for one the ledger does not know.
  func state(of id: CaseID) throws(LedgerError) -> CaseState? {
    if let place = places[id] { return changes[place].1 }
    return try office.current(id)
  }

  mutating func add(_ change: (CaseChange, CaseState)) {
    places[change.0.id] = changes.count
    changes.append(change)
    note(change.0.events)
  }

  private mutating func note(_ events: [CaseEvent]) {
    guard var counted else { return }
    defer { self.counted = counted }
    for event in events {
      counted.note(event)
      guard case .reminded(let reminder) = event, let sent = counted.sent[reminder.department] else {
        continue
      }
      side.reminded[reminder.department] = RemindedOnDay(day: today, sent: sent)
    }
  }

  mutating func look(_ name: String, at value: Int64) { side.looks[name] = value }

  /// Carries out a command on top of what the set holds of the case; a refusal changes nothing.
  mutating func perform(_ command: Command, on id: CaseID) throws(LedgerError) {
    guard let state = try state(of: id),
      case .success(let events) = Lifecycle.handle(command, on: state, at: now, under: office.rulebook),
      !events.isEmpty
    else { return }
    guard let place = places[id] else { return add(office.prepare(events, on: state, at: now)) }
    let (more, after) = office.prepare(events, on: state, at: now)
    changes[place].0.events += more.events
    changes[place].0.effects += more.effects
    changes[place].0.index = more.index
    changes[place].1 = after
  }

  // MARK: Alerts

  /// Raises what the steps of the cases in this set ask for: one alert for each rule, with all its cases.
  mutating func raiseAsked() throws(LedgerError) {
    var asked: [RuleID: (department: DepartmentID, occasion: String, cases: [CaseID])] = [:]
    for (change, _) in changes.sorted(by: { $0.0.id < $1.0.id }) {
      for ask in Lifecycle.alerts(of: change.events, under: office.rulebook) {
        let first = "\(change.id)/\(ask.occasion)"
        var entry = asked[ask.rule.id] ?? (ask.department, first, [])
        if entry.cases.last != change.id { entry.cases.append(change.id) }
        asked[ask.rule.id] = entry
      }
    }
    for (rule, ask) in asked.sorted(by: { $0.key < $1.key }) {
      let title = Message.ruleTitle(rule, count: ask.cases.count)[office.language]
      try raise(rule, occasion: ask.occasion, to: ask.department, title: title, of: ask.cases)
    }
  }

  /// Raises one alert and notes it on the open cases of its list.
  /// - Parameter cluster: the group that was counted.
  mutating func raise(
    _ rule: RuleID, occasion: String, to department: DepartmentID, title: String, of cases: [CaseID],
    cluster: String? = nil
  ) throws(LedgerError) {
    let day = today
    var last = lastNumber
    if last == nil { last = try office.ledger.read.lastAlertNumber(on: day) }
    let number = (last ?? 0) + 1
    lastNumber = number
    let id = CaseID.alert(on: day, number: number)
    var listed: [CaseIndex] = []
    for one in cases.prefix(Limits.alertCases) {
      let noted = CaseEvent.Listed(alert: id, rule: rule, department: department)
      try perform(.list(noted), on: one)
      if let place = places[one] {
        listed.append(changes[place].0.index)
      } else if let index = try office.ledger.read.index(of: one) {
        listed.append(index)
      }
    }
    let alert = Lifecycle.raiseAlert(
      rule, occasion: occasion, to: department, title: title, cases: listed, at: now, under: office.rulebook)
    let state = CaseState(id: id, alert: alert, at: now)
    side.alerts.append(
      AlertRecord(
        id: id, day: day, number: number, alert: alert, cluster: cluster, members: cases.count,
        index: state.index(under: office.rulebook),
        effects: Lifecycle.effects(of: [.alertRaised(alert)], on: state)))
  }

  // MARK: Notices

  /// What time alone makes due for many cases comes to a department in one file: where it would get notices of several
  /// cases, they stand in its file of the day instead. After a downtime of weeks that is one file and no storm.
  mutating func foldNotices() {
    var cases: [DepartmentID: Set<CaseID>] = [:]
    for case .notice(let id, let department, _, _) in changes.lazy.flatMap(\.0.effects).map(\.effect) {
      cases[department, default: []].insert(id)
    }
    let crowded = cases.filter { $0.value.count > 1 }
    guard !crowded.isEmpty else { return }
    let day = today
    for place in changes.indices {
      for index in changes[place].0.effects.indices {
        guard case .notice(let id, let department, let number, _) = changes[place].0.effects[index].effect,
          crowded[department] != nil
        else { continue }
        changes[place].0.effects[index].effect = .notice(id, department, number: number, digest: day)
      }
    }
  }

  /// Records everything in one transaction.
  func commit() throws(LedgerError) {
    guard !changes.isEmpty || !side.isEmpty else { return }
    try office.ledger.record(changes.map(\.0), with: side, at: now)
    office.settled(changes)
    for alert in side.alerts { office.raised(alert) }
  }
}
