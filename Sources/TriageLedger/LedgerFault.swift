public import TriageCore

/// One thing that is not as it was written.
public enum LedgerFault: Sendable, Equatable {
  /// Event, case id, time or order were changed: the chain breaks here.
  case brokenChain(sequence: Int64)
  /// Events are gone between these.
  case missingEvents(after: Int64, before: Int64)
  case changedPayload(sequence: Int64)
  /// Gone without an erasure of its case.
  case missingPayload(sequence: Int64)
  /// The case counts as erased and its contents are there.
  case notErased(CaseID, sequence: Int64)
  case changedOriginal(sha256: String)
  case missingOriginal(sha256: String)
  /// The case's columns count other events than there are.
  case wrongVersion(CaseID, columns: Int, events: Int)
  /// The stored text of a rulebook is not the one of its digest.
  case changedRulebook(digest: String)
  /// The next number of the day was given before.
  case numberingBehind(day: String, last: Int64, given: Int64)
  /// A row is not what the case's events say; nil: no such row.
  case differs(CaseID, table: String, column: String, stored: String?, recomputed: String?)
  /// The events are whole and make no case.
  case unreadableCase(CaseID, detail: String)
  /// The index of near-same texts and what it was made of do not agree.
  case nearKeys(stored: Int, recomputed: Int)
  /// SQLite's own check, in its words.
  case damagedFile(String)
  /// An event of the ledger as a whole (`LedgerEvents`) was changed.
  case changedLedgerEvent(sequence: Int64)

  /// Whether `LedgerRebuild` can mend it: it lies in what can be made anew from the rest.
  public var isDerived: Bool {
    switch self {
    case .wrongVersion, .differs, .nearKeys, .damagedFile, .numberingBehind: true
    case .brokenChain, .missingEvents, .changedPayload, .missingPayload, .notErased, .changedOriginal,
      .missingOriginal, .changedRulebook, .unreadableCase, .changedLedgerEvent:
      false
    }
  }

  /// Whether only a backup has what was there.
  public var wantsBackup: Bool {
    switch self {
    case .brokenChain, .missingEvents, .changedPayload, .missingPayload, .notErased, .changedOriginal,
      .missingOriginal, .unreadableCase, .changedLedgerEvent:
      true
    case .wrongVersion, .differs, .nearKeys, .damagedFile, .numberingBehind, .changedRulebook: false
    }
  }
}
