import Glibc
import TriageCore

/// Where things lie below the root (DESIGN.md section 4).
public struct RootLayout: Sendable {
  public let root: String

  public init(root: String) { self.root = root }

  public var inbox: String { root + "/inbox" }
  public var queues: String { root + "/queues" }
  public var setAside: String { root + "/set-aside" }
  public var reports: String { root + "/reports" }
  public var state: String { root + "/state" }
  /// Compiled patterns of the rulebooks last read; can be made again.
  public var patterns: String { state + "/patterns" }
  public var lock: String { state + "/lock" }
  public var attempts: String { state + "/attempts" }
  public var metrics: String { state + "/metrics.prom" }

  /// Makes the root and its state folder; the others are `RootPlaces`.
  /// - Returns: the folder that could not be made, with `errno` set.
  func create() -> String? {
    for path in [root, state] {
      if mkdir(path, path == state ? 0o750 : 0o770) != 0, errno != EEXIST { return path }
    }
    return nil
  }

  /// The same root by its real path, by which mount points are told; as it is where there is none.
  var real: RootLayout {
    guard let real = realpath(root, nil) else { return self }
    defer { free(real) }
    return RootLayout(root: String(cString: real))
  }
}
