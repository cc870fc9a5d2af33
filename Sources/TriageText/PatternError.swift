public import TriageCore

/// Why a phrase or pattern of a probe cannot be compiled.
public struct PatternError: Error, Sendable, Equatable {
  /// The list of the probe in which `phrase` counts.
  public enum List: Sendable, Equatable { case phrases, except, negators, weakeners }

  /// Why a phrase or pattern cannot be used.
  public enum Reason: Sendable, Equatable {
    /// Nothing is left after folding: only white space or marks that show nothing.
    case empty
    case tooLong(limit: Int)
    /// The sum of the bounded repeats, nested ones multiplied, is beyond `Limits.patternRepeat`.
    case repeatTooLarge(Int, limit: Int)
    /// Written out the pattern, or all of a rulebook together, has more positions than `Limits` allow.
    case tooLarge(Int, limit: Int)
    case togetherTooLarge(Int, limit: Int)
    /// The pattern matches the empty text, so it would hit everywhere.
    case matchesEmpty
    /// A construct that no multi-pattern engine can run in one pass; as written, for the message.
    case unsupported(PatternConstruct, String)
    /// One sign in a character class stands for several after folding (㎡ → m2).
    case classMemberExpands(String)
    /// Not a regular expression; the text of the compiler, English.
    case syntax(String)
    /// A correct pattern that is too large for the engine.
    case tooComplex
  }

  public var probe: Int
  public var list: List
  /// Place in its list; for `phrases` patterns count after the phrases, as in a hit.
  public var phrase: Int
  public var reason: Reason

  public init(probe: Int, list: List = .phrases, phrase: Int, reason: Reason) {
    self.probe = probe
    self.list = list
    self.phrase = phrase
    self.reason = reason
  }

  /// What is wrong.
  public var message: Message {
    switch reason {
    case .empty: .patternEmpty
    case .tooLong(let limit): .patternTooLong(limit: limit)
    case .repeatTooLarge(let size, let limit): .patternRepeatTooLarge(size, limit: limit)
    case .tooLarge(let size, let limit): .patternTooLarge(size, limit: limit)
    case .togetherTooLarge(let size, let limit): .patternsTooLarge(size, limit: limit)
    case .matchesEmpty: .patternMatchesEmpty
    case .unsupported(_, let text): .patternUnsupported(text)
    case .classMemberExpands(let sign): .patternClassMemberExpands(sign)
    case .syntax(let text): .patternSyntax(text)
    case .tooComplex: .patternTooComplex
    }
  }

  /// How to mend it.
  public var hint: Message {
    switch reason {
    case .empty: .patternWriteWords
    case .tooLong: .patternShorten
    case .repeatTooLarge(_, let limit): .patternLowerRepeat(limit: limit)
    case .tooLarge, .togetherTooLarge: .patternMakeSmaller
    case .matchesEmpty: .patternRequireSomething
    case .unsupported(let construct, _): Self.wayOut(of: construct)
    case .classMemberExpands(let sign): .patternUseAlternation(sign)
    case .syntax: .patternCheckBrackets
    case .tooComplex: .patternSplit
    }
  }
}

/// A construct of regular expressions that cannot run in one pass over the text with all other patterns.
public enum PatternConstruct: String, Sendable, Equatable {
  case lookaround, backReference, possessive, atomicGroup, wordBoundary, recursion, conditional, extendedMode,
    other
}

/// Every refusal of one set of probes, by probe, list and place.
public struct PatternErrors: Error, Sendable, Equatable {
  public let errors: [PatternError]
}

extension PatternError {
  private static func wayOut(of construct: PatternConstruct) -> Message {
    switch construct {
    case .lookaround: .patternUseExcept
    case .backReference, .recursion, .conditional: .patternWriteOut
    case .possessive, .atomicGroup: .patternDropPossessive
    case .wordBoundary: .patternDropBoundary
    case .extendedMode: .patternDropExtended
    case .other: .patternSimplify
    }
  }
}
