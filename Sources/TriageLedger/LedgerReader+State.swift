import GRDB
public import TriageCore

extension LedgerReader {
  /// How many events the case has; nil for a case the ledger does not know.
  public func version(of id: CaseID) throws(LedgerError) -> Int? {
    try connection.perform { db in try db.row("SELECT version FROM cases WHERE id = ?", [id.rawValue])?[0] }
  }

  /// The case as its events have made it; nil for a case the ledger does not know.
  /// - Throws: `erased` when its payloads were; `unreadableEvent`.
  public func state(of id: CaseID) throws(LedgerError) -> CaseState? {
    let stored: [StoredEvent]
    do throws(LedgerError) {
      stored = try events(of: id)
    } catch {
      if case .unknownCase = error { return nil }
      throw error
    }
    guard let state = CaseState(id: id, events: stored.map { ($0.event, $0.at) }) else {
      throw .inconsistent("\(id) does not begin with its taking")
    }
    return state
  }
}
