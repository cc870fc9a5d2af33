import ArgumentParser
import TriageCore
import TriageDaemon
import TriageRules

enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

struct FormatOption: ParsableArguments {
  @Option(help: ArgumentHelp(Message.optionFormat.localised))
  var format: OutputFormat = .text
}

/// Where the root and the rules are: the configuration file, then the options over it.
struct PlaceOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Message.optionConfig.localised, valueName: "file"), completion: .file())
  var config: String?
  @Option(help: ArgumentHelp(Message.optionRoot.localised, valueName: "dir"), completion: .directory)
  var root: String?
  @Option(help: ArgumentHelp(Message.optionRules.localised, valueName: "dir"), completion: .directory)
  var rules: String?
  @Option(
    help: ArgumentHelp(Message.optionLanguage.localised, valueName: "zh|en"),
    completion: .list(Language.allCases.map(\.rawValue)))
  var language: String?

  /// The wall clock's time.
  var now: Instant { Clock().now() }

  /// - Parameters:
  ///   - wantsRules: a rulebook's directory must be given, here or there.
  ///   - alsoWrong: what is wrong with the command's own options: everything is said at once.
  /// - Throws: `Failure` with all that is wrong; status 78 when the file is, or the rules are missing.
  func configuration(wantsRules: Bool = false, alsoWrong: [Message] = []) throws -> Configuration {
    var configuration = Configuration(language: UserLanguage.current)
    var wrong: [Message] = []
    if let config {
      do throws(Configuration.Problems) {
        try configuration.read(file: config)
      } catch {
        wrong = error.list.map {
          $0.message.prefixed("\($0.place.file):\($0.place.line):\($0.place.column): ")
        }
      }
    }
    var status = wrong.isEmpty ? ExitStatus.usage : ExitStatus.configuration
    if let root = given(root, "--root", &wrong) { configuration.root = root }
    if let rules = given(rules, "--rules", &wrong) { configuration.rules = rules }
    if let language {
      if let chosen = Language(rawValue: language) {
        configuration.language = chosen
      } else {
        wrong.append(.configurationWantsOneOf("--language", Language.allCases.map(\.rawValue)))
      }
    }
    wrong += alsoWrong
    // Of a file with mistakes it is not known what its writer meant to give.
    if wantsRules, configuration.rules == nil, status != ExitStatus.configuration {
      wrong.append(.rulesMissing)
      status = ExitStatus.configuration
    }
    guard wrong.isEmpty else { throw Failure(wrong, status: status) }
    return configuration
  }

  /// A path that an option gives; an empty one is what an unset variable of a script leaves.
  private func given(_ path: String?, _ option: String, _ wrong: inout [Message]) -> String? {
    guard path == "" else { return path }
    wrong.append(.configurationWantsText(option))
    return nil
  }
}

extension Message {
  func prefixed(_ prefix: String) -> Message { Message(zh: prefix + zh, en: prefix + en) }
}

/// Loading a rulebook for a command.
enum Rules {
  /// The rulebook at `directory`, or a failure that shows its findings on standard error.
  ///
  /// - Parameter draft: takes one whose only faults are rows that contradict each other or leave a gap, and says so:
  ///   what it would do with a case is the way to see them.
  static func load(_ directory: String, draft: Bool = false) throws -> CompiledRulebook {
    let result = RulebookLoader.load(directory: directory)
    if draft, result.rulebook == nil, let rulebook = result.draft {
      let errors = result.findings.count { $0.severity == .error }
      StandardError.write(Message.explainDraft(errors: errors, directory).localised)
      return rulebook
    }
    guard let rulebook = result.rulebook else {
      for finding in result.findings where finding.severity == .error {
        StandardError.write(finding.render(language: UserLanguage.current, colour: false))
      }
      let errors = result.findings.count { $0.severity == .error }
      throw Failure(.checkSummaryUnusable(errors: errors, warnings: result.findings.count - errors))
    }
    return rulebook
  }

  /// The directory given, or the one of the configuration.
  static func directory(_ configuration: Configuration) throws -> String {
    guard let rules = configuration.rules else {
      throw Failure(.rulesMissing, status: ExitStatus.configuration)
    }
    return rules
  }
}
