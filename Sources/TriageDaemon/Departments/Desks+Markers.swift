import CLinux
import Glibc
import TriageCore
import TriageLedger

/// How far the ledger has come, said in the markers of the queues: of those in which something was done, each once a
/// minute.
extension Desks {
  /// - Parameter atOnce: however short a time ago it was last said: the daemon ends.
  func keepMarkers(atOnce: Bool = false) throws(LedgerError) {
    let now = Clock.monotonic()
    // A share that is gone is told when it is back.
    let due = unmarked.filter { id in
      gone[id] == nil && !unmade.contains(id)
        && (atOnce || now - (markedAt[id] ?? -.infinity) >= Limits.markerPause)
    }
    guard !due.isEmpty else { return }
    try office.ledger.keepHead()
    let head = try office.ledger.read.head()
    unmarked.subtract(due.filter { desks[$0] == nil })
    let served = due.filter { desks[$0] != nil }.sorted()
    for id in served where lanes[id] != nil {
      guard let desk = desks[id] else { continue }
      let begun = run(id) { [door] in
        let report = desk.mark(head)
        door.ask { office in office.desks?.marked(id, report) }
      }
      if begun { unmarked.remove(id) }
    }
    markLocal(served.filter { lanes[$0] == nil }, head)
  }

  private func markLocal(_ ids: [DepartmentID], _ head: LedgerHead) {
    let together = ids.count >= Limits.syncTogether ? fileSystem(ofAll: ids) : nil
    var reports = ids.compactMap { id in
      desks[id].map { (id, $0.mark(head, durable: together == nil)) }
    }
    if let together, clinux_syncfs(together.descriptor) != 0 {
      let failure = FileFailure(call: "syncfs", code: errno)
      for place in reports.indices { reports[place].1.failure = failure }
    }
    unmarked.subtract(ids)
    for (id, report) in reports { marked(id, report) }
  }

  /// A folder of the file system that all these queues are on, where it can be synced as a whole; opened before anything
  /// is written, so that an error since then is told.
  private func fileSystem(ofAll ids: [DepartmentID]) -> OpenFolder? {
    guard let folder = try? OpenFolder(path: queues.queues), let device = try? folder.stamp().device,
      FileSystem(clinux_fs_type_of(folder.descriptor)).syncsAsOne
    else { return nil }
    let isOne = ids.allSatisfy { id in
      var found = stat()
      return stat(queues.path(of: id), &found) == 0 && UInt64(found.st_dev) == device
    }
    return isOne ? folder : nil
  }

  private func marked(_ id: DepartmentID, _ report: QueueDesk.Report) {
    markedAt[id] = Clock.monotonic()
    if report.failure != nil || report.gone != nil { unmarked.insert(id) }
    take(report, of: id, after: .mark)
  }
}
