import TriageCore

/// Lexicons, classification and conditions.
extension RuleMapping {
  var ruleShape: RuleMappingShape {
    switch self {
    case .lexicon:
      return RuleMappingShape(
        keys: [
          .must("id", .newName(templates: false)), .key("title", .text),
          .must("phrases", .oneOrMore(.phrase)),
          .key("except", .oneOrMore(.phrase)), .key("negated_by", Self.cues), .key("weakened_by", Self.cues),
        ], isEntry: true)
    case .rule:
      return RuleMappingShape(
        keys: [
          .must("id", .newName(templates: false)), .key("title", .text),
          .must("when", .mapping(.ruleCondition)), .must("then", .mapping(.gives)),
          .key("active", .mapping(.season)),
        ], isEntry: true)
    case .gives:
      return RuleMappingShape(
        keys: [
          .key("category", .either([.table(keys: .any, .integer(1...100)), .oneOrMore(.name(.category))])),
          .key("score", .integer(-1000...1000)), .key("level", .name(.level)),
          .key("tags", .oneOrMore(.newName(templates: false))), .key("on_the_spot", .flag),
        ], scales: .name(.scaleValue), isNeverEmpty: true)
    case .season:
      return RuleMappingShape(keys: [.must("from", .form(.seasonDay)), .must("to", .form(.seasonDay))])
    case .textCondition:
      return RuleMappingShape(
        keys: [
          .key("any", .oneOrMore(.phrase)), .key("all", .oneOrMore(.phrase)),
          .key("lexicon", .oneOrMore(.name(.lexicon))), .key("matches", .oneOrMore(.text)),
        ] + Self.textOptions, oneOf: ["any", "all", "lexicon", "matches"])
    case .quantity:
      return RuleMappingShape(
        keys: [
          .must("of", .words(QuantityTest.Kind.allCases.map(\.rawValue))), .key("at_least", .number),
          .key("at_most", .number),
        ] + Self.textOptions, oneOf: ["at_least", "at_most"])
    case .areaCondition: return RuleMappingShape(keys: [.must("under", .oneOrMore(.name(.area)))])
    case .repeated:
      return RuleMappingShape(keys: [
        .must("at_least", .integer(RulebookParser.filings)), .must("within", .form(.positiveLimit)),
      ])
    case .rowCondition: return Self.condition(.rowCondition)
    default: return Self.condition(.ruleCondition)
    }
  }

  static let cues = RuleShape.either([.form(.cues), .list(.phrase)])

  private static let textOptions: [RuleMappingShape.Key] = [
    .key("in", .oneOrMore(.name(.field))), .key("strength", .words(["strong", "weak", "any"])),
    .key("negated_by", cues), .key("weakened_by", cues), .key("except", .oneOrMore(.phrase)),
  ]

  /// Rows know the category, level and scales and no text; rules the other way round. What they share differs only in
  /// what lies inside `all`, `any` and `none`.
  private static func condition(_ own: RuleMapping) -> RuleMappingShape {
    let value = RuleShape.either([.text, .list(.text)])
    var keys: [RuleMappingShape.Key] = [
      .key("all", .oneOrMore(.mapping(own))), .key("any", .oneOrMore(.mapping(own))),
      .key("none", .oneOrMore(.mapping(own))), .key("field", .name(.field)), .key("is", .text),
      .key("in", value), .key("at_least", .text), .key("at_most", .text), .key("present", .flag),
      .key("starts_with", .phrase), .key("area", .mapping(.areaCondition)),
      .key("channel", .oneOrMore(.name(.channel))), .key("tag", .oneOrMore(.name(.tag))),
      .key("repeat", .mapping(.repeated)), .key("during", .words(["working_hours", "outside_hours"])),
    ]
    if own == .ruleCondition {
      keys += [
        .key("text", .mapping(.textCondition)), .key("quantity", .mapping(.quantity)),
        .key("matches", .oneOrMore(.text)),
      ]
      return RuleMappingShape(keys: keys, isNeverEmpty: true, refused: ["category", "level"])
    }
    keys += [.key("category", .oneOrMore(.name(.category))), .key("level", .oneOrMore(.name(.level)))]
    return RuleMappingShape(
      keys: keys, scales: .oneOrMore(.name(.scaleValue)), isNeverEmpty: true,
      refused: ["text", "quantity", "matches"])
  }
}
