import Foundation
import Testing

/// A suite of tests each of which finds a root with one case that lies with the urban department. The daemon's clock runs
/// years ahead of the files' times, so that nothing has to be waited for.
protocol ClerkDesk {
  var root: Root { get }
  /// The case's number.
  var id: String { get }
}

extension ClerkDesk {
  static var now: String { "2037-11-19T10:00" }

  /// The root and the case's number.
  static func open() throws -> (Root, String) {
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once(at: now)
    let id = try #require(try root.onlyCase()["id"] as? String)
    try #require(root.names("queues/urban/new") == ["\(id).yaml"])
    return (root, id)
  }

  var queue: String { "queues/urban" }
  var item: String { "\(id).yaml" }

  func once() throws { try root.once(at: Self.now) }

  /// Moves a file within the queue.
  func put(_ from: String, _ to: String) throws { try root.move("\(queue)/\(from)", "\(queue)/\(to)") }

  /// The files in a folder of the queue that are no notes.
  func items(_ folder: String) -> [String] {
    root.names("\(queue)/\(folder)").filter { $0.hasSuffix(".yaml") }
  }

  /// Another case for the department comes.
  /// - Returns: its item's name in `new/`.
  func another() throws -> String {
    let before = items("new")
    try root.drop("desk/b.yaml", Desk.simple("A-2", "楼道堆物", text: "楼道里堆了停车费通知。"))
    try once()
    return try #require(items("new").first { !before.contains($0) })
  }
}
