import TriageCore

/// What departments have not finished writing.
extension Desks {
  /// When something of it may be complete, monotonic nanoseconds.
  var nextSettled: Int64? { settling.values.flatMap { $0.values.map(\.until) }.min() }

  /// What a round of work left for later; what waits for very long is said once.
  func settle(_ id: DepartmentID, _ waiting: [String: Readiness.Wait]) {
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
  func sayWhatIsLeft() -> Bool {
    let seconds = Int(office.configuration.onceWaits)
    for (id, waiting) in settling.sorted(by: { $0.key < $1.key }) {
      for (file, wait) in waiting.sorted(by: { $0.key < $1.key }) {
        let message: Message =
          wait.reason == .written ? .fileLeftWritten(seconds: seconds) : .fileLeftSettling(seconds: seconds)
        office.journal.warning(message, ["department": "\(id)", "file": "\(file)"])
      }
    }
    return settling.isEmpty
  }
}
