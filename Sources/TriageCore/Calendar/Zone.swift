/// A time zone as plain data, so that the core asks neither the system nor Foundation.
///
/// The shell fills it from the time-zone database (`TriageRules` does, once a rulebook is loaded).
public struct Zone: Sendable, Equatable {
  public let identifier: String
  /// Offset east of Greenwich, seconds, before the first transition.
  public let initialOffset: Int
  /// Ascending by instant.
  public let transitions: [Transition]

  /// From when another offset holds.
  public struct Transition: Sendable, Equatable {
    public let at: Instant
    /// Offset from then on, seconds.
    public let offset: Int
    public init(at: Instant, offset: Int) {
      self.at = at
      self.offset = offset
    }
  }

  public init(identifier: String, initialOffset: Int, transitions: [Transition] = []) {
    self.identifier = identifier
    self.initialOffset = initialOffset
    self.transitions = transitions
  }
}
