import Glibc
import Synchronization
public import TriageCore

/// What time it is, and how far that may be trusted.
///
/// The only place of the daemon that reads the time. It follows the wall clock; `ahead` runs it ahead for
/// demonstrations and for tests of what happens days later and is zero in service. A clock that stands shows the
/// same instant until it is set: virtual time, in which months pass in seconds.
public struct Clock: Sendable {
  private enum Source {
    /// The wall clock and so many seconds.
    case wall(ahead: Int64)
    case hand(Hand)
  }
  /// Shared by all copies of a clock that stands.
  private final class Hand: Sendable {
    let seconds: Atomic<Int64>
    init(_ seconds: Int64) { self.seconds = Atomic(seconds) }
  }
  private let source: Source

  public init(ahead: Int64 = 0) { source = .wall(ahead: ahead) }

  /// A clock that reads `start` now and goes on from there.
  public init(startingAt start: Instant) {
    self.init(ahead: start - Clock().now())
  }

  /// A clock that stands until `set`.
  public init(standingAt instant: Instant) { source = .hand(Hand(instant.seconds)) }

  /// Whole seconds, rounded down.
  public func now() -> Instant {
    switch source {
    case .wall(let ahead):
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Instant(seconds: Int64(time.tv_sec) + ahead)
    case .hand(let hand): return Instant(seconds: hand.seconds.load(ordering: .relaxed))
    }
  }

  /// Sets a clock that stands, never back; the wall clock is not ours to set.
  public func set(_ instant: Instant) {
    if case .hand(let hand) = source { hand.seconds.max(instant.seconds, ordering: .relaxed) }
  }

  /// What this clock shows when the wall clock shows `wall`; a clock that stands shows what it shows.
  func instant(atWall wall: Instant) -> Instant {
    switch source {
    case .wall(let ahead): wall + ahead
    case .hand: now()
    }
  }

  /// Seconds that pass evenly whatever the wall clock does; counts suspend (CLOCK_BOOTTIME, clock_gettime(2)).
  public static func monotonic() -> Double { Double(monotonicNanoseconds()) / 1e9 }

  /// The same in nanoseconds.
  static func monotonicNanoseconds() -> Int64 { nanoseconds(CLOCK_BOOTTIME) }

  /// Nanoseconds since 1970 by the wall clock, as file systems count.
  static func wallNanoseconds() -> Int64 { nanoseconds(CLOCK_REALTIME) }

  private static func nanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// Notices that the wall clock jumped: it went another way than the monotonic one since the last look.
struct ClockJumps {
  private var wall: Instant
  private var monotonic: Double
  /// Smaller differences are drift or slewing.
  static let tolerance: Double = 10

  init(clock: Clock) {
    wall = clock.now()
    monotonic = Clock.monotonic()
  }

  /// Seconds by which the wall clock jumped since the last call, nil when it did not.
  mutating func look(_ clock: Clock) -> Int64? {
    let now = clock.now()
    let elapsed = Clock.monotonic() - monotonic
    let jump = Double(now - wall) - elapsed
    wall = now
    monotonic += elapsed
    return abs(jump) > Self.tolerance ? Int64(jump) : nil
  }
}
