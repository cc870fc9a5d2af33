import TriageCore

/// What in folders of a queue begins with the number of a case. A folder is listed once for all answers of one look, when
/// the first of them is taken: what a department put beside an answer was there before the answer.
final class AttachmentIndex {
  let queue: OpenQueue
  private var names: [QueueFolder: [CaseID: [EntryName]]] = [:]

  init(_ queue: OpenQueue) { self.queue = queue }

  /// Sorted.
  func names(of id: CaseID, in folder: QueueFolder) throws(FileFailure) -> [EntryName] {
    if let known = names[folder] { return known[id] ?? [] }
    var listed: [CaseID: [EntryName]] = [:]
    for name in try queue.folder(folder).names().sorted() {
      // The daemon's own notes begin so, too.
      guard let id = ItemNaming.caseID(at: name.bytes[...])?.id, !ItemNaming.isCompanion(name),
        !name.isTemporary || name.isUpload
      else { continue }
      listed[id, default: []].append(name)
    }
    names[folder] = listed
    return listed[id] ?? []
  }
}
