import TriageCore

/// The names that one rulebook defines, for an editor to choose from.
struct RuleNames {
  let scales: [(id: String, values: [String])]
  let fields: [String]
  /// Those that `stage:` rows add.
  let stages: [String]
  private let lists: [RuleNameKind: [String]]

  init(_ compiled: CompiledRulebook) {
    let rulebook = compiled.rulebook
    scales = rulebook.scales.map { scale in (scale.id.rawValue, scale.values.map(\.id.rawValue)) }
    fields = rulebook.fields.keys.map(\.rawValue).sorted()
    stages = rulebook.deadlines.compactMap { $0.anchored?.stage.rawValue }.sorted()
    let builtIn = RulebookParser.limitStages.filter { $0 != .return } + [.followUp]
    let tags = rulebook.classification.flatMap(\.gives.tags).map(\.rawValue)
    lists = [
      .department: rulebook.departments.keys.map(\.rawValue),
      .category: rulebook.categories.map(\.id.rawValue),
      .level: rulebook.levels.map(\.id.rawValue), .tag: tags,
      .lexicon: Self.ids(of: "lexicons", in: compiled),
      .area: rulebook.areas.areas.keys.map(\.rawValue), .areaKind: rulebook.areas.areas.values.map(\.kind),
      .field: Rulebook.builtInFields.keys.map(\.rawValue) + fields, .replyField: ReplyField.names + fields,
      .stage: builtIn.map(\.rawValue) + stages,
      .route: rulebook.routes.map(\.head.id.rawValue) + ["fallback"],
      .rule: rulebook.classification.map(\.id.rawValue), .escalation: rulebook.escalation.map(\.id.rawValue),
      .returnReason: rulebook.returnReasons.map(\.id.rawValue),
      .scaleValue: rulebook.scales.flatMap { $0.values.map(\.id.rawValue) },
      .procedure: Self.ids(of: "divert_to", in: compiled),
      .channel: rulebook.channels.isEmpty ? [] : rulebook.channels.keys.map(\.rawValue) + ["direct"],
      .pauseReason: rulebook.pauseReasons.map(\.id.rawValue),
    ]
  }

  /// Nil where the rulebook defines none: channels and reasons for a pause need no declaration.
  func of(_ kind: RuleNameKind) -> [String]? {
    guard let names = lists[kind], !names.isEmpty else { return nil }
    return Set(names).sorted()
  }

  /// The ids of a list as the rule files have them, for what the compiled rulebook does not keep by name.
  private static func ids(of list: String, in compiled: CompiledRulebook) -> [String] {
    guard let files = CanonicalSource.decode(compiled.sources) else { return [] }
    return files.flatMap { file -> [String] in
      let root = (try? YamlReader.read(file.bytes, limits: .ruleFile))?.root
      return root?[list]?.items?.compactMap { $0["id"]?.text } ?? []
    }
  }
}
