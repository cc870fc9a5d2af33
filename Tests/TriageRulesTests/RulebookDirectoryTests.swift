import Foundation
import Testing
import TriageCore

@testable import TriageRules

@Suite("A rulebook is a directory tree of .yaml files")
struct RulebookDirectoryTests {
  private func codes(_ folder: String) -> [String] {
    RulebookLoader.load(directory: folder).findings.filter { $0.severity == .error }.map {
      "\($0.code) \($0.place.file)"
    }
  }

  @Test("Dot files, backups of editors and notes are ignored")
  func ignored() throws {
    var files = try Fixture.sample()
    files[".git/config"] = "x"
    files[".routes.yaml"] = "unknown: 1"
    files["routes.yaml~"] = "unknown: 1"
    files["routes.yaml.swp"] = "x"
    files["notes/LIESMICH.md"] = "# x"
    try Fixture.withRulebook(files) { #expect(codes($0) == []) }
  }

  @Test("Any other file is an error, so that a misspelt name is not silently missed")
  func otherFiles() throws {
    var files = try Fixture.sample()
    files["a.yml"] = "routes: []"
    files["sub/list.csv"] = "x"
    try Fixture.withRulebook(files) { #expect(codes($0) == ["file-kind a.yml", "file-kind sub/list.csv"]) }
  }

  @Test(
    "What a person may have named is read: rule files and folders, whatever their names begin and end with")
  func personsNames() throws {
    var files = try Fixture.sample()
    let routes = try #require(files["routes.yaml"])
    files["routes.yaml"] = nil
    for name in ["#公共.yaml", "#1 分类/routes.yaml", "旧.old/routes.yaml", "x.lock/y.save/routes.yaml"] {
      try Fixture.withRulebook(files.merging([name: routes]) { $1 }) { folder in
        let loaded = RulebookLoader.load(directory: folder)
        #expect(loaded.findings.filter { $0.severity == .error }.isEmpty, "\(name)")
        #expect(!loaded.findings.contains { $0.code == "file-ignored" }, "\(name)")
      }
    }
    files["routes.yaml"] = routes
    files["#routes.yaml#"] = "x"
    files["~$routes.yaml"] = "x"
    files["__MACOSX/x.txt"] = "x"
    try Fixture.withRulebook(files) { folder in
      let loaded = RulebookLoader.load(directory: folder)
      #expect(loaded.rulebook != nil)
      #expect(loaded.findings.filter { $0.code == "file-ignored" }.count == 3)
    }
  }

  @Test(
    "A file that is no YAML is told its mistake, not that it is a copy; one with nothing in it does no harm")
  func noCopies() throws {
    var files = try Fixture.sample()
    files["routes冲突.yaml"] = "routes: [\n"
    try Fixture.withRulebook(files) { #expect(codes($0).map { String($0.prefix(11)) } == ["yaml-syntax"]) }
    files["routes冲突.yaml"] = nil
    files["routes - 备份.yaml"] = "# 以前的写法\n"
    try Fixture.withRulebook(files) { #expect(codes($0) == []) }
    files["routes - 备份.yaml"] = files["routes.yaml"]
    try Fixture.withRulebook(files) { #expect(codes($0) == ["file-copy routes - 备份.yaml"]) }
  }

  @Test("Marks of copies are taken off one by one and all at once, however deep a folder lies")
  func deepCopies() {
    let deep = (0..<30).map { "x\($0)(1)" }.joined(separator: "/") + "/y (2).yaml"
    let originals = CopyName.originals(of: deep)
    #expect(originals.count == 32)
    #expect(originals.last == (0..<30).map { "x\($0)" }.joined(separator: "/") + "/y.yaml")
    #expect(CopyName.originals(of: "a - 副本 (2)/b.yaml") == ["a - 副本/b.yaml", "a/b.yaml"])
  }

  @Test("A link to a file is read, a link back up is named, a dead one too")
  func links() throws {
    var files = try Fixture.sample()
    let routes = try #require(files["routes.yaml"])
    files["routes.yaml"] = nil
    try Fixture.withRulebook(["shared.yaml": routes]) { shared in
      try Fixture.withRulebook(files) { folder in
        let manager = FileManager.default
        try manager.createSymbolicLink(
          atPath: folder + "/routes.yaml", withDestinationPath: shared + "/shared.yaml")
        #expect(codes(folder) == [])
        try manager.createSymbolicLink(atPath: folder + "/classify/up", withDestinationPath: "..")
        try manager.createSymbolicLink(atPath: folder + "/gone.yaml", withDestinationPath: "nowhere")
        #expect(codes(folder) == ["directory-loop classify/up", "file-unreadable gone.yaml"])
      }
    }
  }

  @Test("A directory that is not there is a finding, not a crash")
  func missing() {
    let result = RulebookLoader.load(directory: "/nonexistent/rules")
    #expect(result.rulebook == nil)
    #expect(result.findings.contains { $0.code == "directory-unreadable" })
  }

  @Test("An empty directory says what a rulebook needs")
  func empty() throws {
    try Fixture.withRulebook(["README.md": ""]) { folder in
      let result = RulebookLoader.load(directory: folder)
      let missing = result.findings.filter { $0.code == "missing-key" }.map(\.message.en)
      #expect(missing.contains("'levels' is missing"))
      #expect(missing.contains("'calendar' is missing"))
    }
  }

  @Test("Line ends and a byte order mark do not make another rulebook")
  func digest() throws {
    let files = try Fixture.sample()
    let windows = files.mapValues { "\u{FEFF}" + $0.replacingOccurrences(of: "\n", with: "\r\n") }
    let plain = try Fixture.withRulebook(files) {
      RulebookLoader.load(directory: $0).rulebook?.rulebook.digest
    }
    let other = try Fixture.withRulebook(windows) {
      RulebookLoader.load(directory: $0).rulebook?.rulebook.digest
    }
    #expect(plain != nil)
    #expect(plain == other)
  }

  @Test("Pipes, devices, links to themselves and folders without end are named, never opened or followed")
  func hostile() throws {
    try Fixture.withRulebook(try Fixture.sample()) { folder in
      #expect(mkfifo(folder + "/pipe.yaml", 0o600) == 0)
      let manager = FileManager.default
      try manager.createSymbolicLink(atPath: folder + "/zero.yaml", withDestinationPath: "/dev/zero")
      try manager.createSymbolicLink(atPath: folder + "/self.yaml", withDestinationPath: "self.yaml")
      try manager.createSymbolicLink(atPath: folder + "/lexicons/again", withDestinationPath: folder)
      #expect(
        codes(folder) == [
          "directory-loop lexicons/again", "file-kind pipe.yaml", "file-unreadable self.yaml",
          "file-kind zero.yaml",
        ])
    }
  }

  @Test("A file beyond the limit is named and not read; so is one file too many")
  func limits() throws {
    try Fixture.withRulebook(try Fixture.sample()) { folder in
      let descriptor = open(folder + "/huge.yaml", O_WRONLY | O_CREAT, 0o600)
      #expect(ftruncate(descriptor, off_t(Limits.ruleFileBytes) + 1) == 0)
      close(descriptor)
      #expect(codes(folder) == ["file-too-large huge.yaml"])
      for number in 0...Limits.ruleFiles {
        close(open(folder + "/n\(number).yaml", O_WRONLY | O_CREAT, 0o600))
      }
      #expect(codes(folder).map { String($0.prefix { $0 != " " }) } == ["too-many-files"])
    }
  }

  @Test(
    "A file that may not be read, and a folder that may not be opened, are findings",
    .enabled(if: geteuid() != 0))
  func rights() throws {
    try Fixture.withRulebook(try Fixture.sample()) { folder in
      chmod(folder + "/routes.yaml", 0)
      chmod(folder + "/lexicons", 0)
      #expect(codes(folder) == ["directory-unreadable lexicons", "file-unreadable routes.yaml"])
      chmod(folder + "/lexicons", 0o700)
    }
  }

  @Test("A directory that never stands still while it is read is a finding, not half a rulebook")
  func changing() throws {
    try Fixture.withRulebook(try Fixture.sample()) { folder in
      let findings = Findings()
      var saves = 0
      let files = RulebookDirectory.read(folder, base: nil, into: findings) {
        saves += 1
        try? Data(String(repeating: "#", count: saves).utf8).write(
          to: URL(fileURLWithPath: folder + "/new.yaml"))
      }
      #expect(files.isEmpty && saves > 1)
      #expect(findings.sorted.map(\.code) == ["directory-changed"])
    }
  }

  @Test("A directory that changes once is read again, as it is after the change")
  func changedOnce() throws {
    try Fixture.withRulebook(try Fixture.sample()) { folder in
      var saves = 0
      let files = RulebookDirectory.read(folder, base: nil, into: Findings()) {
        saves += 1
        if saves == 1 { try? Data("#".utf8).write(to: URL(fileURLWithPath: folder + "/new.yaml")) }
      }
      #expect(files.contains { $0.path == "new.yaml" } && saves == 2)
    }
  }
}
