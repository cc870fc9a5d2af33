public import TriageCore

/// What the ledger holds of a case, as far as people did it: its taking, and everything that somebody did afterwards.
/// What rules did by themselves is left out, so that it can be done again by other rules.
public struct RecordedCase: Sendable {
  /// One thing that somebody did, as the command that it was.
  public struct Deed: Sendable, Equatable {
    public var command: Command
    public var at: Instant
  }

  public var id: CaseID
  public var taken: CaseEvent.Taken
  public var at: Instant
  public var deeds: [Deed]

  /// Kinds of events that record something which a person did; the others need not be read.
  public static let kinds: Set<String> = [
    "taken", "accepted", "taken_back", "contacted", "reported", "resolved", "answered", "returned",
    "requested",
    "decided",
    "corrected",
  ]

  /// Nil when the first event is not the taking, as it is with an alert.
  public init?(id: CaseID, events: [(event: CaseEvent, at: Instant)]) {
    guard let first = events.first, case .taken(let taken) = first.event else { return nil }
    self.id = id
    self.taken = taken
    at = first.at
    deeds = events.dropFirst().compactMap { entry in
      Command(recorded: entry.event, at: entry.at).map { Deed(command: $0, at: entry.at) }
    }
  }
}

extension Command {
  /// The command that made the event; nil for events that follow from others.
  init?(recorded event: CaseEvent, at: Instant) {
    switch event {
    // An implied acceptance comes with the answer or the return again.
    case .accepted(let step) where !step.implied: self = .accept(step.item)
    case .takenBack(let step): self = .takeBack(step.item)
    case .contacted(let step):
      self = .request(Request(verb: .contact, by: step.by, at: at, reason: step.text))
    case .reported(let step):
      self = .request(Request(verb: .report, by: step.by, at: at, reason: step.text))
    case .resolved(let step): self = .answer(step.item, step.reply)
    // A helper that was called in wrongly left with the reason of a return.
    case .answered(let step) where step.item.role == .assist && step.reply.returnReason != nil:
      self = .returnItem(step.item, step.reply)
    case .answered(let step): self = .answer(step.item, step.reply)
    case .returned(let step):
      self = .returnItem(step.item, Reply(returnReason: step.reason, reason: step.text))
    case .requested(let step): self = .request(step.request)
    // What took effect at once was decided by whoever asked; a decision on a request is the approver's answer.
    case .decided(let step) where step.by == step.request.by: self = .request(step.request)
    case .corrected(let step): self = .correct(step.request, step.input, step.decision)
    default: return nil
    }
  }
}
