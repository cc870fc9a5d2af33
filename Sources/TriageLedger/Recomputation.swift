public import TriageCore

/// What the ledger needs of others to make anew what can be told from events: the rules in force know when a case is
/// due, and the reader of texts by what a case is known again.
///
/// Everything else about a case follows from its events alone (`CaseState`).
public struct Recomputation {
  /// When an open case is to be looked at again; nil where no rulebook is in force.
  public var timers: Timers?
  /// The strings whose digests tell duplicates, of the case as it was taken (`MatterClues`).
  public var keys: (CaseEvent.Taken) -> (duplicate: String, source: String?)
  /// The sketch of the case's text under the rulebook that it was taken under.
  /// - Parameter text: the stored text of a rulebook; nil where the ledger does not have it.
  public var sketch: (CaseEvent.Taken, _ text: (String) throws -> [UInt8]?) throws -> Sketch
  /// Whether two areas can be one place.
  public var canMeet: (AreaID, AreaID) -> Bool

  public struct Timers {
    /// Of the rules in force and the way of counting (`Ledger.keepTimers`).
    public var stamp: Int64
    public var next: (CaseState) -> Instant?
    public init(stamp: Int64, next: @escaping (CaseState) -> Instant?) {
      self.stamp = stamp
      self.next = next
    }
  }

  public enum Sketch {
    /// The text says too little, or speaks of another case.
    case none
    case some(TextSketch)
    /// The rulebook is not there or cannot be read.
    case unknown
  }

  public init(
    timers: Timers?, keys: @escaping (CaseEvent.Taken) -> (duplicate: String, source: String?),
    sketch: @escaping (CaseEvent.Taken, _ text: (String) throws -> [UInt8]?) throws -> Sketch,
    canMeet: @escaping (AreaID, AreaID) -> Bool
  ) {
    self.timers = timers
    self.keys = keys
    self.sketch = sketch
    self.canMeet = canMeet
  }
}
