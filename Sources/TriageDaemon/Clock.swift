import Glibc
public import TriageCore

/// The wall clock, and how far it may be trusted.
///
/// The only place of the daemon that reads the time. `ahead` runs the clock ahead for demonstrations and for
/// tests of what happens days later; it is zero in service.
public struct Clock: Sendable {
  /// Seconds added to the wall clock.
  public let ahead: Int64

  public init(ahead: Int64 = 0) { self.ahead = ahead }

  /// A clock that reads `start` now.
  public init(startingAt start: Instant) {
    self.ahead = start - Clock(ahead: 0).now()
  }

  /// Whole seconds, rounded down.
  public func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(seconds: Int64(time.tv_sec) + ahead)
  }

  /// Seconds that pass evenly whatever the wall clock does; counts suspend (CLOCK_BOOTTIME, clock_gettime(2)).
  public static func monotonic() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
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
