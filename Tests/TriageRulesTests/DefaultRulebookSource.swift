import Foundation
import TriageCore
import TriageRules
import TriageText

/// The rulebook that the program brings along (`rules/default`), and what its tests read beside it.
enum DefaultRulebook {
  private static let top = URL(filePath: #filePath).deletingLastPathComponent().resolvingSymlinksInPath()
    .appending(path: "../..").standardizedFileURL

  static let directory = top.appending(path: "rules/default").path
  static let readme = top.appending(path: "README.md")
  static let loaded = RulebookLoader.load(directory: directory)

  /// A working morning of a year whose holidays are known.
  static let morning = "2026-06-10T10:00"

  /// What the rulebook decides of each case, in their order.
  static func decide(_ inputs: [CaseInput], at morning: String = morning) throws -> [Decision] {
    guard let compiled = loaded.rulebook else { throw Missing(name: directory) }
    guard let at = Instant(iso8601: morning, zone: compiled.rulebook.calendar.zone) else {
      throw Missing(name: morning)
    }
    let scratch = compiled.text.makeScratch()
    return inputs.map { compiled.decide($0, at: at, history: CaseHistory(), scratch: scratch) }
  }

  /// A call to the hotline with nothing but its text.
  static func call(_ text: String) -> CaseInput {
    var input = CaseInput(channel: "hotline")
    input.text = text
    return input
  }

  /// The rows of a plain table (no quoted cells) of the fixtures, by the names of its head.
  static func table(_ name: String) throws -> [[String: String]] {
    let file = top.appending(path: "Tests/Fixtures").appending(path: name)
    let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    guard let head = lines.first?.split(separator: ",").map(String.init) else { throw Missing(name: name) }
    return try lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == head.count else { throw Missing(name: "\(name): \(line)") }
      return Dictionary(zip(head, cells), uniquingKeysWith: { first, _ in first })
    }
  }

  /// The first YAML block of README.md.
  static func yamlOfReadme() throws -> String {
    let text = try String(contentsOf: top.appending(path: "README.md"), encoding: .utf8)
    let parts = text.components(separatedBy: "```")
    guard let block = parts.first(where: { $0.hasPrefix("yaml\n") }) else { throw Missing(name: "README.md") }
    return String(block.dropFirst("yaml\n".count))
  }

  struct Missing: Error { var name: String }
}
