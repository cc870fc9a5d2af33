import Glibc

/// Chance that can be repeated: numbers that depend on a seed and a name alone, so that what one clerk draws for one
/// item never depends on what happened elsewhere or in what order.
///
/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) over a start that FNV-1a makes of the name.
struct Dice: Sendable {
  private var state: UInt64

  init(_ seed: UInt64, _ name: String...) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in name {
      // 0xFF is no byte of UTF-8: it keeps the parts apart.
      for byte in Array(part.utf8) + [0xFF] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    state = hash ^ (seed &* 0x9E37_79B9_7F4A_7C15)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// From 0 to below 1.
  mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func chance(_ share: Double) -> Bool { fraction() < share }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(fraction() * Double(range.count))
  }

  mutating func pick<T>(_ list: [T]) -> T? {
    list.isEmpty ? nil : list[number(0...(list.count - 1))]
  }

  /// One of the values, each as likely as its weight says.
  mutating func pick<T>(_ list: [T], weight: (T) -> Double) -> T? {
    var left = fraction() * list.reduce(0) { $0 + weight($1) }
    for value in list {
      left -= weight(value)
      if left < 0 { return value }
    }
    return list.last
  }

  /// How many come when so many come on the average (Poisson; Knuth's product, in pieces that exp(3) can hold).
  mutating func count(mean: Double) -> Int {
    var (count, left) = (0, mean)
    while left > 0 {
      let piece = min(left, 30)
      left -= piece
      var product = fraction()
      while product > exp(-piece) {
        count += 1
        product *= fraction()
      }
    }
    return count
  }
}
