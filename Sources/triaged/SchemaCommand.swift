import ArgumentParser
import TriageCore
import TriageRules

/// `triaged schema`: the JSON Schema of rule files, for editors; with `--rules` it knows the names of that rulebook.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: Message.helpSchema.localised,
    discussion: Message.helpSchemaUse.localised + "\n\n" + JSONOutput.schema.localised)

  /// A schema is JSON in any case; the option is there so that scripts may ask every command alike.
  enum Format: String, ExpressibleByArgument, CaseIterable { case json }

  @Option(help: ArgumentHelp(Message.optionSchemaRules.localised, valueName: "dir"), completion: .directory)
  var rules: String?
  @Option(help: ArgumentHelp(Message.optionSchemaFormat.localised))
  var format: Format = .json
  @Option(help: ArgumentHelp(Message.optionLanguage.localised, valueName: "zh|en"))
  var language: String?

  func run() throws {
    var wanted = UserLanguage.current
    if let language {
      guard let chosen = Language(rawValue: language) else {
        throw Failure(
          .configurationWantsOneOf("language", Language.allCases.map(\.rawValue)), status: ExitStatus.usage)
      }
      wanted = chosen
    }
    let rulebook = try rules.map { try Rules.load($0, draft: true) }
    print(RuleSchema(language: wanted, of: rulebook).text, terminator: "")
  }
}
