import TriageCore

/// Lists, indicators and subsidies.
extension RuleMapping {
  var reportShape: RuleMappingShape {
    let id = RuleMappingShape.Key.must("id", .newName(templates: false))
    let title = RuleMappingShape.Key.key("title", .text)
    let selection = RuleShape.mapping(.selection)
    switch self {
    case .caseList:
      return RuleMappingShape(
        keys: [
          id, title, .key("every", .text), .key("where", selection),
          .key("to", .oneOrMore(.name(.department))),
        ], isEntry: true)
    case .indicator:
      return RuleMappingShape(
        keys: [
          id, title, .must("of", .words(["taken", "due", "resolved", "visited", "closed", "open"])),
          .key("stage", .name(.stage)), .key("where", selection),
          .key("as", .words([Indicator.Measure.rate, .count].map(\.rawValue))), .key("target", .text),
          .key("at_most", .text),
        ], isEntry: true)
    case .subsidy:
      return RuleMappingShape(
        keys: [id, title, .key("when", selection), .must("amount", .money(0...1_000_000))], isEntry: true)
    default: return Self.selectionShape
    }
  }

  /// A row's condition, and how the case stands.
  private static let selectionShape: RuleMappingShape = {
    var shape = RuleMapping.rowCondition.shape
    let stages = RuleShape.oneOrMore(.name(.stage))
    func words<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type) -> RuleShape {
      .oneOrMore(.words(Word.allCases.map(\.rawValue)))
    }
    shape.keys += [
      .key("open", .flag), .key("unaccepted", .flag), .key("reopened", .flag), .key("escalated", .flag),
      .key("visited", .flag), .key("overdue", .either([.flag, stages])),
      .key("resolved", .either([.flag, words(Reply.Result.self)])),
      .key("phase", words(CaseState.Phase.self)),
      .key("satisfied", words(Reply.Satisfied.self)), .key("performed", words(Reply.Performed.self)),
      .key("agreement", words(Reply.Agreement.self)), .key("age", .form(.positiveLimit)),
      .key("returned", .integer(1...100)), .key("tier", .oneOrMore(.name(.areaKind))),
      .key("lead", .oneOrMore(.name(.department))), .key("met", stages), .key("late", stages),
    ]
    return shape
  }()
}
