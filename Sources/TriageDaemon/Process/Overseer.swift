import CLinux
import Glibc
import Synchronization
import TriageCore

/// A thread that ends the process when the main thread will never go on.
///
/// At its limit of memory or threads the main thread may be caught in a library that tries for ever to start a thread
/// (libdispatch does), deaf to signals. Ending hard is safe at any instant: what was recorded is recorded, and the rest
/// lies in the inbox.
final class Overseer {
  private let watch: Watch

  /// Nil where its thread cannot be started. The signals to stop are blocked before (`BlockedSignals`).
  init?(_ language: Language) {
    watch = Watch(
      noThread: "triaged: \(Message.threadsUsedUp[language])\n",
      noAnswer: "triaged: \(Message.stopNotAnswered(seconds: Limits.stopGrace)[language])\n")
    let argument = Unmanaged.passRetained(watch).toOpaque()
    let failed = clinux_detached_thread(
      { argument in
        if let argument { Unmanaged<Watch>.fromOpaque(argument).takeRetainedValue().keep() }
        return nil
      }, argument)
    if failed != 0 {
      Unmanaged<Watch>.fromOpaque(argument).release()
      return nil
    }
  }

  deinit { watch.isOver.store(true, ordering: .relaxed) }

  /// The main thread goes to sleep.
  func rests() { watch.isResting.store(true, ordering: .relaxed) }

  /// The main thread is at work, and gets on with it.
  func goesOn() {
    watch.isResting.store(false, ordering: .relaxed)
    watch.steps.add(1, ordering: .relaxed)
  }
}

/// What the overseer's thread holds; it ends when the overseer does.
private final class Watch: Sendable {
  private let noThread: [UInt8]
  private let noAnswer: [UInt8]
  let steps = Atomic<Int>(0)
  let isResting = Atomic<Bool>(false)
  let isOver = Atomic<Bool>(false)

  init(noThread: String, noAnswer: String) {
    self.noThread = Array(noThread.utf8)
    self.noAnswer = Array(noAnswer.utf8)
  }

  func keep() {
    var last = -1
    var (still, refused, unanswered) = (0, 0, 0)
    while true {
      sleep(1)
      if isOver.load(ordering: .relaxed) { return }
      let now = steps.load(ordering: .relaxed)
      still = now == last && !isResting.load(ordering: .relaxed) ? still + 1 : 0
      last = now
      refused = still >= Limits.threadPatience && clinux_can_start_thread() == 0 ? refused + 1 : 0
      unanswered = isAskedToStop ? unanswered + 1 : 0
      if refused >= 2 { end(noThread) }
      if unanswered >= Limits.stopGrace { end(noAnswer) }
    }
  }

  /// Whether SIGTERM or SIGINT waits for the main thread to take it. SIGHUP, which waits in the same place, asks for
  /// nothing that could not be done later.
  private var isAskedToStop: Bool {
    var pending = sigset_t()
    guard sigpending(&pending) == 0 else { return false }
    return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1
  }

  private func end(_ words: [UInt8]) -> Never {
    _ = write(STDERR_FILENO, words, words.count)
    _exit(1)
  }
}
