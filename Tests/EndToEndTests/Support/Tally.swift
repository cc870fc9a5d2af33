import Testing

/// How the points of a sweep went, each a fault at another call.
struct Tally {
  private var (tried, met, passed) = (0, 0, 0)

  /// - Parameters:
  ///   - isMet: the run came as far as the call.
  ///   - isRight: all was as it should be after it.
  mutating func count(isMet: Bool, isRight: Bool = true) {
    tried += 1
    if isMet { met += 1 }
    if isRight { passed += 1 }
  }

  /// Says how it went. Faults that do not come prove nothing.
  func close(_ title: String, calls: Int, sourceLocation: SourceLocation = #_sourceLocation) {
    print("\(title): \(calls) calls, \(tried) points, \(met) met, \(passed) passed")
    #expect(passed == tried, "\(title)", sourceLocation: sourceLocation)
    let mostCame = tried > 0 && met * 10 >= tried * 9
    #expect(mostCame, "\(title): \(met) of \(tried)", sourceLocation: sourceLocation)
  }
}
