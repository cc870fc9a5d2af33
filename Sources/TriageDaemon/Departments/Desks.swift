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
  var gone: [DepartmentID: QueueTrouble] = [:]
  var hung: Set<DepartmentID> = []
  /// Queues to be looked into, and how far.
  var dirty: [DepartmentID: QueueScan.Breadth] = [:]
  /// Departments in which the last write failed; tried again at the next scan.
  var failing: Set<DepartmentID> = []
  /// What did not go well in each, until it does.
  var failures: [DepartmentID: [Duty: FileFailure]] = [:]
  /// New departments whose queue could not be made: there is nothing to look into or to put anything into. Tried again at
  /// the next scan.
  var unmade: Set<DepartmentID> = []
  /// Queues in which findings were acted on, or into which notices were put, since they were last looked into for that.
  var workedIn: Set<DepartmentID> = []
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
  var retried: Set<String> = []
  /// Of effects with many or large files: what was put there last, by their keys.
  var begun: [String: EffectPortion] = [:]

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
    office.places.lookAtMounts()
    let isHome = office.places.isThere(.queues)
    for id in Set(office.rulebook.departments.keys).union(needed).union(anew).sorted() {
      serve(id)
      if let marker = known[id], !anew.contains(id) || isThere(id, marker) {
        prepare(id, marker: marker, setup)
      } else {
        makeNew(id, setup, isHome: isHome)
      }
    }
    for id in desks.keys
    where office.rulebook.departments[id] == nil && !needed.contains(id) && !anew.contains(id) {
      desks.removeValue(forKey: id)?.arrivals.end()
      forget(id)
      lanes.removeValue(forKey: id)?.end()
    }
    office.markStale(desks.keys)
  }

  private func isThere(_ id: DepartmentID, _ marker: String) -> Bool {
    (try? OpenQueue(queues, id, marker: marker)) != nil
  }

  private func serve(_ id: DepartmentID) {
    if desks[id] == nil {
      desks[id] = QueueDesk(id, queues, door, watcher)
      mark(id)
    }
    assignLane(id)
  }

  private func forget(_ id: DepartmentID) {
    settling[id] = nil
    gone[id] = nil
    failures[id] = nil
    lookAgain[id] = nil
    unmade.remove(id)
  }

  /// The desk of a department, also of one that neither the rulebook nor an open item knows, so that what the ledger
  /// wants of its queue is not lost.
  func desk(of id: DepartmentID) throws(LedgerError) -> QueueDesk? {
    if desks[id] == nil {
      serve(id)
      if try office.ledger.read.marker(of: id) == nil {
        makeNew(
          id, QueueSetup(queues, office.rulebook, office.language), isHome: office.places.isThere(.queues))
      }
    }
    return desks[id]
  }

  /// What could not be made, or made ready, is tried again.
  func prepareAgain() {
    let setup = QueueSetup(queues, office.rulebook, office.language)
    let isHome = unmade.isEmpty || office.places.isThere(.queues)
    for id in unmade.sorted() { makeNew(id, setup, isHome: isHome) }
    for (id, failed) in failures where failed[.prepare] != nil && gone[id] == nil && !unmade.contains(id) {
      if let marker = (try? office.ledger.read.marker(of: id)) ?? nil {
        prepare(id, marker: marker, setup)
      }
    }
  }

  /// A queue that the ledger does not know. It is registered when its marker lies there: registered before, it would
  /// after a crash between the two count as a share that is gone, for ever.
  /// - Parameter isHome: whether `queues/` is there; else it waits.
  private func makeNew(_ id: DepartmentID, _ setup: QueueSetup, isHome: Bool) {
    guard isHome else {
      unmade.insert(id)
      return prepared(id, .shareGone, after: .prepare)
    }
    // With the head from the beginning there is room for each later one.
    let marker = QueueMarker(root: office.ledger.rootID, head: try? office.ledger.read.head())
    let department = department(id)
    let work: @Sendable () -> QueueTrouble? = {
      do throws(QueueTrouble) {
        try setup.make(department, marker)
        return nil
      } catch {
        return error
      }
    }
    run(id) { [door] in
      let trouble = work()
      door.ask { office in office.desks?.made(id, trouble, marker.id) }
    }
  }

  private func made(_ id: DepartmentID, _ trouble: QueueTrouble?, _ marker: String) {
    do throws(LedgerError) {
      if trouble == nil {
        let wasKnown = try office.ledger.read.marker(of: id) != nil
        try office.ledger.register(queue: id, marker: marker)
        if wasKnown { try office.ledger.record(.queueMade(id), at: office.clock.now()) }
      }
    } catch {
      office.ledgerFailure = office.ledgerFailure ?? error
    }
    if trouble == nil, unmade.remove(id) != nil {
      mark(id)
      office.markStale([id])
    } else if trouble != nil {
      unmade.insert(id)
    }
    prepared(id, trouble, after: .prepare)
  }

  /// A queue that the ledger knows: its folders and what clerks read in it.
  private func prepare(_ id: DepartmentID, marker: String, _ setup: QueueSetup) {
    let department = department(id)
    let work: @Sendable () -> Result<QueueMarker, QueueTrouble> = {
      do throws(QueueTrouble) {
        return .success(try setup.makeReady(department, marker: marker))
      } catch {
        return .failure(error)
      }
    }
    run(id) { [door] in
      let result = work()
      door.ask { office in office.desks?.madeReady(id, result) }
    }
  }

  private func madeReady(_ id: DepartmentID, _ result: Result<QueueMarker, QueueTrouble>) {
    switch result {
    case .success(let marker):
      // One that an older triaged made.
      if marker.head == nil { unmarked.insert(id) }
      prepared(id, nil, after: .prepare)
    case .failure(let trouble): prepared(id, trouble, after: .prepare)
    }
  }

  private func department(_ id: DepartmentID) -> Department {
    office.rulebook.departments[id] ?? Department(id: id, title: id.rawValue)
  }

  func prepared(_ id: DepartmentID, _ trouble: QueueTrouble?, after duty: Duty) {
    switch trouble {
    case nil: take(QueueDesk.Report(), of: id, after: duty)
    case .shareGone?, .ahead?: take(QueueDesk.Report(gone: trouble), of: id, after: duty)
    case .failed(let failure): take(QueueDesk.Report(failure: failure), of: id, after: duty)
    }
  }

  /// A queue that is a mount point gets a thread of its own; shares may come and go while the daemon runs.
  /// Where nobody knows what is a mount all stays as it is.
  func assignLane(_ id: DepartmentID) {
    guard let mounts = office.places.mounts else { return }
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
    // What the work came to was told while the lane was busy with it; what waits for the lane can begin now.
    return lane.start(work, whenFree: door.nudge.callAsFunction)
  }

  // MARK: What came of it

  /// What was tried in a queue.
  enum Duty: Hashable { case prepare, look, act, deliver, worklist, list, mark }

  func take(_ report: QueueDesk.Report, of id: DepartmentID, after duty: Duty) {
    take(report.gone, of: id)
    if let failure = report.failure {
      // Tried again at every scan, and said when it is another failure than before.
      failing.insert(id)
      let isKnown = failures[id]?.values.contains(failure) == true
      failures[id, default: [:]][duty] = failure
      if !isKnown {
        office.journal.warning(
          .effectFailed(failure.words(office.language)), ["department": "\(id)"])
      }
    } else {
      wentWell(duty, of: id)
    }
    say(report, of: id)
    if report.moved { mark(id, .work) }
    if let at = report.lookAgainAt { lookAgain[id] = min(lookAgain[id] ?? at, at) }
    wait(for: report.waiting, of: id)
  }

  private func take(_ trouble: QueueTrouble?, of id: DepartmentID) {
    guard trouble != gone[id] else { return }
    gone[id] = trouble
    // What was to be made ready is so still when the queue is back.
    if trouble != nil, let failed = failures[id] {
      failures[id] = failed[.prepare].map { [.prepare: $0] }
    }
    switch trouble {
    case nil:
      office.journal.notice(.queueBack, ["department": "\(id)"])
      mark(id)
      office.markStale([id])
    case .ahead: office.journal.error(.queueAhead, ["department": "\(id)"])
    default: office.journal.warning(.queueGone, ["department": "\(id)"])
    }
  }

  /// That which failed before is over, or there is nothing left to be done.
  func wentWell(_ duty: Duty, of id: DepartmentID) {
    failures[id]?[duty] = nil
    if failures[id]?.isEmpty == true { failures[id] = nil }
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

  // MARK: Health

  /// When a queue is to be looked at again although nothing was touched.
  var nextLook: Instant? { lookAgain.values.min() }

  /// Lanes that have not answered for long.
  func watchLanes() {
    for (id, lane) in lanes {
      let isHung = (lane.busyFor ?? 0) > Limits.hungAfter
      if isHung, hung.insert(id).inserted {
        office.journal.warning(.queueHung(seconds: Int(Limits.hungAfter)), ["department": "\(id)"])
      } else if !isHung, hung.remove(id) != nil {
        office.journal.notice(.queueBack, ["department": "\(id)"])
        mark(id)
      }
    }
    office.metrics.set(.queuesGone, Int64(gone.count))
    office.metrics.set(.queuesHung, Int64(hung.count))
    office.metrics.set(.queuesFailing, Int64(unmade.union(failures.keys).subtracting(gone.keys).count))
  }

  /// Whether some lane is working: its end will wake the loop.
  var isWaitingForLanes: Bool { lanes.values.contains { $0.busyFor != nil } && hung.isEmpty }
}
