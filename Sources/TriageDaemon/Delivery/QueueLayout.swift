import TriageCore

/// A folder of a department's queue (DESIGN.md section 4).
enum QueueFolder: String, Sendable, Hashable, CaseIterable {
  /// The department's folder itself: worklist, README, marker.
  case top = "."
  case new, accepted, done, returned, closed, requests, reminders
  /// Holds a folder for each case; nothing else is at home in it.
  case attachments
  case taken = "requests/taken"
  case templates = "requests/模板"
  /// Notices of earlier days, and those in which somebody wrote.
  case notices = "closed/notices"
  /// The same of reminders.
  case archive = "reminders/archive"

  /// Made with the queue; the others when there is something to be put into them.
  static let standing = allCases.filter { $0 != .notices && $0 != .archive }
  /// Where items of open assignments may lie, from the least to the most advanced.
  static let working: [QueueFolder] = [.new, .accepted, .returned, .done]
  /// Everywhere an item may be found, put there by hand or by the daemon.
  static let searched: [QueueFolder] = [.new, .accepted, .returned, .done, .closed, .reminders, .top]

  /// Where a department acts: what a watcher listens to.
  static let watched: [QueueFolder] = working + [.requests, .closed, .top]

  /// Where clerks do their work; in the others they have nothing to do.
  var isWorkedIn: Bool { self == .requests || advance != nil }

  /// Where what a department writes is read, once it is complete.
  var isAnswered: Bool { isWorkedIn && self != .new }

  /// How far an item in it has come; of two copies the most advanced counts. Nil: no place for an open item.
  var advance: Int? { Self.working.firstIndex(of: self) }

  /// Where an item of this status belongs.
  init(of status: Assignment.Status) {
    switch status {
    case .new: self = .new
    case .accepted: self = .accepted
    case .done: self = .done
    case .returned: self = .returned
    case .ended: self = .closed
    }
  }
}

/// The paths of the queues below a root.
struct QueueLayout: Sendable, Hashable {
  let root: String

  init(root: String) { self.root = root }

  static let marker = ".triaged"

  var queues: String { root + "/queues" }

  func path(of department: DepartmentID) -> String { "\(queues)/\(department)" }

  func path(of folder: QueueFolder, _ department: DepartmentID) -> String {
    folder == .top ? path(of: department) : "\(path(of: department))/\(folder.rawValue)"
  }

  func attachments(of id: CaseID, _ department: DepartmentID) -> String {
    "\(path(of: .attachments, department))/\(id)"
  }

  /// A department's id is a folder's name: nothing that leads elsewhere or hides.
  static func isUsable(_ department: DepartmentID) -> Bool {
    let bytes = Array(department.rawValue.utf8)
    return !bytes.isEmpty && bytes.count <= 200 && bytes[0] != UInt8(ascii: ".")
      && !bytes.contains { $0 == UInt8(ascii: "/") || $0 < 0x20 || $0 == 0x7F }
  }
}
