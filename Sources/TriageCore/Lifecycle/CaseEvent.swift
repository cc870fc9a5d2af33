/// One thing that happened to a case. Events are appended to the ledger and never changed; the state of a case is
/// what its events make of it (`CaseState.apply`).
public enum CaseEvent: Sendable, Equatable {
  case taken(Taken)
  /// The same record came again: no second case.
  case duplicateArrived(DuplicateArrived)
  case linked(Linked)
  case assigned(Assignment)
  case accepted(Accepted)
  /// The department took its item back out of `done/` before the answer was taken.
  case takenBack(ItemStep)
  case contacted(Contacted)
  /// A report from the scene (报告).
  case reported(Contacted)
  /// The lead resolved; with an approval pending, `approval` names the item that decides.
  case resolved(Answered)
  /// Any other item was answered: assist, approval, adjudication, follow-up.
  case answered(Answered)
  case returned(Returned)
  case requested(Requested)
  /// A request was decided; without an item it took effect at once.
  case decided(Decided)
  case noted(Noted)
  case ended(Ended)
  case deadlineSet(DeadlineSet)
  case deadlineEnded(DeadlineEnded)
  case paused(Paused)
  case resumed(Resumed)
  case leadChanged(LeadChanged)
  case levelChanged(LevelChanged)
  case corrected(Corrected)
  case reminded(Reminded)
  case escalated(Escalated)
  case reopened(Reopened)
  case closed(Closed)
  /// The case goes another way than this house's (分流): the citizen was told which.
  case diverted(Diverted)
  case noticed(Noticed)
  /// What the daemon had to mend in a queue folder, and how often.
  case mended(Mended)
  /// A department put a file beside its answer.
  case attached(Attached)
  /// The first event of an alert, which is kept like a case and is none.
  case alertRaised(AlertRaised)
  /// The case stands in the list of an alert.
  case listed(Listed)
}
