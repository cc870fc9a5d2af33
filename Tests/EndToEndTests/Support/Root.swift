import Foundation
import Testing

/// A root of its own for one test: a directory with `triaged.yaml`, a copy of the rules, and what a person sees there.
final class Root {
  /// Thursday before noon, as the fixtures' cases expect it; the daemon's clock starts there.
  static let thursday = "2026-11-19T10:00"

  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Fixtures").standardizedFileURL.path

  let home: String
  var path: String { home + "/root" }
  var rules: String { home + "/rules" }
  var configuration: String { home + "/triaged.yaml" }
  private let files = FileManager.default

  /// - Parameters:
  ///   - rulebook: below `Fixtures/`.
  ///   - reply: seconds that a wrong form may be mended in place.
  init(
    rulebook: String = "rulebooks/sample", language: String = "zh", reply: Int = 0, in place: String? = nil
  ) throws {
    home = (place ?? temporaryFolder) + "/triaged-e2e-" + UUID().uuidString.prefix(8)
    try files.createDirectory(atPath: home, withIntermediateDirectories: true)
    try files.copyItem(atPath: Root.fixtures + "/" + rulebook, toPath: rules)
    try configure(language: language, reply: reply)
  }

  /// A copy of another root, down to its inodes' times.
  init(copying other: Root) throws {
    home = temporaryFolder + "/triaged-e2e-" + UUID().uuidString.prefix(8)
    try copyTree(other.home, to: home)
    try configure(language: other.language, reply: other.reply)
  }

  deinit {
    if getenv("TRIAGED_KEEP_ROOTS") == nil { try? files.removeItem(atPath: home) }
  }

  private(set) var language = "zh"
  private(set) var reply = 0

  private func configure(language: String, reply: Int) throws {
    (self.language, self.reply) = (language, reply)
    try write(
      configuration,
      """
      root: \(path)
      rules: \(rules)
      language: \(language)
      settle: {inbox: 0s, reply: \(reply)s}
      rescan: 1s
      """)
  }

  // MARK: Running

  func options(at time: String?) -> [String] {
    ["run", "--config", configuration] + (time.map { ["--at", $0] } ?? [])
  }

  /// `triaged run --once`; fails the test where it does not end as it should.
  /// - Parameter status: 1 where something is left that it must name.
  @discardableResult
  func once(
    at time: String = Root.thursday, status: Int32 = 0, patience: Double = 120,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Program.Outcome {
    let outcome = try Program.run(
      options(at: time) + ["--once"], patience: patience, sourceLocation: sourceLocation)
    #expect(
      outcome.status == status && outcome.signal == nil, "\(outcome.err)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Starts the daemon and waits until it has looked around once.
  func start(at time: String? = Root.thursday, environment: [String: String] = [:]) throws -> Running {
    unlink(path + "/state/metrics.prom")
    let daemon = try Running(Program.path, options(at: time), environment: environment)
    let isUp = eventually { daemon.hasEnded || metric("last_scan_timestamp_seconds") != nil }
    #expect(isUp && !daemon.hasEnded, "\(daemon.err)")
    return daemon
  }

  /// `triaged fsck --repair`, which must end as it should.
  /// - Parameter words: what a person says with it.
  @discardableResult
  func repair(
    _ words: String..., at time: String = Root.thursday, status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Program.Outcome {
    let outcome = try Program.run(repairing(words, at: time), sourceLocation: sourceLocation)
    #expect(outcome.status == status, "\(outcome.out)\(outcome.err)", sourceLocation: sourceLocation)
    return outcome
  }

  func repairing(_ words: [String], at time: String = Root.thursday) -> [String] {
    ["fsck", "--repair", "--at", time, "--config", configuration] + words
  }

  /// Waits until the daemon has looked at all folders so many times, and done what it found, since this was called.
  func awaitScans(_ count: Int = 1, sourceLocation: SourceLocation = #_sourceLocation) throws {
    func last() throws -> String? {
      try triaged("status", "--format", "json").objects.first?["last_scan"] as? String
    }
    var seen = try last()
    // One look was under way, and what the last one finds is done before the next.
    for _ in 0..<(count + 2) {
      let before = seen
      let hasLooked = try eventually {
        seen = try last()
        return seen != before
      }
      #expect(hasLooked, "the daemon looks no more", sourceLocation: sourceLocation)
    }
  }

  func triaged(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Outcome {
    try Program.run(arguments + ["--root", path], environment: environment)
  }

  // MARK: What is there

  /// Cases of the ledger, newest first.
  func cases(sourceLocation: SourceLocation = #_sourceLocation) throws -> [[String: Any]] {
    let outcome = try triaged("cases", "--limit", "100000", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.err)", sourceLocation: sourceLocation)
    return outcome.objects
  }

  /// The source ids of all cases, sorted; of a case that is there twice it stands here twice.
  func sources(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
    try cases(sourceLocation: sourceLocation).map { $0["source_id"] as? String ?? "none" }.sorted()
  }

  /// The number of the case that came under a source id.
  func id(of source: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let found = try cases().first { $0["source_id"] as? String == source }
    return try #require(found?["id"] as? String, sourceLocation: sourceLocation)
  }

  func phase(of id: String) throws -> String? {
    try cases().first { $0["id"] as? String == id }?["phase"] as? String
  }

  /// The one case there is.
  func onlyCase(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: Any] {
    let all = try cases()
    #expect(all.count == 1, sourceLocation: sourceLocation)
    return try #require(all.first, sourceLocation: sourceLocation)
  }

  /// A value of `state/metrics.prom`, by its name without `triaged_`.
  func metric(_ name: String) -> Double? {
    guard let text = read("state/metrics.prom") else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix("triaged_\(name) ") {
      return Double(line.split(separator: " ")[1])
    }
    return nil
  }

  /// Folders and ledger agree, and the chain is whole (promises 1, 2, 7).
  func expectSound(_ context: String = "", sourceLocation: SourceLocation = #_sourceLocation) throws {
    let check = try triaged("fsck")
    #expect(check.status == 0, "\(context) fsck: \(check.out)\(check.err)", sourceLocation: sourceLocation)
    let chain = try triaged("ledger", "verify")
    #expect(chain.status == 0, "\(context) verify: \(chain.out)\(chain.err)", sourceLocation: sourceLocation)
  }

  // MARK: Files

  func write(_ path: String, _ text: String) throws { try write(path, bytes: Array(text.utf8)) }

  func write(_ path: String, bytes: [UInt8]) throws {
    let full = path.hasPrefix("/") ? path : self.path + "/" + path
    let folder = URL(fileURLWithPath: full).deletingLastPathComponent().path
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    openForWriting.lock()
    defer { openForWriting.unlock() }
    let file = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o660)
    try #require(file >= 0, "\(full): \(String(cString: strerror(errno)))")
    defer { close(file) }
    let count = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
    try #require(count == bytes.count)
  }

  /// Drops a file into the inbox as a careful sender does: written under another name, then renamed.
  func drop(_ name: String, _ text: String) throws { try drop(name, bytes: Array(text.utf8)) }

  func drop(_ name: String, bytes: [UInt8]) throws {
    let hidden = "inbox/\(name).part"
    try write(hidden, bytes: bytes)
    try move(hidden, "inbox/\(name)")
  }

  func move(_ from: String, _ to: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let result = rename(path + "/" + from, path + "/" + to)
    try #require(result == 0, "\(from): \(String(cString: strerror(errno)))", sourceLocation: sourceLocation)
  }

  /// Gives a file the time of an hour ago.
  func age(_ name: String) throws {
    let then = timespec(tv_sec: time(nil) - 3600, tv_nsec: 0)
    try #require(utimensat(AT_FDCWD, path + "/" + name, [then, then], 0) == 0)
  }

  func remove(_ name: String) throws { try files.removeItem(atPath: path + "/" + name) }

  func read(_ name: String) -> String? {
    files.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
  }

  func exists(_ name: String) -> Bool {
    var found = stat()
    return lstat(path + "/" + name, &found) == 0
  }

  /// Names in a folder without dot files, sorted; empty where there is no folder.
  func names(_ folder: String) -> [String] {
    ((try? files.contentsOfDirectory(atPath: path + "/" + folder)) ?? []).filter { !$0.hasPrefix(".") }
      .sorted()
  }

  /// Everything below a folder that is no directory, as paths relative to it, hidden files too.
  /// The folder itself may be a link.
  func tree(_ folder: String) -> [String] {
    guard let real = realpath(path + "/" + folder, nil) else { return [] }
    defer { free(real) }
    let base = String(cString: real)
    guard let walk = files.enumerator(atPath: base) else { return [] }
    return walk.compactMap { $0 as? String }.filter { name in
      var found = stat()
      return lstat(base + "/" + name, &found) == 0 && found.st_mode & S_IFMT != S_IFDIR
    }.sorted()
  }

  /// Everything that lies in the queues and is an item: `DEPARTMENT/FOLDER/NAME`.
  var items: [String] {
    let folders = ["new", "accepted", "done", "returned", "closed"]
    return names("queues").flatMap { department in
      folders.flatMap { folder in
        names("queues/\(department)/\(folder)")
          .filter { (!$0.hasSuffix(".txt") || $0.hasSuffix(".yaml.txt")) && $0 != "notices" }.map {
            "\(department)/\(folder)/\($0)"
          }
      }
    }
  }
}

/// cp -a.
func copyTree(_ from: String, to: String) throws {
  let copy = try Running("/bin/cp", ["-a", from, to])
  try #require(copy.ends(within: 60) && copy.outcome.status == 0, "\(copy.err)")
}

extension Root {
  /// What happened in a case, in its order.
  func timeline(of id: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [[String: Any]] {
    let outcome = try triaged("show", id, "--format", "json")
    try #require(outcome.status == 0, "\(outcome.err)", sourceLocation: sourceLocation)
    return try #require(
      outcome.objects.first?["timeline"] as? [[String: Any]], sourceLocation: sourceLocation)
  }

  /// The kinds of the events of a case, in their order.
  func events(of id: String) throws -> [String] { try timeline(of: id).compactMap { $0["kind"] as? String } }

  /// `triaged act`, which must succeed.
  func act(_ words: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    let outcome = try Program.run(["act"] + words + ["--root", path])
    try #require(outcome.status == 0, "\(words): \(outcome.err)", sourceLocation: sourceLocation)
  }

  /// Writes answers behind the keys of a form, as a clerk does in an editor: into the file itself.
  func fill(_ name: String, _ answers: [String: String], sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let form = try #require(read(name), sourceLocation: sourceLocation)
    try write(name, try #require(Desk.filled(form, answers), sourceLocation: sourceLocation))
  }

  /// A file over which the daemon died twice, being read alone, is set aside for a person to look at; this is what she
  /// does when the file is sound.
  /// - Returns: how many there were.
  func takeBackSuspects() throws -> Int {
    var count = 0
    for name in names("set-aside") where !name.hasSuffix(".reason.yaml") {
      let reason = try #require(read("set-aside/\(name).reason.yaml"))
      #expect(reason.contains("crashed"), "\(reason)")
      try move("set-aside/\(name)", "inbox/desk/\(name)")
      try remove("set-aside/\(name).reason.yaml")
      count += 1
    }
    return count
  }
}
