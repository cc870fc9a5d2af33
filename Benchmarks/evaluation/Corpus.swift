import TriageCore
import TriageText

/// SplitMix64: the bench is the same on every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// 3,000 characters of falling frequency, and words made of them: phrases of rules and, now and then, of texts.
struct Vocabulary {
  private let characters: [Character]
  let words: [String]

  init(size: Int, random: inout Seeded) {
    var characters: [Character] = []
    var value: UInt32 = 0x4E00
    while characters.count < 3_000, value < 0x9F00 {
      if let scalar = Unicode.Scalar(value), TextFolding.fold(String(scalar)) == String(scalar) {
        characters.append(Character(scalar))
      }
      value += 6
    }
    characters.shuffle(using: &random)
    self.characters = characters
    var seen: Set<String> = []
    var words: [String] = []
    while words.count < size {
      let length = [2, 2, 3, 3, 4, 5].randomElement(using: &random) ?? 2
      let word = String((0..<length).map { _ in Self.character(characters, &random) })
      if seen.insert(word).inserted { words.append(word) }
    }
    self.words = words
  }

  /// Falls off roughly as in written Chinese: the cube of an even number.
  private static func character(_ characters: [Character], _ random: inout Seeded) -> Character {
    let even = Double.random(in: 0..<1, using: &random)
    return characters[Int(even * even * even * Double(characters.count))]
  }

  /// Sentences with punctuation, some digits, and a word of the vocabulary in every second sentence.
  func text(bytes: Int, random: inout Seeded) -> String {
    var text = ""
    while text.utf8.count < bytes {
      for _ in 0..<Int.random(in: 5...16, using: &random) { text.append(Self.character(characters, &random)) }
      if Bool.random(using: &random) { text += words.randomElement(using: &random) ?? "" }
      if Int.random(in: 0..<6, using: &random) == 0 { text += "\(Int.random(in: 1...900, using: &random))元" }
      text += ["，", "，", "，", "。", "；", "、没有", "！"].randomElement(using: &random) ?? "，"
    }
    return text
  }
}

/// Rules as an administrator writes them: three to ten keywords, every fifth rule a pattern too.
struct Rules {
  private(set) var probes: [TextProbe] = []
  private(set) var phrases: [String] = []
  private(set) var patterns: [String] = []

  init(count: Int, vocabulary: Vocabulary, random: inout Seeded) {
    var known: Set<String> = []
    for number in 0..<count {
      let words = (0..<Int.random(in: 3...10, using: &random)).map { _ in
        vocabulary.words.randomElement(using: &random) ?? ""
      }
      var patterns: [String] = []
      // Two hundred patterns at most: more are not seen in one rulebook.
      if number.isMultiple(of: 5), self.patterns.count < 200 {
        let ends = vocabulary.words.shuffled(using: &random).prefix(3)
        patterns = ["(\(ends[0])|\(ends[1])).{0,12}[0-9]{1,3}(\(ends[2])|元)"]
      }
      self.patterns += patterns
      phrases += words.filter { known.insert($0).inserted }
      probes.append(
        TextProbe(
          phrases: words, patterns: patterns, except: number.isMultiple(of: 7) ? ["\(words[0])价"] : [],
          negators: TextIndex.defaultNegators, weakeners: TextIndex.defaultWeakeners))
    }
  }
}
