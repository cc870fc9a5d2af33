import ArgumentParser
import Foundation
import TriageCore
import TriageRules

/// `triaged init D`: a copy of the sample rulebook to start from. Overwrites nothing.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: Message.helpInit.localised,
    discussion: JSONOutput.initial.localised)

  @Argument(help: ArgumentHelp(Message.argumentDirectory.localised), completion: .directory)
  var directory: String
  @Option(help: ArgumentHelp(Message.optionInitFrom.localised, valueName: "dir"), completion: .directory)
  var from: String?
  @OptionGroup var output: FormatOption

  private struct Report: Encodable {
    var directory: String
    var files: [String]
  }

  /// Where packages and `make install` put the sample, and where a checkout has it, seen from the program.
  private static var samples: [String] {
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let folder = program.deletingLastPathComponent()
    return [
      folder.appendingPathComponent("../share/triaged/rules").standardizedFileURL.path,
      folder.appendingPathComponent("../../../rules/default").standardizedFileURL.path,
    ]
  }

  func run() throws {
    let files = FileManager.default
    let candidates = from.map { [$0] } ?? Self.samples
    guard let sample = candidates.first(where: { files.fileExists(atPath: $0 + "/rulebook.yaml") }) else {
      throw Failure(.initNoSample(candidates.joined(separator: ", ")))
    }
    if let there = try? files.contentsOfDirectory(atPath: directory), !there.isEmpty {
      throw Failure(.initExists(directory))
    }
    do {
      try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
      for name in try files.contentsOfDirectory(atPath: sample).sorted() {
        try files.copyItem(atPath: sample + "/" + name, toPath: directory + "/" + name)
      }
      try addSchema()
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.rootUnusable(directory, SystemFault(error)))
    }
    switch output.format {
    case .json: print(try JSONLine.encode(Report(directory: directory, files: ruleFiles)))
    case .text: print(Message.initDone(directory).localised)
    }
  }

  /// Puts the schema beside the rules (a dot file, which the loader leaves alone) and names it in the first line of
  /// each, where editors look for it.
  private func addSchema() throws {
    let rulebook = RulebookLoader.load(directory: directory).rulebook
    let schema = RuleSchema(language: UserLanguage.current, of: rulebook).text
    try Data(schema.utf8).write(to: URL(fileURLWithPath: directory + "/" + Self.schemaName))
    for name in ruleFiles {
      let file = URL(fileURLWithPath: directory + "/" + name)
      let up = String(repeating: "../", count: name.split(separator: "/").count - 1)
      let line = "# yaml-language-server: $schema=\(up)\(Self.schemaName)\n"
      try (Data(line.utf8) + Data(contentsOf: file)).write(to: file)
    }
  }

  /// Seen from the rulebook's directory.
  private var ruleFiles: [String] {
    let names = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }

  private static let schemaName = ".schema.json"
}
