import Foundation
import Testing
import TriageCore

@testable import TriageRules

@Suite("The default rulebook, broken in hundreds of ways")
struct MutationTests {
  private static let files: [RulebookDirectory.File] = {
    RulebookDirectory.read(DefaultRulebook.directory, into: Findings())
  }()

  /// Most faults leave the phrases alone, and compiling those is most of the work.
  private static let whole = DefaultRulebook.loaded.rulebook

  private static func findings(_ files: [RulebookDirectory.File]) -> [Finding] {
    RulebookLoader.load(.kept(files), today: nil, reusing: whole).findings
  }

  private static func key(_ finding: Finding) -> String {
    "\(finding.code) \(finding.place.file) \(finding.message.en)"
  }

  /// A finding that was not there before points at the entry, or at what used the name that is gone.
  private static func catches(_ finding: Finding, _ mutation: Mutation) -> Bool {
    if finding.place.file == mutation.path, mutation.lines.contains(finding.place.line) { return true }
    return mutation.gone.contains { name in
      !name.isEmpty && (finding.message.en.contains(name) || finding.sourceLine?.contains(name) == true)
    }
  }

  @Test("Each way gives a finding at its place, and none a crash")
  func everyWay() throws {
    let before = Set(Self.findings(Self.files).map(Self.key))
    var mutator = Mutator(
      try Self.files.map { try RuleText(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) })
    let mutations = mutator.all()
    #expect(mutations.count >= 200)
    var table: [String: (made: Int, caught: Int)] = [:]
    var missed: [String] = []
    for mutation in mutations {
      var files = Self.files
      for index in files.indices where files[index].path == mutation.path {
        files[index].bytes = mutation.bytes
      }
      let found = Self.findings(files).filter { !before.contains(Self.key($0)) }
      let isCaught = found.contains { Self.catches($0, mutation) }
      table[mutation.kind, default: (0, 0)].made += 1
      if isCaught {
        table[mutation.kind]?.caught += 1
      } else {
        let shown = found.prefix(2).map { "\($0.code) \($0.place.file):\($0.place.line) \($0.message.en)" }
        missed.append("\(mutation)   found: \(shown)")
      }
    }
    if let file = ProcessInfo.processInfo.environment["TRIAGED_MUTATION_TABLE"] {
      let lines = table.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value.made)\t\($0.value.caught)" }
      try (lines + ["all\t\(mutations.count)\t\(mutations.count - missed.count)"]).joined(separator: "\n")
        .write(toFile: file, atomically: true, encoding: .utf8)
    }
    #expect(
      missed.isEmpty, "\(missed.count) of \(mutations.count) missed:\n\(missed.joined(separator: "\n"))")
  }
}
