/// The times during which a clock stands still: ascending, apart, not empty, none before the start.
struct Pauses {
  private let ranges: [Range<Instant>]

  init(_ pauses: [Range<Instant>], from start: Instant) {
    var merged: [Range<Instant>] = []
    let ascending = pauses.sorted { $0.lowerBound < $1.lowerBound }
    for pause in ascending where pause.upperBound > max(start, pause.lowerBound) {
      let clipped = max(start, pause.lowerBound)..<pause.upperBound
      if let last = merged.last, last.upperBound >= clipped.lowerBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, clipped.upperBound)
      } else {
        merged.append(clipped)
      }
    }
    ranges = merged
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
