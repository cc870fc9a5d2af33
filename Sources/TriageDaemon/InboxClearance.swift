import Glibc
import TriageCore
import TriageLedger

/// Takes out of the inbox what the ledger has: into `state/spent/` at once, deleted when nothing else is in hand.
///
/// What could not be removed is tried again at the next scan for everything, and named once. Where the inbox, or a
/// channel that is a mount, is away, nothing is known of its files: they stay on the ledger's list.
final class InboxClearance {
  private unowned let office: Office
  private var spent: SpentFiles?
  /// Something may lie there; at the start what an earlier process left.
  private var hasSpent = true
  /// What an earlier process, or a failure, left undone is to be tried.
  private var isPending = true
  /// Recorded files that stay, by their paths, with the reason (errno(3)).
  private var stuck: [String: Int32] = [:]

  init(_ office: Office) { self.office = office }

  /// The next scan for everything begins.
  func tryAgain() { isPending = true }

  var isStuck: Bool { !stuck.isEmpty }

  /// Removals that an earlier process, or a failure, left undone.
  /// - Returns: whether one of them is another file by now, to be looked at.
  func finish() throws(LedgerError) -> Bool {
    guard isPending else { return false }
    isPending = false
    return try remove(try office.ledger.pendingRemovals())
  }

  /// Removes what the ledger has; marked only when the removals are on the disk.
  /// - Returns: whether one of the files is another one by now, to be looked at.
  func remove(_ files: [InboxFile]) throws(LedgerError) -> Bool {
    guard !files.isEmpty else { return false }
    hasSpent = true
    try office.ledger.keepHead()
    // What is under a mount point tells nothing of the files.
    guard office.places.isThere(.inbox) else { return false }
    let away = office.places.channelsAway()
    let there = away.isEmpty ? files : files.filter { !away.contains($0.channelFolder) }
    do throws(InboxUnavailable) {
      let removal = try InboxRemoval(inbox: office.layout.inbox, spent: spentFiles())
      var done: [String] = []
      var refused: [(path: String, code: Int32)] = []
      var isChanged = false
      for file in there {
        switch removal.remove(file) {
        case .removed, .alreadyGone: done.append(file.key)
        case .changed:
          done.append(file.key)
          isChanged = true
        // Closed unchanged it goes; what is written into it makes it another file.
        case .written: continue
        case .failed(let code):
          refused.append((EntryName(bytes: file.path).shown, code))
          continue
        }
        if !stuck.isEmpty { stuck[EntryName(bytes: file.path).shown] = nil }
      }
      guard removal.sync() else { throw InboxUnavailable(code: EIO) }
      office.ledger.deferDone(done)
      say(refused)
      return isChanged
    } catch {
      say(there.map { (EntryName(bytes: $0.path).shown, error.code) })
      return false
    }
  }

  /// Says once which recorded files stay, and why.
  private func say(_ files: [(path: String, code: Int32)]) {
    let news = files.filter { stuck[$0.path] != $0.code }
    for (path, code) in news.prefix(Limits.loggedFiles) {
      office.journal.warning(
        .fileNotRemoved(SystemFault.words(code, office.language)), ["file": "\(path)"])
    }
    if news.count > Limits.loggedFiles {
      office.journal.warning(.filesNotRemoved(more: news.count - Limits.loggedFiles))
    }
    for (path, code) in files { stuck[path] = code }
  }

  private func spentFiles() throws(InboxUnavailable) -> SpentFiles {
    if let spent { return spent }
    do throws(FileFailure) {
      let opened = try SpentFiles(state: office.layout.state)
      spent = opened
      return opened
    } catch {
      throw InboxUnavailable(code: error.code)
    }
  }

  /// Deletes the files that the ledger has, when nothing is in hand that it would slow down. Whether the inbox is there
  /// is asked only for what goes back into it: this is called whenever the loop comes to rest.
  func tidy() {
    guard hasSpent, !office.places.gone.contains(.inbox), let spent = try? spentFiles() else { return }
    hasSpent = !spent.empty { [places = office.places, inbox = office.layout.inbox] channel in
      guard places.isThere(.inbox) else { return nil }
      if let channel, places.channelsAway().contains(channel) { return nil }
      return try? OpenFolder(path: inbox)
    }
  }
}

extension InboxFile {
  /// The folder of its channel; the file's own name where it lies in the inbox itself.
  fileprivate var channelFolder: EntryName { EntryName(bytes: Array(path.prefix { $0 != 0x2F })) }
}
