/// A condition of a rule or row.
public indirect enum Condition: Sendable, Equatable {
  case all([Condition])
  case any([Condition])
  /// True when none of them is.
  case none([Condition])
  /// The probe with this number in `Rulebook.probes` hit.
  case text(probe: Int)
  /// A quantity that the case's text states passes the test; the probe says where it may stand.
  case quantity(QuantityTest, probe: Int)
  case field(FieldID, FieldTest)
  /// The case's area is one of these or lies below one.
  case area(under: [AreaID])
  case channel([ChannelID])
  case tag([TagID])
  case category([CategoryID])
  case level([LevelID])
  case scale(ScaleID, [ScaleValueID])
  /// As many cases about the same matter within the time, this one included.
  case repeated(atLeast: Int, within: TimeLimit)
  /// The time of taking lies inside (or outside) the rulebook's working hours.
  case during(workingHours: Bool)
  case always
}

/// A test of one field; types are checked when the rulebook is loaded.
public enum FieldTest: Sendable, Equatable {
  case `is`(FieldValue)
  case `in`([FieldValue])
  case atLeast(Double)
  case atMost(Double)
  /// A day, for date fields.
  case notBefore(CivilDate)
  case notAfter(CivilDate)
  case present(Bool)
  case startsWith(String)
  /// The probe that holds the pattern, restricted to this field.
  case matches(probe: Int)
}

/// What a text condition looks for. Matching runs in TriageText; the core sees only hits.
public struct TextProbe: Sendable, Equatable {
  public enum Need: String, Sendable, Equatable {
    case anyPhrase, allPhrases
  }
  /// Of a hit: strong, or weakened by a word such as 如果.
  public enum Strength: String, Sendable, Equatable { case strong, weak, any }

  /// Phrases as written; a hit names its phrase by its place here.
  public var phrases: [String]
  /// Regular expressions, after the phrases in the numbering of hits.
  public var patterns: [String]
  public var need: Need
  /// Nil: title and text.
  public var fields: [FieldID]?
  public var strength: Strength
  /// A hit inside one of these is no hit.
  public var except: [String]
  /// Words that, before a hit in the same clause, cancel it; two cancel each other.
  public var negators: [String]
  /// Words that make a hit in the same clause weak.
  public var weakeners: [String]
  /// The lexicon that the phrases come from, for the explanation.
  public var lexicon: LexiconID?
  /// Such quantities are looked for instead of phrases; a hit says how much is stated.
  public var quantity: QuantityTest.Kind?

  public init(
    phrases: [String], patterns: [String] = [], need: Need = .anyPhrase, fields: [FieldID]? = nil,
    strength: Strength = .strong, except: [String] = [], negators: [String] = [], weakeners: [String] = [],
    lexicon: LexiconID? = nil, quantity: QuantityTest.Kind? = nil
  ) {
    self.phrases = phrases
    self.patterns = patterns
    self.need = need
    self.fields = fields
    self.strength = strength
    self.except = except
    self.negators = negators
    self.weakeners = weakeners
    self.lexicon = lexicon
    self.quantity = quantity
  }
}

/// One place where a probe's phrase, pattern or quantity stands in the case.
public struct TextHit: Sendable, Equatable, Codable {
  /// Place in `Rulebook.probes`.
  public var probe: Int
  /// Place among the probe's phrases, then patterns.
  public var phrase: Int
  public var field: FieldID
  /// Unicode scalars of the original field, half-open.
  public var start: Int
  public var end: Int
  /// How much is stated, for a probe of quantities.
  public var quantity: Double?
  public var weak: Bool

  public init(
    probe: Int, phrase: Int, field: FieldID, start: Int, end: Int, weak: Bool, quantity: Double? = nil
  ) {
    self.probe = probe
    self.phrase = phrase
    self.field = field
    self.start = start
    self.end = end
    self.weak = weak
    self.quantity = quantity
  }
}
