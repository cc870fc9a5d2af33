import CLinux
import Glibc
import Synchronization
import TriageCore

/// A thread that ends the process when the main thread will never go on.
///
/// At its limit of memory or threads the main thread may be caught in a library that tries for ever to start a thread
/// (libdispatch does), deaf to signals. Ending hard is safe at any instant: what was recorded is recorded, and the rest
/// lies in the inbox.
final class Overseer: Sendable {
  /// Seconds of work in one piece after which it is asked whether threads can be started at all.
  private static let patience = 3
  /// Seconds after which a SIGTERM that nobody answered ends the process; systemd waits for fifteen.
  private static let grace = 10

  private struct Texts {
    let noThread: [UInt8]
    let noAnswer: [UInt8]
  }
  private let texts: Texts
  private let signals: Int32
  private let steps = Atomic<Int>(0)
  private let isResting = Atomic<Bool>(false)

  /// Nil where its thread cannot be started.
  /// - Parameter signals: a signalfd(2) that the main thread reads.
  init?(signals: Int32, _ language: Language) {
    self.signals = signals
    texts = Texts(
      noThread: Array("triaged: \(Message.threadsUsedUp[language])\n".utf8),
      noAnswer: Array("triaged: \(Message.stopNotAnswered(seconds: Self.grace)[language])\n".utf8))
    let argument = Unmanaged.passRetained(self).toOpaque()
    let failed = clinux_detached_thread(
      { argument in
        guard let argument else { return nil }
        Unmanaged<Overseer>.fromOpaque(argument).takeUnretainedValue().watch()
      }, argument)
    if failed != 0 {
      Unmanaged<Overseer>.fromOpaque(argument).release()
      return nil
    }
  }

  /// The main thread goes to sleep.
  func rests() { isResting.store(true, ordering: .relaxed) }

  /// The main thread is at work, and gets on with it.
  func goesOn() {
    isResting.store(false, ordering: .relaxed)
    steps.add(1, ordering: .relaxed)
  }

  private func watch() -> Never {
    var last = -1
    var (still, refused, unanswered) = (0, 0, 0)
    while true {
      sleep(1)
      let now = steps.load(ordering: .relaxed)
      still = now == last && !isResting.load(ordering: .relaxed) ? still + 1 : 0
      last = now
      refused = still >= Self.patience && clinux_can_start_thread() == 0 ? refused + 1 : 0
      unanswered = isSignalled ? unanswered + 1 : 0
      if refused >= 2 { end(texts.noThread) }
      if unanswered >= Self.grace { end(texts.noAnswer) }
    }
  }

  private var isSignalled: Bool {
    var descriptor = pollfd(fd: signals, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) > 0
  }

  private func end(_ words: [UInt8]) -> Never {
    _ = write(STDERR_FILENO, words, words.count)
    _exit(1)
  }
}
