import CLinux
import Glibc

/// Only one daemon works on a root: an open-file-description lock on the first byte of `state/lock`, which also holds
/// the pid. The kernel drops the lock when the process dies, however it dies; the file stays.
///
/// Locks on bytes far behind the file's end say how the daemon is (`DaemonHealth`).
final class RootLock {
  private let descriptor: Int32
  private var published: [DaemonHealth.Sign: Int64] = [:]

  enum Failure: Error {
    /// Another daemon has the root; its pid where it could be read.
    case held(pid: Int32?)
    case io(errno: Int32)
  }

  init(path: String) throws(Failure) {
    let descriptor = clinux_openat(AT_FDCWD, path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard descriptor >= 0 else { throw .io(errno: errno) }
    guard clinux_ofd_lock(descriptor, 0, 1) == 0 else {
      let held = errno == EAGAIN || errno == EACCES
      let reason: Failure = held ? .held(pid: Self.pid(in: descriptor)) : .io(errno: errno)
      close(descriptor)
      throw reason
    }
    self.descriptor = descriptor
    let text = Array("\(getpid())\n".utf8)
    // The pid only informs; a full disk must not keep the daemon from starting.
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, text, text.count, 0)
  }

  deinit { close(descriptor) }

  /// Whether the lock still lies where it was taken. When somebody removed or replaced the root under the daemon,
  /// what it would record now would be lost with the files it holds open.
  func isInPlace(at path: String) -> Bool {
    var held = stat()
    var found = stat()
    return fstat(descriptor, &held) == 0 && stat(path, &found) == 0 && held.st_ino == found.st_ino
      && held.st_dev == found.st_dev
  }

  /// Says a number to whoever asks `DaemonHealth`. Numbers below zero, which no sign needs, are said as zero.
  func publish(_ sign: DaemonHealth.Sign, _ value: Int64) {
    let value = min(max(value, 0), DaemonHealth.room - 2)
    let before = published[sign]
    guard before != value else { return }
    // One call, so that nobody ever reads a number in between: a longer lock takes the place of a shorter one.
    let result =
      if let before, before > value {
        clinux_ofd_unlock(descriptor, sign.start + value + 1, before - value)
      } else {
        clinux_ofd_lock(descriptor, sign.start, value + 1)
      }
    if result == 0 { published[sign] = value }
  }

  private static func pid(in descriptor: Int32) -> Int32? {
    var buffer = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: buffer[..<count], as: UTF8.self).prefix { $0.isNumber })
  }
}
