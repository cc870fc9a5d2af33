import CLinux
import Glibc
import TriageCore

/// Why nothing can be done in a queue at present.
enum QueueTrouble: Error, Sendable, Equatable {
  /// The ledger knows the queue and its marker is not there: an unmounted share, or another root's folder. Nothing
  /// is written under the mount point; deliveries wait.
  case shareGone
  case failed(FileFailure)
}

/// The queue of one department, opened and known to be the right one. Confined to one thread; opened anew for
/// each round of work, so that a share that went away in between is noticed.
final class OpenQueue {
  let department: DepartmentID
  let path: String
  let top: OpenFolder
  private var folders: [QueueFolder: OpenFolder] = [:]

  /// - Parameter marker: the id that the ledger holds for this queue.
  init(_ layout: QueueLayout, _ department: DepartmentID, marker: String) throws(QueueTrouble) {
    guard QueueLayout.isUsable(department) else {
      throw .failed(FileFailure(call: "open", code: EINVAL))
    }
    self.department = department
    path = layout.path(of: department)
    let found: String?
    do throws(FileFailure) {
      top = try OpenFolder(path: path)
      found = try Self.marker(in: top)
    } catch {
      // ENOTCONN and ESTALE are what a dead share answers.
      throw [ENOENT, ENOTCONN, ESTALE, ENODEV].contains(error.code) ? .shareGone : .failed(error)
    }
    guard found == marker else { throw .shareGone }
  }

  /// The id in `.triaged`: its first line; nil when there is none, or something else bears the name.
  static func marker(in top: OpenFolder) throws(FileFailure) -> String? {
    let bytes: [UInt8]
    do throws(FileFailure) {
      bytes = try top.read(EntryName(QueueLayout.marker), atMost: 4096)
    } catch {
      if [ENOENT, ELOOP, EINVAL, ENXIO].contains(error.code) { return nil }
      throw error
    }
    let line = bytes.prefix { $0 != 10 && $0 != 13 }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
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
}
