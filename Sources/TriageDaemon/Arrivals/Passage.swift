/// What a watch saw happen to a name since it is watched; nothing where it was there before.
enum Passage: Sendable, Equatable {
  /// Renamed in and not written to since: a sender who does so has finished.
  case movedIn
  /// Made, by open(2), link(2) or mkdir(2).
  case made
  /// Written to and not closed since.
  case open
  /// Closed after writing.
  case closed
  /// Events were lost: it may have been any of these.
  case lost
}
