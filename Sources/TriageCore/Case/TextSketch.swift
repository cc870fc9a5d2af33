/// What is kept of a text so that near-same texts are found and compared without the text: hashes only.
///
/// `keys` and `probes` find candidates, `print` compares with them, `place` says whether two addresses can be one.
/// None of it leads back to the text: a key is a hash of three hashes, a byte of the print is shared by 1 in 256 of all
/// texts, and all of them are keyed with the root's id (`TextSketcher`, which says how they are made).
public struct TextSketch: Sendable, Equatable {
  /// Under which the text is entered in the index.
  public var keys: [Int64]
  /// Under which a near-same text may have been entered; `keys` are not among them.
  public var probes: [Int64]
  /// Bytes of equal places are equal for as large a part of two texts as they have in common.
  public var print: [UInt8]
  /// Pairs of characters of the address, each a bit; 0 without an address.
  public var place: UInt64

  public init(keys: [Int64], probes: [Int64], print: [UInt8], place: UInt64) {
    self.keys = keys
    self.probes = probes
    self.print = print
    self.place = place
  }

  /// Part of the character triples of two texts that both have (Jaccard), estimated from their prints, 0…1.
  ///
  /// Two bytes are equal by chance once in 256, which is taken off (Li & König, "b-Bit Minwise Hashing", WWW 2010).
  public func similarity(to other: [UInt8]) -> Double {
    guard !print.isEmpty, print.count == other.count else { return 0 }
    let equal = zip(print, other).count { $0 == $1 }
    let chance = 1.0 / 256
    return max(0, (Double(equal) / Double(print.count) - chance) / (1 - chance))
  }

  /// Whether two addresses can be the same place: most of the shorter one is in the other. True where one is unknown.
  public func isPlace(_ other: UInt64) -> Bool {
    if place == 0 || other == 0 { return true }
    let shorter = min(place.nonzeroBitCount, other.nonzeroBitCount)
    return (place & other).nonzeroBitCount * 2 >= shorter
  }
}
