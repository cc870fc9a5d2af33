import TriageCore

/// A condition as the checks compare them: with the areas in which a row's template can be filled, if it has one.
struct RowCondition {
  var when: Condition
  /// Nil: in any area and in none.
  var areas: Set<AreaID>?
}

/// Searches for a case for which some conditions hold and others do not.
///
/// The values that a case can have are reduced to those that the conditions tell apart, then tried with
/// three-valued logic, so that a wrong half of a case is dropped as soon as it shows. Text, patterns and the time of
/// day count as free. The work is limited; conditions beyond it are reported as unchecked.
struct CaseSearch {
  enum Outcome {
    case found(SampleCase)
    case impossible
    case tooHard
  }

  /// Conditions looked at in one search: some tens of milliseconds.
  private static let maxWork = 200_000

  let rulebook: Rulebook
  let wanted: [RowCondition]
  let excluded: [RowCondition]
  private let values: CaseValues
  private var sample = SampleCase()
  private var work = 0
  private let workPerStep: Int

  /// - Parameter values: made of (at least) these conditions.
  init(_ rulebook: Rulebook, _ values: CaseValues, wanted: [RowCondition], excluded: [RowCondition] = []) {
    self.rulebook = rulebook
    self.values = values
    self.wanted = wanted
    self.excluded = excluded
    workPerStep = (wanted + excluded).reduce(1) { $0 + $1.when.size }
  }

  static func run(
    _ rulebook: Rulebook, _ values: CaseValues, wanted: [RowCondition], excluded: [RowCondition] = []
  ) -> Outcome {
    var search = CaseSearch(rulebook, values, wanted: wanted, excluded: excluded)
    switch search.extend() {
    case true?: return .found(search.sample)
    case false?: return .impossible
    case nil: return .tooHard
    }
  }

  /// - Returns: nil when the steps ran out.
  private mutating func extend() -> Bool? {
    work += workPerStep
    if work > Self.maxWork { return nil }
    var open: Variable?
    for row in wanted {
      switch sample.holds(row, rulebook) {
      case false?: return false
      case true?: break
      case nil: open = open ?? sample.firstOpen(in: row)
      }
    }
    for row in excluded {
      switch sample.holds(row, rulebook) {
      case true?: return false
      case false?: break
      case nil: open = open ?? sample.firstOpen(in: row)
      }
    }
    guard let open else { return true }
    for value in values.of(open) where sample.allows(value, of: open) {
      sample[open] = value
      switch extend() {
      case true?: return true
      case false?: break
      case nil: return nil
      }
    }
    sample[open] = nil
    return false
  }
}

extension Condition {
  /// How many conditions it is made of.
  fileprivate var size: Int {
    switch self {
    case .all(let parts), .any(let parts), .none(let parts): parts.reduce(1) { $0 + $1.size }
    default: 1
    }
  }
}

/// One thing that a condition can ask of a case.
enum Variable: Hashable {
  case level, category, channel, area, workingHours
  case scale(ScaleID)
  case tag(TagID)
  case field(FieldID)
  case probe(Int)
  /// The quantities that the text states, as a probe finds them.
  case quantities(probe: Int)
  /// The number of cases about the same matter within a time.
  case repeats(TimeLimit)
}

enum VariableValue: Equatable {
  case name(String)
  case nothing
  case flag(Bool)
  case count(Int)
  case numbers([Double])
  case field(FieldValue)
}
