import Foundation
import Testing

/// Files that change while the daemon reads them: what is taken is always one whole version, and never is the last one
/// missing.
@Suite("Files that grow and are swapped under the daemon")
struct MovingFilesTests {
  /// A case that says twice how long it is: half a one, or one mixed of two, contradicts itself.
  private static func version(_ number: Int, lines: Int) -> String {
    let text = (1...lines).map { "    第 \($0) 行，第 \(number) 版\n" }.joined()
    return "title: 第 \(number) 版 \(lines) 行\ntext: |\n\(text)    完 \(number)\n"
  }

  private static func expectWhole(_ root: Root, _ sourceLocation: SourceLocation = #_sourceLocation) throws
    -> Set<Int>
  {
    var versions: Set<Int> = []
    for one in try root.cases(sourceLocation: sourceLocation) {
      let id = one["id"] as? String ?? ""
      let explained =
        try root.triaged("explain", id, "--format", "json").objects.first?["case"] as? [String: Any]
      let (title, text) = (explained?["title"] as? String ?? "", explained?["text"] as? String ?? "")
      let found = title.wholeMatch(of: /第 ([0-9]+) 版 ([0-9]+) 行/)
      guard let found, let number = Int(found.1), let lines = Int(found.2) else {
        Issue.record("not a whole version: \(title)", sourceLocation: sourceLocation)
        continue
      }
      #expect(text.split(separator: "\n").count == lines + 1, "\(title)", sourceLocation: sourceLocation)
      #expect(text.ranges(of: "第 \(number) 版").count == lines, "\(title)", sourceLocation: sourceLocation)
      #expect(text.contains("完 \(number)"), "\(title)", sourceLocation: sourceLocation)
      versions.insert(number)
    }
    return versions
  }

  /// A daemon that waits five seconds for files to settle, and whose every look into the inbox's files is slow.
  private static func start(_ root: Root) throws -> Running {
    let plain = try String(contentsOfFile: root.configuration, encoding: .utf8)
    try root.write(root.configuration, plain.replacing("inbox: 0s", with: "inbox: 5s"))
    if Faultpoint.shim == nil { return try root.start() }
    return try root.start(
      environment: Faultpoint.environment(.slow, on: "read", below: root.path + "/inbox", count: -1))
  }

  @Test(
    "Promise 1: of a file that is renamed over again and again each version taken is whole, and the last is taken"
  )
  func swapped() throws {
    let root = try Root()
    try root.once()
    let daemon = try Self.start(root)
    let versions = 25
    for number in 1...versions {
      let name = "inbox/desk/.\(number).part"
      try root.write(name, Self.version(number, lines: 40 + 97 * number % 700))
      try root.move(name, "inbox/desk/一件事.yaml")
      usleep(number % 8 == 0 ? 6_500_000 : 120_000)
    }
    #expect(eventually(within: 60) { root.tree("inbox").isEmpty }, "\(daemon.err)")
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20) && daemon.outcome.status == 0, "\(daemon.err)")
    #expect(try Self.expectWhole(root).contains(versions))
    #expect(root.names("set-aside").isEmpty)
    try root.expectSound()
  }

  @Test(
    "Promise 1: a file that grows in bursts is taken once, whole, when its writer has done",
    arguments: [true, false])
  func growing(heldOpen: Bool) throws {
    let root = try Root()
    try root.once()
    let daemon = try Self.start(root)
    let text = Array(Self.version(1, lines: 400).utf8)
    let path = root.path + "/inbox/desk/长.yaml"
    try FileManager.default.createDirectory(
      atPath: root.path + "/inbox/desk", withIntermediateDirectories: true)
    var file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o660)
    let part = text.count / 8
    for burst in 0..<8 {
      if burst > 0, !heldOpen { file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC) }
      let bytes = Array(text[(burst * part)..<(burst == 7 ? text.count : (burst + 1) * part)])
      try #require(file >= 0 && Foundation.write(file, bytes, bytes.count) == bytes.count)
      if !heldOpen { close(file) }
      // Longer than the settle time only where an open file tells that its writer is not done.
      usleep(heldOpen && burst == 4 ? 8_000_000 : 500_000)
    }
    #expect(try root.cases().isEmpty, "half a file was taken")
    if heldOpen { close(file) }
    #expect(try eventually(within: 60) { try root.cases().count == 1 }, "\(daemon.err)")
    #expect(eventually { root.tree("inbox").isEmpty }, "\(daemon.err)")
    #expect(try Self.expectWhole(root) == [1])
    #expect(try root.cases().count == 1)
    try root.expectSound()
  }
}
