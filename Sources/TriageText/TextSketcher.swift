public import TriageCore

/// Makes the sketch by which near-same texts find each other, in time linear in the text.
///
/// Near-same is measured by the triples of folded characters that two texts share: template letters differ in names
/// and dates, so digits count as one digit and punctuation not at all, and a swapped name touches five triples of the
/// hundred and more of a letter. MinHash (Broder, "On the resemblance and containment of documents", 1997) keeps that
/// measure in a few hashes; SimHash (Charikar 2002; Manku et al. 2007) was left aside since its index finds texts
/// within three bits of 64, and short letters with two swapped names differ by ten. The hashes are made in one pass
/// (Li, Owen, Zhang, "One Permutation Hashing", NIPS 2012), empty places filled as Shrivastava says ("Optimal
/// Densification for Fast and Accurate Minwise Hashing", ICML 2017).
///
/// Candidates come from banding (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4): a key is the hash of
/// three minima, and a text has six. Every key costs a page of the ledger in each batch, a question none, so keys are
/// few and questions many: where a text's own name gave the least hash, the text without it has the next one there
/// (multi-probe, Lv et al., VLDB 2007). Texts that share 65 % of their triples meet with a probability of 96 %, those
/// that share 72 % (a short call with another name) of 99 %.
public struct TextSketcher: Sendable {
  static let bands = 6
  static let rows = 3
  static let printBytes = 128
  /// A text with fewer triples says too little to be known again by its words.
  static let fewestTriples = 24

  private let seed: UInt64
  private let boilerplate: Boilerplate

  /// - Parameters:
  ///   - root: the ledger's id; sketches of another root compare with none of this one.
  ///   - index: whose boilerplate is left out: it would make every two short calls alike.
  public init(root: String, of index: TextIndex) {
    boilerplate = index.boilerplate
    seed = root.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The sketch of a case's title and text; nil for a text too short to be compared.
  public func sketch(_ input: CaseInput, scratch: TextScratch) -> TextSketch? {
    var minima = Minima()
    for text in [input.title, input.text] where !text.isEmpty {
      TextFolder.fold(text, into: scratch.text, keepsClauses: false)
      boilerplate.remove(from: scratch.text)
      addTriples(scratch.text.view, to: &minima)
    }
    guard minima.triples >= Self.fewestTriples else { return nil }
    return TextSketch(
      keys: keys(minima), probes: probes(minima), print: minima.print(),
      place: place(input.address ?? "", scratch))
  }

  /// The sketch of a text that is too short to be compared: it meets only the same one.
  /// - Parameter text: what has to be the same; nil where nothing can be told by it.
  public func exact(_ input: CaseInput, as text: String?, scratch: TextScratch) -> TextSketch? {
    guard let text else { return nil }
    let hash = text.utf8.reduce(mix(0)) { mix($0 ^ UInt64($1)) }
    let print = (0..<Self.printBytes).map { UInt8(truncatingIfNeeded: mix(hash &+ UInt64($0))) }
    return TextSketch(
      keys: [Int64(bitPattern: hash)], probes: [], print: print, place: place(input.address ?? "", scratch))
  }

  /// Triples of what is left of the text without punctuation, any number as one digit.
  private func addTriples(_ text: FoldedText.View, to minima: inout Minima) {
    var (first, second): (UInt64, UInt64) = (0, 0)
    var known = 0
    for place in 0..<min(text.count, Limits.sketchScalars) {
      var scalar = text.units[place].scalar
      if Self.isMark(scalar) { continue }
      if Self.isDigit(scalar) { scalar = 0x30 }
      if scalar == 0x30, second == 0x30 { continue }
      known += 1
      if known >= 3 { minima.add(mix(first << 42 | second << 21 | UInt64(scalar))) }
      (first, second) = (second, UInt64(scalar))
    }
  }

  /// Pairs of Han characters of the address, of each run the last six: what stands before is the district, which one
  /// writer gives and the next leaves out. Numbers of houses and rooms do not count: neighbours share the matter.
  private func place(_ address: String, _ scratch: TextScratch) -> UInt64 {
    TextFolder.fold(address, into: scratch.text, keepsClauses: false)
    let text = scratch.text.view
    var mask: UInt64 = 0
    var run: [UInt64] = []
    for place in 0...text.count {
      if place < text.count, FoldingTable.kind(FoldingTable.shared.entry(text.units[place].scalar)) == .han {
        run.append(UInt64(text.units[place].scalar))
        continue
      }
      for (a, b) in zip(run.suffix(6), run.suffix(6).dropFirst()) { mask |= 1 << (mix(a << 21 | b) >> 58) }
      run.removeAll(keepingCapacity: true)
    }
    return mask
  }

  private static func isMark(_ scalar: UInt32) -> Bool {
    switch FoldingTable.kind(FoldingTable.shared.entry(scalar)) {
    case .mark, .bracket, .underscore: true
    default: false
    }
  }

  private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

  // MARK: Keys

  private func keys(_ minima: Minima) -> [Int64] {
    (0..<Self.bands).map { band in key(of: band, minima.least(of: band)) }
  }

  /// Every key with one of its minima replaced by the next larger hash of its place.
  private func probes(_ minima: Minima) -> [Int64] {
    var probes: [Int64] = []
    for band in 0..<Self.bands {
      let least = minima.least(of: band)
      for (row, next) in minima.next(of: band).enumerated() where next != .max {
        var other = least
        other[row] = next
        probes.append(key(of: band, other))
      }
    }
    return probes
  }

  private func key(of band: Int, _ minima: [UInt64]) -> Int64 {
    Int64(bitPattern: minima.reduce(mix(UInt64(band))) { mix($0 ^ $1) })
  }

  /// The finaliser of SplitMix64 (Steele, Lea, Flood, 2014) over value and seed.
  private func mix(_ value: UInt64) -> UInt64 { Minima.mix(value ^ seed) }
}

/// The least hashes of a text's triples in each place.
struct Minima {
  static let places = TextSketcher.bands * TextSketcher.rows
  private var least = [UInt64](repeating: .max, count: places)
  private var second = [UInt64](repeating: .max, count: places)
  private var printed = [UInt64](repeating: .max, count: TextSketcher.printBytes)
  /// Different triples, up to the number that matters.
  private var seen: Set<UInt64> = []
  var triples: Int { seen.count }

  mutating func add(_ hash: UInt64) {
    if seen.count < TextSketcher.fewestTriples { seen.insert(hash) }
    // The place comes from the upper half, the value that is compared from the lower one.
    let value = hash & 0xFFFF_FFFF
    let place = Int(((hash >> 48) &* UInt64(Self.places)) >> 16)
    if value < least[place] {
      second[place] = least[place]
      least[place] = value
    } else if value > least[place], value < second[place] {
      second[place] = value
    }
    let spot = Int((hash >> 32) & UInt64(TextSketcher.printBytes - 1))
    if value < printed[spot] { printed[spot] = value }
  }

  func least(of band: Int) -> [UInt64] { Array(least[Self.range(band)]) }
  func next(of band: Int) -> [UInt64] { Array(second[Self.range(band)]) }

  private static func range(_ band: Int) -> Range<Int> {
    (band * TextSketcher.rows)..<((band + 1) * TextSketcher.rows)
  }

  /// A byte for each place; an empty one takes that of the first filled place in an order of its own, the same in all
  /// texts, so that two texts compare the same triple there.
  func print() -> [UInt8] {
    printed.indices.map { spot in
      var place = spot
      var turn: UInt64 = 0
      while printed[place] == .max {
        turn += 1
        place = Int(Self.mix(UInt64(spot) << 32 | turn) & UInt64(TextSketcher.printBytes - 1))
      }
      return UInt8(truncatingIfNeeded: Self.mix(printed[place]))
    }
  }

  static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
