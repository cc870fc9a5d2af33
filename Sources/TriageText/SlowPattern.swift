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
  /// Compiles one after the other to see which of them took the time that all took together; only where that was long,
  /// and for a while.
  /// - Parameter spent: nanoseconds that all took together.
  func slowPatterns(spent: Int64) -> [SlowPattern] {
    let slow = Self.tenth * Int64(Limits.slowPatternTenths)
    var left = spent
    var search = Self.tenth * Int64(Limits.slowPatternSearchTenths)
    var measured: [(place: Int, time: Int64)] = []
    for place in bySize {
      // What is left to be found is too little for another slow one.
      if left < slow || search <= 0 { break }
      let time = CompileTime.nanoseconds { _ = try? PatternDatabase([self.patterns[place]]) }
      left -= time
      search -= time
      measured.append((place, time))
    }
    let found = measured.filter { $0.time >= slow }.map { self.pattern($0.place, $0.time) }
    let areSlowTogether = spent >= Self.tenth * Int64(Limits.slowPatternsTenths)
    guard found.isEmpty, areSlowTogether, let slowest = measured.max(by: { $0.time < $1.time }) else {
      return found.sorted { ($0.probe, $0.phrase) < ($1.probe, $1.phrase) }
    }
    var one = self.pattern(slowest.place, slowest.time)
    one.together = Int(spent / Self.tenth)
    return [one]
  }

  private static let tenth: Int64 = 100_000_000

  private func pattern(_ place: Int, _ time: Int64) -> SlowPattern {
    let origin = patternOrigins[place]
    return SlowPattern(probe: origin.probe, phrase: origin.phrase, tenths: Int(time / Self.tenth))
  }

  private var bySize: [Int] {
    patterns.indices.sorted {
      (patterns[$1].repeats, patterns[$1].positions, $0) < (patterns[$0].repeats, patterns[$0].positions, $1)
    }
  }
}

/// Processor time of this thread.
enum CompileTime {
  static func nanoseconds(of work: () -> Void) -> Int64 {
    let start = now
    work()
    return now - start
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
