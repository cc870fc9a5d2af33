import GRDB
public import TriageCore

/// What the ledger knows of the matter of a case that it does not hold (`triaged explain --root`).
extension LedgerReader {
  /// What would be linked to the case if it were taken now, and its history.
  ///
  /// A record that an open case holds already would be no case; its history is then that of the case it repeats.
  /// - Parameter canMeet: whether two areas can be one place.
  public func matter(
    of clues: MatterClues, area: AreaID?, at now: Instant, canMeet: (AreaID, AreaID) -> Bool
  ) throws(LedgerError) -> (links: [CaseEvent.Linked], history: CaseHistory) {
    try connection.snapshot { db in
      let matters = Matters(db: db)
      let keys = DuplicateKeys(root: try Opening.root(db))
      let relations = try Relations(
        db, clues, keys: keys, area: area, near: try NearCases(db, at: now), canMeet: canMeet)
      if let same = relations.duplicate {
        let first = try matters.first(of: same.number)
        return ([], try matters.history(of: [first], before: same.number))
      }
      return (relations.links, try matters.history(of: relations.matters))
    }
  }
}
