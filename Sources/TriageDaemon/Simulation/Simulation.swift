import Glibc
import Logging
public import TriageCore
public import TriageLedger
public import TriageRules

/// Runs a scenario: a root of its own, the daemon with a clock that stands until it is set, senders and clerks who
/// work in its folders. Nothing of the daemon is left out or done another way.
///
/// Time goes from one thing that happens to the next; at each the daemon works until it has nothing to do, so that
/// no result depends on how fast the machine is. Main thread only.
public final class Simulation {
  private let scenario: Scenario
  /// The rules in force by now.
  public private(set) var rulebook: Rulebook
  private let configuration: Configuration
  private let clock: Clock
  private let root: String
  private let zone: Zone
  private let arrivals: Arrivals
  private let sender: CaseSender
  private var clerks: [DepartmentID: Clerk] = [:]
  private var agenda = Agenda<Task>()
  private var daemon: Daemon?
  /// Departments whose share is gone, and until when.
  private var away: [DepartmentID: Instant] = [:]
  private var rules: String
  private var sent = 0
  private var touched: Set<String> = []
  public private(set) var tally = SimulationTally()

  /// Between two looks of the daemon at everything, seconds; in service it looks every half minute.
  private static let round: Int64 = 86_400
  /// All instants are rounded up to whole minutes.
  private static let grain: Int64 = 60

  private enum Task {
    case day(CivilDate)
    case arrival(ArrivingCase)
    case look(DepartmentID)
    case step(DepartmentID, ItemID, ClerkStep)
    case outage(Scenario.Outage, isOver: Bool)
    case rules(String)
    case round
  }

  /// Why a simulation could not be run to its end.
  public enum Failure: Error {
    case start(Daemon.StartFailure)
    case ledger(LedgerError)
    /// The senders or clerks could not do something to a file: the call and its reason.
    case file(Message)
    /// SIGINT or SIGTERM.
    case stopped
  }

  /// - Parameters:
  ///   - root: an empty directory, by its real path.
  ///   - language: of items and notices.
  public init(_ scenario: Scenario, _ rulebook: Rulebook, root: String, language: Language) {
    self.scenario = scenario
    self.rulebook = rulebook
    self.root = root
    rules = scenario.rulebook
    zone = rulebook.calendar.zone
    clock = Clock(standingAt: zone.midnight(scenario.days.lowerBound))
    var configuration = Configuration(language: language)
    configuration.root = root
    // Senders rename their files in, and clerks fill in a form before they move it: nothing has to settle.
    configuration.settleInbox = 0
    configuration.settleReply = 0
    configuration.watches = false
    configuration.logLevel = .error
    // A root that lives a minute may spend what memory it likes.
    configuration.casesKept = 20_000
    self.configuration = configuration
    arrivals = Arrivals(scenario, rulebook)
    sender = CaseSender(inbox: RootLayout(root: root).inbox, zone: zone)
  }

  /// The first instant after the last day.
  public var end: Instant { zone.midnight(scenario.days.upperBound + 1) }

  /// - Parameter progress: told at the beginning of each day.
  public func run(progress: (CivilDate) -> Void) throws(Failure) {
    try startDaemon()
    plan()
    while let instant = nextInstant(), instant < end {
      clock.set(instant)
      tally.instants += 1
      touched = []
      while let task = agenda.next(notAfter: instant) {
        if case .day(let day) = task { progress(day) }
        try perform(task, at: instant)
      }
      try work()
    }
    clock.set(end)
    try mendAll()
    try work()
    try stopDaemon()
  }

  /// What is still broken at the end works again, so that folders and ledger can be compared.
  private func mendAll() throws(Failure) {
    for outage in scenario.outages where outage.queue.map({ away[$0] != nil }) ?? (daemon == nil) {
      try perform(.outage(outage, isOver: true), at: end)
    }
    touched = []
  }

  // MARK: Time

  private func nextInstant() -> Instant? {
    [agenda.earliest, daemon?.nextTimer.map(Self.rounded)].compactMap { $0 }.min()
  }

  private static func rounded(_ instant: Instant) -> Instant {
    Instant(seconds: (instant.seconds + grain - 1) / grain * grain)
  }

  private func add(_ task: Task, at instant: Instant) {
    agenda.add(task, at: Self.rounded(max(instant, clock.now())))
  }

  private func plan() {
    for day in 0..<scenario.dayCount {
      let date = scenario.days.lowerBound + day
      add(.day(date), at: zone.midnight(date))
    }
    for outage in scenario.outages {
      add(.outage(outage, isOver: false), at: outage.from.instant(in: zone))
      add(.outage(outage, isOver: true), at: outage.until.instant(in: zone))
    }
    for change in scenario.ruleChanges { add(.rules(change.rulebook), at: change.at.instant(in: zone)) }
    add(.round, at: clock.now() + Self.round)
    enlist()
  }

  /// Every department of the rulebook has clerks.
  private func enlist() {
    for id in rulebook.departments.keys.sorted() where clerks[id] == nil {
      let clerk = Clerk(id, root: root, scenario, rulebook)
      clerks[id] = clerk
      add(.look(id), at: clerk.hours.next(from: clock.now() + 600, nil))
    }
  }

  // MARK: The daemon

  private func startDaemon() throws(Failure) {
    var configuration = configuration
    configuration.rules = rules
    do throws(Daemon.StartFailure) {
      let started = try Daemon(configuration: configuration, clock: { _ in self.clock })
      daemon = started
      do throws(LedgerError) {
        try started.begin()
      } catch {
        throw .ledger(error)
      }
    } catch {
      throw .start(error)
    }
    try work()
  }

  private func stopDaemon() throws(Failure) {
    try ledger { (daemon) throws(LedgerError) in try daemon.end() }
    tally.add(daemon?.office.metrics)
    daemon = nil
  }

  private func work() throws(Failure) {
    let touched = touched
    try ledger { (daemon) throws(LedgerError) in try daemon.work(touched: touched) }
    if daemon?.isAskedToStop == true { throw .stopped }
  }

  private func ledger(_ body: (Daemon) throws(LedgerError) -> Void) throws(Failure) {
    guard let daemon else { return }
    do throws(LedgerError) {
      try body(daemon)
    } catch {
      throw .ledger(error)
    }
  }

  // MARK: What happens

  private func perform(_ task: Task, at now: Instant) throws(Failure) {
    switch task {
    case .day(let day):
      for made in arrivals.of(day) { add(.arrival(made), at: made.at) }
    case .arrival(let made): try arrive(made)
    case .look(let id): try look(id, now)
    case .step(let id, let item, let step): try take(step, item, of: id, now)
    case .outage(let outage, let isOver):
      try outage.queue == nil ? daemonOutage(isOver) : share(outage, isOver)
    case .rules(let directory): try change(to: directory)
    case .round:
      try ledger { (daemon) throws(LedgerError) in
        daemon.scanAll()
        try daemon.work(touched: [])
        try daemon.tidy()
      }
      add(.round, at: now + Self.round)
    }
  }

  private func arrive(_ made: ArrivingCase) throws(Failure) {
    sent += 1
    do throws(FileFailure) {
      touched.insert(try sender.send(made, number: sent))
    } catch {
      throw .file(error.message)
    }
    tally.sent += 1
  }

  private func look(_ id: DepartmentID, _ now: Instant) throws(Failure) {
    guard let clerk = clerks[id] else { return }
    if away[id] == nil {
      do throws(FileFailure) {
        for intent in try clerk.look(at: now) { add(.step(id, intent.item, intent.step), at: intent.at) }
      } catch {
        throw .file(SystemFault(error.code).message(of: "\(id): \(error.call)"))
      }
    }
    add(.look(id), at: clerk.hours.next(from: now + Clerk.round, nil))
  }

  private func take(_ step: ClerkStep, _ item: ItemID, of id: DepartmentID, _ now: Instant) throws(Failure) {
    guard let clerk = clerks[id] else { return }
    if let until = away[id] { return add(.step(id, item, step), at: until + 600) }
    do throws(DepartmentMove.Failure) {
      let taken = try clerk.take(step, item, at: now, under: rulebook)
      let layout = QueueLayout(root: root)
      for folder in taken.touched { touched.insert(layout.path(of: folder, id)) }
      if !taken.touched.isEmpty { tally.moves += 1 }
      if let later = taken.later { add(.step(id, item, later.step), at: later.at) }
    } catch {
      throw .file(.verbatim("\(id): \(item): \(error)"))
    }
  }

  // MARK: What breaks

  private func daemonOutage(_ isOver: Bool) throws(Failure) {
    if isOver, daemon == nil { try startDaemon() } else if !isOver, daemon != nil { try stopDaemon() }
  }

  /// A share that is gone leaves an empty mount point.
  private func share(_ outage: Scenario.Outage, _ isOver: Bool) throws(Failure) {
    guard let id = outage.queue else { return }
    let here = QueueLayout(root: root).path(of: id)
    let there = "\(root)/state/share-\(id)"
    let failed =
      isOver
      ? rmdir(here) != 0 || rename(there, here) != 0 : rename(here, there) != 0 || mkdir(here, 0o770) != 0
    if failed { throw .file(SystemFault(errno).message(of: here)) }
    away[id] = isOver ? nil : outage.until.instant(in: zone)
    daemon?.scanAll()
  }

  private func change(to directory: String) throws(Failure) {
    rules = directory
    try ledger { (daemon) throws(LedgerError) in try daemon.reload(from: directory) }
    if let daemon {
      rulebook = daemon.office.rulebook
    } else if let loaded = RulebookLoader.load(directory: directory).rulebook {
      rulebook = loaded.rulebook
    }
    enlist()
  }
}

/// What only those outside the centre know.
public struct SimulationTally: Sendable, Equatable {
  /// Files that senders put into the inbox.
  public var sent = 0
  /// Moves and requests of clerks.
  public var moves = 0
  /// Points of time at which something happened.
  public var instants = 0
  public var setAside = 0
  public var formsRefused = 0

  mutating func add(_ metrics: Metrics?) {
    setAside += Int(metrics?.value(.setAside) ?? 0)
    formsRefused += Int(metrics?.value(.formsRefused) ?? 0)
  }
}
