import TriageCore

/// Routes, deadlines, requirements, reminders and escalations.
extension RuleMapping {
  var rowShape: RuleMappingShape {
    switch self {
    case .route:
      return RuleMappingShape(
        keys: Self.head + [
          .must("lead", .departmentTemplate), .key("assist", .oneOrMore(.departmentTemplate)),
          .key("watch", .oneOrMore(.departmentTemplate)),
        ], isEntry: true)
    case .also:
      return RuleMappingShape(
        keys: [
          .must("id", .newName(templates: false)), .key("when", .mapping(.rowCondition)),
          .key("assist", .oneOrMore(.departmentTemplate)), .key("watch", .oneOrMore(.departmentTemplate)),
        ], isEntry: true, oneOf: ["assist", "watch"])
    case .deadline: return Self.deadlineShape
    case .extend:
      return RuleMappingShape(keys: [.must("times", .integer(0...100)), .must("by", .form(.positiveLimit))])
    case .pause:
      return RuleMappingShape(keys: [
        .must("reasons", .oneOrMore(.name(.pauseReason))), .must("max", .form(.positiveLimit)),
      ])
    case .require:
      return RuleMappingShape(
        keys: Self.head + [
          .must("before", .words([Stage.resolve.rawValue])), .key("fields", .oneOrMore(.name(.replyField))),
          .key("approve_by", .name(.department)),
        ], isEntry: true, oneOf: ["fields", "approve_by"])
    case .reminder:
      return RuleMappingShape(
        keys: Self.head + [
          .must("at", .oneOrMore(.form(.slot))),
          .key("quiet", .either([.form(.quietOff), .list(.form(.time))])), .key("digest", .form(.time)),
          .key("stages", .oneOrMore(.name(.stage))),
          .key("max_per_day", .integer(1...10_000)),
        ], isEntry: true)
    case .escalation:
      return RuleMappingShape(
        keys: [
          .must("id", .newName(templates: false)), .key("when", .mapping(.rowCondition)),
          .must("on", .mapping(.trigger)), .must("then", .mapping(.actions)),
        ], isEntry: true)
    default: return stepShape
    }
  }

  private static let head: [RuleMappingShape.Key] = [
    .must("id", .newName(templates: false)), .key("when", .mapping(.rowCondition)),
    .key("priority", .integer(-1000...1000)),
  ]

  private static let deadlineShape = RuleMappingShape(
    keys: head
      + RulebookParser.limitStages.map { stage in
        let limit = RuleShape.form(.positiveLimit)
        return .key(stage.rawValue, stage == .return ? .either([limit, .words(["never"])]) : limit)
      } + [
        .key("follow_up", .oneOrMore(.form(.positiveLimit))), .key("extend", .mapping(.extend)),
        .key("pause", .mapping(.pause)), .key("wait_for_assist", .flag),
        .key("follow_up_by", .departmentTemplate), .key("stage", .newName(templates: false)),
        .key("from", .form(.replyField)), .key("within", .form(.positiveLimit)), .key("title", .text),
      ], isEntry: true)

  private var stepShape: RuleMappingShape {
    switch self {
    case .trigger:
      return RuleMappingShape(
        keys: [
          .key("overdue", .name(.stage)), .key("by", .form(.positiveLimit)),
          .key("returned", .integer(1...100)),
          .key("follow_up", .words(RulebookParser.followUpOutcomes)),
          .key("resolved", .words(Reply.Result.allCases.map(\.rawValue))), .key("times", .integer(1...100)),
          .key("age", .form(.positiveLimit)), .key("repeat", .integer(RulebookParser.filings)),
          .key("raised", .flag), .key("cluster", .mapping(.cluster)), .key("daily", .form(.time)),
          .key("unaccepted", .flag),
        ],
        oneOf: [
          "overdue", "returned", "follow_up", "resolved", "age", "repeat", "raised", "cluster", "daily",
        ])
    case .cluster:
      return RuleMappingShape(keys: [
        .must("same", .oneOrMore(.form(.clusterKey))), .must("at_least", .integer(2...10_000)),
        .must("within", .form(.positiveLimit)),
      ])
    default:
      return RuleMappingShape(
        keys: [
          .key("alert", .name(.department)), .key("notify", .oneOrMore(.name(.department))),
          .key("escalate", .integer(1...10)),
          .key("raise", .integer(1...100)), .key("raise_to", .name(.level)),
          .key("assign", .name(.department)),
          .key("assist", .oneOrMore(.name(.department))), .key("adjudicate", .name(.department)),
          .key("reopen", .flag),
        ], isNeverEmpty: true)
    }
  }
}
