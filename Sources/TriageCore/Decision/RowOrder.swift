/// The order among rows of one table: higher `priority` first, then the more specific row (DESIGN.md section 5).
protocol ChosenRow: Sendable {
  var head: RowHead { get }
  /// Names the stages it is for, instead of speaking of all; settles the order between otherwise equal rows.
  var namesStages: Bool { get }
}

extension RouteRow: ChosenRow { var namesStages: Bool { false } }
extension AlsoRow: ChosenRow { var namesStages: Bool { false } }
extension DeadlineRow: ChosenRow { var namesStages: Bool { false } }
extension RequireRow: ChosenRow { var namesStages: Bool { true } }
extension ReminderRow: ChosenRow { var namesStages: Bool { stages != nil } }

extension Rulebook {
  /// Whether row A is more specific than row B: every key of B's `when` is in A with an equal or narrower value, and
  /// A has one key more or one narrower value. Priorities are not looked at.
  public func isMoreSpecific(_ a: RowHead, than b: RowHead) -> Bool {
    isMoreSpecificRow(a, than: b, areas: areas)
  }
}

func isMoreSpecificRow(_ a: RowHead, than b: RowHead, areas: AreaTree) -> Bool {
  var narrower = a.keys.count > b.keys.count
  for (key, wide) in b.keys {
    guard let narrow = a.keys[key], narrow.implies(wide, areas: areas) else { return false }
    if !narrower { narrower = !wide.implies(narrow, areas: areas) }
  }
  return narrower
}

/// The rows of one table, the most binding first, so that the first row that matches is the one to choose.
///
/// The order is a linear extension of "higher priority, then more specific" and does not depend on the order in which
/// the rows were given (promise 3): rows with more keys come first; among rows with the same keys, the one that
/// fewer others are more specific than; what is left, which `check` has refused unless the rows agree, by id.
struct RankedRows<Row: ChosenRow>: Sendable {
  let rows: [Row]
  /// Places in `rows`, ascending, of those that can match a case of that category.
  private let byCategory: [CategoryID: [Int32]]
  /// Those of a category that no row names.
  private let general: [Int32]

  init(_ given: [Row], areas: AreaTree) {
    let beaten = Self.countMoreSpecific(given.map(\.head), areas: areas)
    let order = given.indices.sorted { a, b in
      let (x, y) = (given[a].head, given[b].head)
      if x.priority != y.priority { return x.priority > y.priority }
      if x.keys.count != y.keys.count { return x.keys.count > y.keys.count }
      if beaten[a] != beaten[b] { return beaten[a] < beaten[b] }
      if given[a].namesStages != given[b].namesStages { return given[a].namesStages }
      return x.id < y.id
    }
    rows = order.map { given[$0] }
    let guards = rows.map { $0.head.when.categoryGuard }
    let named = Set(guards.compactMap { $0 }.joined())
    byCategory = Dictionary(
      uniqueKeysWithValues: named.map { category in
        (category, guards.indices.filter { guards[$0]?.contains(category) ?? true }.map(Int32.init))
      })
    general = guards.indices.filter { guards[$0] == nil }.map(Int32.init)
  }

  /// For each row, how many rows with the same keys are more specific.
  private static func countMoreSpecific(_ heads: [RowHead], areas: AreaTree) -> [Int] {
    var counts = Array(repeating: 0, count: heads.count)
    let groups = Dictionary(grouping: heads.indices) { heads[$0].keys.keys.sorted() }
    for group in groups.values where group.count > 1 {
      for place in group {
        counts[place] = group.count { isMoreSpecificRow(heads[$0], than: heads[place], areas: areas) }
      }
    }
    return counts
  }

  /// The rows whose condition holds, the most binding first.
  func matching(_ facts: CaseFacts, in rulebook: Rulebook) -> [Row] {
    var found: [Row] = []
    for place in byCategory[facts.category] ?? general
    where rows[Int(place)].head.when.holds(facts, in: rulebook) {
      found.append(rows[Int(place)])
    }
    return found
  }

  /// What the most binding row says, of the rows that match and say something.
  func first<Value>(
    for facts: CaseFacts, in rulebook: Rulebook, where says: (Row) -> Value?
  ) -> (row: Row, value: Value)? {
    for place in byCategory[facts.category] ?? general {
      let place = Int(place)
      if let value = says(rows[place]), rows[place].head.when.holds(facts, in: rulebook) {
        return (rows[place], value)
      }
    }
    return nil
  }
}

extension Condition {
  /// The only categories for which the condition can hold; nil when it does not say.
  fileprivate var categoryGuard: Set<CategoryID>? {
    switch self {
    case .category(let wanted): return Set(wanted)
    case .all(let parts): return parts.lazy.compactMap(\.categoryGuard).first
    case .any(let parts):
      var all: Set<CategoryID> = []
      for part in parts {
        guard let some = part.categoryGuard else { return nil }
        all.formUnion(some)
      }
      return all
    default: return nil
    }
  }
}
