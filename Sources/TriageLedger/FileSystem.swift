import CLinux
import Glibc

/// What kind of file system a file is on, by the magic numbers of statfs(2) and linux/magic.h.
public struct FileSystem: Sendable, Equatable {
  private let magic: UInt64

  /// - Parameter type: `f_type` of statfs(2).
  public init(_ type: UInt64) { magic = type & 0xffff_ffff }

  /// Whether syncfs(2) makes all that was written durable and reports write errors: only where the file system does its
  /// own writing (ext4, XFS, btrfs, tmpfs, overlayfs, F2FS).
  public var syncsAsOne: Bool {
    [0xef53, 0x5846_5342, 0x9123_683e, 0x0102_1994, 0x794c_7630, 0xf2f5_2010].contains(magic)
  }

  /// Whether it is a client of NFS or SMB.
  public var isShare: Bool { network == "nfs" || network == "smb" }

  /// The name of the network file system; nil for a local one, and for FUSE, which has one number for all of its own.
  private var network: String? {
    switch magic {
    case 0x6969: "nfs"
    case 0xff53_4d42, 0xfe53_4d42, 0x517b: "smb"
    case 0x0102_1997: "9p"
    case 0x00c3_6400: "ceph"
    case 0x5346_414f, 0x6b41_4653: "afs"
    case 0x7375_7245: "coda"
    case 0x0bd0_0bd0: "lustre"
    default: nil
    }
  }

  private var isFuse: Bool { magic == 0x6573_5546 }

  /// The name of the network file system that holds the path; nil for a local one. Such a one may not hold the ledger:
  /// SQLite's locks and shared memory do not work over a network (sqlite.org/wal.html, "all processes using a database
  /// must be on the same host computer").
  ///
  /// Of FUSE the type in /proc/self/mountinfo tells sshfs from a container's overlay.
  static func networkKind(of path: String) -> String? {
    let kind = FileSystem(clinux_fs_type(path))
    guard kind.isFuse else { return kind.network }
    return fuseKind(of: path).flatMap { localFuse.contains($0) ? nil : $0 }
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
