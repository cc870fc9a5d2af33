import Foundation
import Testing

/// Whether the daemon may take leases on the files of others, or is as packaged: another user, without privileges.
enum Leases: String, CaseIterable, CustomTestStringConvertible {
  case given, refused
  var testDescription: String { "leases are \(rawValue)" }

  static let outsider: uid_t = 12_345

  /// All where this may be chosen.
  static let possible = allCases.filter { $0 == .given || Running.canDropRights }
}

extension Running {
  static let canDropRights = getuid() == 0 && FileManager.default.isExecutableFile(atPath: setpriv)
  private static let setpriv = "/usr/bin/setpriv"

  /// The program as packaged, without some of the superuser's rights (capabilities(7)).
  convenience init(without rights: String..., running arguments: [String]) throws {
    let dropped = rights.map { "-\($0)" }.joined(separator: ",")
    try self.init(
      Self.setpriv, ["--bounding-set", dropped, "--inh-caps", dropped, Program.path] + arguments)
  }

  /// A shell that runs as somebody who has no rights of any kind here.
  convenience init(asOutsider command: String) throws {
    let user = ["--reuid", "\(Leases.outsider)", "--regid", "\(Leases.outsider)", "--clear-groups"]
    try self.init(Self.setpriv, user + ["/bin/bash", "-c", command])
  }
}

extension Root {
  /// - Parameter settle: what stands in `settle: {…}`.
  func configure(settle: String, rescan: String = "600s") throws {
    try write(
      configuration,
      "root: \(path)\nrules: \(rules)\nlanguage: zh\nsettle: {\(settle)}\nrescan: \(rescan)\n")
  }

  /// Starts the daemon, waits until it has looked around once.
  func start(_ leases: Leases) throws -> Running {
    let daemon = try run(leases)
    #expect(eventually { daemon.hasEnded || metric("last_scan_timestamp_seconds") != nil })
    #expect(!daemon.hasEnded, "\(daemon.err)")
    return daemon
  }

  /// As `start`, and does not wait.
  func run(_ leases: Leases) throws -> Running {
    unlink(path + "/state/metrics.prom")
    let options = options(at: Root.thursday)
    return try leases == .given
      ? Running(Program.path, options) : Running(without: "lease", running: options)
  }

  /// Everybody may read and write what is in it by now.
  /// - Returns: whether that could be done.
  func openToAll() throws -> Bool {
    let change = try Running("/bin/chmod", ["-R", "a+rwX", home])
    return change.ends(within: 10) && change.outcome.status == 0
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
