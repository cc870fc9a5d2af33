import Foundation
import Testing
import TriageCore
import TriageRules

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
}
