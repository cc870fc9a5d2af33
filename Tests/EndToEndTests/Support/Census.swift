import Foundation
import Testing

/// Everything that must be as if nothing had happened, whatever did: which cases there are, where each item lies, what
/// is set aside, what waits. Cases are named by their source ids, since case ids depend on the order of taking.
struct Census: Equatable, CustomStringConvertible {
  var cases: [String]
  /// `DEPARTMENT/FOLDER/SOURCE.ROLE-N`; an item that is there twice stands here twice.
  var items: [String]
  var notices: [String]
  /// How often the files in the reminders of a department name a case.
  var reminders: [String]
  /// What came with cases, with its size.
  var files: [String]
  var problems: [String]
  var requests: [String]
  var setAside: [String]
  var inbox: [String]
  /// Temporary files of a process that is dead, and files that only wait to be deleted.
  var leftovers: [String]

  init(of root: Root, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let found = try root.cases(sourceLocation: sourceLocation)
    var names: [String: String] = [:]
    for one in found {
      let id = one["id"] as? String ?? ""
      names[id] = one["source_id"] as? String ?? one["title"] as? String ?? id
    }
    func named(_ path: String) -> String {
      for (id, name) in names where path.contains(id) { return path.replacingOccurrences(of: id, with: name) }
      return path
    }
    cases = found.map { one in
      // By the day: a recovery a minute later takes a case in a minute later.
      let days = ["accept_due", "resolve_due"].map { String((one[$0] as? String ?? "-").prefix(10)) }
      let words = ["category", "level", "lead", "phase"].map { one[$0] as? String ?? "-" } + days
      return "\(names[one["id"] as? String ?? ""] ?? "?") \(words.joined(separator: " "))"
    }.sorted()
    items = root.items.map(named).sorted()
    let queues = root.tree("queues").filter { !$0.contains("模板") }
    // A notice goes where its item lies at that moment; which folder that is tells nothing.
    notices = queues.filter { $0.contains(".notice-") }.map { path in
      let parts = path.split(separator: "/")
      return named("\(parts[0]) \(parts.last ?? "")")
    }.sorted()
    var times: [String: Int] = [:]
    for path in queues where path.contains("/reminders/") {
      let text = root.read("queues/" + path) ?? ""
      for (id, name) in names {
        let count = text.ranges(of: id).count
        if count > 0 { times["\(path.prefix { $0 != "/" }) \(name)", default: 0] += count }
      }
    }
    reminders = times.map { "\($0.key) ×\($0.value)" }.sorted()
    files = queues.filter { $0.contains("/attachments/") }.map { path in
      let size = FileManager.default.contents(atPath: root.path + "/queues/" + path)?.count ?? -1
      return named("\(path) \(size)")
    }.sorted()
    problems = queues.filter { $0.contains(".problem") }.map(named).sorted()
    requests = queues.filter { $0.contains("/requests/") && !$0.contains(".problem") }.map(named).sorted()
    setAside = root.tree("set-aside")
    inbox = root.tree("inbox")
    let temporary = (root.tree("queues") + root.tree("set-aside") + root.tree("state/files"))
      .filter { $0.contains(".tmp") || $0.contains(".new-") || $0.contains(".partial") }
    leftovers = temporary + root.tree("state/spent")
  }

  var description: String {
    [
      ("cases", cases), ("items", items), ("notices", notices), ("reminders", reminders),
      ("files", files), ("problems", problems),
      ("requests", requests), ("set aside", setAside),
      ("inbox", inbox), ("leftovers", leftovers),
    ].map { "\($0): \($1.joined(separator: "; "))" }.joined(separator: "\n")
  }

  /// The lines in which two differ.
  func difference(from other: Census) -> String {
    let (a, b) = (other.lines, lines)
    let missing = a.filter { !b.contains($0) }.map { "- \($0)" }
    let extra = b.filter { !a.contains($0) }.map { "+ \($0)" }
    let twice = Set(b.filter { line in b.count { $0 == line } > a.count { $0 == line } }).map {
      "twice: \($0)"
    }
    return (missing + extra + twice).joined(separator: "\n")
  }

  private var lines: [String] {
    cases + items + notices + reminders + files + problems + requests + setAside + inbox + leftovers
  }
}
