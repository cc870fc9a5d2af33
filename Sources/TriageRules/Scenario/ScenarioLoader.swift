import Glibc
import TriageCore

/// What reading a scenario brought: every finding, and the scenario with its rulebook if none of them is an error.
public struct LoadedScenario: Sendable {
  /// Sorted by place; places in the rulebook's own files are relative to its directory.
  public var findings: [Finding]
  public var scenario: Scenario?
  public var rulebook: CompiledRulebook?
}

/// Makes a scenario of its file, or says everything that is wrong with it; as strict as with rules.
public enum ScenarioLoader {
  public static func load(file: String) -> LoadedScenario {
    let findings = Findings()
    guard let root = read(file, findings) else { return LoadedScenario(findings: findings.sorted) }
    guard let directory = rulebook(root, of: file, findings) else {
      return LoadedScenario(findings: findings.sorted)
    }
    let rules = RulebookLoader.load(directory: directory)
    guard let rulebook = rules.rulebook else { return LoadedScenario(findings: rules.findings) }
    let reader = ScenarioReader(file: file, rulebook: rulebook.rulebook, directory: directory, findings)
    let scenario = reader.read(root)
    guard let scenario, !findings.hasErrors else { return LoadedScenario(findings: findings.sorted) }
    return LoadedScenario(findings: findings.sorted, scenario: scenario, rulebook: rulebook)
  }

  /// The names that all others are checked against come first.
  private static func rulebook(_ root: YamlNode, of file: String, _ findings: Findings) -> String? {
    guard let reader = EntryReader(Located(file: file, node: root), findings) else { return nil }
    return findings.text(reader.required("rulebook")).map { beside(file, $0.value) }
  }

  /// A YAML file with one document; findings say why there is none.
  static func read(_ file: String, _ findings: Findings) -> YamlNode? {
    let start = SourcePlace(file: file, line: 1, column: 1)
    guard let bytes = bytes(of: file) else {
      findings.error(.fileUnreadable, start, .Rules.fileUnreadable(SystemFault(errno)))
      return nil
    }
    findings.remember(file, text: String(decoding: bytes, as: UTF8.self))
    do {
      guard let root = try YamlReader.read(bytes, limits: .ruleFile).root else {
        findings.error(.missingKey, start, .Scenario.empty)
        return nil
      }
      return root
    } catch {
      findings.add(error, in: file)
      return nil
    }
  }

  /// A path in a scenario is seen from the scenario's file.
  static func beside(_ file: String, _ path: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }

  private static func bytes(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: Limits.ruleFileBytes + 1)
    errno = 0
    let count = fread(&bytes, 1, bytes.count, file)
    guard ferror(file) == 0 else { return nil }
    return Array(bytes.prefix(count))
  }
}
