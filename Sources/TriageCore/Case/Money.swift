/// A sum of money in cents (分), so that adding is exact.
///
/// Amounts of cases are stored in yuan as the nearest double, which tells any two sums of cents apart up to
/// 10¹³ yuan and never is added; what is added is `Money`.
public struct Money: Hashable, Sendable, Comparable {
  /// May be negative.
  public var cents: Int

  /// - Parameter cents: any count, as it comes from adding and multiplying.
  public init(cents: Int) { self.cents = cents }

  /// The nearest cent; nil for what is no number and for more than 10¹³ yuan.
  public init?(yuan: Double) {
    guard yuan.isFinite, abs(yuan) <= 1e13 else { return nil }
    let scaled = yuan * 100
    cents = Int(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
  }

  /// `90`, `91.5`, `91.50`, with a sign or without: digits and at most two after the point.
  public init?(_ text: String) {
    var scanner = ByteScanner(text)
    let sign = scanner.take(anyOf: "+-") == UInt8(ascii: "-") ? -1 : 1
    guard let yuan = scanner.digits(1, 13) else { return nil }
    var rest = 0
    if scanner.take(".") {
      let count = scanner.digitsAhead
      guard let read = scanner.digits(1, 2) else { return nil }
      rest = count == 1 ? read * 10 : read
    }
    guard scanner.atEnd else { return nil }
    cents = sign * (yuan * 100 + rest)
  }

  /// The nearest double; its shortest writing is the sum with at most two places.
  public var yuan: Double { Double(cents) / 100 }

  public static func < (a: Self, b: Self) -> Bool { a.cents < b.cents }
  public static func + (a: Self, b: Self) -> Self { Money(cents: a.cents + b.cents) }
  public static func += (a: inout Self, b: Self) { a = a + b }
  public static func * (a: Self, count: Int) -> Self { Money(cents: a.cents * count) }
}

extension Money: CustomStringConvertible {
  /// `90` for whole yuan, else `91.50`.
  public var description: String {
    ByteWriter.text {
      if cents < 0 { $0.put("-") }
      let (yuan, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
      $0.put(Int(yuan), width: 1)
      guard rest > 0 else { return }
      $0.put(".")
      $0.put(Int(rest), width: 2)
    }
  }
}

/// A number of yuan: whole sums without a point, as they were written before there were cents.
extension Money: Codable {
  public init(from decoder: any Decoder) throws {
    let yuan = try decoder.singleValueContainer().decode(Double.self)
    guard let money = Money(yuan: yuan) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no sum of money"))
    }
    self = money
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if cents.isMultiple(of: 100) {
      try container.encode(cents / 100)
    } else {
      try container.encode(yuan)
    }
  }
}

/// Whole yuan.
extension Money: ExpressibleByIntegerLiteral {
  public init(integerLiteral yuan: Int) { cents = yuan * 100 }
}
