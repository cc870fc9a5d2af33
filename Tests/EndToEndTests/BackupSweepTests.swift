import Foundation
import Testing

/// A backup or a restore that dies or finds no room: what is there is whole, or is no backup and says so.
@Suite("Backup and restore fail at every step")
struct BackupSweepTests {
  private static let actions = [Faultpoint.Action.killBefore, .killAfter, .ioError, .diskFull]

  /// Three cases in the ledger's file, and one with a photograph, which lies beside it.
  private static func prepared() throws -> Root {
    let root = try Root()
    for number in 1...3 { try root.drop("desk/\(number).yaml", Desk.simple("B-\(number)")) }
    try root.write("inbox/desk/夜市/案件.yaml", Desk.simple("F-1", "夜市占道停车费"))
    try root.write("inbox/desk/夜市/照片.jpg", bytes: Array(repeating: 0xD8, count: 100_000))
    try root.once()
    #expect(root.names("state/files").count == 1)
    return root
  }

  private static let all = ["B-1", "B-2", "B-3", "F-1"]

  @Test(
    "Promise 1: a backup that is killed or finds no room leaves no half one, and the next one is whole",
    arguments: actions)
  func backup(_ action: Faultpoint.Action) throws {
    guard Faultpoint.shim != nil else { return print("backup: skipped, there is no C compiler") }
    let root = try Self.prepared()
    func arguments(_ target: String) -> [String] { ["ledger", "backup", target, "--root", root.path] }
    try sweep("backup", action, arguments(root.home + "/counted"), below: root.home) { point, count, name in
      let target = root.home + "/backup-\(point.number)"
      let fault = try Faultpoint.run(
        arguments(target), action, below: root.home, at: point.number, count: count)
      let isThere = FileManager.default.fileExists(atPath: target)
      if fault.outcome.status == 0, fault.outcome.signal == nil { #expect(isThere, "\(name)") }
      let other = try Root()
      let restored = try other.triaged("ledger", "restore", target)
      #expect((restored.status == 0) == isThere, "\(name): \(restored.err)")
      if !isThere {
        #expect(!other.exists("state/ledger.sqlite"), "\(name)")
        let again = try Program.run(arguments(target))
        #expect(again.status == 0, "\(name): \(again.err)")
        #expect(try other.triaged("ledger", "restore", target).status == 0, "\(name)")
      }
      #expect(try other.sources() == Self.all, "\(name)")
      #expect(try other.triaged("ledger", "verify").status == 0, "\(name)")
      #expect(!FileManager.default.fileExists(atPath: target + ".partial"), "\(name)")
      return fault.isMet
    }
    try root.expectSound()
  }

  @Test(
    "Promise 1: a restore that is killed or finds no room is simply done again", arguments: actions)
  func restore(_ action: Faultpoint.Action) throws {
    guard Faultpoint.shim != nil else { return print("restore: skipped, there is no C compiler") }
    let root = try Self.prepared()
    let backup = root.home + "/backup"
    #expect(try root.triaged("ledger", "backup", backup).status == 0)
    func arguments(_ target: Root) -> [String] { ["ledger", "restore", backup, "--root", target.path] }
    let counted = try Root()
    try sweep("restore", action, arguments(counted), below: counted.path) { point, count, name in
      let target = try Root()
      let fault = try Faultpoint.run(
        arguments(target), action, below: target.path, at: point.number, count: count)
      let isThere = target.exists("state/ledger.sqlite")
      let again = try Program.run(arguments(target))
      // The ledger's file comes last: where it is there only what follows it failed.
      #expect(again.status == (isThere ? 1 : 0), "\(name): \(again.err)")
      #expect(try target.sources() == Self.all, "\(name)")
      try target.repair("--queues-lost")
      #expect(target.items == root.items, "\(name)")
      let left = target.names("state").filter { $0.contains("restoring") || $0.contains("partial") }
      #expect(left.isEmpty, "\(name): \(left)")
      try target.expectSound(name)
      return fault.isMet
    }
  }

  /// - Parameters:
  ///   - command: to be run once without a fault.
  ///   - point: whether the run came as far as the call that it is given.
  private func sweep(
    _ title: String, _ action: Faultpoint.Action, _ command: [String], below path: String,
    _ point: (Faultpoint.Call, Int, String) throws -> Bool
  ) throws {
    let calls = try Faultpoint.calls(of: command, below: path)
    let points = Faultpoint.sample(calls, every: 80, steps: 5)
    #expect(points.count > 3)
    let count = action == .diskFull ? -1 : 1
    var tally = Tally()
    for call in points {
      tally.count(isMet: try point(call, count, "\(title), \(action.rawValue) at \(call)"))
    }
    tally.close("\(title), \(action.rawValue)", calls: calls.count)
  }
}
