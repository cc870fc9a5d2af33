import Dispatch
import Foundation
import Synchronization

/// Pure work on many things at once, on all processors; the results are in the order of the things.
enum ParallelMap {
  static let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// - Parameter prepare: makes what one worker needs for itself, such as a scratch.
  static func run<Item: Sendable, Tool, Output: Sendable>(
    _ items: [Item], prepare: @Sendable () -> Tool, work: @Sendable (Item, Tool) -> Output
  ) -> [Output] {
    let parts = Mutex<[Int: [Output]]>([:])
    let count = min(workers, items.count)
    DispatchQueue.concurrentPerform(iterations: count) { worker in
      let tool = prepare()
      let part = stride(from: worker, to: items.count, by: count).map { work(items[$0], tool) }
      parts.withLock { $0[worker] = part }
    }
    return parts.withLock { parts in
      items.indices.compactMap { parts[$0 % count]?[$0 / count] }
    }
  }
}
