import CLinux
import Glibc
import Synchronization

/// Runs the file work of one queue that is a mount of its own, off the main loop and one job at a time.
///
/// Where its server hangs, this thread hangs, and every other queue goes on. Queues on the root's own file system
/// need no lane.
final class QueueLane: Sendable {
  /// Work, and what is to be called when the lane is free for more.
  private typealias Job = @Sendable () -> @Sendable () -> Void
  private struct State {
    var job: Job?
    var startedAt: Double?
    var ending = false
  }

  private let state = Mutex(State())
  private let posted = JobSignal()

  init() {
    let argument = Unmanaged.passRetained(self).toOpaque()
    let failed = clinux_detached_thread(
      { argument in
        guard let argument else { return nil }
        Unmanaged<QueueLane>.fromOpaque(argument).takeRetainedValue().serve()
        return nil
      }, argument)
    // Without its thread the lane stays busy with its first job and is shown as hung.
    if failed != 0 { Unmanaged<QueueLane>.fromOpaque(argument).release() }
  }

  /// Seconds that the present job has been running; nil when the lane is free.
  var busyFor: Double? {
    state.withLock { $0.startedAt.map { Clock.monotonic() - $0 } }
  }

  /// Starts work unless some is running; says whether it did.
  /// - Parameter whenFree: told by the lane's thread what came of it, when more can be started: whoever learns of the
  ///   end of one piece may begin the next.
  func start<Value: Sendable>(
    _ work: @escaping @Sendable () -> Value, whenFree: @escaping @Sendable (Value) -> Void
  ) -> Bool {
    let accepted = state.withLock { state in
      guard state.startedAt == nil, !state.ending else { return false }
      state.job = {
        let value = work()
        return { whenFree(value) }
      }
      state.startedAt = Clock.monotonic()
      return true
    }
    if accepted { posted.post() }
    return accepted
  }

  /// Lets the thread end after its present job; does not wait, since that job may hang for ever.
  func end() {
    state.withLock { $0.ending = true }
    posted.post()
  }

  private func serve() {
    while true {
      posted.wait()
      let job = state.withLock { state in
        defer { state.job = nil }
        return state.job
      }
      if let job {
        let whenFree = job()
        state.withLock { $0.startedAt = nil }
        whenFree()
      }
      if state.withLock({ $0.ending }) { return }
    }
  }
}

/// Which directories are mount points, read from the kernel's table: asking the directory itself could hang.
enum MountTable {
  /// Paths of all mount points, from proc(5) `mountinfo`, with its octal escapes undone; nil where the table cannot be
  /// read at present.
  static func mountPoints() -> Set<String>? {
    guard let bytes = FileBytes.read(path: "/proc/self/mountinfo", limit: 16 << 20) else { return nil }
    var points: Set<String> = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
      if fields.count > 4 { points.insert(unescape(fields[4])) }
    }
    return points
  }

  private static func unescape(_ field: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    var rest = field
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), rest.count >= 3,
        let value = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
      {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
