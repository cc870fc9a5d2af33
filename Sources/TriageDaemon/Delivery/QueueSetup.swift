import Glibc
import TriageCore

/// Makes a department's queue: its folders, its marker, what clerks read, the examples of requests.
///
/// The only place that creates folders for a department. A queue that the ledger knows and that has lost its marker, or
/// its folder, is never made again: its share is gone, and what was written now would lie hidden under the mount point.
struct QueueSetup {
  private let layout: QueueLayout
  private let rulebook: Rulebook
  private let language: Language

  init(_ layout: QueueLayout, _ rulebook: Rulebook, _ language: Language) {
    self.layout = layout
    self.rulebook = rulebook
    self.language = language
  }

  /// Makes a queue that the ledger does not know, or that is to be made anew by a person's word.
  /// - Parameter marker: what `.triaged` is to hold; the ledger gets its id when this returns.
  func make(_ department: Department, _ marker: QueueMarker) throws(QueueTrouble) {
    guard QueueLayout.isUsable(department.id) else {
      throw .failed(FileFailure(call: "mkdir", code: EINVAL))
    }
    try makeMarked(department.id, marker)
    _ = try makeReady(department, marker: marker.id)
  }

  /// The folders of a queue that is there, and what clerks read in it.
  /// - Parameter marker: the id that the ledger holds for it.
  /// - Returns: what its marker says.
  func makeReady(_ department: Department, marker: String) throws(QueueTrouble) -> QueueMarker {
    let queue = try OpenQueue(layout, department.id, marker: marker)
    do throws(FileFailure) {
      try Self.makeFolders(of: queue)
      try sweep(queue)
    } catch {
      throw .failed(error)
    }
    let failed = QueuePublisher(queue).publish(guides(for: department)).compactMap { outcome in
      if case .failed(let failure) = outcome, !failure.isOfOneFolder { failure } else { nil }
    }
    if let failure = failed.first { throw .failed(failure) }
    return queue.marker
  }

  /// Makes what a clerk has removed or renamed. One into which nobody may look, or in whose place lies something else,
  /// concerns only what belongs there.
  static func makeFolders(of queue: OpenQueue) throws(FileFailure) {
    for folder in QueueFolder.standing where (try? queue.folder(folder)) == nil {
      do throws(FileFailure) {
        _ = try queue.folderMade(folder)
      } catch {
        if !error.isOfOneFolder { throw error }
      }
    }
  }

  /// Folder and marker. The marker is last: before it the queue is not one. `queues/` is there and is the root's own,
  /// or this is not called.
  private func makeMarked(_ department: DepartmentID, _ marker: QueueMarker) throws(QueueTrouble) {
    do throws(FileFailure) {
      let queues = try OpenFolder(path: layout.queues)
      guard try queues.stamp(of: EntryName(department.rawValue)) != nil else {
        return try makeWhole(EntryName(department.rawValue), marker, in: queues)
      }
      let top = try OpenFolder(path: layout.path(of: department))
      // After a crash between marker and ledger an id is there and the ledger has none.
      let found = try QueueMarker.read(in: top)
      if found?.id == marker.id { return }
      // Another root's is never taken over.
      if let root = found?.root, root != marker.root {
        throw FileFailure(call: "open", code: EEXIST)
      }
      try marker.put(in: top)
    } catch {
      throw .failed(error)
    }
  }

  /// The folder gets its name when its marker lies in it: one without a marker would after a crash count as a share
  /// that is gone.
  private func makeWhole(_ name: EntryName, _ marker: QueueMarker, in queues: OpenFolder) throws(FileFailure)
  {
    let temporary = TemporaryName.next()
    try queues.makeFolder(temporary.shown)
    let top = try OpenFolder(temporary, in: queues)
    try marker.put(in: top)
    try queues.move(temporary, to: queues, as: name)
    try queues.sync()
  }

  /// Removes folders that a killed daemon had begun to make.
  func sweepUnfinished() {
    guard let queues = try? OpenFolder(path: layout.queues), let names = try? queues.names() else { return }
    for name in names where TemporaryName.isOurs(name) {
      guard let folder = try? OpenFolder(name, in: queues) else {
        try? queues.remove(name)
        continue
      }
      folder.removeTemporary()
      try? folder.remove(QueueMarker.name)
      try? queues.removeFolder(name)
    }
  }

  /// Temporary files of a daemon that was killed: only one daemon runs on a root, so they are nobody's.
  private func sweep(_ queue: OpenQueue) throws(FileFailure) {
    for folder in QueueFolder.standing {
      guard let open = try? queue.folder(folder) else { continue }
      for name in try open.names() where TemporaryName.isOurs(name) { try open.remove(name) }
    }
  }

  private func guides(for department: Department) -> [QueueFile] {
    let readme = QueueReadme.render(department, language)
    // An example is copied by who needs it, and so without a seal: what was another before is kept.
    let examples = RequestTemplates.render(rulebook, language)
    return [QueueFile(.folder(.top), name: "README.txt", bytes: readme, policy: .revise(keeping: .notices))]
      + examples.map {
        QueueFile(.folder(.templates), name: $0.name, bytes: $0.bytes, policy: .revise(keeping: .notices))
      }
  }
}
