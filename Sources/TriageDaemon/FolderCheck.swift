import Glibc
public import TriageCore
public import TriageLedger

/// Compares the queue folders with the ledger (promise 7). Reads only; the daemon may be running.
public struct FolderCheck {
  /// One thing that is not as the ledger says.
  public struct Finding: Sendable, Equatable {
    public var department: DepartmentID
    /// The item or file it speaks of.
    public var subject: String
    public var what: What
    /// Why it could not be looked at.
    public var fault: SystemFault?

    /// The subject, with why it could not be looked at.
    public var shown: Message {
      guard let fault else { return Message(zh: subject, en: subject) }
      return Message(zh: "\(subject)：\(fault.message.zh)", en: "\(subject): \(fault.message.en)")
    }

    /// The kind of disagreement; its raw value is printed.
    public enum What: String, Sendable, Codable {
      case queueGone = "queue-gone"
      /// The queue was here with a later ledger.
      case queueAhead = "queue-ahead"
      /// A folder of the root that was known by its marker; `department` names it.
      case folderGone = "folder-gone"
      case queueFailed = "queue-failed"
      case missing, copy, misplaced, foreign
      /// An item or a request in a folder of the department's own: the daemon takes it out of there.
      case nested = "in-subfolder"
      case notClosed = "not-closed"
      case unknown
      /// A department's step that the daemon has not taken yet: no disagreement.
      case waiting
      /// A form or a request that was refused and that its department has not mended yet: no disagreement.
      case refused
      /// An effect that is still in the outbox: no disagreement.
      case pending

      public var isDisagreement: Bool { ![.waiting, .refused, .pending, .unknown, .nested].contains(self) }
    }
  }

  private let layout: QueueLayout
  private let ledger: LedgerReader
  private let now: Instant

  public init(root: String, ledger: LedgerReader, now: Instant) {
    layout = QueueLayout(root: root)
    self.ledger = ledger
    self.now = now
  }

  /// All findings, by department.
  public func run() throws(LedgerError) -> [Finding] {
    var findings = try places()
    var snapshots: [(DepartmentID, QueueSnapshot)] = []
    for (department, marker) in try ledger.queues().sorted(by: { $0.key < $1.key }) {
      do throws(QueueTrouble) {
        let queue = try OpenQueue(layout, department, marker: marker)
        if let head = queue.marker.head, (try? ledger.holds(head)) == false { throw .ahead }
        do throws(FileFailure) {
          snapshots.append((department, try QueueScan().scan(queue, now: now)))
        } catch {
          findings.append(
            Finding(
              department: department, subject: error.call, what: .queueFailed, fault: SystemFault(error.code))
          )
        }
      } catch {
        let what: Finding.What = error == .ahead ? .queueAhead : .queueGone
        findings.append(Finding(department: department, subject: layout.path(of: department), what: what))
      }
    }
    let pending = try ledger.pendingEffects(limit: .max)
    var strangers: [DepartmentID: Set<ItemID>] = [:]
    for (department, snapshot) in snapshots {
      strangers[department] = snapshot.strangers(try ledger.openItems(of: department))
    }
    for (department, snapshot) in snapshots {
      findings += try compare(snapshot, pending) { item in
        strangers.contains { $0.key != department && $0.value.contains(item) }
      }
    }
    for effect in pending where effect.planned.notBefore.map({ $0 <= now }) ?? true {
      findings.append(
        Finding(department: effect.planned.effect.department, subject: effect.key, what: .pending))
    }
    return findings
  }

  private func places() throws(LedgerError) -> [Finding] {
    let root = RootLayout(root: layout.root)
    return try ledger.places().sorted(by: { $0.key < $1.key }).compactMap { name, marker in
      guard let place = RootPlaces.Place(rawValue: name) else { return nil }
      let path = root.path(of: place)
      if QueueMarker.at(path)?.id == marker { return nil }
      return Finding(department: DepartmentID(place.rawValue), subject: path, what: .folderGone)
    }
  }

  /// - Parameter isElsewhere: whether an item lies in another department's queue: it is found there and is not missing.
  private func compare(
    _ snapshot: QueueSnapshot, _ pending: [PendingEffect], _ isElsewhere: (ItemID) -> Bool
  ) throws(LedgerError) -> [Finding] {
    let department = snapshot.department
    let touched = Set(pending.compactMap(\.planned.effect.item))
    let knowledge = Reconciler.Knowledge(
      expected: try ledger.openItems(of: department), undelivered: touched,
      // Days count here for what waits to be put away, which is no disagreement.
      today: CivilDate(day: Int(now.seconds / 86_400)),
      lookup: { [ledger] in (try? ledger.item($0)) ?? nil })
    // Everything is judged as if it had been still for long: nobody waits for a check.
    let later = now + 1_000_000
    return Reconciler.plan(snapshot, knowledge, now: later).compactMap { finding in
      if case .missing(let item) = finding, isElsewhere(item) { return nil }
      // Housekeeping of the daemon's own; nobody's step is waited for.
      switch finding {
      case .renamed, .shelve: return nil
      default: break
      }
      var (subject, what) = Self.meaning(of: finding)
      if let file = finding.step, snapshot.isRefused(file) { what = .refused }
      if case .ended(let item, _) = finding, touched.contains(item) { return nil }
      return Finding(department: department, subject: subject, what: what, fault: finding.fault)
    }
  }

  private static func meaning(of finding: QueueFinding) -> (String, Finding.What) {
    switch finding {
    case .accepted(let item, _), .handedIn(let item, _, _), .returned(let item, _, _),
      .takenBack(let item, _):
      (item.description, .waiting)
    case .missing(let item): (item.description, .missing)
    case .copy(_, let entry, _, _), .gather(_, let entry, _):
      ("\(entry.folder.rawValue)/\(entry.name.shown)", .copy)
    case .misplaced(let item, _, _): (item.description, .misplaced)
    case .foreign(let item, _, _, _): (item.description, .foreign)
    case .ended(let item, _): (item.description, .notClosed)
    case .request(let entry), .spentNote(let entry), .shelve(let entry, _): (entry.name.shown, .waiting)
    case .renamed(let item, _): (item.description, .waiting)
    case .unreadable(_, let entry): ("\(entry.folder.rawValue)/\(entry.name.shown)", .refused)
    case .lift(let entry, let nest, _): ("\(nest.shown)/\(entry.name.shown)", .nested)
    case .folderRequest(let nest): (nest.shown, .refused)
    case .shut(let folder, let failure):
      ("\(folder.rawValue): \(failure.call)", .queueFailed)
    case .unknown(let entry): ("\(entry.folder.rawValue)/\(entry.name.shown)", .unknown)
    }
  }
}

extension QueueFinding {
  /// Why a folder cannot be looked into.
  fileprivate var fault: SystemFault? {
    if case .shut(_, let failure) = self { SystemFault(failure.code) } else { nil }
  }

  /// The file by which the department took a step.
  fileprivate var step: QueueEntry? {
    switch self {
    case .handedIn(_, let entry, _), .returned(_, let entry, _), .request(let entry): entry
    default: nil
    }
  }
}

extension QueueSnapshot {
  /// The daemon has said what is wrong with the file, and nobody has changed it since.
  fileprivate func isRefused(_ file: QueueEntry) -> Bool {
    notes.contains { note in
      guard note.folder == file.folder, file.unchangedSince <= note.unchangedSince else { return false }
      return file.folder == .requests
        ? ProblemNote.isAbout(note.name, file.name) : ItemNaming.item(inName: note.name.bytes) == file.item
    }
  }
}

extension Effect {
  /// The item whose file it puts or moves.
  var item: ItemID? {
    switch self {
    case .deliver(let item, _), .redeliver(let item, _), .retire(let item, _): item
    case .notice, .remind, .fileRequest: nil
    }
  }

  /// The request that it files away.
  var requestFile: String? {
    if case .fileRequest(_, _, let file) = self { file } else { nil }
  }
}
