import TriageCore

/// What a value in a rule file may look like: the declaration behind the JSON Schema that editors read. The parser
/// says more (which names are defined, what contradicts what); the two are held together by a test that compares the
/// keys asked for with the keys declared here.
indirect enum RuleShape: Sendable {
  /// Any scalar, taken as text.
  case text
  /// A text that must be quoted where YAML would take it for a number.
  case phrase
  case flag
  case number
  case integer(ClosedRange<Int>)
  /// Yuan, to the cent.
  case money(ClosedRange<Int>)
  /// A text of this form (ECMA-262).
  case form(TextForm)
  case words([String])
  /// The name that an entry gets.
  case newName(templates: Bool)
  /// The name of something defined elsewhere.
  case name(RuleNameKind)
  /// A department, or a template that the area fills.
  case departmentTemplate
  case list(RuleShape)
  case oneOrMore(RuleShape)
  case either([RuleShape])
  case mapping(RuleMapping)
  /// Keys that are names or years, each with such a value.
  case table(keys: TextForm, RuleShape)
}

/// Forms of text that the language has.
enum TextForm: String, CaseIterable {
  case positiveLimit, slot, time, date, day, hours, seasonDay, instant, offset, prefix, year, any, cues
  case quietOff, replyField, clusterKey, areaTemplate

  var pattern: String {
    let number = TimeLimit.Grammar.number
    let amount = number + TimeLimit.Grammar.unit + TimeLimit.Grammar.ending
    let date = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    let time = "[0-9]{1,2}:[0-9]{2}"
    switch self {
    case .positiveLimit: return "^[+＋]?(?![0０]+[^0-9０-９])\(amount)$|^\(TimeLimit.Grammar.endOfDay)$"
    case .slot: return "^([1-9][0-9]?[%％]|0|[-+－＋]?\(amount)|every +\(amount) +max +[0-9]+)$"
    case .time: return "^\(time)$"
    case .date: return "^\(date)$"
    case .day: return "^\(date)(\\.\\.\(date))?$"
    case .hours: return "^\(time)-\(time)$"
    case .seasonDay: return "^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$"
    case .instant: return "^\(date)([T ]\(time).*)?$"
    case .offset: return "^([+＋]\(amount)|\(TimeLimit.Grammar.endOfDay)|\(date)T.*)$"
    case .prefix: return "^[A-Za-z]{1,12}$"
    case .year: return "^(19|20|21)[0-9]{2}$"
    case .any: return "^.+$"
    case .cues: return "^(default|none)$"
    case .quietOff: return "^none$"
    case .replyField: return "^reply\\."
    case .clusterKey: return "^(category|level|channel|area\\..+)$"
    case .areaTemplate: return "\\{area\\.[^{}]+\\}"
    }
  }
}

/// Kinds of names that rule files define and use.
enum RuleNameKind: String, CaseIterable {
  case department, category, level, tag, lexicon, area, areaKind = "area_kind", field, replyField =
    "reply_field"
  case stage, channel, route, rule, escalation, pauseReason = "pause_reason", returnReason = "return_reason"
  case procedure, scaleValue = "scale_value"
}

/// A mapping of the language: its keys, and what else may be a key.
struct RuleMappingShape: Sendable {
  struct Key: Sendable {
    var name: String
    var shape: RuleShape
    var isRequired = false
  }

  var keys: [Key]
  /// It is an entry of a list, which may replace (`override`) or drop (`remove`) one of the rulebook it extends.
  var isEntry = false
  /// Scales are keys too, with such a value.
  var scales: RuleShape?
  /// Declared fields are keys too.
  var fields: RuleShape?
  /// Stages that the rulebook adds are keys with `_due` behind them.
  var stagesDue = false
  /// At least one of these.
  var oneOf: [String] = []
  /// It must say something.
  var isNeverEmpty = false
  /// Keys that the parser knows here only to say why they cannot stand here.
  var refused: [String] = []
}

extension RuleMappingShape.Key {
  static func key(_ name: String, _ shape: RuleShape) -> Self { Self(name: name, shape: shape) }
  static func must(_ name: String, _ shape: RuleShape) -> Self {
    Self(name: name, shape: shape, isRequired: true)
  }
}
