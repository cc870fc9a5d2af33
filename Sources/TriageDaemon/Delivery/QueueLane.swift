import Glibc
import Synchronization

/// Runs the file work of one queue off the main loop, one job at a time.
///
/// Queues that lie on the root's own file system need no thread and run at once. A queue that is a mount of its
/// own gets a thread: where its server hangs, that thread hangs, and every other queue goes on.
final class QueueLane: Sendable {
  /// Runs on the lane; what it returns runs on the main loop.
  typealias Job = @Sendable () -> @Sendable () -> Void

  private struct State {
    var waiting: Job?
    var finished: [@Sendable () -> Void] = []
    var startedAt: Double?
    var ending = false
  }

  private let state = Mutex(State())
  private let wakeMain: @Sendable () -> Void
  /// Posted for each job and once for the end; a pointer, since the thread and the owner share it.
  private let semaphore: Semaphore

  init(wakeMain: @escaping @Sendable () -> Void) {
    self.wakeMain = wakeMain
    semaphore = Semaphore()
    let thread = Thread(lane: self)
    thread.start()
  }

  /// Seconds that the present job has been running; nil when the lane is free.
  var busyFor: Double? {
    state.withLock { $0.startedAt.map { Clock.monotonic() - $0 } }
  }

  /// Starts the job unless one is running; says whether it did.
  func start(_ job: @escaping Job) -> Bool {
    let accepted = state.withLock { state in
      guard state.startedAt == nil, !state.ending else { return false }
      state.waiting = job
      state.startedAt = Clock.monotonic()
      return true
    }
    if accepted { semaphore.post() }
    return accepted
  }

  /// What finished jobs want done on the main loop.
  func takeFinished() -> [@Sendable () -> Void] {
    state.withLock { state in
      defer { state.finished = [] }
      return state.finished
    }
  }

  /// Lets the thread end after its present job; does not wait, since that job may hang for ever.
  func end() {
    state.withLock { $0.ending = true }
    semaphore.post()
  }

  fileprivate func serve() {
    while true {
      semaphore.wait()
      let job = state.withLock { state in
        defer { state.waiting = nil }
        return state.waiting
      }
      if let job {
        let finish = job()
        state.withLock { state in
          state.finished.append(finish)
          state.startedAt = nil
        }
        wakeMain()
      }
      if state.withLock({ $0.ending }) { return }
    }
  }
}

/// A detached POSIX thread that serves a lane: a thread of the cooperative pool must never block on a share.
private struct Thread {
  let lane: QueueLane

  func start() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 1 << 20)
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(lane).toOpaque()
    let failed = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<QueueLane>.fromOpaque(argument).takeRetainedValue().serve()
        return nil
      }, argument)
    if failed != 0 { Unmanaged<QueueLane>.fromOpaque(argument).release() }
    pthread_attr_destroy(&attributes)
  }
}

/// sem_t(7) at a stable address.
private final class Semaphore: @unchecked Sendable {
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
}
