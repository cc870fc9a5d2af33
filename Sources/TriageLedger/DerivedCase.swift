import Foundation
import GRDB
import TriageCore

/// All that a case's events say about its rows, made anew.
///
/// Derived are the tables `assignments`, `deadlines` and `links`, the sketches with their keys, and of `cases` every
/// column but number, id, original and erasure (docs/LEDGER.md).
struct DerivedCase {
  let number: Int64
  let state: CaseState
  /// Its timer is that of the rules in force; nil also where they are not known.
  let index: CaseIndex
  /// SHA-256 of the original, hex.
  let original: String
  let row: Int?
  let duplicateKey: [UInt8]
  let sourceKey: String?
  let sketch: Recomputation.Sketch
  let materials: DerivedMaterials
  /// What its events ever asked of the world outside.
  let effects: [PlannedEffect]

  /// - Throws: `unreadableEvent`, `inconsistent` where the events make no case.
  init(
    _ db: Database, number: Int64, id: CaseID, _ recomputation: Recomputation, _ duplicates: DuplicateKeys
  ) throws {
    let events = try Self.events(db, number: number, id: id)
    guard let first = events.first?.0, let state = CaseState(id: id, events: events) else {
      throw LedgerError.inconsistent("\(id) does not begin with its taking")
    }
    self.number = number
    self.state = state
    index = state.index(nextTimer: recomputation.timers.flatMap { $0.next(state) })
    materials = DerivedMaterials(events.map(\.0))
    effects = Lifecycle.effects(of: events.map(\.0), on: state)
    guard case .taken(let taken) = first else {
      // An alert comes from no file, and nothing repeats it (`AlertRows`).
      original = Hex.string(EventChain.payloadHash(salt: [], payload: []))
      row = nil
      duplicateKey = duplicates.digest(id.rawValue)
      sourceKey = nil
      sketch = .none
      return
    }
    let keys = recomputation.keys(taken)
    original = taken.original
    row = taken.row
    duplicateKey = duplicates.digest(keys.duplicate)
    sourceKey = keys.source
    sketch = try recomputation.sketch(taken) { digest in
      try db.first("SELECT source FROM rulebooks WHERE digest = ?", digest) { $0.blob(0) }
    }
  }

  private static func events(_ db: Database, number: Int64, id: CaseID) throws -> [(CaseEvent, Instant)] {
    try db.all(
      """
      SELECT e.sequence, e.kind, e.at, p.payload FROM events e JOIN payloads p ON p.sequence = e.sequence
      WHERE e.case_number = ? ORDER BY e.version
      """, number
    ) { row in
      do {
        let event = try EventCoding.decode(kind: row.text(1), body: Data(row.blob(3)))
        return (event, Instant(seconds: row.int(2)))
      } catch {
        throw LedgerError.unreadableEvent(sequence: row.int(0), detail: "\(id): \(error)")
      }
    }
  }

  /// The columns of `cases` that follow from events, but for the version, which is counted by itself, the timer, which
  /// follows from the rules in force too, and the matter, which follows from the links of all cases.
  var columns: [(name: String, value: String?)] {
    [
      ("phase", index.phase.rawValue), ("open", index.phase.isOpen ? "1" : "0"),
      ("channel", index.channel.rawValue), ("source_id", index.sourceID), ("title", index.title),
      ("category", index.category.rawValue), ("level", index.level.rawValue), ("lead", index.lead.rawValue),
      ("area", index.area?.rawValue), ("taken_at", text(index.takenAt)),
      ("resolved_at", index.resolvedAt.map(text)), ("closed_at", index.closedAt.map(text)),
      ("original_row", row.map { "\($0)" }), ("duplicate_key", Hex.string(duplicateKey)),
      ("source_key", sourceKey), ("alert", index.isAlert ? "1" : "0"),
    ]
  }

  /// By role and number: department, status, opened at.
  var assignments: [String: [String?]] {
    Dictionary(
      index.items.map { item in
        (
          "\(item.item.role.rawValue)-\(item.item.ordinal)",
          [item.department.rawValue, item.status.rawValue, text(item.openedAt)]
        )
      }
    ) { _, last in last }
  }

  /// In their places, with the columns of `DerivedCase.deadlineColumns`.
  var deadlines: [[String?]] {
    index.deadlines.map { row in
      [
        row.stage.rawValue, row.item?.role.rawValue, row.item.map { "\($0.ordinal)" },
        row.department?.rawValue, text(row.start), text(row.due), row.provisional ? "1" : "0",
        row.ended?.rawValue,
      ]
    }
  }
  static let deadlineColumns = [
    "stage", "item_role", "item_ordinal", "department", "start", "due", "provisional", "ended",
  ]
  static let assignmentColumns = ["department", "status", "opened_at"]

  private func text(_ instant: Instant) -> String { "\(instant.seconds)" }
}

/// The files of a case, as far as its events tell of them.
struct DerivedMaterials {
  struct Material: Equatable {
    var kind: String
    var name: String
    /// Hex.
    var sha256: String
  }
  /// In the order of their coming, each once.
  private(set) var known: [Material] = []
  /// Some came with events of before events told of such files.
  private(set) var isComplete = true

  init(_ events: [CaseEvent]) {
    for event in events {
      switch event {
      case .taken(let taken): add(taken.enclosures)
      case .duplicateArrived(let arrival):
        add(Material(kind: "duplicate", name: "", sha256: arrival.original))
        add(arrival.enclosures)
      case .attached(let file): add(Material(kind: "attachment", name: file.name, sha256: file.sha256))
      default: break
      }
    }
  }

  private mutating func add(_ enclosures: [CaseEvent.Enclosure]?) {
    guard let enclosures else { return isComplete = false }
    for file in enclosures { add(Material(kind: "attachment", name: file.name, sha256: file.sha256)) }
  }

  private mutating func add(_ material: Material) { if !known.contains(material) { known.append(material) } }
}

/// Which cases links hold together, and the first of each such matter.
struct DerivedMatters {
  private var parents: [Int64: Int64] = [:]

  mutating func link(_ one: Int64, _ other: Int64) {
    let (a, b) = (root(one), root(other))
    if a != b { parents[max(a, b)] = min(a, b) }
  }

  /// The first case of the matter; nil for that case itself and for one that stands alone.
  func first(of number: Int64) -> Int64? {
    let first = root(number)
    return first == number ? nil : first
  }

  private func root(_ number: Int64) -> Int64 {
    var number = number
    while let parent = parents[number] { number = parent }
    return number
  }
}
