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

  /// - Parameters:
  ///   - marker: the id that `.triaged` holds, random, made by the caller before the first call and kept in the
  ///     ledger.
  ///   - known: the ledger already held this queue's marker before this call, and nobody gave her word to make it anew.
  func ensure(_ department: Department, marker: String, known: Bool) throws(QueueTrouble) {
    guard QueueLayout.isUsable(department.id) else {
      throw .failed(FileFailure(call: "mkdir", code: EINVAL))
    }
    if !known { try make(department.id, marker: marker) }
    let queue = try OpenQueue(layout, department.id, marker: marker)
    do throws(FileFailure) {
      for folder in QueueFolder.standing { _ = try queue.folderMade(folder) }
      try sweep(queue)
    } catch {
      throw .failed(error)
    }
    let failed = QueuePublisher(queue).publish(guides(for: department)).compactMap { outcome in
      if case .failed(let failure) = outcome { failure } else { nil }
    }
    if let failure = failed.first { throw .failed(failure) }
  }

  /// Folder and marker. The marker is last: before it the queue is not one. `queues/` is there and is the root's own,
  /// or this is not called.
  private func make(_ department: DepartmentID, marker: String) throws(QueueTrouble) {
    do throws(FileFailure) {
      let queues = try OpenFolder(path: layout.queues)
      guard try queues.stamp(of: EntryName(department.rawValue)) != nil else {
        return try makeWhole(EntryName(department.rawValue), marker: marker, in: queues)
      }
      let top = try OpenFolder(path: layout.path(of: department))
      // After a crash between marker and ledger an id is there and the ledger has none.
      let found = try QueueMarker.read(in: top)
      if found?.id == marker { return }
      // Another root's is never taken over.
      if let root = found?.root, root != QueueMarker(id: marker).root {
        throw FileFailure(call: "open", code: EEXIST)
      }
      try QueueMarker(id: marker).put(in: top)
    } catch {
      throw .failed(error)
    }
  }

  /// The folder gets its name when its marker lies in it: one without a marker would after a crash count as a share
  /// that is gone.
  private func makeWhole(_ name: EntryName, marker: String, in queues: OpenFolder) throws(FileFailure) {
    let temporary = TemporaryName.next()
    try queues.makeFolder(temporary.shown)
    let top = try OpenFolder(temporary, in: queues)
    try QueueMarker(id: marker).put(in: top)
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
      let open = try queue.folder(folder)
      for name in try open.names() where TemporaryName.isOurs(name) { try open.remove(name) }
    }
  }

  private func guides(for department: Department) -> [QueueFile] {
    let readme = QueueReadme.render(department, language)
    let examples = RequestTemplates.render(rulebook, language)
    return [QueueFile(.folder(.top), name: "README.txt", bytes: readme, policy: .replace)]
      + examples.map { QueueFile(.folder(.templates), name: $0.name, bytes: $0.bytes, policy: .replace) }
  }
}
