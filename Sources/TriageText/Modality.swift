/// Whether what a hit says is asserted: it is cancelled by negation and weakened by supposition before it in the
/// same clause.
///
/// The words of a clause before the hit are read from left to right, the longest at each place, and judged from
/// right to left:
/// * A negator cancels what it reaches: a single character (不, 没, 未) what stands one scalar on, since 不退钱打人
///   denies the refund and not the blow; a word (没有, 不是) what stands up to eight on.
/// * A negator that reaches another negator cancels it (没有说不报复, 不是没有打过人). The same one twice, or one
///   beyond a list comma, is a parallel and no double negation (没有拉横幅、没有喊口号).
/// * A breaker starts a new statement: 不给钱就打人, 如果不管他就跳楼. Right behind the negator it belongs to it.
/// * Words that only look like negators (不断, 未成年, 无故) do nothing.
struct Modality: Sendable {
  enum Standing { case asserted, weakened, cancelled }

  fileprivate enum Role: Equatable, Sendable {
    case negator(reach: Int)
    case weakener
    case breaksNegation, breaksAll
    case plain
  }

  private struct Token {
    var word: Int
    var start: Int
    var end: Int
  }

  private let words: LiteralAutomaton
  private let roles: [Role]

  /// A clause longer than this, units, is read only so far back.
  private static let window = 80
  private static let listComma: UInt32 = 0x3001

  init(negators: [[UInt32]], weakeners: [[UInt32]], using buffer: FoldedText) {
    var roles: [[UInt32]: Role] = [:]
    // The caller's words go last: they win over the built-in ones.
    for (list, role) in [
      (Self.plainWords, Role.plain), (Self.negationBreakers, .breaksNegation),
      (Self.statementBreakers, .breaksAll),
    ] {
      for word in list { roles[TextFolding.scalars(word, using: buffer)] = role }
    }
    for word in weakeners { roles[word] = .weakener }
    let near = Set(Self.nearNegators.map { TextFolding.scalars($0, using: buffer) })
    let middle = Set(Self.middleNegators.map { TextFolding.scalars($0, using: buffer) })
    for word in negators {
      let reach = word.count == 1 ? 1 : near.contains(word) ? 2 : middle.contains(word) ? 5 : 8
      roles[word] = .negator(reach: reach)
    }
    let sorted = roles.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    words = LiteralAutomaton(sorted.map(\.key))
    self.roles = sorted.map(\.value)
  }

  /// How a hit that begins at this unit stands.
  func standing(of start: Int, in text: FoldedText.View) -> Standing {
    let tokens = read(text, clauseStart(of: start, in: text)..<start)
    var target = start
    var last: Token?
    var isNegated = false
    var reachesNegation = true
    var reachesWeakening = true
    var isWeak = false
    for place in tokens.indices.reversed() {
      let token = tokens[place]
      switch roles[token.word] {
      case .plain: break
      case .weakener: isWeak = isWeak || reachesWeakening
      case .negator(let reach):
        guard reachesNegation else { break }
        reachesNegation = binds(token, reach: reach, to: target, after: last, in: text)
        guard reachesNegation else { break }
        isNegated.toggle()
        target = token.start
        last = token
      case .breaksNegation, .breaksAll:
        if place > 0, tokens[place - 1].end == token.start, roles[tokens[place - 1].word].opens { break }
        reachesNegation = false
        if roles[token.word] == .breaksAll { reachesWeakening = false }
      }
    }
    return isNegated ? .cancelled : isWeak ? .weakened : .asserted
  }

  private func binds(_ token: Token, reach: Int, to target: Int, after last: Token?, in text: FoldedText.View)
    -> Bool
  {
    let gap = target - token.end
    guard let last else { return gap <= reach }
    let isList = (token.end..<target).contains { text.units[$0].scalar == Self.listComma }
    return gap <= min(reach, 4) && last.word != token.word && !isList
  }

  private func clauseStart(of start: Int, in text: FoldedText.View) -> Int {
    var place = start
    let earliest = max(0, start - Self.window)
    while place > earliest, !text.endsClause(place - 1) { place -= 1 }
    return place
  }

  private func read(_ text: FoldedText.View, _ clause: Range<Int>) -> [Token] {
    var tokens: [Token] = []
    var place = clause.lowerBound
    while place < clause.upperBound {
      if let found = words.longest(in: text, from: place, limit: clause.upperBound) {
        tokens.append(Token(word: found.literal, start: place, end: place + found.length))
        place += found.length
      } else {
        place += 1
      }
    }
    return tokens
  }
}

extension Modality.Role {
  /// Negators and weakeners: a breaker right behind one belongs to it (没有就此, 未造成).
  fileprivate var opens: Bool {
    switch self {
    case .negator, .weakener: true
    default: false
    }
  }
}
