import Glibc
import TriageCore

/// Answers, for one round of deliveries, what is already in the queue.
struct QueuePresence {
  private let queue: OpenQueue
  /// Items of the queue and where they lie; read once, when first needed.
  private var items: [ItemID: QueueFolder]?

  init(_ queue: OpenQueue) { self.queue = queue }

  /// The folder into which a file goes.
  mutating func folder(for place: QueueFile.Place) throws(FileFailure) -> QueueFolder {
    switch place {
    case .folder(let folder): return folder
    case .beside(let id):
      // Most items keep the name they were given.
      let plain = EntryName("\(id).yaml")
      for folder in QueueFolder.working.reversed() {
        if let open = try existing(folder), try open.stamp(of: plain) != nil { return folder }
      }
      for folder in QueueFolder.working.reversed() where try lies(id, in: folder) { return folder }
      return .new
    }
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
  mutating func find(_ file: QueueFile, in folder: QueueFolder) throws(FileFailure) -> QueueFolder? {
    switch file.policy {
    case .first: return nil
    case .again:
      if let item = file.item { return try find(item) }
      return try find(file.name, among: file.place.folders(orElse: folder))
    case .replace, .complete:
      guard let open = try existing(folder), let stamp = try open.stamp(of: file.name), stamp.isRegular,
        stamp.size == Int64(file.bytes.count)
      else { return nil }
      return try? open.read(file.name, atMost: file.bytes.count + 1) == file.bytes ? folder : nil
    }
  }

  private func find(
    _ name: EntryName, among folders: [QueueFolder]
  ) throws(FileFailure) -> QueueFolder? {
    for folder in folders where try existing(folder)?.stamp(of: name) != nil { return folder }
    return nil
  }

  /// The file with the lines of the present one before its own, where its policy wants that.
  func completed(_ file: QueueFile, in folder: QueueFolder) throws(FileFailure) -> QueueFile {
    guard file.policy == .complete, let open = try existing(folder),
      let stamp = try open.stamp(of: file.name), stamp.isRegular,
      let present = try? open.read(file.name, atMost: Int(stamp.size) + 1), !present.isEmpty
    else { return file }
    let lines = Set(present.split(separator: 10).map { Array($0) })
    var bytes = present
    if bytes.last != 10 { bytes.append(10) }
    for line in file.bytes.split(separator: 10) where !lines.contains(Array(line)) {
      bytes += line
      bytes.append(10)
    }
    var file = file
    file.bytes = bytes.count == present.count ? present : bytes
    return file
  }

  /// The folder in which the item lies, by its id and whatever its name has become.
  mutating func find(_ item: ItemID) throws(FileFailure) -> QueueFolder? { try allItems()[item] }

  private mutating func allItems() throws(FileFailure) -> [ItemID: QueueFolder] {
    if let items { return items }
    var found: [ItemID: QueueFolder] = [:]
    for folder in QueueFolder.searched.reversed() {
      guard let open = try existing(folder) else { continue }
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

  /// Nil when the folder has been removed.
  private func existing(_ folder: QueueFolder) throws(FileFailure) -> OpenFolder? {
    do {
      return try queue.folder(folder)
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
  }
}

extension QueueFile.Place {
  /// Where the file may lie already: what was put beside an item stays there when the item is moved on.
  fileprivate func folders(orElse folder: QueueFolder) -> [QueueFolder] {
    switch self {
    case .folder: [folder]
    case .beside: QueueFolder.searched
    }
  }
}
