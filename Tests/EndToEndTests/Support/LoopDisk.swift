import Foundation
import Testing

/// An ext4 image mounted over a folder, with the folder's content: a share, or a disk of its own, that may be frozen,
/// filled, or break down.
final class LoopDisk {
  let folder: String
  private let image: String
  private var isFrozen = false
  private var filler: String { folder + "/.filler" }

  /// Nil where no image may be mounted.
  init?(at folder: String, megabytes: off_t = 32) throws {
    self.folder = folder
    image = temporaryFolder + "/triaged-share-" + UUID().uuidString.prefix(8)
    let copy = image + ".copy"
    defer { try? FileManager.default.removeItem(atPath: copy) }
    try copyTree(folder, to: copy)
    guard FileManager.default.createFile(atPath: image, contents: nil), truncate(image, megabytes << 20) == 0,
      // No blocks kept for root, as whom the tests run: full is full.
      try Self.run("/sbin/mkfs.ext4", "-q", "-m", "0", "-F", image),
      try isMounted()
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

  /// Nothing answers any more, as on a share whose server is dead.
  func freeze() throws {
    try #require(try Self.run("/sbin/fsfreeze", "-f", folder))
    isFrozen = true
  }

  func thaw() throws {
    try #require(try Self.run("/sbin/fsfreeze", "-u", folder))
    isFrozen = false
  }

  /// Takes all room that there is.
  func fill() throws {
    let file = open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    try #require(file >= 0)
    defer { close(file) }
    for size in [1 << 20, 4096] {
      let block = [UInt8](repeating: 0x20, count: size)
      while Foundation.write(file, block, block.count) == block.count {}
    }
    fsync(file)
  }

  /// All that was written is on it.
  func sync() throws { try #require(try Self.run("/bin/sync", "-f", folder)) }

  func clear() throws { try #require(unlink(filler) == 0) }

  /// The kernel meets an error on it and lets nothing be written from then on, whoever has files open.
  /// - Returns: false where this kernel cannot be asked to.
  func breakDown() throws -> Bool {
    let find = try Running("/bin/findmnt", ["-no", "SOURCE", folder])
    guard find.ends(within: 20), find.outcome.status == 0 else { return false }
    let device = find.out.split(whereSeparator: \.isWhitespace).first?.split(separator: "/").last ?? ""
    let trigger = open("/sys/fs/ext4/\(device)/trigger_fs_error", O_WRONLY | O_CLOEXEC)
    guard trigger >= 0 else { return false }
    defer { close(trigger) }
    return Foundation.write(trigger, "1", 1) == 1
  }

  /// Checks it and mounts it again, as a reboot does; nobody may have a file open on it.
  func remount() throws {
    try unmount()
    let check = try Running("/sbin/e2fsck", ["-p", image])
    // From 4 on errors were left (e2fsck(8)).
    try #require(check.ends(within: 20) && check.outcome.status < 4, "\(check.out)\(check.err)")
    try mount()
  }

  func unmount() throws { try #require(try Self.run("/bin/umount", folder)) }
  func mount() throws { try #require(try isMounted()) }

  /// Mounts it; false where that may not be done.
  private func isMounted() throws -> Bool {
    try Self.run("/bin/mount", "-o", "loop,errors=remount-ro", image, folder)
  }

  private static func run(_ program: String, _ arguments: String...) throws -> Bool {
    guard FileManager.default.isExecutableFile(atPath: program) else { return false }
    let process = try Running(program, arguments)
    return process.ends(within: 20) && process.outcome.status == 0
  }
}
