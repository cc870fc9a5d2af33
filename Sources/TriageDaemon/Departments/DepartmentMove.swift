import CLinux
import Glibc
public import TriageCore

/// Does what a clerk does by hand: fills in a form, moves an item, drops a request. For scripts (`triaged act`).
///
/// It touches nothing but the department's folder; what it means is judged by the daemon, as with every clerk.
public struct DepartmentMove {
  /// Why the move was not made; nothing has changed then.
  public enum Failure: Error, Sendable, Equatable {
    /// The department has no such item in a folder where it can be worked on.
    case noItem(String)
    /// The department's folder is not the one that the ledger knows: its share is gone.
    case queueGone
    case noField(String)
    /// The call, and why the system refused it.
    case fileFailed(String, SystemFault)
  }
  /// The folder that an item is moved to.
  public enum Target: String, Sendable, CaseIterable { case accepted, done, returned }

  private let layout: QueueLayout
  private let department: DepartmentID
  private let marker: String?

  /// - Parameter marker: of the department's queue, by the ledger: what was left under the mount point of a share that is
  ///   gone is no queue. Nil where the ledger knows of none.
  public init(root: String, department: DepartmentID, marker: String?) {
    layout = QueueLayout(root: root)
    self.department = department
    self.marker = marker
  }

  private func open() throws(FileFailure) -> OpenFolder {
    guard let marker else { return try OpenFolder(path: layout.path(of: department)) }
    do throws(QueueTrouble) {
      return try OpenQueue(layout, department, marker: marker).top
    } catch {
      if case .failed(let failure) = error { throw failure }
      throw FileFailure(call: "queue", code: ENOENT)
    }
  }

  /// Fills in the form's fields, then moves the item.
  ///
  /// - Returns: the path it has now.
  public func move(_ item: ItemID, to target: Target, filling answers: [(key: String, value: String)])
    throws(Failure) -> String
  {
    do throws(FileFailure) {
      let top = try open()
      guard let (folder, name) = try find(item, in: top) else {
        throw FileFailure(call: "find", code: ENOENT)
      }
      if !answers.isEmpty { try fill(name, in: folder, answers) }
      let goal = try OpenFolder(target.rawValue, in: top)
      try folder.move(name, to: goal, as: name)
      return "\(layout.path(of: department))/\(target.rawValue)/\(name.shown)"
    } catch {
      throw failure(error, item.description)
    }
  }

  /// Drops a request on a case.
  public func request(_ verb: Request.Verb, on id: CaseID, text: String) throws(Failure) -> String {
    do throws(FileFailure) {
      let top = try open()
      let folder = try OpenFolder("requests", in: top)
      let bytes = Array(text.utf8)
      for number in 1...999 {
        let name = EntryName("\(id) \(number == 1 ? "" : "(\(number)) ")\(verb.rawValue).txt")
        if try folder.stamp(of: name) != nil { continue }
        let temporary = TemporaryName.next()
        try folder.write(bytes, as: temporary, mode: QueuePublisher.mode, durable: true)
        try folder.move(temporary, to: folder, as: name)
        return "\(layout.path(of: department))/requests/\(name.shown)"
      }
      throw FileFailure(call: "renameat2", code: EEXIST)
    } catch {
      throw failure(error, id.rawValue)
    }
  }

  private func failure(_ error: FileFailure, _ subject: String) -> Failure {
    if error.call == "find" { return .noItem(subject) }
    if error.call == "queue" { return .queueGone }
    if error.call.hasPrefix("field:") { return .noField(String(error.call.dropFirst(6))) }
    return .fileFailed(error.call, SystemFault(error.code))
  }

  /// The file of an item, wherever it lies and whatever it is called by now.
  private func find(_ item: ItemID, in top: OpenFolder) throws(FileFailure) -> (OpenFolder, EntryName)? {
    let folders = try QueueFolder.working.map { (place) throws(FileFailure) in
      try OpenFolder(place.rawValue, in: top)
    }
    // Nearly always it has the name that it was delivered under.
    let given = EntryName("\(item).yaml")
    for folder in folders where ItemNaming.item(of: given, in: folder) == item { return (folder, given) }
    for folder in folders {
      for name in try folder.names() where !name.isTemporary {
        if ItemNaming.item(of: name, in: folder) == item { return (folder, name) }
      }
    }
    return nil
  }

  /// Writes the answers behind the form's keys, in a new file that takes the old one's name.
  private func fill(_ name: EntryName, in folder: OpenFolder, _ answers: [(key: String, value: String)])
    throws(FileFailure)
  {
    let text = String(decoding: try folder.read(name, atMost: Limits.replyBytes), as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let form = lines.firstIndex(where: { $0.hasPrefix("reply:") }) else {
      throw FileFailure(call: "field:reply", code: EINVAL)
    }
    for (key, value) in answers {
      let place = lines[form...].firstIndex { $0.drop { $0 == " " }.hasPrefix(key + ":") }
      guard let place else { throw FileFailure(call: "field:\(key)", code: EINVAL) }
      let indent = lines[place].prefix { $0 == " " }
      let flat = value.split(whereSeparator: \.isNewline).joined(separator: " ")
      lines[place] = "\(indent)\(key): \(flat)"
    }
    let temporary = TemporaryName.next()
    try folder.write(
      Array(lines.joined(separator: "\n").utf8), as: temporary, mode: QueuePublisher.mode, durable: true)
    try folder.replace(temporary, as: name)
  }
}
