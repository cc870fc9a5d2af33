import Glibc
import TriageCore
import TriageLedger

/// All queues of the root: which of them are to be looked at, which are mounts of their own, which are gone.
///
/// Main thread only.
final class Desks {
  private unowned let office: Office
  private let door: MainDoor
  private let queues: QueueLayout
  private var desks: [DepartmentID: QueueDesk] = [:]
  private var lanes: [DepartmentID: QueueLane] = [:]
  private var gone: Set<DepartmentID> = []
  private var hung: Set<DepartmentID> = []
  private var dirty: Set<DepartmentID> = []
  /// Departments in which the last write failed; tried again at the next scan.
  private var failing: Set<DepartmentID> = []
  /// New departments whose queue could not be made; tried again at the next scan.
  private var unmade: Set<DepartmentID> = []
  /// Items that each queue held at the last look and that are not of its department.
  private var strangers: [DepartmentID: Set<ItemID>] = [:]
  private var lookAgain: [DepartmentID: Instant] = [:]
  /// Effects that may have been performed before: by an earlier process, or in a try that failed half-way.
  private var retried: Set<String> = []

  /// A queue on a share that answers slower than this is called hung, seconds.
  static let hungAfter = 20.0
  private static let batch = 1024

  init(_ office: Office, _ door: MainDoor) {
    self.office = office
    self.door = door
    queues = QueueLayout(root: office.layout.root)
  }

  var all: [DepartmentID] { desks.keys.sorted() }
  var watched: Set<String> { Set(desks.keys.flatMap { queues.watched($0) }) }

  /// Whether work in these two queues is done by the same thread.
  func isOnSameLane(_ a: DepartmentID, _ b: DepartmentID) -> Bool { lanes[a] == nil && lanes[b] == nil }

  /// Effects found at the start may have been performed by the process before.
  func recover() throws(LedgerError) {
    retried = Set(try office.ledger.read.pendingEffects(limit: .max).map(\.key))
    dirty = Set(desks.keys)
  }

  // MARK: Departments

  /// Makes folders for departments that are new, serves dropped ones while they have open items.
  func open() throws(LedgerError) {
    let known = try office.ledger.read.queues()
    let setup = QueueSetup(queues, office.rulebook, office.language)
    setup.sweepUnfinished()
    let needed = try office.ledger.read.departmentsWithOpenItems()
    let mounts = MountTable.mountPoints()
    for id in Set(office.rulebook.departments.keys).union(needed) {
      let department = office.rulebook.departments[id] ?? Department(id: id, title: id.rawValue)
      desks[id] = desks[id] ?? QueueDesk(id, queues, door)
      assignLane(id, mounts)
      if let marker = known[id] {
        let isThere = lanes[id] != nil || access(queues.path(of: id), F_OK) == 0
        prepare(department, marker: marker, known: isThere, setup)
      } else {
        makeNew(department, setup)
      }
    }
    for id in desks.keys where office.rulebook.departments[id] == nil && !needed.contains(id) {
      desks[id] = nil
      lanes.removeValue(forKey: id)?.end()
    }
    office.markStale(desks.keys)
  }

  /// A queue that the ledger does not know. It is registered when its marker lies there: registered before, it would
  /// after a crash between the two count as a share that is gone, for ever.
  private func makeNew(_ department: Department, _ setup: QueueSetup) {
    prepare(department, marker: Self.newMarker(root: office.ledger.rootID), known: false, isNew: true, setup)
  }

  private func prepare(
    _ department: Department, marker: String, known: Bool, isNew: Bool = false, _ setup: QueueSetup
  ) {
    let id = department.id
    let work: @Sendable () -> QueueTrouble? = {
      do throws(QueueTrouble) {
        try setup.ensure(department, marker: marker, known: known)
        return nil
      } catch {
        return error
      }
    }
    run(id) { [door] in
      let trouble = work()
      door.ask { office in office.desks?.prepared(id, trouble, newMarker: isNew ? marker : nil) }
    }
  }

  private func prepared(_ id: DepartmentID, _ trouble: QueueTrouble?, newMarker: String?) {
    if let newMarker {
      do throws(LedgerError) {
        if trouble == nil { try office.ledger.register(queue: id, marker: newMarker) }
      } catch {
        office.ledgerFailure = office.ledgerFailure ?? error
      }
      if trouble == nil { unmade.remove(id) } else { unmade.insert(id) }
    }
    prepared(id, trouble)
  }

  private func prepared(_ id: DepartmentID, _ trouble: QueueTrouble?) {
    switch trouble {
    case nil: settle(id, QueueDesk.Report())
    case .shareGone: settle(id, QueueDesk.Report(isGone: true))
    case .failed(let failure): settle(id, QueueDesk.Report(failure: failure))
    }
  }

  /// A queue that is a mount point gets a thread of its own; shares may come and go while the daemon runs.
  private func assignLane(_ id: DepartmentID, _ mounts: Set<String>) {
    if mounts.contains(queues.path(of: id)) {
      if lanes[id] == nil { lanes[id] = QueueLane() }
    } else if let lane = lanes[id], lane.busyFor == nil {
      lane.end()
      lanes[id] = nil
    }
  }

  private static func newMarker(root: String) -> String {
    "\(root)-\(String(UInt64.random(in: .min ... .max), radix: 16))"
  }

  /// Runs a queue's file work where it belongs; says whether it was begun.
  @discardableResult
  private func run(_ id: DepartmentID, _ work: @escaping @Sendable () -> Void) -> Bool {
    guard let lane = lanes[id] else {
      work()
      return true
    }
    return lane.start(work)
  }

  // MARK: Looking

  /// Something may have happened in these folders; nil: anywhere.
  func touched(_ folders: Set<String>?) {
    guard let folders else {
      dirty = Set(desks.keys)
      return
    }
    for id in desks.keys where queues.watched(id).contains(where: folders.contains) { dirty.insert(id) }
  }

  /// Every queue is to be looked at: the periodic scan.
  func scanAll() {
    dirty = Set(desks.keys)
    failing = []
    let mounts = MountTable.mountPoints()
    for id in desks.keys { assignLane(id, mounts) }
    let setup = QueueSetup(queues, office.rulebook, office.language)
    for id in unmade {
      makeNew(office.rulebook.departments[id] ?? Department(id: id, title: id.rawValue), setup)
    }
  }

  /// Looks into the queues that changed and acts on what was found.
  /// - Returns: whether anything was done.
  func look() -> Bool {
    let now = office.clock.now()
    for (id, at) in lookAgain where at <= now {
      lookAgain[id] = nil
      dirty.insert(id)
    }
    let due = dirty.intersection(desks.keys)
    dirty = []
    var findings: [(desk: QueueDesk, found: [QueueFinding])] = []
    for id in due.sorted() {
      guard let desk = desks[id] else { continue }
      if lanes[id] == nil {
        switch desk.look(now: now) {
        case .success(let snapshot):
          findings.append((desk, judge(snapshot, now: now)))
          settle(id, QueueDesk.Report())
        case .failure(let trouble): prepared(id, trouble)
        }
      } else {
        lookOnLane(desk, now: now)
      }
    }
    var acted = false
    // All local queues have been seen before anything is called missing: it may have gone from one to another.
    for (desk, found) in findings {
      let certain = withoutStrangers(found, of: desk.department)
      guard !certain.isEmpty else { continue }
      acted = true
      settle(desk.department, desk.act(on: certain, now: now))
    }
    return acted
  }

  /// What lies in another department's queue is not missing: it is put back from there, not delivered anew.
  private func withoutStrangers(_ found: [QueueFinding], of id: DepartmentID) -> [QueueFinding] {
    found.filter { finding in
      guard case .missing(let item) = finding else { return true }
      return !strangers.contains { $0.key != id && $0.value.contains(item) }
    }
  }

  private func lookOnLane(_ desk: QueueDesk, now: Instant) {
    let id = desk.department
    let begun = run(id) { [door] in
      switch desk.look(now: now) {
      case .failure(let trouble): door.ask { office in office.desks?.prepared(id, trouble) }
      case .success(let snapshot):
        let findings = door.ask { office in office.desks?.judgeOnLane(snapshot, now: now) ?? [] }
        let report = desk.act(on: findings, now: now)
        door.ask { office in office.desks?.settle(id, report) }
      }
    }
    // Busy, perhaps hung: looked at when it is free.
    if !begun { dirty.insert(id) }
  }

  private func judgeOnLane(_ snapshot: QueueSnapshot, now: Instant) -> [QueueFinding] {
    withoutStrangers(judge(snapshot, now: now), of: snapshot.department)
  }

  private func judge(_ snapshot: QueueSnapshot, now: Instant) -> [QueueFinding] {
    let read = office.ledger.read
    let id = snapshot.department
    guard let expected = try? read.openItems(of: id) else { return [] }
    let undelivered = (try? office.ledger.pendingEffects(notAfter: now, of: id, limit: .max / 2)) ?? []
    // On record and only waiting to be moved out of the way.
    let filed = Set(undelivered.compactMap(\.planned.effect.requestFile))
    var snapshot = snapshot
    snapshot.requests.removeAll { filed.contains($0.requestFile) }
    strangers[id] = snapshot.strangers(expected)
    let knowledge = Reconciler.Knowledge(
      expected: expected, undelivered: Set(undelivered.compactMap(\.planned.effect.item)),
      lookup: { (try? read.item($0)) ?? nil })
    return Reconciler.plan(snapshot, knowledge, now: now)
  }

  private func settle(_ id: DepartmentID, _ report: QueueDesk.Report) {
    if report.isGone != gone.contains(id) {
      if report.isGone {
        gone.insert(id)
        office.journal.warning(.queueGone, ["department": "\(id)"])
      } else {
        gone.remove(id)
        office.journal.notice(.queueBack, ["department": "\(id)"])
        dirty.insert(id)
      }
    }
    if let failure = report.failure {
      if failing.insert(id).inserted {
        office.journal.warning(.effectFailed("\(failure.call): \(failure.reason)"), ["department": "\(id)"])
      }
    }
    if report.moved { dirty.insert(id) }
    if let at = report.lookAgainAt { lookAgain[id] = at }
  }

  // MARK: Outbox

  /// Performs what the outbox holds.
  /// - Returns: whether anything was done.
  func perform() throws(LedgerError) -> Bool {
    var acted = false
    while true {
      let busy = Set(lanes.filter { $0.value.busyFor != nil }.keys)
      let excluded = busy.union(gone).union(failing)
      let effects = try office.ledger.pendingEffects(
        notAfter: office.clock.now(), excluding: excluded, limit: Self.batch)
      guard !effects.isEmpty else { return acted }
      acted = true
      let writer = OrderWriter(office)
      for (id, own) in Dictionary(grouping: effects, by: \.planned.effect.department) {
        try perform(own, of: id, writer)
      }
    }
  }

  private func perform(_ effects: [PendingEffect], of id: DepartmentID, _ writer: OrderWriter)
    throws(LedgerError)
  {
    guard let desk = desks[id] else {
      // A department that neither the rulebook nor an open item knows: made, so that nothing is lost.
      desks[id] = QueueDesk(id, queues, door)
      failing.insert(id)
      return
    }
    let orders = try writer.orders(effects, of: id, retried: retried)
    let keys = effects.map(\.key)
    retried.formUnion(keys)
    run(id) { [door] in
      let report = desk.perform(orders)
      door.ask { office in office.desks?.performed(id, keys, report) }
    }
  }

  private func performed(_ id: DepartmentID, _ keys: [String], _ report: QueueDesk.Report) {
    if report.failure == nil && !report.isGone {
      retried.subtract(keys)
    } else {
      failing.insert(id)
    }
    settle(id, report)
  }

  // MARK: Worklists

  /// Rewrites the worklists of departments whose work changed.
  func writeWorklists() throws(LedgerError) {
    let now = office.clock.now()
    for id in office.takeStale().sorted() {
      guard let desk = desks[id], !gone.contains(id) else { continue }
      let orders = try WorklistWriter(office).orders(of: id, now: now)
      let begun = run(id) { [door] in
        let report = desk.perform(orders)
        door.ask { office in office.desks?.settle(id, report) }
      }
      if !begun { office.markStale([id]) }
    }
  }

  /// Puts a list into a queue; what comes of it is said to the list keeper.
  func put(_ file: QueueFile, for telling: ListKeeper.Telling) {
    let id = telling.department
    guard let desk = desks[id], !gone.contains(id) else {
      office.lists?.told(telling, isThere: false)
      return
    }
    let begun = run(id) { [door] in
      let report = desk.perform([.publish(file, keys: [])])
      door.ask { office in
        office.desks?.settle(id, report)
        office.lists?.told(telling, isThere: report.failure == nil && !report.isGone)
      }
    }
    if !begun { office.lists?.told(telling, isThere: false) }
  }

  // MARK: Health

  /// When a queue is to be looked at again although nothing was touched.
  var nextLook: Instant? { lookAgain.values.min() }

  /// Lanes that have not answered for long.
  func watchLanes() {
    for (id, lane) in lanes {
      let isHung = (lane.busyFor ?? 0) > Self.hungAfter
      if isHung, hung.insert(id).inserted {
        office.journal.warning(.queueHung(seconds: Int(Self.hungAfter)), ["department": "\(id)"])
      } else if !isHung, hung.remove(id) != nil {
        office.journal.notice(.queueBack, ["department": "\(id)"])
        dirty.insert(id)
      }
    }
    office.metrics.set(.queuesGone, Int64(gone.count))
    office.metrics.set(.queuesHung, Int64(hung.count))
  }

  /// Whether some lane is working: its end will wake the loop.
  var isWaitingForLanes: Bool { lanes.values.contains { $0.busyFor != nil } && hung.isEmpty }
}
