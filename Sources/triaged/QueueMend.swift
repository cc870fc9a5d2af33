import TriageCore
import TriageDaemon
import TriageLedger

/// One thing that `fsck --repair` put right.
struct QueueMend: Equatable {
  var department: DepartmentID
  /// The item or file.
  var subject: String
  /// What had been wrong.
  var what: FolderCheck.Finding.What

  /// What the round between two checks mended: what the first found and the second does not, and what the ledger's
  /// events say was mended beyond that, such as the items of a queue that was made anew.
  static func between(
    _ before: [FolderCheck.Finding], _ after: [FolderCheck.Finding],
    events: [(item: ItemID, department: DepartmentID, what: CaseEvent.Mended.What)]
  ) -> [QueueMend] {
    var mends = before.filter { !after.contains($0) && $0.what != .unknown }.map {
      QueueMend(department: $0.department, subject: $0.subject, what: $0.what)
    }
    for event in events {
      let what: FolderCheck.Finding.What =
        switch event.what {
        case .redelivered: .missing
        case .putBack: .misplaced
        case .copyClosed: .copy
        case .formRefused: .waiting
        }
      let isKnown = mends.contains { mend in
        mend.subject.contains(event.item.description)
          && (mend.what == what || what == .misplaced && mend.what == .foreign)
      }
      if !isKnown {
        mends.append(
          QueueMend(department: event.department, subject: event.item.description, what: what))
      }
    }
    return mends
  }
}
