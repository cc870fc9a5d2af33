import CLinux
import Glibc
import TriageCore

/// Why nothing can be done in a queue at present.
enum QueueTrouble: Error, Sendable, Equatable {
  /// The ledger knows the queue and its marker is not there: an unmounted share, or another root's folder. Nothing
  /// is written under the mount point; deliveries wait.
  case shareGone
  /// The marker says that the ledger had come further: this one was put back from an older copy while the share was
  /// away. Deliveries wait for a person's word.
  case ahead
  case failed(FileFailure)
}

/// The queue of one department, opened and known to be the right one. Confined to one thread; opened anew for
/// each round of work, so that a share that went away in between is noticed.
final class OpenQueue {
  let department: DepartmentID
  let path: String
  let top: OpenFolder
  let marker: QueueMarker
  private var folders: [QueueFolder: OpenFolder] = [:]
  private var attachments: [CaseID: OpenFolder] = [:]

  /// - Parameter marker: the id that the ledger holds for this queue.
  init(_ layout: QueueLayout, _ department: DepartmentID, marker: String) throws(QueueTrouble) {
    guard QueueLayout.isUsable(department) else {
      throw .failed(FileFailure(call: "open", code: EINVAL))
    }
    self.department = department
    path = layout.path(of: department)
    let found: QueueMarker?
    do throws(FileFailure) {
      top = try OpenFolder(path: path)
      found = try QueueMarker.read(in: top)
    } catch {
      throw error.isOfAbsence ? .shareGone : .failed(error)
    }
    guard let found, found.id == marker else { throw .shareGone }
    self.marker = found
  }

  /// The folder, opened once for this round.
  func folder(_ folder: QueueFolder) throws(FileFailure) -> OpenFolder {
    if folder == .top { return top }
    if let open = folders[folder] { return open }
    var open = top
    for part in folder.rawValue.split(separator: "/") {
      open = try OpenFolder(String(part), in: open)
    }
    folders[folder] = open
    return open
  }

  /// Opens the folder, made first when a clerk has removed it.
  func folderMade(_ folder: QueueFolder) throws(FileFailure) -> OpenFolder {
    if let open = folders[folder] { return open }
    var open = top
    for part in folder.rawValue.split(separator: "/") where part != "." {
      if try open.makeFolder(String(part)) { try open.sync() }
      open = try OpenFolder(String(part), in: open)
    }
    folders[folder] = open
    return open
  }

  /// The folder for the files of a case, made first where there is none. Where something else bears its name, a link
  /// or a file, it gets another.
  func attachmentsMade(of id: CaseID) throws(FileFailure) -> OpenFolder {
    if let open = attachments[id] { return open }
    let all = try folderMade(.attachments)
    let wanted = EntryName(id.rawValue)
    for number in QueuePublisher.names {
      let name = number == 1 ? wanted : wanted.numbered(number)
      do throws(FileFailure) {
        if try all.makeFolder(name) { try all.sync() }
        let open = try OpenFolder(name, in: all)
        attachments[id] = open
        return open
      } catch {
        if ![ENOTDIR, ELOOP].contains(error.code) { throw error }
      }
    }
    throw FileFailure(call: "mkdirat", code: EEXIST)
  }
}
