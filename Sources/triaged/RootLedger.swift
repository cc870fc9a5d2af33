import TriageCore
import TriageDaemon
import TriageLedger

/// The ledger of a live root for commands that only read, compared with what else the root says of it.
enum RootLedger {
  /// Opens it. One that is there and is an older copy, or lacks its originals, is read all the same, and it is said on
  /// standard error.
  /// - Parameter acceptingOlderSchema: as for `LedgerReader`.
  /// - Returns: the ledger, and how it differs from what the root says of it.
  /// - Throws: `lost` where there is none but was one, or where it is another root's; what `LedgerReader` throws.
  static func open(
    _ layout: RootLayout, acceptingOlderSchema: Bool = false
  ) throws(LedgerError) -> (ledger: LedgerReader, loss: LedgerLoss?) {
    let loss = trouble(layout)
    switch loss {
    case nil: break
    case .gone(let path, let traces)?: throw .lost(.gone(path: path, traces: traces))
    case .otherRoot(let path, let place)?: throw .lost(.otherRoot(path: path, place: place))
    case let loss?: StandardError.write("triaged: \(LedgerError.lost(loss).message.localised)")
    }
    return (try LedgerReader(directory: layout.state, acceptingOlderSchema: acceptingOlderSchema), loss)
  }

  /// How the ledger differs from what the root says of it; nil where it does not. What else is wrong with it shows when it
  /// is opened.
  static func trouble(_ layout: RootLayout, _ word: PersonsWord = PersonsWord()) -> LedgerLoss? {
    do throws(LedgerError) {
      try RootTraces.look(layout).check(state: layout.state, knowing: word.known)
      return nil
    } catch {
      if case .lost(let loss) = error { return loss }
      return nil
    }
  }
}
