import TriageCore

/// Which lists of the language may be empty: the one table for the parser and the schema.
///
/// Everywhere else an empty list is a slip, and a dear one: `tag: []` asks for no tag and so holds for every case.
enum EmptyLists {
  /// By mapping, the keys whose list or table may be empty, because an empty one says something.
  static let allowed: [RuleMapping: Set<String>] = [
    // A section that has no entry yet, or none of the base's.
    .file: Set(Sections.lists).union(["scales", "boilerplate"]),
    .area: ["aliases", "areas"],
    // Open on every day of the week; a year without make-up days.
    .calendar: ["rest", "years"], .departmentCalendar: ["rest"], .year: ["on"], .holidays: ["on"],
    // No exception, and no word that negates or weakens: not the usual ones.
    .lexicon: cues, .textCondition: cues, .quantity: cues,
    // No visit, no reason that would do, no reminder: other rows have some.
    .deadline: ["follow_up"], .pause: ["reasons"], .reminder: ["at"],
    // A test expects that there is none.
    .expect: expectations, .stepExpect: expectations, .testCase: ["history"],
  ]

  private static let cues: Set<String> = ["except", "negated_by", "weakened_by"]
  private static let expectations: Set<String> = ["assist", "tags", "items"]

  static func allows(_ key: String, in mapping: RuleMapping) -> Bool {
    allowed[mapping]?.contains(key) ?? false
  }
}

extension RuleMapping {
  /// Its empty lists would leave a condition that every case meets.
  var isCondition: Bool {
    switch self {
    case .ruleCondition, .rowCondition, .textCondition, .areaCondition, .selection: true
    default: false
    }
  }
}
