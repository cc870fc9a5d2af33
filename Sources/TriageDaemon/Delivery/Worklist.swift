import TriageCore

/// What a department has to do, the most urgent first: the rows of `worklist.html` and `worklist.csv`.
///
/// Made from the index alone, so contact data cannot get in.
struct Worklist: Sendable, Equatable {
  struct Row: Sendable, Equatable {
    var item: ItemID
    var title: String
    var category: String
    var level: String
    /// From 0, the mildest.
    var severity: Int
    /// The next step of this department that has a deadline.
    var stage: Stage?
    var due: Instant?
    var isProvisional: Bool
    var isOverdue: Bool
    var status: Assignment.Status
    var isPaused: Bool
  }

  let department: DepartmentID
  private(set) var rows: [Row] = []

  /// - Parameter cases: the cases in which the department has an open item.
  init(_ department: DepartmentID, _ cases: [CaseIndex], _ rulebook: Rulebook, now: Instant) {
    self.department = department
    let titles = RulebookTitles(rulebook)
    for index in cases {
      for item in index.items where item.department == department && item.status != .ended {
        let next = index.nextDeadline(of: item.item)
        let isPaused = index.phase == .paused
        rows.append(
          Row(
            item: item.item, title: index.publicTitle, category: titles[index.category],
            level: titles[index.level],
            severity: rulebook.levelIndex(index.level) ?? 0, stage: next?.stage, due: next?.due,
            isProvisional: next?.provisional ?? false,
            isOverdue: !isPaused && next.map { $0.due < now } ?? false,
            status: item.status, isPaused: isPaused))
      }
    }
    rows.sort(by: Self.isMoreUrgent)
  }

  var overdue: Int { rows.count { $0.isOverdue } }

  private static func isMoreUrgent(_ a: Row, _ b: Row) -> Bool {
    if a.due != b.due {
      guard let first = a.due, let second = b.due else { return a.due != nil }
      return first < second
    }
    return a.severity != b.severity ? a.severity > b.severity : a.item < b.item
  }
}
