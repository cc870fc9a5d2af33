/// A classification rule that fired, with the reasons: one line of an explanation.
public struct FiredRule: Sendable, Equatable, Codable {
  public var because: [Reason]
  /// The votes count three times: a hit that made it true lies in the title.
  public var inTitle: Bool
  private let origin: Origin

  public var rule: RuleID { origin.rule }
  public var place: SourcePlace { origin.place }
  public var gives: ClassificationRule.Gives { origin.gives }

  /// One leaf of the condition that held.
  public enum Reason: Sendable, Equatable, Codable {
    /// `phrase` is the rulebook's phrase or pattern, never the citizen's words.
    case text(field: FieldID, phrase: String, start: Int, end: Int, weak: Bool)
    case field(FieldID)
    case area(AreaID)
    case channel(ChannelID)
    case tag(TagID)
    case repeated(Int)
    case time
    /// None of the excluded conditions held.
    case absence
  }

  /// What all cases for which a rule fires have in common. Shared by reference: a case may fire hundreds of rules, and
  /// copying their parts one by one is what the evaluator would spend most of its time on.
  final class Origin: Sendable {
    let rule: RuleID
    let place: SourcePlace
    let gives: ClassificationRule.Gives
    init(rule: RuleID, place: SourcePlace, gives: ClassificationRule.Gives) {
      self.rule = rule
      self.place = place
      self.gives = gives
    }
  }

  public init(
    rule: RuleID, place: SourcePlace, because: [Reason], gives: ClassificationRule.Gives, inTitle: Bool
  ) {
    self.init(Origin(rule: rule, place: place, gives: gives), because: because, inTitle: inTitle)
  }

  init(_ origin: Origin, because: [Reason], inTitle: Bool) {
    self.origin = origin
    self.because = because
    self.inTitle = inTitle
  }

  public static func == (a: Self, b: Self) -> Bool {
    a.rule == b.rule && a.place == b.place && a.gives == b.gives && a.inTitle == b.inTitle
      && a.because == b.because
  }

  private enum CodingKeys: String, CodingKey { case rule, place, because, gives, inTitle }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      rule: try container.decode(RuleID.self, forKey: .rule),
      place: try container.decode(SourcePlace.self, forKey: .place),
      because: try container.decode([Reason].self, forKey: .because),
      gives: try container.decode(ClassificationRule.Gives.self, forKey: .gives),
      inTitle: try container.decode(Bool.self, forKey: .inTitle))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rule, forKey: .rule)
    try container.encode(place, forKey: .place)
    try container.encode(because, forKey: .because)
    try container.encode(gives, forKey: .gives)
    try container.encode(inTitle, forKey: .inTitle)
  }
}
