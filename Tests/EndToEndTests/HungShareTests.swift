import Foundation
import Testing

/// A queue on a share of its own. The share is an ext4 image, frozen as a dead server freezes its clients; where
/// nothing may be mounted the test says so and ends.
@Suite("A queue on a share") struct HungShareTests {
  @Test("A share that does not answer stops its own queue only; what waits is delivered when it answers")
  func frozen() throws {
    let root = try Root()
    try root.once()
    let queue = root.path + "/queues/urban"
    guard let share = try FrozenDisk(at: queue) else {
      return print("hung share: skipped, no image may be mounted here")
    }
    let daemon = try root.start()
    try root.drop("desk/1.yaml", "title: 物业费\ntext: 物业费没有公示\nsource_id: S-1\n")
    #expect(eventually { root.names("queues/urban/new").count == 1 }, "\(daemon.err)")

    try share.freeze()
    try root.drop("desk/2.yaml", "title: 停车费\ntext: 停车费乱收\nsource_id: S-2\n")
    try root.drop("desk/3.yaml", "title: 欠薪\ntext: 拖欠工资\nsource_id: S-3\n")
    // The other department gets its case while the first one's folder does not answer.
    #expect(
      try eventually { try root.cases().count == 3 && root.names("queues/center/new").count == 1 },
      "\(daemon.err)")
    #expect(!daemon.hasEnded)
    try share.thaw()
    #expect(eventually { root.names("queues/urban/new").count == 2 }, "\(daemon.err)")

    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 5))
    try root.expectSound()
  }
}

/// An ext4 image mounted over a folder, with the folder's content.
private final class FrozenDisk {
  private let folder: String
  private let image: String
  private var isFrozen = false

  /// Nil where no image may be mounted.
  init?(at folder: String) throws {
    self.folder = folder
    image = temporaryFolder + "/triaged-share-" + UUID().uuidString.prefix(8)
    let copy = image + ".copy"
    defer { try? FileManager.default.removeItem(atPath: copy) }
    try copyTree(folder, to: copy)
    guard FileManager.default.createFile(atPath: image, contents: nil), truncate(image, 32 << 20) == 0,
      try Self.run("/sbin/mkfs.ext4", "-q", "-F", image),
      try Self.run("/bin/mount", "-o", "loop", image, folder)
    else {
      unlink(image)
      return nil
    }
    guard try Self.run("/bin/cp", "-a", copy + "/.", folder),
      FileManager.default.isExecutableFile(atPath: "/sbin/fsfreeze")
    else {
      _ = try Self.run("/bin/umount", folder)
      unlink(image)
      return nil
    }
  }

  deinit {
    if isFrozen { _ = try? Self.run("/sbin/fsfreeze", "-u", folder) }
    _ = try? Self.run("/bin/umount", "-l", folder)
    unlink(image)
  }

  func freeze() throws {
    try #require(try Self.run("/sbin/fsfreeze", "-f", folder))
    isFrozen = true
  }

  func thaw() throws {
    try #require(try Self.run("/sbin/fsfreeze", "-u", folder))
    isFrozen = false
  }

  private static func run(_ program: String, _ arguments: String...) throws -> Bool {
    guard FileManager.default.isExecutableFile(atPath: program) else { return false }
    let process = try Running(program, arguments)
    return process.ends(within: 20) && process.outcome.status == 0
  }
}
