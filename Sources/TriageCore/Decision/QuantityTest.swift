/// A comparison with a quantity that the text of a case states (三十余人, 12万元).
///
/// It holds when one such quantity lies within the bounds. A range (20-30人) and an open number (三十余人) count as
/// their lower end: what is certain.
public struct QuantityTest: Sendable, Equatable {
  /// What is counted. Households (户) count as people, one each at least; money is in yuan.
  public enum Kind: String, Sendable, CaseIterable { case people, money }

  public var of: Kind
  public var atLeast: Double?
  public var atMost: Double?

  public init(of kind: Kind, atLeast: Double? = nil, atMost: Double? = nil) {
    of = kind
    self.atLeast = atLeast
    self.atMost = atMost
  }

  public func holds(for stated: Double) -> Bool {
    if let atLeast, stated < atLeast { return false }
    if let atMost, stated > atMost { return false }
    return true
  }

  /// Whether every quantity that passes this test passes the other.
  func implies(_ other: QuantityTest) -> Bool {
    guard of == other.of else { return false }
    let reachesUp = other.atLeast.map { bound in atLeast.map { $0 >= bound } ?? false } ?? true
    let staysDown = other.atMost.map { bound in atMost.map { $0 <= bound } ?? false } ?? true
    return reachesUp && staysDown
  }

  /// How far a stated quantity lies outside of the bounds; 0 inside.
  func distance(of stated: Double) -> Double {
    max(0, (atLeast ?? stated) - stated, stated - (atMost ?? stated))
  }

  /// What was found, in words of the rulebook's language and not in those of the case: 30人, 50000元.
  static func wording(_ stated: Double, of kind: Kind) -> String {
    number(stated) + (kind == .people ? "人" : "元")
  }

  private static func number(_ value: Double) -> String {
    let text = String(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
