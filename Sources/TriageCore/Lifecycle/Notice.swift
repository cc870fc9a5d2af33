/// What a notice file tells a department; rendered in the rulebook's language when it is written.
public enum Notice: Sendable, Equatable, Codable {
  case deadlineMoved(Stage, from: Instant?, to: Instant, provisional: Bool)
  case levelChanged(from: LevelID, to: LevelID, reason: String)
  /// A rule gives no reason: it is one.
  case raisedByRule(RuleID, from: LevelID, to: LevelID)
  case assistJoined(DepartmentID)
  case leadIsNow(DepartmentID)
  case itemEnded(ItemKey, CaseEvent.Ended.Why)
  case escalated(rule: RuleID, stage: Stage?)
  case watching(lead: DepartmentID)
  case requestGranted(Request.Verb)
  case requestRefused(Request.Verb, reason: String)
  case resolutionRefused(reason: String)
  case paused(until: Instant)
  case resumed
  case returnsFinal
  case reopened(why: String)
  case closed(CaseEvent.Closed.How)
  /// Another procedure took the case; `route` is what the citizen was to be told.
  case diverted(title: String, route: String)
  /// A later case names this one: the citizen asks again.
  case cited(by: CaseID)
  /// So many files came after the case; they lie in `attachments/CASE-ID/`.
  case filesCame(count: Int)
  /// The record came again and says something else by now.
  case recordChanged([RecordChange])
}
