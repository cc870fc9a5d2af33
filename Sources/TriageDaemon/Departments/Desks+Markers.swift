import TriageCore
import TriageLedger

/// How far the ledger has come, said in the markers of the queues: of those whose work changed, each once a minute.
extension Desks {
  private static let between = 60.0

  /// - Parameter atOnce: however short a time ago it was last said: the daemon ends.
  func keepMarkers(atOnce: Bool = false) throws(LedgerError) {
    let now = Clock.monotonic()
    let due = unmarked.filter { id in atOnce || now - (markedAt[id] ?? -Self.between) >= Self.between }
    guard !due.isEmpty else { return }
    try office.ledger.keepHead()
    let head = try office.ledger.read.head()
    for id in due.sorted() {
      guard let desk = desks[id] else {
        unmarked.remove(id)
        continue
      }
      let begun = run(id) { [door] in
        let report = desk.mark(head)
        door.ask { office in office.desks?.marked(id, report) }
      }
      if begun { unmarked.remove(id) }
    }
  }

  private func marked(_ id: DepartmentID, _ report: QueueDesk.Report) {
    markedAt[id] = Clock.monotonic()
    settle(id, report)
  }
}
