import TriageCore

/// `state/lists`: for each list the occasion that was written last, and who is still to be told of it. A line each:
/// the list's id, the instant in seconds, departments.
///
/// Written whole and durably before anybody is told. Where it is lost, lists begin again at their next occasion.
struct ListMarks: Equatable {
  struct Mark: Equatable {
    var occasion: Instant
    var untold: Set<DepartmentID> = []
  }

  var marks: [RuleID: Mark] = [:]
  private static let name = EntryName("lists")

  static func read(in state: String) -> ListMarks {
    var result = ListMarks()
    guard let bytes = FileBytes.read(path: state + "/lists", limit: 1 << 20) else { return result }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 2, let seconds = Int64(words[1]) else { continue }
      result.marks[RuleID(words[0])] = Mark(
        occasion: Instant(seconds: seconds), untold: Set(words.dropFirst(2).map { DepartmentID($0) }))
    }
    return result
  }

  func write(in state: String) throws(FileFailure) {
    let lines = marks.sorted { $0.key < $1.key }.map { id, mark in
      ([id.rawValue, String(mark.occasion.seconds)] + mark.untold.map(\.rawValue).sorted())
        .joined(separator: " ") + "\n"
    }
    try OpenFolder(path: state).put(Array(lines.joined().utf8), as: Self.name, mode: 0o640)
  }
}

extension OpenFolder {
  /// The file under this name, whole and on disk with its name when this returns, over whatever bore it.
  func put(_ bytes: [UInt8], as name: EntryName, mode: UInt32) throws(FileFailure) {
    let temporary = TemporaryName.next()
    try write(bytes, as: temporary, mode: mode, durable: true)
    do {
      try replace(temporary, as: name)
    } catch {
      try? remove(temporary)
      throw error
    }
    try sync()
  }
}
