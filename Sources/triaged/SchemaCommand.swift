import ArgumentParser
import TriageCore
import TriageRules

/// `triaged schema`: the JSON Schema of rule files, for editors; with `--rules` it knows the names of that rulebook.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: Message.helpSchema.localised, discussion: Message.helpSchemaUse.localised
  )

  @Option(help: ArgumentHelp(Message.optionSchemaRules.localised, valueName: "dir"))
  var rules: String?
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
