import TriageCore

/// When what a department puts into its queue is complete: forms, requests, files beside an answer. One for each queue;
/// used by the thread that works it.
final class QueueArrivals: Sendable {
  let watcher: Watcher
  private let readiness = Readiness()
  private let layout: QueueLayout
  private let department: DepartmentID

  init(_ department: DepartmentID, _ layout: QueueLayout, _ watcher: Watcher) {
    self.department = department
    self.layout = layout
    self.watcher = watcher
  }

  /// Call before the queue is looked into.
  func watch(_ breadth: QueueScan.Breadth) {
    watcher.watch(entry: layout.path(of: department))
    for folder in QueueFolder.watched where breadth.covers(folder) {
      watcher.watch(layout.path(of: folder, department), remembering: folder.isAnswered)
    }
    readiness.forget(notAskedSince: Clock.monotonicNanoseconds() - Limits.arrivalMemory * 1_000_000_000)
  }

  /// Call before the files beside an answer are looked at.
  func watchAttachments(of id: CaseID) { watcher.watch(layout.attachments(of: id, department)) }

  /// The queue is served no longer.
  func end() { watcher.forget(layout.path(of: department)) }

  /// A form or a request.
  func judge(
    _ name: EntryName, _ stamp: FileStamp, in folder: QueueFolder, settle: Int64, writing: () -> Writing
  ) -> Readiness.Verdict {
    let passage = watcher.passage(of: name, in: layout.path(of: folder, department))
    return readiness.judge(
      stamp, settle: settle, passage: passage, now: Clock.monotonicNanoseconds(), writing: writing)
  }

  /// A file beside an answer. It may have been begun before the item was moved, and so before its folder was watched.
  func judge(
    _ file: QueueAttachment, settle: Int64, writing: () -> Writing
  ) -> Readiness.Verdict {
    let folder = ([layout.path(of: file.folder, department)] + file.path.map(\.shown)).joined(separator: "/")
    let passage = watcher.passage(of: file.name, in: folder)
    return readiness.judge(
      file.stamp, settle: settle, passage: passage, patience: Limits.unseenPatience,
      now: Clock.monotonicNanoseconds(), writing: writing)
  }
}
