import TriageCore

extension LedgerLoss {
  var message: Message {
    switch self {
    case .gone(let path, let traces): .ledgerGone(path: path, traces: traces)
    case .otherRoot(let path, let place): .ledgerOfOtherRoot(path: path, place: place)
    case .behind(let path, let place, let known, let found):
      .ledgerBehind(path: path, place: place, known: known, found: found)
    case .originals(let path, let count): .ledgerOriginalsGone(path: path, count: count)
    }
  }
}
