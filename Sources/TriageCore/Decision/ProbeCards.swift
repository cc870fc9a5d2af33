/// What the evaluator must know of the text probes, in flat arrays.
struct ProbeCards: Sendable {
  private let cards: [Card]
  /// The phrases and patterns of all probes, one probe after the other.
  private let phrases: [String]
  /// The fields of the probes that name some.
  private let fieldLists: [[FieldID]]

  private struct Card: Sendable {
    var need: TextProbe.Need
    var strength: TextProbe.Strength
    var quantity: QuantityTest.Kind?
    /// Place in `fieldLists`; -1: title and text.
    var fields: Int32
    var phrases: Range<Int32>
  }

  init(_ probes: [TextProbe]) {
    var phrases: [String] = []
    var fieldLists: [[FieldID]] = []
    cards = probes.map { probe in
      let before = Int32(phrases.count)
      phrases += probe.phrases + probe.patterns
      if let fields = probe.fields { fieldLists.append(fields) }
      return Card(
        need: probe.need, strength: probe.strength, quantity: probe.quantity,
        fields: probe.fields == nil ? -1 : Int32(fieldLists.count - 1), phrases: before..<Int32(phrases.count)
      )
    }
    self.phrases = phrases
    self.fieldLists = fieldLists
  }

  var count: Int { cards.count }
  func need(of probe: Int) -> TextProbe.Need { cards[probe].need }
  func phraseCount(of probe: Int) -> Int { cards[probe].phrases.count }

  /// The phrase or pattern of that number, as the rulebook writes it.
  func phrase(_ number: Int, of probe: Int) -> String {
    let range = cards[probe].phrases
    return number >= 0 && number < range.count ? phrases[Int(range.lowerBound) + number] : ""
  }

  /// What a reason calls the hit: the phrase, or the quantity in the rulebook's words.
  func wording(of hit: borrowing TextHit) -> String {
    if let stated = hit.quantity, let kind = cards[hit.probe].quantity {
      return QuantityTest.wording(stated, of: kind)
    }
    return phrase(hit.phrase, of: hit.probe)
  }

  /// Whether the hit is of the strength and in a field that its probe asks for.
  func accepts(_ hit: borrowing TextHit) -> Bool {
    switch cards[hit.probe].strength {
    case .strong: if hit.weak { return false }
    case .weak: if !hit.weak { return false }
    case .any: break
    }
    return accepts(fieldOf: hit)
  }

  func accepts(fieldOf hit: borrowing TextHit) -> Bool {
    let fields = cards[hit.probe].fields
    if fields < 0 { return hit.field == .text || hit.field == .title }
    return fieldLists[Int(fields)].contains(hit.field)
  }
}
