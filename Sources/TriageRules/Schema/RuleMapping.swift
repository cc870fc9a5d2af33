import TriageCore

/// Every mapping of the language by name; the name is also that of its definition in the JSON Schema.
enum RuleMapping: String, CaseIterable {
  case file, caseID = "case_id", level, scale, scaleValue = "scale_value", category, fallback, area,
    department
  case forEachArea = "for_each_area", calendar, departmentCalendar = "department_calendar", year, holidays,
    channel
  case reason, procedure, field, lexicon, rule, gives, season, ruleCondition = "rule_condition"
  case rowCondition = "row_condition", textCondition = "text_condition", quantity, areaCondition =
    "area_condition"
  case repeated = "repeat", route, also, deadline, extend, pause, require, reminder, escalation, trigger,
    cluster
  case actions, test, testCase = "test_case", expect, step, stepExpect = "step_expect", deed
  case caseList = "list", indicator, subsidy, selection

  /// What each list of a file has as entries.
  var shape: RuleMappingShape {
    switch self {
    case .file, .caseID, .level, .scale, .scaleValue, .category, .fallback, .area, .department, .forEachArea,
      .calendar, .departmentCalendar, .year, .holidays, .channel, .reason, .procedure, .field:
      settingsShape
    case .lexicon, .rule, .gives, .season, .ruleCondition, .rowCondition, .textCondition, .quantity,
      .areaCondition, .repeated:
      ruleShape
    case .route, .also, .deadline, .extend, .pause, .require, .reminder, .escalation, .trigger, .cluster,
      .actions:
      rowShape
    case .caseList, .indicator, .subsidy, .selection: reportShape
    case .test, .testCase, .expect, .step, .stepExpect, .deed: testShape
    }
  }
}

/// Settings, places and the calendar.
extension RuleMapping {
  fileprivate var settingsShape: RuleMappingShape {
    let id = RuleMappingShape.Key.must("id", .newName(templates: false))
    let title = RuleMappingShape.Key.key("title", .text)
    switch self {
    case .file: return Self.fileShape
    case .caseID: return RuleMappingShape(keys: [.must("prefix", .form(.prefix))])
    case .level:
      return RuleMappingShape(keys: [id, title, .must("score", .integer(-1_000_000...1_000_000))])
    case .scale: return RuleMappingShape(keys: [id, title, .must("values", .list(.mapping(.scaleValue)))])
    case .scaleValue, .category: return RuleMappingShape(keys: [id, title])
    case .fallback:
      return RuleMappingShape(keys: [.must("category", .name(.category)), .must("lead", .name(.department))])
    case .area:
      return RuleMappingShape(
        keys: [
          id, .key("kind", .newName(templates: false)), title, .key("aliases", .oneOrMore(.phrase)),
          .key("under", .name(.area)), .key("areas", .list(.mapping(.area))),
        ], isEntry: true)
    case .department:
      return RuleMappingShape(
        keys: [
          .key("for_each_area", .mapping(.forEachArea)), .must("id", .newName(templates: true)), title,
          .key("escalates_to", .departmentTemplate), .key("calendar", .mapping(.departmentCalendar)),
        ], isEntry: true)
    case .forEachArea:
      return RuleMappingShape(keys: [
        .must("kind", .name(.areaKind)), .key("under", .oneOrMore(.name(.area))),
      ])
    case .calendar:
      return RuleMappingShape(keys: [
        .key("hours", .oneOrMore(.form(.hours))), .key("rest", .oneOrMore(.words(Self.weekdays))),
        .key("years", .table(keys: .year, .mapping(.year))), .key("overlay", .mapping(.year)),
      ])
    case .departmentCalendar:
      return RuleMappingShape(keys: [
        .key("hours", .oneOrMore(.form(.hours))), .key("rest", .oneOrMore(.words(Self.weekdays))),
        .key("overlay", .mapping(.year)),
      ])
    case .year: return RuleMappingShape(keys: Self.days)
    case .holidays:
      return RuleMappingShape(keys: [.must("year", .integer(1990...2200))] + Self.days, isEntry: true)
    case .channel:
      return RuleMappingShape(
        keys: [id, title, .key("clock", .words(["taken", "received_at"]))], isEntry: true)
    case .reason: return RuleMappingShape(keys: [id, title], isEntry: true)
    case .procedure: return RuleMappingShape(keys: [id, title, .must("tell", .text)], isEntry: true)
    default:
      let types = [FieldType.text, .number, .flag, .date, .list].map(\.rawValue)
      return RuleMappingShape(keys: [id, title, .must("type", .words(types))], isEntry: true)
    }
  }

  private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  private static let days: [RuleMappingShape.Key] = [
    .key("off", .either([.table(keys: .any, .oneOrMore(.form(.day))), .oneOrMore(.form(.day))])),
    .key("on", .oneOrMore(.form(.day))),
  ]

  private static let fileShape = RuleMappingShape(keys: [
    .key("rulebook", .integer(1...1)), .key("name", .text), .key("extends", .text), .key("timezone", .text),
    .key("case_id", .mapping(.caseID)), .key("levels", .list(.mapping(.level))),
    .key("scales", .list(.mapping(.scale))), .key("categories", .list(.mapping(.category))),
    .key("fallback", .mapping(.fallback)), .key("on_reload", .words(["keep", "forward", "recompute"])),
    .key("calendar", .mapping(.calendar)), .key("boilerplate", .oneOrMore(.phrase)),
    .key("areas", .list(.mapping(.area))), .key("departments", .list(.mapping(.department))),
    .key("holidays", .list(.mapping(.holidays))), .key("channels", .list(.mapping(.channel))),
    .key("return_reasons", .list(.mapping(.reason))), .key("pause_reasons", .list(.mapping(.reason))),
    .key("divert_to", .list(.mapping(.procedure))), .key("fields", .list(.mapping(.field))),
    .key("lexicons", .list(.mapping(.lexicon))), .key("classification", .list(.mapping(.rule))),
    .key("routes", .list(.mapping(.route))), .key("also", .list(.mapping(.also))),
    .key("deadlines", .list(.mapping(.deadline))), .key("require", .list(.mapping(.require))),
    .key("reminders", .list(.mapping(.reminder))), .key("escalation", .list(.mapping(.escalation))),
    .key("lists", .list(.mapping(.caseList))), .key("indicators", .list(.mapping(.indicator))),
    .key("subsidy", .list(.mapping(.subsidy))), .key("tests", .list(.mapping(.test))),
  ])
}
