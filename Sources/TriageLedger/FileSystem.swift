import CLinux
import Glibc

/// The kinds of file system that may not hold the ledger: SQLite's locks and shared memory do not work over a
/// network (sqlite.org/wal.html, "all processes using a database must be on the same host computer").
enum FileSystem {
  /// The name of the network file system that holds the path; nil for a local one.
  ///
  /// Magic numbers from statfs(2) and linux/magic.h. FUSE has one number for all its file systems; there the
  /// type in /proc/self/mountinfo tells sshfs from a container's overlay.
  static func networkKind(of path: String) -> String? {
    switch clinux_fs_type(path) & 0xffff_ffff {
    case 0x6969: "nfs"
    case 0xff53_4d42, 0xfe53_4d42, 0x517b: "smb"
    case 0x0102_1997: "9p"
    case 0x00c3_6400: "ceph"
    case 0x5346_414f, 0x6b41_4653: "afs"
    case 0x7375_7245: "coda"
    case 0x0bd0_0bd0: "lustre"
    case 0x6573_5546: fuseKind(of: path).flatMap { localFuse.contains($0) ? nil : $0 }
    default: nil
    }
  }

  /// Whether the folder's file system lets nothing be written (EROFS). Tried, not asked: after an error ext4 refuses
  /// writes and still calls itself writable in statfs(2) and access(2).
  static func isReadOnly(_ folder: String) -> Bool {
    let path = folder + "/.writable-\(getpid())"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return errno == EROFS }
    close(descriptor)
    unlink(path)
    return false
  }

  private static let localFuse: Set<String> = [
    "fuse", "fuseblk", "fuse.fuse-overlayfs", "fuse.ntfs-3g", "fuse.bindfs", "fuse.gocryptfs", "fuse.encfs",
    "fuse.lxcfs", "fuse.unionfs", "fuse.mergerfs",
  ]

  private static func fuseKind(of path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0, let table = try? DurableFile.read("/proc/self/mountinfo") else {
      return nil
    }
    // makedev(3), which Glibc's module does not show: the numbers lie interleaved.
    let number = UInt64(status.st_dev)
    let major = (number >> 8) & 0xfff | (number >> 32) & ~0xfff
    let minor = number & 0xff | (number >> 12) & ~0xff
    let device = "\(major):\(minor)"
    for line in table.split(separator: UInt8(ascii: "\n")) {
      // proc(5): id parent major:minor root mount options … - type source
      let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard words.count > 4, words[2] == device, let dash = words.firstIndex(of: "-"), dash + 1 < words.count
      else { continue }
      return words[dash + 1]
    }
    return nil
  }
}
