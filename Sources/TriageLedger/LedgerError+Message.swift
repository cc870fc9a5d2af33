public import TriageCore

extension LedgerError {
  /// In the words of `Message+Ledger.swift`.
  public var message: Message {
    switch self {
    case .busy: .ledgerBusy
    case .diskFull(let path): .ledgerDiskFull(path: path)
    case .readOnly(let path): .ledgerReadOnly(path: path)
    case .removed(let path): .ledgerRemoved(path: path)
    case .io(let path, let detail): .ledgerIO(path: path, detail: detail)
    case .shortage(let fault, let path): .ledgerShortage(fault, path: path)
    case .corrupt(let path, let detail): .ledgerCorrupt(path: path, detail: detail)
    case .notALedger(let path): .ledgerForeign(path: path)
    case .newerSchema(let found, let known): .ledgerNewer(found: found, known: known)
    case .olderSchema(let found, let known): .ledgerOlder(found: found, known: known)
    case .networkFileSystem(let path, let kind): .ledgerOnNetwork(path: path, kind: kind)
    case .notPermitted(let path): .ledgerNotPermitted(path: path)
    case .missing(let path): .ledgerMissing(path: path)
    case .notDurable(let level): .ledgerNotDurable(level: level)
    case .versionMismatch(let id, let expected, let found):
      .ledgerVersionMismatch(case: id, expected: expected, found: found)
    case .unknownCase(let id): .ledgerUnknownCase(id)
    case .inconsistent(let detail): .ledgerInconsistent(detail)
    case .unreadableEvent(let sequence, let detail):
      .ledgerUnreadableEvent(sequence: sequence, detail: detail)
    case .erased(let id): .ledgerErased(case: id)
    case .originalMissing(let sha256): .ledgerOriginalMissing(sha256)
    case .changedRulebook(let digest): .verifyChangedRulebook(digest: digest)
    case .alreadyThere(let path): .ledgerAlreadyThere(path: path)
    case .noFolder(let path): .ledgerNoFolder(path: path)
    case .primaryDamaged(let path, let faults, let first):
      .ledgerPrimaryDamaged(path: path, faults: faults, first: first.message)
    case .lost(let loss): loss.message
    case .notABackup(let path, let detail): .ledgerNotABackup(path: path, detail: detail)
    }
  }
}

extension LedgerFault {
  public var message: Message {
    switch self {
    case .brokenChain(let sequence): .verifyBrokenChain(sequence: sequence)
    case .missingEvents(let after, let before): .verifyMissingEvents(after: after, before: before)
    case .changedPayload(let sequence): .verifyChangedPayload(sequence: sequence)
    case .missingPayload(let sequence): .verifyMissingPayload(sequence: sequence)
    case .changedOriginal(let sha256): .verifyChangedOriginal(sha256: sha256)
    case .missingOriginal(let sha256): .verifyMissingOriginal(sha256: sha256)
    case .wrongVersion(let id, let columns, let events):
      .verifyWrongVersion(case: id, columns: columns, events: events)
    case .notErased(let id, let sequence): .verifyNotErased(case: id, sequence: sequence)
    case .changedRulebook(let digest): .verifyChangedRulebook(digest: digest)
    case .numberingBehind(let day, let last, let given):
      .verifyNumberingBehind(day: day, last: last, given: given)
    case .differs(let id, let table, let column, let stored, let recomputed):
      .verifyDiffers(case: id, table: table, column: column, stored: stored, recomputed: recomputed)
    case .unreadableCase(let id, let detail): .verifyUnreadableCase(case: id, detail: detail)
    case .nearKeys(let stored, let recomputed): .verifyNearKeys(stored: stored, recomputed: recomputed)
    case .damagedFile(let detail): .verifyDamagedFile(detail)
    case .changedLedgerEvent(let sequence): .verifyChangedLedgerEvent(sequence: sequence)
    }
  }
}
