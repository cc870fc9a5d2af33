import CLinux
import Glibc
import Synchronization

/// The way from a queue's thread to what only the main thread may touch: ledger, rulebook, metrics.
///
/// On the main thread `ask` is a plain call. On a lane's thread the question waits until the main loop takes it, so
/// a lane may hang on its share for ever without the main loop ever waiting for it.
final class MainDoor: @unchecked Sendable {
  // Sendable: `office` is used on `mainThread` alone; `errands` is guarded by its lock.
  private unowned let office: Office
  private let mainThread = pthread_self()
  /// Wakes the main loop.
  let nudge: Waiter.Nudge
  private let errands = Mutex<[@Sendable () -> Void]>([])

  init(office: Office, nudge: Waiter.Nudge) {
    self.office = office
    self.nudge = nudge
  }

  /// Runs `body` on the main thread and gives its result.
  func ask<T: Sendable>(_ body: @escaping @Sendable (Office) -> T) -> T {
    if pthread_equal(pthread_self(), mainThread) != 0 { return body(office) }
    let answered = JobSignal()
    let answer = Mutex<T?>(nil)
    let run: @Sendable () -> Void = { [self] in
      let value = body(office)
      answer.withLock { $0 = value }
      answered.post()
    }
    while true {
      errands.withLock { $0.append(run) }
      nudge()
      answered.wait()
      if let value = answer.withLock({ $0 }) { return value }
    }
  }

  /// Takes what the lanes ask; on the main thread.
  func serve() {
    while true {
      let waiting = errands.withLock { errands in
        defer { errands = [] }
        return errands
      }
      guard !waiting.isEmpty else { return }
      for errand in waiting { errand() }
    }
  }
}

/// sem_t(7) at a stable address.
final class JobSignal: @unchecked Sendable {
  // Sendable: sem_post(3) and sem_wait(3) are the synchronisation.
  private let pointer: UnsafeMutablePointer<sem_t>

  init() {
    pointer = .allocate(capacity: 1)
    sem_init(pointer, 0, 0)
  }
  deinit {
    sem_destroy(pointer)
    pointer.deallocate()
  }
  func post() { sem_post(pointer) }
  func wait() { while sem_wait(pointer) != 0 && errno == EINTR {} }
  /// Waits no longer than so many seconds.
  func wait(seconds: Double) {
    let end = Clock.monotonicNanoseconds() + Int64(seconds * 1e9)
    while clinux_sem_wait_until(pointer, end) != 0 && errno == EINTR {}
  }
}
