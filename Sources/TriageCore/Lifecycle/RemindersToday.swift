/// How many reminders each department was sent at once on the present day: what `max_per_day` of a reminder row counts.
/// One case cannot know it; whoever drives the cases keeps it.
public struct RemindersToday: Sendable, Equatable {
  public private(set) var sent: [DepartmentID: Int]

  public init(_ sent: [DepartmentID: Int] = [:]) { self.sent = sent }

  /// Counts what was just sent; what waits for a digest does not count.
  public mutating func note(_ event: CaseEvent) {
    guard case .reminded(let reminder) = event, reminder.how == .atOnce else { return }
    sent[reminder.department, default: 0] += 1
  }

  func isFull(_ department: DepartmentID, _ row: ReminderRow) -> Bool {
    // What is sent at night too is too grave to be put off.
    if case .some(.none) = row.quiet { return false }
    return row.maxPerDay.map { sent[department, default: 0] >= $0 } ?? false
  }
}
