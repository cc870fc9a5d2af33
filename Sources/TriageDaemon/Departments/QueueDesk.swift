import Synchronization
import TriageCore
import TriageLedger

/// Works one department's queue: sees what the clerks did, and puts there what the ledger says should be.
///
/// Runs on the main thread for a queue on the root's own file system, on the queue's lane where it is a mount of
/// its own; what only the main thread may touch it asks for through the door.
final class QueueDesk: Sendable {
  let department: DepartmentID
  let layout: QueueLayout
  let door: MainDoor
  let scan = QueueScan()
  let arrivals: QueueArrivals
  /// What its marker said when that was last compared with the ledger.
  private let compared = Mutex<LedgerHead?>(nil)
  /// Folders that cannot be looked into, as they were told of.
  private let shut = Mutex<[QueueFolder: FileFailure]>([:])

  init(_ department: DepartmentID, _ layout: QueueLayout, _ door: MainDoor, _ watcher: Watcher) {
    self.department = department
    self.layout = layout
    self.door = door
    arrivals = QueueArrivals(department, layout, watcher)
  }

  /// What a round of work came to.
  struct Report: Sendable {
    /// Why nothing can be done in the queue, and nothing was: its share is gone, or was here with a later ledger.
    var gone: QueueTrouble?
    var failure: FileFailure?
    /// Something is to be judged later: a form that may still be mended, a copy that may still be written.
    var lookAgainAt: Instant?
    /// Files were moved: the queue is to be looked at again.
    var moved = false
    /// What is not complete yet, by its path in the queue, without the names of attachments.
    var waiting: [String: Readiness.Wait] = [:]
    /// Names that something else bears, which the daemon may not remove.
    var blocked: [Blocked] = []
    /// Folders into which a file of a case could not be put, because its original cannot be read.
    var lost: [String] = []

    struct Blocked: Hashable, Sendable {
      let place: String
      let name: EntryName
      /// What the file is called instead.
      let given: EntryName
    }

    mutating func lookAgain(at instant: Instant) {
      lookAgainAt = min(lookAgainAt ?? instant, instant)
    }
  }

  /// Opens the queue, if it is the one that the ledger knows.
  func open() throws(QueueTrouble) -> OpenQueue {
    let department = department
    let marker = door.ask { office in try? office.ledger.read.marker(of: department) } ?? nil
    guard let marker else { throw .shareGone }
    let queue = try OpenQueue(layout, department, marker: marker)
    if let head = queue.marker.head, compared.withLock({ $0 }) != head {
      guard door.ask({ office in (try? office.ledger.read.holds(head)) ?? true }) else { throw .ahead }
      compared.withLock { $0 = head }
    }
    return queue
  }

  /// Says in the queue's marker how far the ledger has come.
  /// - Parameter durable: false where the caller syncs the file system.
  func mark(_ head: LedgerHead, durable: Bool = true) -> Report {
    working { queue, report in
      do throws(FileFailure) {
        try queue.marker.note(head, in: queue.top, durable: durable)
        self.compared.withLock { $0 = head }
      } catch {
        report.failure = error
      }
    }
  }

  /// Looks what lies in the queue; what it means is judged when all queues have been looked at.
  func look(
    now: Instant, _ breadth: QueueScan.Breadth = .everything
  ) -> Result<QueueSnapshot, QueueTrouble> {
    arrivals.watch(breadth)
    do throws(QueueTrouble) {
      let queue = try open()
      do throws(FileFailure) {
        if breadth == .everything { try QueueSetup.makeFolders(of: queue) }
        var snapshot = try scan.scan(queue, now: now, breadth)
        let news = scan.takeNews()
        if breadth == .everything {
          shut.withLock { shut in shut = shut.filter { snapshot.shut[$0.key] != nil } }
        }
        if breadth != .everything { snapshot.news = news }
        return .success(snapshot)
      } catch {
        throw QueueTrouble.failed(error)
      }
    } catch {
      return .failure(error)
    }
  }

  /// Whether it is to be told that a folder cannot be looked into: once, until it can.
  func isNews(_ folder: QueueFolder, _ failure: FileFailure) -> Bool {
    shut.withLock { $0.updateValue(failure, forKey: folder) != failure }
  }

  /// Acts on what a look found.
  func act(on findings: [QueueFinding], now: Instant) -> Report {
    working { queue, report in
      let hand = DeskHand(desk: self, queue: queue, now: now)
      for finding in findings { hand.take(finding, &report) }
      report.failure = hand.mover.sync() ?? report.failure
    }
  }

  /// Performs effects of the outbox and tells the ledger which are done.
  func perform(_ orders: [QueueOrder]) -> Report {
    working { queue, report in
      let done = self.perform(orders, in: queue, &report)
      self.door.ask { office in office.finished(done.keys, redelivered: done.redelivered) }
    }
  }

  private func working(_ body: (OpenQueue, inout Report) -> Void) -> Report {
    var report = Report()
    do throws(QueueTrouble) {
      body(try open(), &report)
    } catch {
      switch error {
      case .shareGone, .ahead: report.gone = error
      case .failed(let failure): report.failure = failure
      }
    }
    return report
  }

  /// Effects that are on disk.
  private struct Done {
    var keys: [String] = []
    /// Items that were gone and are there again.
    var redelivered: [ItemID] = []
  }

  private func perform(_ orders: [QueueOrder], in queue: OpenQueue, _ report: inout Report) -> Done {
    var done = Done()
    let publications = orders.compactMap { order in
      if case .publish(let files, let keys, let item) = order { (files, keys, item) } else { nil }
    }
    var delivered: [QueuePublisher.Delivered] = []
    var outcomes = QueuePublisher(queue).publish(publications.flatMap(\.0)) { delivered.append($0) }[...]
    scan.delivered(delivered)
    for (files, keys, item) in publications {
      let own = outcomes.prefix(files.count)
      outcomes = outcomes.dropFirst(files.count)
      if take(Array(zip(files, own)), &report) { done.keys += keys }
      // The item comes last, after the files that it lists.
      if let item, own.last?.isNew == true { done.redelivered.append(item) }
    }
    let moves = orders.compactMap { order in
      if case .move(let item, let folder, let key) = order { (item, folder, key) } else { nil }
    }
    if !moves.isEmpty { done.keys += move(moves, in: queue, &report) }
    let requests = orders.compactMap { order in
      if case .file(let request, let key) = order { (request, key) } else { nil }
    }
    if !requests.isEmpty { done.keys += file(requests, in: queue, &report) }
    return done
  }

  /// - Returns: whether all of them are where they should be, or cannot come there by trying again.
  private func take(_ outcomes: [(QueueFile, PublishOutcome)], _ report: inout Report) -> Bool {
    var isDone = true
    for (file, outcome) in outcomes {
      switch outcome {
      case .published, .alreadyThere: break
      case .publishedAs(let name):
        report.blocked.append(.init(place: file.shownPlace, name: file.name, given: name))
      case .originalGone: report.lost.append(file.shownPlace)
      case .failed(let failure):
        report.failure = failure
        isDone = false
      }
    }
    return isDone
  }

  /// Moves items as the ledger orders: ended ones to `closed/`, refused ones back.
  private func move(
    _ moves: [(ItemID, QueueFolder, String)], in queue: OpenQueue, _ report: inout Report
  ) -> [String] {
    let now = door.ask { office in office.clock.now() }
    let mover = ItemMover(queue)
    var done: [String] = []
    for (item, folder, key) in moves {
      let (entries, shut) = lying(item, in: queue, now)
      if let shut { report.failure = shut }
      // What nobody may look into may hold the item.
      var complete = shut == nil
      for entry in entries where entry.folder != folder {
        if folder == .closed { takeDown(entry, item, in: queue) }
        switch mover.move(entry, to: folder, as: EntryName("\(item).yaml")) {
        case .moved: break
        case .changed:
          report.moved = true
          complete = false
        case .failed(let failure):
          report.failure = failure
          complete = false
        }
      }
      // An item that is nowhere has been removed by hand: there is nothing left to move.
      if complete { done.append(key) }
    }
    if let failure = mover.sync() {
      report.failure = failure
      return []
    }
    return done
  }

  /// The files of an item: under the name that it was given where people work, else wherever and whatever they are
  /// called by now; and why there may be more of them.
  private func lying(_ item: ItemID, in queue: OpenQueue, _ now: Instant) -> ([QueueEntry], FileFailure?) {
    var named: [QueueEntry] = []
    var shut: FileFailure?
    for folder in QueueFolder.working {
      do throws(FileFailure) {
        if let entry = try scan.entry(of: item, queue, folder, now) { named.append(entry) }
      } catch {
        shut = error
      }
    }
    if !named.isEmpty || shut != nil { return (named, shut) }
    do throws(FileFailure) {
      let snapshot = try scan.scan(queue, now: now)
      shut = QueueFolder.searched.lazy.compactMap { snapshot.shut[$0] }.first
      return (snapshot.entries.filter { $0.item == item }, shut)
    } catch {
      return ([], error)
    }
  }

  /// Moves requests that are on record out of the way; one that was changed since is another request.
  private func file(
    _ requests: [(file: String, key: String)], in queue: OpenQueue, _ report: inout Report
  ) -> [String] {
    let now = door.ask { office in office.clock.now() }
    let snapshot: QueueSnapshot
    do throws(FileFailure) {
      snapshot = try scan.scan(queue, now: now, .folders([.requests]))
      // What is not seen there is not gone: it would be carried out once more when it is seen again.
      if let shut = snapshot.shut[.requests] { throw shut }
    } catch {
      report.failure = error
      return []
    }
    let mover = ItemMover(queue)
    var done: [String] = []
    for (file, key) in requests {
      guard let entry = snapshot.requests.first(where: { $0.requestFile == file }) else {
        done.append(key)
        continue
      }
      switch mover.move(entry, to: .taken) {
      case .moved: done.append(key)
      case .changed: report.moved = true
      case .failed(let failure): report.failure = failure
      }
    }
    if let failure = mover.sync() {
      report.failure = failure
      return []
    }
    return done
  }

  /// Takes what was typed into an item and never handed in into the timeline, before the item goes to `closed/`.
  func takeDown(_ entry: QueueEntry, _ item: ItemID, in queue: OpenQueue) {
    guard let bytes = try? queue.folder(entry.folder).read(entry.name, atMost: Limits.replyBytes) else {
      return
    }
    door.ask { office in office.takeDown(bytes, typedInto: item) }
  }
}

/// One thing to be done in a queue because of effects.
enum QueueOrder: Sendable {
  /// Put the files there, in this order; the keys are of the effects that they perform. `redelivers` is the item that
  /// was gone, the last of the files.
  case publish([QueueFile], keys: [String], redelivers: ItemID? = nil)
  /// Move the item to this folder, wherever it lies.
  case move(ItemID, QueueFolder, key: String)
  /// Move the request to `requests/taken/`.
  case file(request: String, key: String)

  var keys: [String] {
    switch self {
    case .publish(_, let keys, _): keys
    case .move(_, _, let key), .file(_, let key): [key]
    }
  }
}

extension QueueFile {
  /// The folder, for the log.
  var shownPlace: String {
    switch place {
    case .folder(let folder): folder.rawValue
    case .beside(let id), .attachments(let id): "\(id)"
    }
  }
}
