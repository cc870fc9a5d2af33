import Glibc
import TriageCore
import TriageLedger

/// Puts into `set-aside/` what the queues hold and a ledger that was put back does not know.
///
/// The reason is there first, then the case file, then what departments had: whatever a crash leaves is gone on with.
struct RestoredCases {
  private struct Found {
    var entry: QueueEntry
    var item: ItemID
    var queue: OpenQueue
  }

  private let office: Office
  private var cases: [CaseID: [Found]] = [:]
  private var items: [Found] = []

  init(_ office: Office) { self.office = office }

  mutating func add(_ entry: QueueEntry, _ item: ItemID, in queue: OpenQueue, isCaseKnown: Bool) {
    let found = Found(entry: entry, item: item, queue: queue)
    // An alert comes from no file and is raised again by its rule.
    if isCaseKnown || item.caseID.isAlert {
      items.append(found)
    } else {
      cases[item.caseID, default: []].append(found)
    }
  }

  /// - Returns: how many cases and how many single items were set aside.
  func put() throws(LedgerError) -> (cases: Int, items: Int) {
    do throws(FileFailure) {
      let target = try OpenFolder(path: office.layout.setAside)
      for (id, found) in cases.sorted(by: { $0.key < $1.key }) { try put(id, found, into: target) }
      for found in items { try put(found, into: target) }
      return (cases.count, items.count)
    } catch {
      throw error.ending(at: office.layout.setAside)
    }
  }

  // MARK: A case

  private func put(_ id: CaseID, _ found: [Found], into target: OpenFolder) throws(FileFailure) {
    let name = SafeName.of(EntryName(id.rawValue))
    // Every item of a case tells what was reported; the lead's is the usual one.
    let source = found.first { $0.item.role == .lead } ?? found[0]
    let text = try source.queue.folder(source.entry.folder).read(source.entry.name, atMost: Limits.replyBytes)
    let restored = RestoredItem(text)
    let reason = reason(
      name, .restoredCase(id, channel: restored.channel), "newer-than-ledger", found.map(Self.place))
    try put(reason, as: EntryName(bytes: name.bytes + SafeName.reasonEnding), in: target)
    if try target.makeFolder(name.shown) { try target.sync() }
    let folder = try OpenFolder(name, in: target)
    folder.removeTemporary()
    let file = EntryName("案件.yaml")
    if try folder.stamp(of: file) == nil { try put(restored.caseFile, as: file, in: folder) }
    for one in found { try move(one.entry.name, in: one.entry.folder, of: one.queue, to: folder) }
    for queue in queues(of: found) { try moveRest(of: id, in: queue, to: folder) }
    office.journal.notice(.caseAsideAfterRestore, ["case": "\(id)"])
  }

  private func queues(of found: [Found]) -> [OpenQueue] {
    var queues: [OpenQueue] = []
    for one in found where !queues.contains(where: { $0 === one.queue }) { queues.append(one.queue) }
    return queues
  }

  /// Notices, problem notes and attachments of the case.
  private func moveRest(of id: CaseID, in queue: OpenQueue, to target: OpenFolder) throws(FileFailure) {
    for folder in QueueFolder.searched {
      guard let open = try? queue.folder(folder) else { continue }
      for name in try open.names() where ItemNaming.caseID(at: name.bytes[...])?.id == id {
        try move(name, in: folder, of: queue, to: target)
      }
    }
    guard let all = try? queue.folder(.attachments),
      let own = try? OpenFolder(id.rawValue, in: all)
    else { return }
    for name in try own.names() {
      try move(name, from: own, to: target, as: EntryName("\(queue.department) \(name.shown)"))
    }
    try all.removeFolder(EntryName(id.rawValue))
  }

  // MARK: A single item

  private func put(_ found: Found, into target: OpenFolder) throws(FileFailure) {
    let wanted = SafeName.of(EntryName("\(found.queue.department) \(found.item).yaml"))
    for number in 1...999 {
      let name = SafeName.numbered(wanted, number)
      if try target.stamp(of: name) != nil { continue }
      let message: Message = found.item.caseID.isAlert ? .restoredAlert : .restoredItem(found.item.caseID)
      let reason = reason(name, message, "newer-than-ledger", [Self.place(found)])
      try put(reason, as: EntryName(bytes: name.bytes + SafeName.reasonEnding), in: target)
      return try move(
        found.entry.name, from: try found.queue.folder(found.entry.folder), to: target, as: name)
    }
    throw FileFailure(call: "renameat2", code: EEXIST)
  }

  // MARK: Files

  private static func place(_ found: Found) -> String {
    "queues/\(found.queue.department)/\(found.entry.folder.rawValue)/\(found.entry.name.shown)"
  }

  private func reason(_ name: EntryName, _ message: Message, _ code: String, _ places: [String]) -> [UInt8] {
    var writer = TextWriter()
    writer.pair("file", name.shown)
    writer.pair("reason", message[office.language])
    writer.line("code: \(code)")
    writer.pair("time", office.clock.now().iso8601(in: office.rulebook.calendar.zone))
    writer.line("lay_in:")
    for place in places {
      writer.raw("  - ")
      writer.quoted(place)
      writer.newline()
    }
    return writer.bytes
  }

  private func put(_ bytes: [UInt8], as name: EntryName, in folder: OpenFolder) throws(FileFailure) {
    let temporary = TemporaryName.next()
    try folder.write(bytes, as: temporary, mode: 0o640, durable: true)
    do throws(FileFailure) {
      try folder.replace(temporary, as: name)
      try folder.sync()
    } catch {
      try? folder.remove(temporary)
      throw error
    }
  }

  private func move(
    _ name: EntryName, in folder: QueueFolder, of queue: OpenQueue, to target: OpenFolder
  ) throws(FileFailure) {
    let wanted = EntryName("\(queue.department) \(folder.rawValue) \(name.shown)")
    try move(name, from: try queue.folder(folder), to: target, as: SafeName.of(wanted))
  }

  /// Never over what bears the name; the target is durable before the source.
  private func move(
    _ name: EntryName, from source: OpenFolder, to target: OpenFolder, as wanted: EntryName
  ) throws(FileFailure) {
    guard let entry = InboxEntry(name, in: source) else { return }
    for number in 1...999 {
      let new = SafeName.numbered(wanted, number)
      do throws(FileFailure) {
        do throws(FileFailure) { try source.move(name, to: target, as: new) } catch {
          guard error.code == EXDEV else { throw error }
          try EntryCopy.move(name, entry, from: source, to: new, in: target)
        }
        try target.sync()
        return try source.sync()
      } catch {
        if error.code != EEXIST { throw error }
      }
    }
    throw FileFailure(call: "renameat2", code: EEXIST)
  }
}
