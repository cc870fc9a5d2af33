public import TriageCore

/// By what a case can be told to repeat an earlier one, or to be about the same matter.
public struct MatterClues: Sendable, Equatable {
  /// Equal for two records that are the same case: channel, source id and normalised text.
  public var duplicateKey: String
  /// By which earlier versions knew such a record, where that was another key.
  public var formerKeys: [String]
  /// Channel and source id; nil where the source gives none.
  public var sourceKey: String?
  /// Earlier cases that the case names.
  public var references: [Reference]
  /// Nil for a text that says too little to be compared, or that is about another case (a reminder call).
  public var sketch: TextSketch?

  /// An earlier case by its name.
  public enum Reference: Sendable, Hashable {
    case caseID(CaseID)
    /// As `sourceKey`: the last case of that key is meant.
    case sourceKey(String)
  }

  public init(
    duplicateKey: String, formerKeys: [String] = [], sourceKey: String?, references: [Reference] = [],
    sketch: TextSketch? = nil
  ) {
    self.duplicateKey = duplicateKey
    self.formerKeys = formerKeys
    self.sourceKey = sourceKey
    self.references = references
    self.sketch = sketch
  }
}

/// What the ledger asks of the core while it records a batch: it knows rows, the core knows cases.
public struct IntakeAnswers {
  /// The columns of a new case and what is to be done for it. Its events are `taken` and one `linked` for each link.
  public var index: (CaseID, [CaseEvent]) throws -> (index: CaseIndex, effects: [PlannedEffect])
  /// The case decided again, now that its history is known; asked only of cases that have one.
  public var decided: (CaseEvent.Taken, CaseHistory) throws -> CaseEvent.Taken
  /// What becomes of an open case that a new one (the second) names; nil: nothing.
  public var cited: (CaseState, CaseID) throws -> CaseChange?
  /// What becomes of an open case to which a duplicate brought so many files; nil: nothing.
  public var brought: (CaseState, Int) throws -> CaseChange?
  /// What becomes of an open case of which a duplicate says something else; nil: nothing.
  public var saysMore: (CaseState, [RecordChange]) throws -> CaseChange?
  /// The state of a case, if it is at hand; it is used only if the ledger has the case at its version.
  public var kept: (CaseID) -> CaseState?
  /// A case that was there before has come to this state, once the batch is recorded.
  public var wentOn: (CaseState) -> Void
  /// Whether two areas can be one place: one lies in the other.
  public var canMeet: (AreaID, AreaID) -> Bool

  public init(
    index: @escaping (CaseID, [CaseEvent]) throws -> (index: CaseIndex, effects: [PlannedEffect]),
    decided: @escaping (CaseEvent.Taken, CaseHistory) throws -> CaseEvent.Taken,
    cited: @escaping (CaseState, CaseID) throws -> CaseChange?,
    brought: @escaping (CaseState, Int) throws -> CaseChange?,
    saysMore: @escaping (CaseState, [RecordChange]) throws -> CaseChange?,
    kept: @escaping (CaseID) -> CaseState? = { _ in nil },
    wentOn: @escaping (CaseState) -> Void = { _ in },
    canMeet: @escaping (AreaID, AreaID) -> Bool
  ) {
    self.index = index
    self.decided = decided
    self.cited = cited
    self.brought = brought
    self.saysMore = saysMore
    self.kept = kept
    self.wentOn = wentOn
    self.canMeet = canMeet
  }
}
