public import TriageCore
public import TriageLedger

/// What only a person can say, and the daemon never takes for granted: `triaged fsck --repair` with its options.
public struct PersonsWord: Sendable {
  /// The ledger was put back from an older copy: what is newer is set aside, and no number is given twice.
  public var afterRestore = false
  /// The originals in `state/files` are lost for good.
  public var originalsLost = false
  /// Queues that are to be made anew although they were known.
  public var queues: Set<DepartmentID> = []
  /// Every queue that is not there is to be made anew, `queues/` itself too: a new machine.
  public var queuesLost = false
  /// Folders of the root of which the same is said.
  public var places: Set<RootPlaces.Place> = []

  public init() {}

  public var known: LedgerTraces.Known {
    var known: LedgerTraces.Known = []
    if afterRestore { known.insert(.older) }
    if originalsLost { known.insert(.originals) }
    return known
  }
}
