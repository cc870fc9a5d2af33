/// All literals of a rulebook in one Aho–Corasick automaton over code points: one step a scalar whatever their number.
///
/// A double array with failure links. Over code points and not bytes, because Chinese characters share lead bytes:
/// an automaton over scalars hardly grows from 1,000 to 30,000 phrases (Benchmarks/evaluation, beside Hyperscan's
/// literal matcher). Time is linear in text and matches. Immutable, so free to share between threads.
struct LiteralAutomaton: Sendable {
  struct State {
    var base: Int32 = 0
    /// The state this slot belongs to as a child; -1 for a free slot.
    var parent: Int32 = -1
    var fail: Int32 = 0
    /// The first of `outputs` for the literals that end here; 0 for none.
    var output: Int32 = 0
  }

  struct Output {
    var literal: Int32
    var length: Int32
    /// The next shorter literal that ends at the same place; 0 for none.
    var next: Int32
  }

  let alphabet: Alphabet
  let states: [State]
  let outputs: [Output]
  private let beginnings: Beginnings

  /// Literals must be distinct and not empty; a match names a literal by its place.
  init(_ literals: [[UInt32]]) {
    var builder = LiteralAutomatonBuilder(literals)
    builder.build()
    alphabet = builder.alphabet
    states = builder.states
    outputs = builder.outputs
    beginnings = Beginnings(of: literals, alphabet)
  }

  /// Calls `found` with each literal and its units, in order of their ends.
  @inline(__always)
  func scan(_ text: FoldedText.View, _ found: (_ literal: Int, _ range: Range<Int>) -> Void) {
    guard text.count > 0 else { return }
    states.withUnsafeBufferPointer { states in
      var state: Int32 = 0
      var next = alphabet.code(text.units[0].scalar)
      for place in 0..<text.count {
        let code = next
        next = place + 1 < text.count ? alphabet.code(text.units[place + 1].scalar) : 0
        // Most pairs of scalars begin no literal: a look into a small table spares the walk.
        if state == 0, !beginnings.mayBegin(code, next) { continue }
        state = Self.step(states, from: state, Int32(bitPattern: code))
        var output = states[Int(state)].output
        while output != 0 {
          let match = outputs[Int(output)]
          found(Int(match.literal), (place + 1 - Int(match.length))..<(place + 1))
          output = match.next
        }
      }
    }
  }

  @inline(__always)
  private static func step(_ states: UnsafeBufferPointer<State>, from start: Int32, _ code: Int32) -> Int32 {
    guard code != 0 else { return 0 }
    var state = start
    while true {
      let target = states[Int(state)].base + code
      if states[Int(target)].parent == state { return target }
      if state == 0 { return 0 }
      state = states[Int(state)].fail
    }
  }

  /// The longest literal that begins at `start` and ends at or before `limit`.
  func longest(in text: FoldedText.View, from start: Int, limit: Int) -> (literal: Int, length: Int)? {
    var state: Int32 = 0
    var best: (literal: Int, length: Int)?
    for place in start..<limit {
      let code = Int32(alphabet.code(text.units[place].scalar))
      guard code != 0 else { break }
      let target = states[Int(state)].base + code
      guard states[Int(target)].parent == state else { break }
      state = target
      let output = outputs[Int(states[Int(state)].output)]
      if output.length == Int32(place + 1 - start) { best = (Int(output.literal), Int(output.length)) }
    }
    return best
  }
}

/// Which two codes may begin a literal: a hashed table that may say yes too often and never no wrongly.
private struct Beginnings: Sendable {
  private var bits: [UInt64]
  private var mask: UInt32
  /// Codes that are a literal alone.
  private var singles: Set<UInt32> = []

  init(of literals: [[UInt32]], _ alphabet: Alphabet) {
    var size = 1 << 15
    while size < literals.count * 16, size < 1 << 21 { size *= 2 }
    bits = [UInt64](repeating: 0, count: size / 64)
    mask = UInt32(size - 1)
    for literal in literals {
      let first = alphabet.code(literal[0])
      if literal.count == 1 {
        singles.insert(first)
      } else {
        let place = slot(first, alphabet.code(literal[1]))
        bits[Int(place >> 6)] |= 1 << UInt64(place & 63)
      }
    }
  }

  @inline(__always)
  private func slot(_ first: UInt32, _ second: UInt32) -> UInt32 {
    let mixed = (first &* 0x9E37_79B1) ^ (second &* 0x85EB_CA77)
    return (mixed ^ mixed >> 15) & mask
  }

  @inline(__always)
  func mayBegin(_ first: UInt32, _ second: UInt32) -> Bool {
    let place = slot(first, second)
    if bits[Int(place >> 6)] >> UInt64(place & 63) & 1 != 0 { return true }
    return !singles.isEmpty && singles.contains(first)
  }
}

/// Small numbers for the scalars that occur in literals; 0 for all others.
struct Alphabet: Sendable {
  private(set) var plane = [UInt16](repeating: 0, count: 0x10000)
  private var far: [UInt32: UInt32] = [:]
  private(set) var count = 1

  /// The most frequent scalars get the smallest codes, which packs the double array.
  init(of literals: [[UInt32]]) {
    var frequency: [UInt32: Int] = [:]
    for literal in literals { for scalar in literal { frequency[scalar, default: 0] += 1 } }
    let ranked = frequency.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map(\.key)
    for scalar in ranked where scalar < 0x10000 {
      plane[Int(scalar)] = UInt16(count)
      count += 1
    }
    for scalar in ranked where scalar >= 0x10000 {
      far[scalar] = UInt32(count)
      count += 1
    }
  }

  @inline(__always)
  func code(_ scalar: UInt32) -> UInt32 {
    scalar < 0x10000 ? UInt32(plane[Int(scalar)]) : far[scalar, default: 0]
  }
}
