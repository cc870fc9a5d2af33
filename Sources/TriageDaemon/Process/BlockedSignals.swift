import CLinux
import Glibc
import Synchronization

/// While there is one of these, SIGTERM, SIGINT and SIGHUP wait to be read from a signalfd(2), and a closed pipe is an
/// error of the write; afterwards they do again what they did before, so that a command that goes on after a daemon's
/// round can be stopped. Daemons may follow each other: the last one gives the signals back.
final class BlockedSignals {
  static let handled: [Int32] = [SIGTERM, SIGINT, SIGHUP]

  private struct Holders {
    var count = 0
    var pipe: __sighandler_t?
  }
  private static let holders = Mutex(Holders())

  init() {
    Self.holders.withLock { holders in
      holders.count += 1
      guard holders.count == 1 else { return }
      clinux_block_signals(Self.handled, Int32(Self.handled.count))
      holders.pipe = signal(SIGPIPE, SIG_IGN)
    }
  }

  /// From now on they stay blocked: the process ends with what it is doing, and a signal that comes once more while it
  /// ends changes nothing.
  static func keep() { holders.withLock { $0.count += 1 } }

  deinit {
    Self.holders.withLock { holders in
      holders.count -= 1
      guard holders.count == 0 else { return }
      signal(SIGPIPE, holders.pipe ?? SIG_DFL)
      clinux_unblock_signals(Self.handled, Int32(Self.handled.count))
    }
  }
}
