/// "Did you mean": the known name nearest to a mistyped one.
public enum Suggestion {
  /// - Returns: the nearest of `known` if it is near enough to be a slip of the pen; ties by name.
  public static func nearest(to word: String, among known: some Sequence<String>) -> String? {
    let wanted = Array(word.unicodeScalars)
    let allowed = max(1, wanted.count / 3)
    var best: (distance: Int, name: String)?
    for name in known where name != word {
      let distance = distance(wanted, Array(name.unicodeScalars), limit: allowed)
      guard distance <= allowed else { continue }
      if let found = best, (found.distance, found.name) <= (distance, name) { continue }
      best = (distance, name)
    }
    return best?.name
  }

  /// Edits (insert, drop, replace, swap neighbours) that make `b` of `a`; more than `limit` is not told apart.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], limit: Int) -> Int {
    if abs(a.count - b.count) > limit { return limit + 1 }
    var before = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      for j in 0..<b.count {
        var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        current.append(cost)
      }
      (before, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
