import Glibc
import TriageCore

@testable import TriageDaemon

/// A suite of tests each of which looks into a queue of its own, and says what the department did there.
protocol Reconciling {
  var root: Root { get }
  var scan: QueueScan { get }
}

extension Reconciling {
  var item: ItemID { ItemID("ZZ20261012-0001")! }
  /// Long after anything that a test writes.
  var later: Instant { present + 3600 }
  /// What was written this moment may still be being written.
  var present: Instant { Instant(seconds: Int64(time(nil))) }

  func row(
    _ status: Assignment.Status, _ item: String = "ZZ20261012-0001", _ department: DepartmentID = "urban"
  ) -> CaseIndex.ItemRow {
    .init(item: ItemID(item)!, department: department, status: status, openedAt: Bureau.monday)
  }

  func file(_ item: String = "ZZ20261012-0001") -> String { "item: \(item)\nreply:\n  result:\n" }

  func plan(
    _ expected: [CaseIndex.ItemRow], undelivered: Set<ItemID> = [], known: [CaseIndex.ItemRow] = [],
    now: Instant? = nil
  ) throws -> [QueueFinding] {
    let now = now ?? later
    let snapshot = try scan.scan(try root.queue(), now: now)
    let knowledge = Reconciler.Knowledge(
      expected: expected, undelivered: undelivered, today: Bureau.day,
      lookup: { item in (expected + known).first { $0.item == item } })
    return Reconciler.plan(snapshot, knowledge, now: now)
  }

  /// A finding without the entry's stamps: `accepted accepted/ZZ….yaml`.
  func said(_ findings: [QueueFinding]) -> [String] {
    findings.map { finding in
      func at(_ entry: QueueEntry) -> String { "\(entry.folder.rawValue)/\(entry.name.shown)" }
      return switch finding {
      case .accepted(_, let entry): "accepted \(at(entry))"
      case .handedIn(_, let entry, let from): "handed in \(at(entry)) from \(from)"
      case .returned(_, let entry, let from): "returned \(at(entry)) from \(from)"
      case .takenBack(_, let entry): "taken back \(at(entry))"
      case .missing(let item): "missing \(item)"
      case .copy(_, let entry, let kept, _): "copy \(at(entry)) of \(at(kept))"
      case .gather(_, let entry, let folder): "gather \(at(entry)) to \(folder)"
      case .renamed(_, let entry): "renamed \(at(entry))"
      case .shelve(let entry, let folder): "shelve \(at(entry)) to \(folder.rawValue)"
      case .misplaced(_, let entry, let folder): "misplaced \(at(entry)) to \(folder)"
      case .foreign(_, let entry, let owner, let folder): "foreign \(at(entry)) to \(owner)/\(folder)"
      case .ended(_, let entry): "ended \(at(entry))"
      case .request(let entry): "request \(entry.name.shown)"
      case .spentNote(let entry): "spent \(at(entry))"
      case .unreadable(_, let entry): "unreadable \(at(entry))"
      case .lift(let entry, let nest, let folder): "lift \(nest.shown)/\(entry.name.shown) to \(folder)"
      case .folderRequest(let nest): "folder \(nest.shown)"
      case .shut(let folder, _): "shut \(folder.rawValue)"
      case .unknown(let entry): "unknown \(at(entry))"
      }
    }
  }

  /// Forms that were answered.
  var filled: String { "item: ZZ20261012-0001\nreply:\n  result: 已化解\n" }
  func answer(_ summary: String) -> String { filled + "  summary: \(summary)\n" }

  func makeFolder(_ path: String) { mkdir("\(root.layout.path(of: "urban"))/\(path)", 0o755) }
}
