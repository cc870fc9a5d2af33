import Glibc
import TriageCore

/// A pattern that alone takes long to compile.
///
/// The time is measured, since nothing in a pattern's text tells it beforehand: gaps and alternatives cost next to nothing
/// each by itself, seconds together, and nothing again where the engine gives up tracking starts (`.{0,60}` compiles
/// in a third of the time of `.{0,30}`). It is processor time of the thread, so that a busy machine does not make a
/// pattern slow.
public struct SlowPattern: Sendable, Equatable {
  public var probe: Int
  /// Place in its list; patterns count after the phrases, as in a hit.
  public var phrase: Int
  /// Tenths of a second.
  public var tenths: Int
  /// None is slow alone, and all together are: this is the slowest, and so long took all. Nil: it is slow alone.
  public var together: Int?
}

extension TextIndexCompiler {
  /// Compiles one after the other to see which of them took the time that all took together; only where that was long.
  /// - Parameter spent: tenths of a second that all took together.
  func slowPatterns(spent: Int) -> [SlowPattern] {
    guard spent >= Limits.slowPatternTenths else { return [] }
    var left = spent
    var measured: [SlowPattern] = []
    for place in bySize {
      // What is left to be found is too little for another slow one.
      if left < Limits.slowPatternTenths { break }
      let tenths = CompileTime.tenths { _ = try? PatternDatabase([self.patterns[place]]) }
      left -= tenths
      let origin = patternOrigins[place]
      measured.append(SlowPattern(probe: origin.probe, phrase: origin.phrase, tenths: tenths))
    }
    let slow = measured.filter { $0.tenths >= Limits.slowPatternTenths }
    guard slow.isEmpty, spent >= Limits.slowPatternsTenths,
      var slowest = measured.max(by: { $0.tenths < $1.tenths })
    else { return slow.sorted { ($0.probe, $0.phrase) < ($1.probe, $1.phrase) } }
    slowest.together = spent
    return [slowest]
  }

  private var bySize: [Int] {
    patterns.indices.sorted {
      (patterns[$1].repeats, patterns[$1].positions, $0) < (patterns[$0].repeats, patterns[$0].positions, $1)
    }
  }
}

/// Processor time of this thread.
enum CompileTime {
  static func tenths(of work: () -> Void) -> Int {
    let start = nanoseconds
    work()
    return Int((nanoseconds - start) / 100_000_000)
  }

  private static var nanoseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
