import CLinux
import Glibc
import TriageLedger

/// Whether somebody has a file open for writing, as far as the kernel tells.
enum Writing: Sendable, Equatable {
  case nobody
  /// Somebody has, or it cannot be asked at present: wait.
  case somebody
  /// No lease can be had: another owner's file, or a file system that gives none.
  case untold

  /// Asks by a read lease (fcntl(2), `F_SETLEASE`), which is given only while nobody has the file open for writing. It
  /// is refused for two opposite reasons: EAGAIN tells of a writer, EACCES and EINVAL tell nothing.
  static func ask(_ file: Int32) -> Writing {
    _ = isSignalIgnored
    if clinux_no_writer(file) == 0 { return .nobody }
    return errno == EAGAIN && !isOnShare(file) ? .somebody : .untold
  }

  /// A writer that comes while the lease is held breaks it; the signal for that (fcntl(2), SIGIO) would end the process.
  private static let isSignalIgnored: Void = { _ = signal(SIGIO, SIG_IGN) }()

  /// The same of a name in a folder.
  static func ask(_ name: EntryName, in folder: OpenFolder) -> Writing {
    do throws(FileFailure) {
      let file = try folder.openFile(name)
      defer { close(file) }
      return ask(file)
    } catch {
      switch error.code {
      // What cannot be opened is told of by whoever reads it.
      case ENOENT, EACCES, EPERM, ELOOP, ENXIO, ENODEV, EIO: return .untold
      // EAGAIN: another holds a write lease, as a file server does for a client that writes.
      default: return .somebody
      }
    }
  }

  /// The clients of NFS and SMB answer EAGAIN as well where their server has granted no delegation or oplock, and that
  /// may be so for ever.
  private static func isOnShare(_ file: Int32) -> Bool {
    FileSystem(clinux_fs_type_of(file)).isShare
  }
}
