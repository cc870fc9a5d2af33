import Synchronization

/// Work in a folder that may be on a share whose server does not answer. Its lane does it; whoever wants the result waits
/// for a moment, and asks again later.
final class ShareWork<Value: Sendable>: Sendable {
  private struct State {
    var value: Value?
    /// Somebody asked for the value and has gone on without it.
    var isGivenUp = false
  }

  private let state: Mutex<State>
  private let done = JobSignal()

  /// Work that was done at once.
  init(done value: Value) { state = Mutex(State(value: value)) }

  /// Nil while the lane is busy, maybe for ever.
  /// - Parameter late: called by the lane's thread when it is done and nobody waits any more. Not otherwise: a loop that
  ///   asks a share whenever it wakes would wake itself for ever.
  init?(on lane: QueueLane, late: @escaping @Sendable () -> Void, _ body: @escaping @Sendable () -> Value) {
    state = Mutex(State())
    let isBegun = lane.start(body) { [self] value in
      let isGivenUp = state.withLock { state in
        state.value = value
        return state.isGivenUp
      }
      done.post()
      if isGivenUp { late() }
    }
    if !isBegun { return nil }
  }

  /// What came of it; nil while it is not done. Asked by one thread alone.
  /// - Parameter seconds: to wait for it at most.
  func value(within seconds: Double = 0) -> Value? {
    if let value = state.withLock({ $0.value }) { return value }
    if seconds > 0 { done.wait(seconds: seconds) }
    return state.withLock { state in
      state.isGivenUp = state.value == nil
      return state.value
    }
  }
}
