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

  /// `make long`: every kind of fault, in every file, at ten places.
  private static let isLong = ProcessInfo.processInfo.environment["TRIAGED_LONG"] == "1"

  /// A copy of the rulebook in which one file at a time is broken.
  private final class Copy {
    private let folder = NSTemporaryDirectory() + "/triaged-mutation-" + UUID().uuidString
    private let manager = FileManager.default

    init() throws {
      for file in MutationTests.files { try write(file.path, file.bytes) }
    }

    deinit { try? manager.removeItem(atPath: folder) }

    private func write(_ path: String, _ bytes: [UInt8]) throws {
      let url = URL(fileURLWithPath: folder + "/" + path)
      try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }

    func findings(_ mutation: Mutation?) throws -> [Finding] {
      if let mutation { try write(mutation.path, mutation.bytes) }
      let found = RulebookLoader.load(
        .directory(folder), today: nil, reusing: MutationTests.whole
      ).findings
      if let mutation {
        if let file = MutationTests.files.first(where: { $0.path == mutation.path }) {
          try write(file.path, file.bytes)
        } else {
          try manager.removeItem(atPath: folder + "/" + mutation.path)
        }
      }
      return found
    }
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
  func everyWay() async throws {
    let before = Set(try Copy().findings(nil).map(Self.key))
    var mutator = Mutator(
      try Self.files.map { try RuleText(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) },
      Self.isLong ? .each(10) : .few)
    let mutations = mutator.all()
    #expect(mutations.count >= (Self.isLong ? 3_000 : 250))
    let missed = try await withThrowingTaskGroup(of: [(Mutation, String)].self) { group in
      let workers = min(4, ProcessInfo.processInfo.activeProcessorCount)
      for worker in 0..<workers {
        let share = stride(from: worker, to: mutations.count, by: workers).map { mutations[$0] }
        group.addTask { try Self.misses(share, before) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    try Self.writeTable(mutations, missed.map(\.0))
    let shown = missed.map { "\($0)   found: \($1)" }.joined(separator: "\n")
    #expect(missed.isEmpty, "\(missed.count) of \(mutations.count) missed:\n\(shown)")
  }

  /// The faults that give no finding at their place, with what was found instead.
  private static func misses(_ mutations: [Mutation], _ before: Set<String>) throws -> [(Mutation, String)] {
    let copy = try Copy()
    var missed: [(Mutation, String)] = []
    for mutation in mutations {
      let found = try copy.findings(mutation).filter { !before.contains(key($0)) }
      if found.contains(where: { catches($0, mutation) }) { continue }
      let shown = found.prefix(2).map { "\($0.code) \($0.place.file):\($0.place.line) \($0.message.en)" }
      missed.append((mutation, "\(shown)"))
    }
    return missed
  }

  private static func writeTable(_ mutations: [Mutation], _ missed: [Mutation]) throws {
    guard let file = ProcessInfo.processInfo.environment["TRIAGED_MUTATION_TABLE"] else { return }
    let left = Dictionary(grouping: missed, by: \.kind).mapValues(\.count)
    let lines = Dictionary(grouping: mutations, by: \.kind).sorted { $0.key < $1.key }.map { kind, made in
      "\(kind)\t\(made.count)\t\(made.count - left[kind, default: 0])"
    }
    try (lines + ["all\t\(mutations.count)\t\(mutations.count - missed.count)"]).joined(separator: "\n")
      .write(toFile: file, atomically: true, encoding: .utf8)
  }

  @Test("A copied file is one finding, whatever it is called")
  func copies() throws {
    var mutator = Mutator(
      try Self.files.map { try RuleText(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) },
      .few)
    let copy = try Copy()
    for mutation in mutator.wholeFiles() {
      let errors = try copy.findings(mutation).filter { $0.severity == .error }
      #expect(errors.map { "\($0.code) \($0.place.file)" } == ["file-copy \(mutation.path)"])
    }
  }
}
