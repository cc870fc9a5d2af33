/// The times during which a clock stands still; they may overlap.
struct Pauses {
  /// Ascending by begin, none empty.
  private let ranges: [Range<Instant>]

  init(_ pauses: [Range<Instant>]) {
    ranges = pauses.filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
  }

  func contains(_ instant: Instant) -> Bool { ranges.contains { $0.contains(instant) } }

  /// The range in pieces that run and pieces that stand still, in order.
  func pieces(of range: Range<Instant>) -> [(range: Range<Instant>, runs: Bool)] {
    if ranges.isEmpty { return [(range, true)] }
    var pieces: [(range: Range<Instant>, runs: Bool)] = []
    var cursor = range.lowerBound
    for pause in ranges where pause.upperBound > cursor && pause.lowerBound < range.upperBound {
      if cursor < pause.lowerBound { pieces.append((cursor..<pause.lowerBound, true)) }
      let until = min(pause.upperBound, range.upperBound)
      pieces.append((max(cursor, pause.lowerBound)..<until, false))
      cursor = until
    }
    if cursor < range.upperBound { pieces.append((cursor..<range.upperBound, true)) }
    return pieces
  }
}
