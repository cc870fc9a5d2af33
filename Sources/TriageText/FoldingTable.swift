/// What each Unicode scalar becomes when text is folded, and of which kind the result is.
///
/// Built once from `FoldingData` (under 1 ms): a flat table for the Basic Multilingual Plane, sorted lists for
/// the rest. An entry holds the target scalar in its low 21 bits and its `ScalarKind` in the high byte.
enum ScalarKind: UInt32 {
  /// Letters, digits, everything that no other kind claims.
  case other
  case han
  /// Punctuation and symbols.
  case mark
  case blank
  case lineBreak
  case dropped
  /// Becomes several scalars; the entry's low bits are a place in `FoldingTable.expansions`.
  case expansion
  /// May compose with the scalar before it.
  case combining
  /// Both widths of `(`: inserted pinyin may follow.
  case bracket
  /// `_`: an escape of a spreadsheet (`_x000D_`) may follow.
  case underscore
}

/// The generated tables live in extensions.
enum FoldingData {}

struct FoldingTable: Sendable {
  static let shared = FoldingTable()
  static let scalarMask: UInt32 = 0x1F_FFFF
  static let kindShift: UInt32 = 24

  private(set) var plane: [UInt32]
  private(set) var expansions: [[UInt32]] = [[]]
  private var farSources: [UInt32] = []
  private var farEntries: [UInt32] = []
  private var compositions: [UInt64: UInt32] = [:]

  private init() {
    plane = (0..<0x10000).map { UInt32($0) }
    for span in [0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x3005...0x3007] { mark(span, .han) }
    mark(FoldingData.marks, .mark)
    mark(FoldingData.blanks, .blank)
    mark(FoldingData.breaks, .lineBreak)
    mark(FoldingData.dropped, .dropped)
    mark(0x28...0x28, .bracket)
    mark(0x5F...0x5F, .underscore)
    addCompositions()
    var far: [(UInt32, UInt32)] = []
    addLetters(&far)
    addHan(&far)
    addExpansions(&far)
    far.sort { $0.0 < $1.0 }
    farSources = far.map(\.0)
    farEntries = far.map(\.1)
  }

  static func kind(_ entry: UInt32) -> ScalarKind { ScalarKind(rawValue: entry >> kindShift) ?? .other }

  /// The entry of a scalar of any plane.
  func entry(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x10000 { return plane[Int(scalar)] }
    if let place = farPlace(scalar) { return farEntries[place] }
    return identity(scalar)
  }

  /// The scalar that a base and a combining mark make together, if Unicode has one.
  func composed(_ base: UInt32, _ mark: UInt32) -> UInt32? {
    compositions[UInt64(base) << 32 | UInt64(mark)]
  }

  private func identity(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x20000..<0x40000: scalar | ScalarKind.han.rawValue << Self.kindShift
    // Emoji and other symbols; letters of these planes are rare enough to be told by their fold alone.
    case 0x1F000..<0x1FB00: scalar | ScalarKind.mark.rawValue << Self.kindShift
    // Tags and variation selectors.
    case 0xE0000..<0xE1000: scalar | ScalarKind.dropped.rawValue << Self.kindShift
    default: scalar
    }
  }

  private func farPlace(_ scalar: UInt32) -> Int? {
    var low = 0
    var high = farSources.count
    while low < high {
      let middle = (low + high) / 2
      if farSources[middle] < scalar { low = middle + 1 } else { high = middle }
    }
    return low < farSources.count && farSources[low] == scalar ? low : nil
  }
}

// MARK: - Loading

extension FoldingTable {
  private mutating func mark(_ span: ClosedRange<Int>, _ kind: ScalarKind) {
    for scalar in span { plane[scalar] = UInt32(scalar) | kind.rawValue << Self.kindShift }
  }

  /// Ranges in hex, a space after each: `21-2F 3A-40 `.
  private mutating func mark(_ ranges: StaticString, _ kind: ScalarKind) {
    Self.eachHexGroup(ranges) { self.mark(Int($0[0])...Int($0[1]), kind) }
  }

  private mutating func set(_ source: UInt32, _ target: UInt32, far: inout [(UInt32, UInt32)]) {
    let entry = target < 0x10000 ? plane[Int(target)] : identity(target)
    if source < 0x10000 { plane[Int(source)] = entry } else { far.append((source, entry)) }
  }

  private mutating func addLetters(_ far: inout [(UInt32, UInt32)]) {
    Self.eachHexGroup(FoldingData.letters) { numbers in
      var target = numbers[3]
      for source in stride(from: numbers[0], through: numbers[1], by: Int(numbers[2])) {
        self.set(source, target, far: &far)
        target += numbers[2]
      }
    }
  }

  private mutating func addHan(_ far: inout [(UInt32, UInt32)]) {
    var source: UInt32?
    Self.eachScalar(FoldingData.han) { scalar in
      if let from = source {
        self.set(from, scalar, far: &far)
        source = nil
      } else {
        source = scalar
      }
    }
  }

  private mutating func addExpansions(_ far: inout [(UInt32, UInt32)]) {
    var group: [UInt32] = []
    Self.eachScalar(FoldingData.expansions) { scalar in
      guard scalar == 0x20 else { return group.append(scalar) }
      let entry = UInt32(self.expansions.count) | ScalarKind.expansion.rawValue << Self.kindShift
      self.expansions.append(Array(group.dropFirst()))
      if group[0] < 0x10000 { self.plane[Int(group[0])] = entry } else { far.append((group[0], entry)) }
      group.removeAll(keepingCapacity: true)
    }
  }

  private mutating func addCompositions() {
    var group: [UInt32] = []
    Self.eachScalar(FoldingData.compositions) { scalar in
      group.append(scalar)
      guard group.count == 3 else { return }
      self.compositions[UInt64(group[0]) << 32 | UInt64(group[1])] = group[2]
      if group[1] < 0x10000 { self.mark(Int(group[1])...Int(group[1]), .combining) }
      group.removeAll(keepingCapacity: true)
    }
  }

  private static func eachScalar(_ text: StaticString, _ body: (UInt32) -> Void) {
    var bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount).makeIterator()
    var decoder = UTF8()
    while case .scalarValue(let scalar) = decoder.decode(&bytes) { body(scalar.value) }
  }

  /// Hex numbers parted by any one character, groups by a space.
  private static func eachHexGroup(_ text: StaticString, _ body: ([UInt32]) -> Void) {
    var numbers: [UInt32] = [0]
    for byte in UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount) {
      switch byte {
      case 0x30...0x39: numbers[numbers.count - 1] = numbers[numbers.count - 1] << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: numbers[numbers.count - 1] = numbers[numbers.count - 1] << 4 | UInt32(byte - 0x37)
      case 0x20:
        body(numbers)
        numbers = [0]
      default: numbers.append(0)
      }
    }
  }
}
