/// "Narrower" between conditions, for choosing the more specific row.
extension Condition {
  /// Whether every case for which this holds is one for which the other holds, as far as the two conditions show it
  /// by themselves. Never wrongly true.
  public func implies(_ other: Condition, areas: AreaTree) -> Bool {
    switch (self, other) {
    case (_, .always): true
    case (_, .all(let parts)): parts.allSatisfy { implies($0, areas: areas) }
    case (.any(let parts), _): parts.allSatisfy { $0.implies(other, areas: areas) }
    case (.none(let mine), .none(let others)):
      others.allSatisfy { excluded in mine.contains { excluded.implies($0, areas: areas) } }
    case (.all(let parts), _):
      parts.contains { $0.implies(other, areas: areas) } || impliesOne(of: other, areas: areas)
    case (_, .any): impliesOne(of: other, areas: areas)
    default: leafImplies(other, areas: areas)
    }
  }

  private func impliesOne(of other: Condition, areas: AreaTree) -> Bool {
    guard case .any(let parts) = other else { return false }
    return parts.contains { implies($0, areas: areas) }
  }

  private func leafImplies(_ other: Condition, areas: AreaTree) -> Bool {
    switch (self, other) {
    case (.text(let a), .text(let b)): a == b
    case (.quantity(let mine, let a), .quantity(let others, let b)): a == b && mine.implies(others)
    case (.field(let a, let mine), .field(let b, let others)): a == b && mine.implies(others)
    case (.area(let mine), .area(let others)):
      mine.allSatisfy { area in others.contains { areas.isUnder(area, $0) } }
    case (.channel(let a), .channel(let b)): a.allSatisfy(b.contains)
    case (.tag(let a), .tag(let b)): a.allSatisfy(b.contains)
    case (.category(let a), .category(let b)): a.allSatisfy(b.contains)
    case (.level(let a), .level(let b)): a.allSatisfy(b.contains)
    case (.scale(let a, let mine), .scale(let b, let others)): a == b && mine.allSatisfy(others.contains)
    case (.repeated(let a, let within), .repeated(let b, let wider)):
      a >= b && within.isWithin(wider)
    case (.during(let a), .during(let b)): a == b
    default: false
    }
  }
}

extension FieldTest {
  /// Whether every value that passes this test passes the other.
  func implies(_ other: FieldTest) -> Bool {
    if self == other { return true }
    switch (self, other) {
    case (.present(false), _), (_, .present(false)): return false
    case (_, .present(true)): return true
    case (.is(let value), _): return other.passes(value)
    case (.in(let values), _): return values.allSatisfy(other.passes)
    case (.atLeast(let a), .atLeast(let b)): return a >= b
    case (.atMost(let a), .atMost(let b)): return a <= b
    case (.notBefore(let a), .notBefore(let b)): return a >= b
    case (.notAfter(let a), .notAfter(let b)): return a <= b
    case (.startsWith(let a), .startsWith(let b)): return a.utf8.starts(with: b.utf8)
    default: return false
    }
  }

  /// A value of a list may be one of several, so that only a value that stands for itself decides.
  private func passes(_ value: FieldValue) -> Bool {
    if case .list = value { return false }
    return holds(for: value, fold: { $0 })
  }
}

extension TimeLimit {
  /// Whether a window of this length lies inside one of the other's; false where the units do not compare.
  public func isWithin(_ wider: TimeLimit) -> Bool {
    switch (self, wider) {
    case (.hours(let a), .hours(let b)), (.workingHours(let a), .workingHours(let b)),
      (.workingDays(let a), .workingDays(let b)), (.days(let a), .days(let b)):
      a <= b
    case (.endOfDay, .endOfDay): true
    default: false
    }
  }
}
