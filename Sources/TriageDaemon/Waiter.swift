import CLinux
import Glibc

/// Where the main loop sleeps: one poll(2) over signals, inotify and finished share work.
///
/// Everything that wakes the daemon comes through here, so an idle daemon uses no processor at all between scans.
final class Waiter {
  struct Wake {
    var stop = false
    var reload = false
    var folders = false
    /// A thread has done what it was asked, or asks something.
    var nudged = false
  }

  /// A signalfd(2).
  private let signals: Int32
  /// By which a worker thread wakes the loop.
  let nudge = Nudge()
  private let watcher: Int32

  private let blocked = BlockedSignals()

  /// Make it before any thread is started: threads inherit the blocked signals.
  init(watcher: Int32) {
    let handled = BlockedSignals.handled
    signals = clinux_signalfd(handled, Int32(handled.count))
    self.watcher = watcher
  }

  deinit { close(signals) }

  /// An eventfd(2), open for as long as anybody may still use it: a share may answer when the daemon has long ended, and
  /// the number of its descriptor may be another file's by then.
  final class Nudge: Sendable {
    fileprivate let descriptor = clinux_eventfd()
    deinit { close(descriptor) }
    func callAsFunction() {
      var one: UInt64 = 1
      _ = write(descriptor, &one, 8)
    }
  }

  /// Sleeps at most `seconds`; 0 only looks.
  func wait(seconds: Double) -> Wake {
    var descriptors = [
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: nudge.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: watcher, events: Int16(POLLIN), revents: 0),
    ]
    let milliseconds = Int32(min(max(seconds, 0) * 1000, 3_600_000).rounded(.up))
    var wake = Wake()
    guard poll(&descriptors, 3, milliseconds) > 0 else { return wake }
    if descriptors[0].revents != 0 { readSignals(into: &wake) }
    if descriptors[1].revents != 0 {
      var count: UInt64 = 0
      _ = read(nudge.descriptor, &count, 8)
      wake.nudged = true
    }
    wake.folders = descriptors[2].revents != 0
    return wake
  }

  private func readSignals(into wake: inout Wake) {
    while true {
      switch clinux_read_signal(signals) {
      case 0: return
      case SIGHUP: wake.reload = true
      default: wake.stop = true
      }
    }
  }
}
