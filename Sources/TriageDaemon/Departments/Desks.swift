import Glibc
import TriageCore
import TriageLedger

/// All queues of the root: which of them are to be looked at, which are mounts of their own, which are gone.
///
/// Main thread only.
final class Desks {
  unowned let office: Office
  let door: MainDoor
  let queues: QueueLayout
  let watcher: Watcher
  var desks: [DepartmentID: QueueDesk] = [:]
  var lanes: [DepartmentID: QueueLane] = [:]
  private var gone: [DepartmentID: QueueTrouble] = [:]
  private var hung: Set<DepartmentID> = []
  /// Queues to be looked into, and how far.
  var dirty: [DepartmentID: QueueScan.Breadth] = [:]
  /// Departments in which the last write failed; tried again at the next scan.
  var failing: Set<DepartmentID> = []
  /// The failure of each that was said last.
  private var failures: [DepartmentID: FileFailure] = [:]
  /// New departments whose queue could not be made; tried again at the next scan.
  var unmade: Set<DepartmentID> = []
  /// Items that each queue held at the last look and that are not of its department.
  var strangers: [DepartmentID: Set<ItemID>] = [:]
  var lookAgain: [DepartmentID: Instant] = [:]
  /// What is not complete yet in each queue, by its path there.
  var settling: [DepartmentID: [String: Readiness.Wait]] = [:]
  /// Queues whose marker is to say how far the ledger has come, and when it last did, in monotonic seconds.
  var unmarked: Set<DepartmentID> = []
  var markedAt: [DepartmentID: Double] = [:]
  /// What was said once and is not to be said again.
  private var said: Set<String> = []
  /// Effects that may have been performed before: by an earlier process, or in a try that failed half-way.
  private var retried: Set<String> = []

  /// A queue on a share that answers slower than this is called hung, seconds.
  static let hungAfter = 20.0
  private static let batch = 1024

  init(_ office: Office, _ door: MainDoor, _ watcher: Watcher) {
    self.office = office
    self.door = door
    self.watcher = watcher
    queues = QueueLayout(root: office.layout.root)
  }

  var all: [DepartmentID] { desks.keys.sorted() }

  /// Whether work in these two queues is done by the same thread.
  func isOnSameLane(_ a: DepartmentID, _ b: DepartmentID) -> Bool { lanes[a] == nil && lanes[b] == nil }

  /// Effects found at the start may have been performed by the process before.
  func recover() throws(LedgerError) {
    retried = Set(try office.ledger.read.pendingEffects(limit: .max).map(\.key))
    markAll()
  }

  // MARK: Departments

  /// Makes folders for departments that are new, serves dropped ones while they have open items. A queue that the ledger
  /// knows is never made: its folder is there, or its share is gone.
  /// - Parameter anew: a person's word that these are to be made although they were known.
  func open(anew: Set<DepartmentID> = []) throws(LedgerError) {
    let known = try office.ledger.read.queues()
    let setup = QueueSetup(queues, office.rulebook, office.language)
    setup.sweepUnfinished()
    let needed = try office.ledger.read.departmentsWithOpenItems()
    let mounts = MountTable.mountPoints()
    for id in Set(office.rulebook.departments.keys).union(needed).union(anew) {
      let department = office.rulebook.departments[id] ?? Department(id: id, title: id.rawValue)
      if desks[id] == nil {
        desks[id] = QueueDesk(id, queues, door, watcher)
        mark(id)
      }
      assignLane(id, mounts)
      if let marker = known[id], !anew.contains(id) || isThere(id, marker) {
        prepare(department, marker: marker, known: true, setup)
      } else {
        makeNew(department, setup)
      }
    }
    for id in desks.keys
    where office.rulebook.departments[id] == nil && !needed.contains(id) && !anew.contains(id) {
      desks.removeValue(forKey: id)?.arrivals.end()
      settling[id] = nil
      gone[id] = nil
      lanes.removeValue(forKey: id)?.end()
    }
    office.markStale(desks.keys)
  }

  private func isThere(_ id: DepartmentID, _ marker: String) -> Bool {
    (try? OpenQueue(queues, id, marker: marker)) != nil
  }

  /// A queue that the ledger does not know. It is registered when its marker lies there: registered before, it would
  /// after a crash between the two count as a share that is gone, for ever. Where `queues/` itself is gone it waits.
  func makeNew(_ department: Department, _ setup: QueueSetup) {
    guard office.places.isThere(.queues) else {
      unmade.insert(department.id)
      return prepared(department.id, .shareGone)
    }
    let marker = QueueMarker(root: office.ledger.rootID).id
    prepare(department, marker: marker, known: false, isNew: true, setup)
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
        if trouble == nil {
          let wasKnown = try office.ledger.read.marker(of: id) != nil
          try office.ledger.register(queue: id, marker: newMarker)
          if wasKnown { try office.ledger.record(.queueMade(id), at: office.clock.now()) }
        }
      } catch {
        office.ledgerFailure = office.ledgerFailure ?? error
      }
      if trouble == nil { unmade.remove(id) } else { unmade.insert(id) }
    }
    prepared(id, trouble)
  }

  func prepared(_ id: DepartmentID, _ trouble: QueueTrouble?) {
    switch trouble {
    case nil: settle(id, QueueDesk.Report())
    case .shareGone?, .ahead?: settle(id, QueueDesk.Report(gone: trouble))
    case .failed(let failure): settle(id, QueueDesk.Report(failure: failure))
    }
  }

  /// A queue that is a mount point gets a thread of its own; shares may come and go while the daemon runs.
  /// - Parameter mounts: nil where nobody knows: all stays as it is.
  func assignLane(_ id: DepartmentID, _ mounts: Set<String>?) {
    guard let mounts else { return }
    if mounts.contains(queues.path(of: id)) {
      if lanes[id] == nil { lanes[id] = QueueLane() }
    } else if let lane = lanes[id], lane.busyFor == nil {
      lane.end()
      lanes[id] = nil
    }
  }

  /// Runs a queue's file work where it belongs; says whether it was begun.
  @discardableResult
  func run(_ id: DepartmentID, _ work: @escaping @Sendable () -> Void) -> Bool {
    guard let lane = lanes[id] else {
      work()
      return true
    }
    return lane.start(work)
  }

  // MARK: What came of it

  func settle(_ id: DepartmentID, _ report: QueueDesk.Report) {
    if report.gone != gone[id] {
      gone[id] = report.gone
      switch report.gone {
      case nil:
        office.journal.notice(.queueBack, ["department": "\(id)"])
        mark(id)
      case .ahead: office.journal.error(.queueAhead, ["department": "\(id)"])
      default: office.journal.warning(.queueGone, ["department": "\(id)"])
      }
    }
    if let failure = report.failure {
      // Tried again at every scan, and said when it is another failure than before.
      if failing.insert(id).inserted, failures.updateValue(failure, forKey: id) != failure {
        office.journal.warning(
          .effectFailed(failure.words(office.language)), ["department": "\(id)"])
      }
    }
    say(report, of: id)
    if report.moved { mark(id, .work) }
    if let at = report.lookAgainAt { lookAgain[id] = at }
    settle(id, report.waiting)
  }

  /// What a person has to look at is said once.
  private func say(_ report: QueueDesk.Report, of id: DepartmentID) {
    for name in report.blocked where said.insert("\(id)/\(name.place)/\(name.name.shown)").inserted {
      office.metrics.add(.namesBlocked)
      office.journal.warning(
        .nameBlocked(name.name.shown, given: name.given.shown),
        ["department": "\(id)", "folder": "\(name.place)"])
    }
    for place in report.lost where said.insert("\(id)/\(place)").inserted {
      office.journal.error(.attachmentLost, ["department": "\(id)", "case": "\(place)"])
    }
  }

  // MARK: Outbox

  /// Performs what the outbox holds.
  /// - Returns: whether anything was done.
  func perform() throws(LedgerError) -> Bool {
    var acted = false
    while true {
      let busy = Set(lanes.filter { $0.value.busyFor != nil }.keys)
      let excluded = busy.union(gone.keys).union(failing)
      let effects = try office.ledger.pendingEffects(
        notAfter: office.clock.now(), excluding: excluded, limit: Self.batch)
      guard !effects.isEmpty else { return acted }
      acted = true
      try office.ledger.keepHead()
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
      desks[id] = QueueDesk(id, queues, door, watcher)
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
    if report.failure == nil && report.gone == nil {
      failures[id] = nil
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
      guard let desk = desks[id], gone[id] == nil else { continue }
      unmarked.insert(id)
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
    guard let desk = desks[id], gone[id] == nil else {
      office.lists?.told(telling, isThere: false)
      return
    }
    let begun = run(id) { [door] in
      let report = desk.perform([.publish([file], keys: [])])
      door.ask { office in
        office.desks?.settle(id, report)
        office.lists?.told(telling, isThere: report.failure == nil && report.gone == nil)
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
        mark(id)
      }
    }
    office.metrics.set(.queuesGone, Int64(gone.count))
    office.metrics.set(.queuesHung, Int64(hung.count))
  }

  /// Whether some lane is working: its end will wake the loop.
  var isWaitingForLanes: Bool { lanes.values.contains { $0.busyFor != nil } && hung.isEmpty }
}
