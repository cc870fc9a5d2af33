import TriageCore

/// A folder that somebody put among the items of a queue, and what of the daemon's lies in it, one level down.
struct QueueNest: Sendable, Equatable {
  /// The folder of the queue in which it lies.
  let folder: QueueFolder
  let name: EntryName
  let stamp: FileStamp
  /// Items, files that bear an item's name, the daemon's notes on them among these, and in `requests/` all that begins
  /// with a case's number; by their names below the folder.
  private(set) var files: [QueueEntry] = []
  /// Nothing at all lies in it.
  let isEmpty: Bool

  /// Nil for the folders of the queue itself, and where folders are of no account.
  init?(_ name: EntryName, _ stamp: FileStamp, in folder: QueueFolder, _ outer: OpenFolder, now: Instant) {
    guard folder.advance != nil || folder == .requests || folder == .top,
      !Self.own.contains(where: { folder.holds($0, as: name) }),
      let open = try? OpenFolder(name, in: outer), let names = try? open.names()
    else { return nil }
    self.folder = folder
    self.name = name
    self.stamp = stamp
    isEmpty = names.isEmpty
    for inner in names.sorted() where !inner.waits {
      let named = ItemNaming.item(inName: inner.bytes)
      // At the top people keep what they like: only what bears an item's name is looked at.
      let isOfInterest = named != nil || folder.advance != nil && ItemNaming.isForm(inner)
      guard isOfInterest, let stamp = try? open.stamp(of: inner), stamp.isRegular else { continue }
      let item = folder == .requests ? nil : ItemNaming.item(of: inner, in: open)
      guard item != nil || named != nil else { continue }
      files.append(
        QueueEntry(
          folder: folder, name: inner, stamp: stamp, item: item, paper: item == nil ? named : nil,
          unchangedSince: stamp.unchangedSince(now: now, firstSeen: now)))
    }
  }

  /// For people.
  var shown: String { folder == .top ? name.shown : "\(folder.rawValue)/\(name.shown)" }

  private static let own = QueueFolder.allCases.filter { $0 != .top }
}

extension QueueFolder {
  /// Whether the other is the folder of that name right in this one.
  fileprivate func holds(_ other: QueueFolder, as name: EntryName) -> Bool {
    EntryName(self == .top ? other.rawValue : String(other.rawValue.dropFirst(rawValue.utf8.count + 1)))
      == name
      && (self == .top || other.rawValue.hasPrefix(rawValue + "/"))
  }
}
