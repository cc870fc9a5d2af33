import TriageCore

/// What a look into a queue means. Each finding names at most one file, which is moved or read only while it is
/// still the inode seen.
enum QueueFinding: Sendable, Equatable {
  /// The item was moved to `accepted/`.
  case accepted(ItemID, QueueEntry)
  /// The item was moved to `done/`; `from` is where it goes back when its form is not valid.
  case handedIn(ItemID, QueueEntry, from: QueueFolder)
  /// The item was moved to `returned/`.
  case returned(ItemID, QueueEntry, from: QueueFolder)
  /// The item was answered and has been moved back out of `done/`.
  case takenBack(ItemID, QueueEntry)
  /// The item of an open assignment is nowhere: deliver it again.
  case missing(ItemID)
  /// A second file of the item; goes to `closed/`. `kept` is the one that counts, `place` the folder in which it does.
  case copy(ItemID, QueueEntry, kept: QueueEntry, place: QueueFolder)
  /// Of several files of the item the one whose form counts; it goes where the item was moved to.
  case gather(ItemID, QueueEntry, to: QueueFolder)
  /// An item under another name than it was given; it gets its name back.
  case renamed(ItemID, QueueEntry)
  /// An item that lies where it cannot lie; goes back to this folder.
  case misplaced(ItemID, QueueEntry, to: QueueFolder)
  /// An item of another department; `to` is its folder there.
  case foreign(ItemID, QueueEntry, belongsTo: DepartmentID, to: QueueFolder)
  /// Its assignment has ended and it is not in `closed/` (any more).
  case ended(ItemID, QueueEntry)
  case request(QueueEntry)
  /// A note whose item has been handed in or has ended.
  case spentNote(QueueEntry)
  /// Notices and reminders of earlier days are put away; notices follow the item that they speak of.
  case shelve(QueueEntry, to: QueueFolder)
  /// In the place of an item lies a document that bears its name: told of beside it; no blank form is delivered.
  case unreadable(ItemID, QueueEntry)
  /// A file one folder too deep is taken out of that folder.
  case lift(QueueEntry, from: QueueNest, to: QueueFolder)
  /// A folder in the place of a request.
  case folderRequest(QueueNest)
  /// A folder of the queue that cannot be looked into.
  case shut(QueueFolder, FileFailure)
  /// No item and no request: left alone, to be reported once (`QueueScan.leave`).
  case unknown(QueueEntry)
}
