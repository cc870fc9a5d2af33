import CLinux
import Glibc
public import TriageCore

/// What the process needs of its limits: told at the start, where it can be mended, and not by a crash in the middle.
public enum ProcessLimits {
  /// For every command: a crash for want of memory says so.
  /// - Parameter status: with which the process ends then.
  public static func nameMemoryLimit(in language: Language, status: Int32) {
    _ = clinux_at_memory_limit("triaged: " + Message.memoryUsedUp[language] + "\n", status)
  }

  /// For the daemon: takes as many descriptors as it may have.
  /// - Returns: which limit is too small.
  static func prepare() -> Message? {
    // A file that may grow no further is an error of that file (EFBIG), no reason to die.
    signal(SIGXFSZ, SIG_IGN)
    for kind in [clinux_limit_address_space, clinux_limit_data] {
      if let limit = limit(kind), limit.soft < Limits.addressSpaceBytes {
        return .memoryLimitTooSmall(
          megabytes: Int(limit.soft >> 20), needed: Int(Limits.addressSpaceBytes >> 20))
      }
    }
    guard let files = limit(clinux_limit_open_files) else { return nil }
    if files.hard < Limits.openFiles {
      return .openFileLimitTooSmall(Int(files.hard), needed: Int(Limits.openFiles))
    }
    let wanted = min(files.hard, Limits.openFilesWanted)
    if files.soft < wanted { clinux_set_soft_limit(clinux_limit_open_files, wanted) }
    return nil
  }

  private static func limit(_ kind: Int32) -> (soft: UInt64, hard: UInt64)? {
    var (soft, hard): (UInt64, UInt64) = (0, 0)
    return clinux_get_limit(kind, &soft, &hard) == 0 ? (soft, hard) : nil
  }
}
