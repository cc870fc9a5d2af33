import Glibc
import TriageCore

/// Answers, for one round of deliveries, what is already in the queue.
struct QueuePresence {
  private let queue: OpenQueue
  /// Items of the queue and where they lie; read once, when first needed.
  private var items: [ItemID: QueueFolder]?
  /// A folder in which items may lie that nobody may look into.
  private var shut: FileFailure?

  init(_ queue: OpenQueue) { self.queue = queue }

  /// The folder in which an item of the case lies, `new/` where none does. What lies under the name elsewhere, because
  /// the item has been moved since, comes along.
  mutating func folder(beside id: CaseID, for name: EntryName) throws(FileFailure) -> QueueFolder {
    let folder = try folder(of: id) ?? .new
    for other in QueueFolder.working where other != folder {
      guard let open = try existing(other), try open.stamp(of: name)?.isRegular == true else { continue }
      let target = try queue.folderMade(folder)
      // Where the name is taken there too, the older one waits to be put away (`Reconciler`).
      guard try target.stamp(of: name) == nil else { continue }
      try open.move(name, to: target, as: name)
      try target.sync()
    }
    return folder
  }

  private func folder(of id: CaseID) throws(FileFailure) -> QueueFolder? {
    // Most items keep the name they were given.
    let plain = EntryName("\(id).yaml")
    for folder in QueueFolder.working.reversed() {
      if let open = try existing(folder), try open.stamp(of: plain)?.isRegular == true { return folder }
    }
    for folder in QueueFolder.working.reversed() where try lies(id, in: folder) { return folder }
    return nil
  }

  /// Whether an item of the case is there: by its name, and where a clerk has given it another by its head.
  private func lies(_ id: CaseID, in folder: QueueFolder) throws(FileFailure) -> Bool {
    guard let open = try existing(folder) else { return false }
    for name in try open.names() where !name.isTemporary && !ItemNaming.isCompanion(name) {
      let item = ItemNaming.item(inName: name.bytes) ?? ItemNaming.item(of: name, in: open)
      if item?.caseID == id { return true }
    }
    return false
  }

  /// Where the file already is; nil when it is to be written.
  mutating func find(_ file: QueueFile, at spot: QueuePublisher.Spot) throws(FileFailure) -> QueueFolder? {
    switch file.policy {
    case .first: return nil
    case .again:
      guard let item = file.item else { return nil }
      return try find(item)
    case .replace, .revise:
      if case .revise(let keeping) = file.policy,
        try existing(keeping)?.holds(file.content, as: file.name) == true
      {
        return keeping
      }
      for number in QueuePublisher.names {
        let name = number == 1 ? file.name : file.name.numbered(number)
        guard let stamp = try spot.open.stamp(of: name) else { return nil }
        if stamp.isFolder { continue }
        return try spot.open.holds(file.content, as: name) ? spot.folder : nil
      }
      return nil
    case .once:
      for number in QueuePublisher.names {
        let name = number == 1 ? file.name : file.name.numbered(number)
        guard try spot.open.stamp(of: name) != nil else { return nil }
        if try spot.open.holds(file.content, as: name) { return spot.folder }
      }
      return nil
    }
  }

  /// The folder in which the item lies, by its id and whatever its name has become. Where it may lie in a folder that
  /// cannot be looked into, nobody knows whether it is to be put there.
  private mutating func find(_ item: ItemID) throws(FileFailure) -> QueueFolder? {
    if let folder = try allItems()[item] { return folder }
    if let shut { throw shut }
    return nil
  }

  private mutating func allItems() throws(FileFailure) -> [ItemID: QueueFolder] {
    if let items { return items }
    var found: [ItemID: QueueFolder] = [:]
    for folder in QueueFolder.searched.reversed() {
      let open: OpenFolder
      do throws(FileFailure) {
        open = try queue.folder(folder)
      } catch {
        if error.isOfOneFolder { shut = error } else if error.code != ENOENT { throw error }
        continue
      }
      for name in try open.names() where !name.isTemporary {
        guard let stamp = try open.stamp(of: name), stamp.isRegular else { continue }
        guard let item = ItemNaming.item(of: name, in: open) else { continue }
        let advance = folder.advance ?? -1
        if let known = found[item], known.advance ?? -1 >= advance { continue }
        found[item] = folder
      }
    }
    items = found
    return found
  }

  /// Nil when the folder has been removed, or cannot be looked into.
  private func existing(_ folder: QueueFolder) throws(FileFailure) -> OpenFolder? {
    do {
      return try queue.folder(folder)
    } catch {
      if error.code == ENOENT || error.isOfOneFolder { return nil }
      throw error
    }
  }
}
