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
  @Option(help: ArgumentHelp(Message.optionConfig.localised, valueName: "file"))
  var config: String?
  @Option(help: ArgumentHelp(Message.optionRoot.localised, valueName: "dir"))
  var root: String?
  @Option(help: ArgumentHelp(Message.optionRules.localised, valueName: "dir"))
  var rules: String?
  @Option(help: ArgumentHelp(Message.optionLanguage.localised, valueName: "zh|en"))
  var language: String?

  /// The wall clock's time.
  var now: Instant { Clock().now() }

  /// - Throws: `Failure` with status 78 when the file is wrong.
  func configuration() throws -> Configuration {
    var configuration = Configuration(language: UserLanguage.current)
    if let config {
      do {
        try configuration.read(file: config)
      } catch {
        let place = error.place
        throw Failure(
          error.message.prefixed("\(place.file):\(place.line):\(place.column): "),
          status: ExitStatus.configuration)
      }
    }
    if let root { configuration.root = root }
    if let rules { configuration.rules = rules }
    if let language {
      guard let chosen = Language(rawValue: language) else {
        throw Failure(
          .configurationWantsOneOf("language", Language.allCases.map(\.rawValue)), status: ExitStatus.usage)
      }
      configuration.language = chosen
    }
    return configuration
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
