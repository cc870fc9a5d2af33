/// Finding the rulebook's area in what the case says of its place.
///
/// Sources write an id, a title, an alias, or a path from the outside in (某市某区某街道一社区3号楼). A name counts inside a
/// longer text only where a name can begin, so that 一社区 is not found in 十一社区 or 新一社区: better no area, and a
/// note, than the wrong one.
public enum AreaFinding: Sendable, Equatable {
  case area(AreaID)
  case unknown
  /// Several areas could be meant; sorted.
  case ambiguous([AreaID])
}

/// A normalised name and who bears it.
struct AreaName: Sendable {
  let bytes: [UInt8]
  let areas: [AreaID]
}

extension AreaTree {
  /// - Parameter text: the area as the case has it, not normalised.
  public func find(_ text: String) -> AreaFinding {
    let folded = normalise(text).trimmed
    let exact = named(folded)
    if exact.count == 1 { return .area(exact[0]) }
    if exact.count > 1 { return .ambiguous(exact) }
    let found = resolve(mentions(in: Array(folded.utf8)))
    guard found == .unknown else { return found }
    let compact = folded.unicodeScalars.filter { !$0.properties.isWhitespace }
    guard compact.count < folded.unicodeScalars.count else { return .unknown }
    return resolve(mentions(in: Array(String(String.UnicodeScalarView(compact)).utf8)))
  }

  /// The one area that longer texts, each by itself, speak of. A name may also begin after a word that leads to a place
  /// (在, 住, 我们); ids are no words of a text (C1栋), and where the name of another area stands anywhere they tell nothing.
  public func find(inProse texts: [String]) -> AreaFinding {
    // Folded at once, which is dear; no name goes on behind the end of a sentence.
    let folded = Array(normalise(texts.joined(separator: "。")).utf8)
    let area = resolve(mentions(in: folded) { AreaBoundary.mayBeginInProse(at: $0, in: folded) })
    guard case .area = area else { return .unknown }
    return area == resolve(mentions(in: folded) { folded[$0] >= 0x80 }) ? area : .unknown
  }

  /// The innermost area that agrees with every name of the path.
  private func resolve(_ mentions: [[AreaID]]) -> AreaFinding {
    if mentions.isEmpty { return .unknown }
    let candidates = Set(mentions.joined()).sorted()
    let agreeing = candidates.filter { candidate in
      let above = Set(ancestry(of: candidate).map(\.id))
      return mentions.allSatisfy { $0.contains(where: above.contains) }
    }
    switch agreeing.count {
    case 1: return .area(agreeing[0])
    case 0: return .ambiguous(candidates)
    default: return .ambiguous(agreeing)
    }
  }

  /// The names that stand in the text where a name can begin.
  private func mentions(in text: [UInt8]) -> [[AreaID]] {
    var lastEnd: Int?
    return mentions(in: text, ending: { lastEnd = $0 }) {
      AreaBoundary.mayBegin(at: $0, in: text, after: lastEnd)
    }
  }

  /// The names that stand in the text, from the left, the longest at each place.
  private func mentions(
    in text: [UInt8], ending: (Int) -> Void = { _ in }, where mayBegin: (Int) -> Bool
  ) -> [[AreaID]] {
    var found: [[AreaID]] = []
    var place = 0
    while place < text.count {
      let name = namesByFirstByte[text[place]]?.first { name in
        text[place...].starts(with: name.bytes) && mayBegin(place)
          && AreaBoundary.mayEnd(at: place + name.bytes.count, in: text)
      }
      if let name {
        found.append(name.areas)
        place += name.bytes.count
        ending(place)
      } else {
        place += 1
      }
    }
    return found
  }
}

/// Where a name may begin and end inside a longer text.
private enum AreaBoundary {
  /// What an outer name of a path ends in.
  static let suffixes: [[UInt8]] = [
    "省", "市", "区", "县", "旗", "盟", "州", "镇", "乡", "街道", "办事处", "街道办", "村", "社区", "苏木", "嘎查",
  ].map { Array($0.utf8) }

  /// At the start, after another area's name, after a separator or after the name of an outer area.
  static func mayBegin(at place: Int, in text: [UInt8], after lastEnd: Int?) -> Bool {
    if place == 0 || lastEnd == place { return true }
    let before = text[..<place]
    if let last = before.last, last < 0x80 { return !isAlphanumeric(last) }
    if suffixes.contains(where: { before.count >= $0.count && before.suffix($0.count).elementsEqual($0) }) {
      return true
    }
    return endsInPunctuation(before)
  }

  /// What leads to a place in a sentence.
  static let leads: [[UInt8]] = ["在", "住", "于", "到", "去", "从", "来自", "是", "我们", "咱们", "本", "经"].map {
    Array($0.utf8)
  }

  static func mayBeginInProse(at place: Int, in text: [UInt8]) -> Bool {
    guard text[place] >= 0x80 else { return false }
    if mayBegin(at: place, in: text, after: nil) { return true }
    let before = text[..<place]
    return leads.contains { before.count >= $0.count && before.suffix($0.count).elementsEqual($0) }
  }

  /// A Latin or numeric name does not end inside a longer word: `c1` is not in `c12`.
  static func mayEnd(at place: Int, in text: [UInt8]) -> Bool {
    guard place < text.count, place > 0 else { return true }
    return !(isAlphanumeric(text[place]) && isAlphanumeric(text[place - 1]))
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }

  /// CJK punctuation U+3000…303F and full-width forms U+FF00…: three bytes, led by E3 80 or EF BC.
  private static func endsInPunctuation(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count >= 3 else { return false }
    let lead = text.suffix(3)
    let first = lead[lead.startIndex]
    let second = lead[lead.startIndex + 1]
    return (first == 0xE3 && second == 0x80) || (first == 0xEF && second == 0xBC)
  }
}
