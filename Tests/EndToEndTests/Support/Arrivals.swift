import Foundation
import Testing

/// Whether the daemon may take leases on the files of others, or is as packaged: another user, without privileges.
enum Leases: String, CaseIterable, CustomTestStringConvertible {
  case given, refused
  var testDescription: String { "leases are \(rawValue)" }

  static let outsider: uid_t = 12_345
}

extension Root {
  /// - Parameter settle: what stands in `settle: {…}`.
  func configure(settle: String, rescan: String = "600s") throws {
    try write(
      configuration,
      "root: \(path)\nrules: \(rules)\nlanguage: zh\nsettle: {\(settle)}\nrescan: \(rescan)\n")
  }

  /// Starts the daemon, waits until it has looked around once; nil where it cannot be started so.
  func start(_ leases: Leases) throws -> Running? {
    if leases == .given { return try start() }
    guard getuid() == 0, FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv") else {
      print("without leases: skipped, it takes root and setpriv(1)")
      return nil
    }
    unlink(path + "/state/metrics.prom")
    let daemon = try Running(
      "/usr/bin/setpriv",
      ["--bounding-set", "-lease", "--inh-caps", "-lease", Program.path] + options(at: Root.thursday))
    #expect(eventually { daemon.hasEnded || metric("last_scan_timestamp_seconds") != nil })
    #expect(!daemon.hasEnded, "\(daemon.err)")
    return daemon
  }

  /// Makes a folder, with those above it.
  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
  }

  func size(of name: String) -> Int {
    var found = stat()
    return lstat(path + "/" + name, &found) == 0 ? Int(found.st_size) : -1
  }
}

/// A program that writes a file and takes its time.
final class SlowWriter {
  private let path: String
  private var file: Int32

  /// - Parameters:
  ///   - owner: nil: the user who runs the tests.
  ///   - isOld: whether the file bears a time of long ago, as copies do that keep their times.
  init(_ root: Root, _ name: String, _ text: String, owner: uid_t? = nil, isOld: Bool = false) throws {
    path = name.hasPrefix("/") ? name : root.path + "/" + name
    file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o664)
    try #require(file >= 0, "\(path): \(String(cString: strerror(errno)))")
    if let owner { try #require(fchown(file, owner, owner) == 0) }
    try write(text)
    if isOld {
      let long = timespec(tv_sec: 315_532_800, tv_nsec: 0)
      try #require(futimens(file, [long, long]) == 0)
    }
  }

  deinit { close() }

  func write(_ text: String) throws {
    let bytes = Array(text.utf8)
    try #require(Foundation.write(file, bytes, bytes.count) == bytes.count)
  }

  func close() {
    if file >= 0 { Foundation.close(file) }
    file = -1
  }
}
