import TriageCore
import TriageLedger

/// What departments have not finished writing.
extension Desks {
  /// When something of it may be complete, monotonic nanoseconds.
  var nextSettled: Int64? { settling.values.flatMap { $0.values.map(\.until) }.min() }

  /// What a round of work left for later; what waits for very long is said once.
  func wait(for waiting: [String: Readiness.Wait], of id: DepartmentID) {
    for (file, wait) in waiting.sorted(by: { $0.key < $1.key }) {
      settling[id, default: [:]][file] = wait
      if wait.isOverdue {
        office.journal.warning(
          .fileStillWritten(minutes: Int(Limits.arrivalPatience / 60)),
          ["department": "\(id)", "file": "\(file)"])
      }
    }
  }

  /// Names what stays unread when `run --once` ends.
  /// - Returns: whether all was read.
  /// - Parameter seconds: that were waited; nil: it was ended before.
  func sayWhatIsUnread(after seconds: Int?) -> Bool {
    for (id, waiting) in settling.sorted(by: { $0.key < $1.key }) {
      for (file, wait) in waiting.sorted(by: { $0.key < $1.key }) {
        let message =
          seconds.map { seconds -> Message in
            wait.reason == .written ? .fileLeftWritten(seconds: seconds) : .fileLeftSettling(seconds: seconds)
          } ?? .fileLeftUntaken
        office.journal.warning(message, ["department": "\(id)", "file": "\(file)"])
      }
    }
    return settling.isEmpty
  }

  /// Names the queues that cannot be used, or not altogether, when a round ends, and how much waits for each.
  /// - Returns: their departments.
  func sayWhatIsUndone() throws(LedgerError) -> [DepartmentID] {
    let left = unmade.union(failures.keys).union(failing).union(gone.keys).union(hung).sorted()
    guard !left.isEmpty else { return [] }
    let waiting = try office.ledger.read.pendingEffectCounts()
    for id in left {
      office.journal.warning(.queueLeft(deliveries: waiting[id] ?? 0), ["department": "\(id)"])
    }
    return left
  }
}
