import TriageCore

/// The rulebook's own tests.
extension RuleMapping {
  var testShape: RuleMappingShape {
    switch self {
    case .test:
      return RuleMappingShape(
        keys: [
          .must("name", .text), .must("case", .mapping(.testCase)), .key("expect", .mapping(.expect)),
          .key("then", .list(.mapping(.step))),
        ], isEntry: true, oneOf: ["expect", "then"])
    case .testCase:
      return RuleMappingShape(
        keys: [
          .key("channel", .name(.channel)), .key("title", .text), .key("text", .text), .key("area", .text),
          .key("address", .text), .key("source_id", .text), .key("result", .text),
          .key("people_count", .integer(0...10_000_000)), .key("amount", .number), .key("handled", .flag),
          .key("history", .oneOrMore(.form(.instant))), .must("received_at", .form(.instant)),
        ], fields: .either([.text, .list(.text)]))
    case .expect: return Self.expectation([])
    case .stepExpect: return Self.expectation([.key("refused", .text)])
    case .step:
      let deed = RuleShape.either([.name(.department), .mapping(.deed)])
      return RuleMappingShape(
        keys: [
          .must("at", .either([.form(.offset), .form(.instant)])), .key("expect", .mapping(.stepExpect)),
        ]
          + RulebookParser.deedNames.map { .key($0, deed) })
    default: return Self.deedShape
    }
  }

  private static func expectation(_ more: [RuleMappingShape.Key]) -> RuleMappingShape {
    let rules = RuleShape.oneOrMore(.name(.rule))
    let steps = RuleShape.oneOrMore(.name(.escalation))
    let due = RuleShape.either([.form(.instant), .words(["none"])])
    return RuleMappingShape(
      keys: [
        .key("category", .name(.category)), .key("level", .name(.level)), .key("lead", .name(.department)),
        .key("assist", .oneOrMore(.name(.department))), .key("tags", .oneOrMore(.name(.tag))),
        .key("route", .name(.route)), .key("fired", rules), .key("not_fired", rules),
        .key("reminders", .integer(0...100_000)), .key("escalated_by", steps),
        .key("not_escalated_by", steps),
        .key("phase", .words(CaseState.Phase.allCases.map(\.rawValue))),
        .key("items", .table(keys: .any, .oneOrMore(.words(Role.allCases.map(\.rawValue))))),
        .key("closed", .text), .key("told", .oneOrMore(.name(.department))),
      ] + (RulebookParser.limitStages + [.followUp]).map { .key($0.rawValue + "_due", due) } + more,
      scales: .name(.scaleValue), stagesDue: true, isNeverEmpty: true)
  }

  /// What a department hands in or asks for: a form, or a request's file.
  private static let deedShape = RuleMappingShape(
    keys: [
      .key("by", .name(.department)), .key("result", .words(Reply.Result.allCases.map(\.rawValue))),
      .key("summary", .text), .key("measure", .text),
      .key("agreement", .words(Reply.Agreement.allCases.map(\.rawValue))),
      .key("agreement_date", .form(.date)), .key("instalments", .oneOrMore(.form(.date))),
      .key("performed", .words(Reply.Performed.allCases.map(\.rawValue))),
      .key("satisfied", .words(Reply.Satisfied.allCases.map(\.rawValue))), .key("residual_risk", .flag),
      .key("return_reason", .name(.returnReason)),
      .key("decision", .words(Reply.Verdict.allCases.map(\.rawValue))),
      .key("assign_to", .name(.department)), .key("reason", .text), .key("department", .name(.department)),
      .key("pause_reason", .name(.pauseReason)), .key("extend_by", .form(.positiveLimit)),
      .key("level", .name(.level)), .key("into", .text), .key("stage", .name(.stage)),
      .key("procedure", .name(.procedure)), .key("category", .name(.category)), .key("area", .text),
      .key("address", .text), .key("people_count", .text), .key("amount", .text),
    ], fields: .text)
}
