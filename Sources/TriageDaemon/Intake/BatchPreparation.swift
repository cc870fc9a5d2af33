import Dispatch
import TriageCore
import TriageLedger
import TriageRules

/// One batch of inbox files being read, decoded and decided on all processors, while the main thread does other work.
///
/// Each worker takes every n-th file with a scratch of its own. Batches share their workers, so one begins its files
/// only when the one before has ended them: the workers are serial queues.
final class BatchPreparation {
  let rules: CompiledRulebook?
  /// The time of taking of all cases of the batch.
  let at: Instant
  private let batch: [InboxCandidate]
  private let results: Slots<Result<Preparation.Outcome, LedgerError>>
  private let group = DispatchGroup()

  init(_ batch: [InboxCandidate], by workers: [Preparation], at now: Instant) {
    self.batch = batch
    at = now
    rules = workers.first?.rules
    results = Slots(count: batch.count)
    for (offset, worker) in workers.enumerated() where offset < batch.count {
      let (results, count) = (results, workers.count)
      worker.queue.async(group: group) {
        for index in stride(from: offset, to: batch.count, by: count) {
          results[index] = worker.prepare(batch[index], at: now)
        }
      }
    }
  }

  /// Waits for the last file.
  func finish() -> (candidates: [InboxCandidate], results: [Result<Preparation.Outcome, LedgerError>]) {
    group.wait()
    return (batch, results.values)
  }
}

/// A place for each result of parallel work; every index is written by one worker.
private final class Slots<Value: Sendable>: @unchecked Sendable {
  // Sendable: no two workers touch the same index, and the reader waits for all of them.
  private let storage: UnsafeMutableBufferPointer<Value?>

  init(count: Int) {
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil)
  }
  deinit {
    storage.deinitialize()
    storage.deallocate()
  }
  subscript(index: Int) -> Value? {
    get { storage[index] }
    set { storage[index] = newValue }
  }
  var values: [Value] { storage.compactMap { $0 } }
}
