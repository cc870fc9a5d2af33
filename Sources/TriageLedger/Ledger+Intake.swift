public import TriageCore

/// The hand-over: what of the inbox becomes cases.
extension Ledger {
  /// Records a batch in one transaction: originals, cases with their numbers, events, columns, outbox, removals.
  ///
  /// A file that is recorded already and waits for its removal is not recorded again; its outcomes are the first
  /// ones. Duplicates are settled here, within the batch too (DESIGN.md section 7): of an open case, an event on it;
  /// of a closed one, a new linked case; the same source id with other text, near-same text or the name of an
  /// earlier case, a new linked case. A case with a history is decided again with it.
  ///
  /// - Parameters:
  ///   - prefix: begins every case id.
  ///   - day: the day of intake in the rulebook's zone; ids run from 1 every day, without gaps.
  ///   - answers: the core's part; asked inside the transaction.
  /// - Returns: for each record the outcomes of its cases, in their order.
  /// - Throws: `diskFull` and `busy` pass; `originalMissing`, `inconsistent`, and whatever ends the process.
  public func record(
    intake batch: [IntakeRecord], at: Instant, prefix: String, day: CivilDate,
    answers: IntakeAnswers
  ) throws(LedgerError) -> [[IntakeOutcome]] {
    try recording { db in
      var transaction = try IntakeTransaction(
        db, of: self, at: at, prefix: prefix, day: day, answers: answers)
      return try transaction.record(batch)
    }
  }
}
