public import TriageCore

/// All text probes of a rulebook, compiled to be looked for together.
///
/// Immutable after `init`, which folds phrases and patterns as text is folded, gives equal phrases of several probes
/// one place in the pattern set, and compiles that. `hits(in:scratch:)` is the hot path.
public final class TextIndex: Sendable {
  /// Who wants to know of one literal or pattern.
  struct Target: Sendable {
    var probe: UInt32
    var phrase: UInt32
    /// Place in `fieldSets`.
    var fields: Int32
    /// A set of exceptions; 0 for none.
    var masks: Int32
    /// Place in `modalities`; 0 for none.
    var modality: Int32
  }

  let boilerplate: Boilerplate
  let patterns: PatternSet
  /// Targets of the literal or pattern with this number: `targets[targetStarts[n]..<targetStarts[n + 1]]`.
  let targets: [Target]
  let targetStarts: [Int32]
  /// Sets of exceptions to which this literal belongs, laid out likewise.
  let maskSets: [Int32]
  let maskStarts: [Int32]
  /// Nil stands for title and text.
  let fieldSets: [[FieldID]?]
  let modalities: [Modality?]
  /// The number that stands for counts of people among literals and patterns, that for sums of money is next; nil: no
  /// probe asks for quantities.
  let firstQuantity: Int32?
  /// Those whose compilation took long; none where the patterns were found compiled, or nobody asked.
  public let slowPatterns: [SlowPattern]

  /// Compiles the probes; a probe is named in hits and errors by its place.
  ///
  /// All faults are collected: the error lists every phrase and pattern that cannot be used.
  /// - Parameter boilerplate: phrases that are left out of every text before it is looked at.
  /// - Parameter cache: where compiled patterns may be found and are kept.
  /// - Parameter looksForSlow: fills `slowPatterns`, which takes as long as the compilation again.
  public init(
    probes: [TextProbe], boilerplate: [String] = TextIndex.defaultBoilerplate,
    patterns cache: (any PatternCache)? = nil, looksForSlow: Bool = false
  ) throws(PatternErrors) {
    var compiler = TextIndexCompiler(looksForSlow: looksForSlow)
    for (number, probe) in probes.enumerated() { compiler.add(probe, number: number) }
    let database = compiler.compilePatterns(cache)
    guard compiler.errors.isEmpty else { throw PatternErrors(errors: compiler.sortedErrors()) }
    self.boilerplate = Boilerplate(boilerplate)
    patterns = PatternSet(literals: compiler.literals, patterns: database)
    (targets, targetStarts) = compiler.layOutTargets()
    (maskSets, maskStarts) = compiler.layOutMasks()
    fieldSets = compiler.fieldSets
    modalities = compiler.modalities
    firstQuantity = compiler.firstQuantity
    slowPatterns = compiler.slow
  }

  /// Working memory for `hits`; one for each thread.
  public func makeScratch() -> TextScratch { TextScratch() }
}
