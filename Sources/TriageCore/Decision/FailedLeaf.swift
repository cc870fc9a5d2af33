/// One reason why a rule did not fire or a row did not decide, for `explain --why-not`: what was wanted, what the case
/// has, and how near it came.
public struct FailedLeaf: Sendable, Equatable {
  public var miss: Miss
  /// It is enough that one of the alternatives that are listed holds.
  public var isAlternative: Bool

  public init(_ miss: Miss, isAlternative: Bool = false) {
    self.miss = miss
    self.isAlternative = isAlternative
  }

  /// Why a part of a condition did not hold.
  public enum Miss: Sendable, Equatable {
    /// The rulebook has no entry of this name.
    case unknownRule(RuleID)
    case outOfSeason(Season, today: CivilDate)
    case text(probe: Int, TextMiss)
    case quantity(QuantityTest, QuantityMiss)
    case field(FieldID, FieldTest, had: FieldValue?)
    /// `written` is the case's own text, where no area was recognised in it.
    case area(under: [AreaID], had: AreaID?, written: String?)
    case channel([ChannelID], had: ChannelID)
    /// `givers`: the rules that give one of the tags.
    case tag([TagID], givers: [RuleID])
    case category([CategoryID], had: CategoryID?)
    case level([LevelID], had: LevelID?)
    case scale(ScaleID, [ScaleValueID], had: ScaleValueID?)
    case repeated(atLeast: Int, within: TimeLimit, had: Int)
    case during(workingHours: Bool)
    /// Something that the rule excludes is there; `phrases` are those of its text conditions that hit.
    case excluded(Condition, phrases: [String])
    /// The condition is empty and cannot hold.
    case never
    /// The row matches; another one decided, or its lead cannot be filled.
    case beaten(BeatenRow.Why, by: RuleID?)
  }

  /// Why a text condition did not hold: the nearest it came.
  public enum TextMiss: Sendable, Equatable {
    /// None of the phrases stands there.
    case absent
    /// These phrases stand in the case and were negated or lie in an exception.
    case cancelled([String])
    /// Hits were found, but weak ones (如果, 万一 …) where strong ones are wanted, or the other way round.
    case strength([TextHit])
    /// Hits were found in fields that the condition does not look at.
    case elsewhere([FieldID])
    /// All are wanted and these are missing.
    case missing([String])
  }

  /// Why a condition on a quantity did not hold: the nearest it came.
  public enum QuantityMiss: Sendable, Equatable {
    /// No such quantity is stated, or only a negated one.
    case absent
    /// The stated quantity that comes closest.
    case outside(Double)
    /// One is within the bounds and weak (如果, 可能 …) where a strong one is wanted, or the other way round.
    case strength(TextHit)
    /// Only in fields that the condition does not look at.
    case elsewhere([FieldID])
  }
}
