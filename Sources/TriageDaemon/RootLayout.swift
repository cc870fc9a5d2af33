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

  /// Whether a place is the root or lies in it, also through links; of one that is still to be made, the folder counts.
  public func holds(_ path: String) -> Bool {
    var folder = path
    while true {
      if let real = realpath(folder, nil) {
        defer { free(real) }
        let (mine, there) = (self.real.root, String(cString: real))
        return there == mine || there.hasPrefix(mine + "/")
      }
      guard let slash = folder.lastIndex(of: "/") else {
        if folder == "." { return false }
        folder = "."
        continue
      }
      if slash == folder.startIndex { return false }
      folder = String(folder[..<slash])
    }
  }

  /// The same root by its real path, by which mount points are told; as it is where there is none.
  var real: RootLayout {
    guard let real = realpath(root, nil) else { return self }
    defer { free(real) }
    return RootLayout(root: String(cString: real))
  }
}
