import Dispatch
import Synchronization
import TriageCore
import TriageRules

/// One reading of the rules beside the main loop: ten thousand rules take seconds to compile, in which cases are
/// taken in and the watchdog is fed under the rules in force.
final class RulesReading: Sendable {
  private let result = Mutex<LoadResult?>(nil)

  /// - Parameter nudge: wakes the main loop when it is done.
  init(directory: String, today: CivilDate, patterns: PatternFile, nudge: Waiter.Nudge) {
    DispatchQueue.global().async { [self] in
      let loaded = RulebookLoader.load(directory: directory, today: today, patterns: patterns)
      result.withLock { $0 = loaded }
      nudge()
    }
  }

  /// Nil while it is not done.
  var loaded: LoadResult? { result.withLock { $0 } }
}
