public import TriageCore

/// What happened to one case in one step: recorded whole or not at all.
public struct CaseChange: Sendable {
  public var id: CaseID
  /// The version of the state that the events were made for; without events only the columns are written.
  public var expectedVersion: Int
  public var events: [CaseEvent]
  public var effects: [PlannedEffect]
  /// Of the state after the events.
  public var index: CaseIndex
  /// Files to be kept with the case; those too large for the ledger's file lie in `state/files` already.
  public var attachments: [IntakeRecord.Attachment]
  public init(
    id: CaseID, expectedVersion: Int, events: [CaseEvent], effects: [PlannedEffect], index: CaseIndex,
    attachments: [IntakeRecord.Attachment] = []
  ) {
    self.id = id
    self.expectedVersion = expectedVersion
    self.events = events
    self.effects = effects
    self.index = index
    self.attachments = attachments
  }
}

/// An event as the ledger holds it.
public struct StoredEvent: Sendable, Equatable {
  /// Over the whole ledger, from 1, without gaps.
  public var sequence: Int64
  public var event: CaseEvent
  public var at: Instant
  public init(sequence: Int64, event: CaseEvent, at: Instant) {
    self.sequence = sequence
    self.event = event
    self.at = at
  }
}

/// An effect that the outbox still holds.
public struct PendingEffect: Sendable, Equatable {
  public var key: String
  public var planned: PlannedEffect
  public init(key: String, planned: PlannedEffect) {
    self.key = key
    self.planned = planned
  }
}
