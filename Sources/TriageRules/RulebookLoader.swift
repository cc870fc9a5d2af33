public import TriageCore
public import TriageText

/// What a load brought: every finding, and the rulebook if none of them is an error.
public struct LoadResult: Sendable {
  /// Sorted by place.
  public var findings: [Finding]
  /// Nil when there is an error among the findings.
  public var rulebook: CompiledRulebook?
  /// The rulebook although rows contradict each other or a deadline is missing, and nothing else is wrong: good for
  /// asking what it would decide (`explain`), never for deciding.
  public var draft: CompiledRulebook?
  /// The directories of the rulebooks that it extends, nearest first.
  public var bases: [String]
  /// Of the text that was read, also where there are errors: whether it is the same as that of another load.
  public var digest: String
}

/// Makes a rulebook of a directory of YAML files, or says everything that is wrong with it.
///
/// It never throws and never stops at the first fault; a rulebook with any error is not usable in part, so that the
/// daemon goes on with the last good one (promise 6).
public enum RulebookLoader {
  /// What the daemon puts beside a rulebook that it refused; no rule file, and none that does not belong there.
  public static let refusedName = "RULES-REFUSED.txt"

  /// - Parameter today: for what depends on the day (a calendar that ends soon, a campaign that is over); without it
  ///   those are not looked at.
  /// - Parameter old: a rulebook loaded before; where the phrases and patterns are the same, its index serves again.
  /// - Parameter cache: where compiled patterns are kept between starts.
  public static func load(
    directory: String, today: CivilDate? = nil, reusing old: CompiledRulebook? = nil,
    patterns cache: (any PatternCache)? = nil
  ) -> LoadResult {
    load(.directory(directory), today: today, reusing: old, patterns: cache)
  }

  /// As `load`, and runs the rulebook's own tests to find the rules that none of them reaches, and looks for patterns
  /// that take long to compile.
  /// - Parameter until: the day up to which the calendar must know its holidays; nil: what deadlines soon touch.
  public static func check(
    directory: String, today: CivilDate? = nil, until: CivilDate? = nil
  ) -> LoadResult {
    load(.directory(directory), today: today, until: until, lookForTests: true)
  }

  /// The rulebook that a ledger kept (`CompiledRulebook.sources`): accepted once, it is not judged again.
  /// - Returns: nil when the bytes are not such a text; without a rulebook only when no rules can be made of them.
  public static func load(canonical: [UInt8], patterns cache: (any PatternCache)? = nil) -> LoadResult? {
    CanonicalSource.decode(canonical).map { load(.accepted($0), today: nil, patterns: cache) }
  }

  static func load(
    _ source: RuleSource, today: CivilDate?, until: CivilDate? = nil, lookForTests: Bool = false,
    reusing old: CompiledRulebook? = nil, patterns cache: (any PatternCache)? = nil
  ) -> LoadResult {
    let findings = Findings()
    let chain = RulebookChain.read(source, findings)
    let parser = RulebookParser(sections: chain.sections(findings), findings: findings)
    var rulebook = parser.parse()
    let sources = CanonicalSource.encode(chain.files)
    let digest = CanonicalSource.digest(sources)
    rulebook?.digest = digest
    rulebook?.reports = parser.reports
    let text =
      old?.rulebook.probes == parser.probes.list && old?.boilerplate == parser.boilerplate
      ? old?.text : compile(parser, cache, looksForSlow: lookForTests)
    var compiled: CompiledRulebook?
    let isUsable = source.isAccepted ? !findings.lacksFile : !findings.hasErrors
    if let rulebook, let text, isUsable {
      compiled = CompiledRulebook(
        rulebook: rulebook, text: text, boilerplate: parser.boilerplate, sources: sources, tests: parser.tests
      )
    }
    if source.isAccepted {
      return LoadResult(findings: [], rulebook: compiled, draft: nil, bases: [], digest: digest)
    }
    RulebookChecks(parser: parser, compiled: compiled, today: today, until: until).run()
    if lookForTests, let compiled, !findings.hasErrors { checkCoverage(of: compiled, parser) }
    let errors = Set(findings.sorted.filter { $0.severity == .error }.map(\.code))
    let isDraft = errors.isSubset(of: [FindingCode.overlap.rawValue, FindingCode.noDeadline.rawValue])
    return LoadResult(
      findings: findings.sorted, rulebook: errors.isEmpty ? compiled : nil, draft: isDraft ? compiled : nil,
      bases: chain.bases, digest: digest)
  }

  private static func checkCoverage(of compiled: CompiledRulebook, _ parser: RulebookParser) {
    let coverage = RuleTests.coverage(RuleTests.run(compiled), of: compiled)
    let untested = coverage.uncovered(.classification)
    guard !untested.isEmpty, let place = parser.sections.places["classification"] else { return }
    parser.findings.warning(
      .noTest, place, .Rules.noTest(untested.map(\.rawValue)), hint: .Rules.noTestHint)
  }

  private static func compile(
    _ parser: RulebookParser, _ cache: (any PatternCache)?, looksForSlow: Bool
  ) -> TextIndex? {
    do {
      return try TextIndex(
        probes: parser.probes.list, boilerplate: parser.boilerplate, patterns: cache,
        looksForSlow: looksForSlow)
    } catch {
      for refused in error.errors {
        parser.findings.error(.pattern, parser.probes.place(of: refused), refused.message, hint: refused.hint)
      }
      return nil
    }
  }
}

extension ProbeList {
  /// Where the phrase or pattern that was refused is written.
  func place(of error: PatternError) -> SourcePlace {
    guard places.indices.contains(error.probe) else { return SourcePlace(file: "", line: 1, column: 1) }
    let probe = places[error.probe]
    let list: [SourcePlace]
    switch error.list {
    case .phrases: list = probe.phrases + probe.patterns
    case .except: list = probe.except
    case .negators, .weakeners: list = []
    }
    return list.indices.contains(error.phrase) ? list[error.phrase] : probe.whole
  }
  /// Where a pattern is written; `phrase` counts phrases, then patterns.
  func place(ofPattern phrase: Int, in probe: Int) -> SourcePlace {
    place(of: PatternError(probe: probe, phrase: phrase, reason: .tooComplex))
  }
}
