/// Lays a set of literals out as a double array, breadth first, then draws the failure links.
///
/// Slots that are still free form a list in the array itself, so that finding room for a state's children looks at
/// free slots only.
struct LiteralAutomatonBuilder {
  let alphabet: Alphabet
  private(set) var states: [LiteralAutomaton.State] = [.init(parent: 0)]
  private(set) var outputs: [LiteralAutomaton.Output] = [.init(literal: -1, length: 0, next: 0)]
  private let words: [(codes: [Int32], literal: Int32)]
  /// States in order of depth, each with its code, for the failure links.
  private var layers: [(state: Int32, parent: Int32, code: Int32)] = []
  /// The free slots, ascending, as a doubly linked list with slot 0 as its head.
  private var nextFree: [Int32] = [0]
  private var previousFree: [Int32] = [0]

  /// How many free slots are tried before the children go to the end of the array.
  private static let tries = 48

  init(_ literals: [[UInt32]]) {
    let alphabet = Alphabet(of: literals)
    self.alphabet = alphabet
    words = literals.enumerated()
      .map { (codes: $1.map { Int32(alphabet.code($0)) }, literal: Int32($0)) }
      .sorted { $0.codes.lexicographicallyPrecedes($1.codes) }
  }

  mutating func build() {
    grow(to: alphabet.count + 1)
    var queue: [(state: Int32, words: Range<Int>, depth: Int)] = [(0, 0..<words.count, 0)]
    var head = 0
    while head < queue.count {
      let (state, range, depth) = queue[head]
      head += 1
      var groups = children(of: range, depth: depth)
      if let first = groups.first, first.code == 0 {
        own(state, word: first.words.lowerBound)
        groups.removeFirst()
      }
      guard !groups.isEmpty else { continue }
      let base = place(groups.map(\.code))
      states[Int(state)].base = base
      for group in groups {
        let child = base + group.code
        states[Int(child)].parent = state
        layers.append((child, state, group.code))
        queue.append((child, group.words, depth + 1))
      }
    }
    // A step from any state with any code must stay inside the array.
    grow(to: states.count + alphabet.count)
    link()
  }

  /// The words of a range by their next code; code 0 for the one that ends at this depth.
  private func children(of range: Range<Int>, depth: Int) -> [(code: Int32, words: Range<Int>)] {
    var groups: [(code: Int32, words: Range<Int>)] = []
    for place in range {
      let codes = words[place].codes
      let code = depth < codes.count ? codes[depth] : 0
      if let last = groups.last, last.code == code {
        groups[groups.count - 1].words = last.words.lowerBound..<(place + 1)
      } else {
        groups.append((code, place..<(place + 1)))
      }
    }
    return groups
  }

  private mutating func own(_ state: Int32, word: Int) {
    let word = words[word]
    states[Int(state)].output = Int32(outputs.count)
    outputs.append(.init(literal: word.literal, length: Int32(word.codes.count), next: 0))
  }

  /// Finds a base at which all codes (ascending) meet free slots, and takes those slots.
  private mutating func place(_ codes: [Int32]) -> Int32 {
    let first = codes[0]
    var slot = nextFree[0]
    var tries = 0
    while slot != 0 && tries < Self.tries {
      if slot >= first && fits(codes, base: slot - first) { return take(codes, base: slot - first) }
      slot = nextFree[Int(slot)]
      tries += 1
    }
    return take(codes, base: Int32(states.count))
  }

  private func fits(_ codes: [Int32], base: Int32) -> Bool {
    codes.allSatisfy { code in
      let slot = Int(base + code)
      return slot >= states.count || states[slot].parent < 0
    }
  }

  private mutating func take(_ codes: [Int32], base: Int32) -> Int32 {
    grow(to: Int(base + codes[codes.count - 1]) + 1)
    for code in codes {
      let slot = Int(base + code)
      let next = nextFree[slot]
      let previous = previousFree[slot]
      nextFree[Int(previous)] = next
      previousFree[Int(next)] = previous
    }
    return base
  }

  private mutating func grow(to count: Int) {
    while states.count < count {
      let slot = Int32(states.count)
      states.append(.init())
      let last = previousFree[0]
      nextFree.append(0)
      previousFree.append(last)
      nextFree[Int(last)] = slot
      previousFree[0] = slot
    }
  }

  private mutating func link() {
    for (state, parent, code) in layers {
      guard parent != 0 else { continue }
      var from = states[Int(parent)].fail
      while from != 0, step(from, code) == nil { from = states[Int(from)].fail }
      let fail = step(from, code) ?? 0
      states[Int(state)].fail = fail
      let inherited = states[Int(fail)].output
      let own = states[Int(state)].output
      if own == 0 { states[Int(state)].output = inherited } else { outputs[Int(own)].next = inherited }
    }
  }

  private func step(_ state: Int32, _ code: Int32) -> Int32? {
    let target = states[Int(state)].base + code
    return states[Int(target)].parent == state && target != 0 ? target : nil
  }
}
