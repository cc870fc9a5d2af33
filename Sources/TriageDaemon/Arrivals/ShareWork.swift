import Glibc
import Synchronization

/// Work in a folder that may be on a share whose server does not answer. Its lane does it; whoever wants the result waits
/// for a moment, and asks again later.
final class ShareWork<Value: Sendable>: Sendable {
  private let result: Mutex<Value?>

  /// Work that was done at once.
  init(done value: Value) { result = Mutex(value) }

  /// Nil while the lane is busy, maybe for ever.
  /// - Parameter then: called by the lane's thread when it is done.
  init?(on lane: QueueLane, then: @escaping @Sendable () -> Void, _ body: @escaping @Sendable () -> Value) {
    result = Mutex(nil)
    let isBegun = lane.start { [self] in
      let value = body()
      result.withLock { $0 = value }
      then()
    }
    if !isBegun { return nil }
  }

  /// What came of it; nil while it is not done.
  /// - Parameter seconds: to wait for it at most.
  func value(within seconds: Double = 0) -> Value? {
    let end = Clock.monotonic() + seconds
    while true {
      if let value = result.withLock({ $0 }) { return value }
      if Clock.monotonic() >= end { return nil }
      usleep(50)
    }
  }
}
