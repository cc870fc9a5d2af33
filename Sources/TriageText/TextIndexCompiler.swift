import TriageCore

/// Collects probes into the tables of a `TextIndex`: equal phrases, exception sets, word lists and field lists once.
struct TextIndexCompiler {
  private(set) var literals: [[UInt32]] = []
  private(set) var fieldSets: [[FieldID]?] = [nil]
  private(set) var modalities: [Modality?] = [nil]
  private(set) var errors: [PatternError] = []
  /// Of patterns that were compiled here, not found compiled; none where nobody asked.
  private(set) var slow: [SlowPattern] = []
  /// Whether they are looked for, which takes as long as the compilation again.
  private let looksForSlow: Bool

  private var literalNumbers: [[UInt32]: Int] = [:]
  private var literalTargets: [[TextIndex.Target]] = []
  private var literalMasks: [[Int32]] = []
  private(set) var patterns: [FoldedPattern] = []
  private var patternNumbers: [String: Int] = [:]
  private var patternTargets: [[TextIndex.Target]] = []
  /// For each pattern where it was first written, for errors of the joint compilation.
  private(set) var patternOrigins: [(probe: Int, phrase: Int)] = []
  /// By kind, in the order of `QuantityTest.Kind`.
  private var quantityTargets: [[TextIndex.Target]] = QuantityTest.Kind.allCases.map { _ in [] }
  private var maskSetNumbers: [[String]: Int32] = [[]: 0]
  private var modalityNumbers: [[[String]]: Int32] = [[[], []]: 0]
  private let buffer = FoldedText()

  init(looksForSlow: Bool) { self.looksForSlow = looksForSlow }

  mutating func add(_ probe: TextProbe, number: Int) {
    let fields = fieldSet(probe.fields)
    let masks = maskSet(probe.except, probe: number)
    let modality = modality(probe, number: number)
    let target = { (phrase: Int) in
      TextIndex.Target(
        probe: UInt32(number), phrase: UInt32(phrase), fields: fields, masks: masks, modality: modality)
    }
    for (place, phrase) in probe.phrases.enumerated() {
      guard let literal = literal(phrase, .init(probe: number, phrase: place, reason: .empty)) else {
        continue
      }
      literalTargets[literal].append(target(place))
    }
    if let kind = probe.quantity { quantityTargets[kind.place].append(target(0)) }
    for (place, pattern) in probe.patterns.enumerated() {
      let phrase = probe.phrases.count + place
      guard let known = self.pattern(pattern, probe: number, phrase: phrase) else { continue }
      patternTargets[known].append(target(phrase))
    }
  }

  /// All errors, in the order in which the probes write their lists.
  func sortedErrors() -> [PatternError] {
    let order: [PatternError.List] = [.phrases, .except, .negators, .weakeners]
    let key = { (error: PatternError) in (error.probe, order.firstIndex(of: error.list) ?? 0, error.phrase) }
    return errors.sorted { key($0) < key($1) }
  }

  // MARK: - Phrases and word lists

  /// The folded phrase, or nil and an error.
  private mutating func folded(_ phrase: String, _ place: PatternError) -> [UInt32]? {
    let scalars = TextFolding.scalars(phrase, using: buffer)
    var error = place
    if scalars.count > Limits.phraseScalars { error.reason = .tooLong(limit: Limits.phraseScalars) }
    guard !scalars.isEmpty, error.reason == .empty else {
      errors.append(error)
      return nil
    }
    return scalars
  }

  private mutating func literal(_ phrase: String, _ place: PatternError) -> Int? {
    guard let scalars = folded(phrase, place) else { return nil }
    if let known = literalNumbers[scalars] { return known }
    literals.append(scalars)
    literalTargets.append([])
    literalMasks.append([])
    literalNumbers[scalars] = literals.count - 1
    return literals.count - 1
  }

  private mutating func maskSet(_ except: [String], probe: Int) -> Int32 {
    if let known = maskSetNumbers[except] { return known }
    let number = Int32(maskSetNumbers.count)
    maskSetNumbers[except] = number
    for (place, phrase) in except.enumerated() {
      let error = PatternError(probe: probe, list: .except, phrase: place, reason: .empty)
      if let literal = literal(phrase, error) { literalMasks[literal].append(number) }
    }
    return number
  }

  private mutating func modality(_ probe: TextProbe, number: Int) -> Int32 {
    let key = [probe.negators, probe.weakeners]
    if let known = modalityNumbers[key] { return known }
    var words: [[[UInt32]]] = []
    for (list, phrases) in [(PatternError.List.negators, probe.negators), (.weakeners, probe.weakeners)] {
      var folds: [[UInt32]] = []
      for (place, phrase) in phrases.enumerated() {
        let error = PatternError(probe: number, list: list, phrase: place, reason: .empty)
        if let word = folded(phrase, error) { folds.append(word) }
      }
      words.append(folds)
    }
    modalities.append(Modality(negators: words[0], weakeners: words[1], using: buffer))
    modalityNumbers[key] = Int32(modalities.count - 1)
    return Int32(modalities.count - 1)
  }

  private mutating func fieldSet(_ fields: [FieldID]?) -> Int32 {
    if let known = fieldSets.firstIndex(of: fields) { return Int32(known) }
    fieldSets.append(fields)
    return Int32(fieldSets.count - 1)
  }

  // MARK: - Patterns

  private mutating func pattern(_ pattern: String, probe: Int, phrase: Int) -> Int? {
    if let known = patternNumbers[pattern] { return known }
    let refuse = { (reason: PatternError.Reason) in
      PatternError(probe: probe, list: .phrases, phrase: phrase, reason: reason)
    }
    guard pattern.unicodeScalars.count <= Limits.patternScalars else {
      errors.append(refuse(.tooLong(limit: Limits.patternScalars)))
      return nil
    }
    do throws(PatternRefusal) {
      let folded = try PatternFolding.fold(pattern, using: buffer)
      if let reason = PatternDatabase.refusal(of: folded) {
        errors.append(refuse(reason))
        return nil
      }
      patterns.append(folded)
    } catch {
      errors.append(refuse(PatternError.Reason(error)))
      return nil
    }
    patternTargets.append([])
    patternOrigins.append((probe, phrase))
    patternNumbers[pattern] = patterns.count - 1
    return patterns.count - 1
  }

  /// All patterns together must compile in seconds: the largest stands for those that do not fit.
  private mutating func refuseExcess() {
    let sum = patterns.reduce(0) { $0 + $1.positions }
    guard sum > Limits.patternPositionsInAll else { return }
    let sizes = patterns.indices.sorted {
      (patterns[$1].positions, patterns[$0].text) < (patterns[$0].positions, patterns[$1].text)
    }
    let origin = patternOrigins[sizes[0]]
    errors.append(
      .init(
        probe: origin.probe, phrase: origin.phrase,
        reason: .togetherTooLarge(sum, limit: Limits.patternPositionsInAll)))
  }

  /// The database of all patterns, or nil when there are none or one of them cannot be compiled.
  mutating func compilePatterns(_ cache: (any PatternCache)?) -> PatternDatabase? {
    refuseExcess()
    guard errors.isEmpty, !patterns.isEmpty else { return nil }
    guard let cache else { return compileAll() }
    let description = PatternDatabase.description(of: patterns)
    if let bytes = cache.find(description),
      let database = PatternDatabase(serialized: bytes, patterns: patterns.count)
    {
      return database
    }
    let database = compileAll()
    if let bytes = database?.serialized() { cache.keep(bytes, for: description) }
    return database
  }

  private mutating func compileAll() -> PatternDatabase? {
    var database: PatternDatabase?
    let spent = CompileTime.nanoseconds { database = compileTogether() }
    if database != nil, looksForSlow { slow = slowPatterns(spent: spent) }
    return database
  }

  private mutating func compileTogether() -> PatternDatabase? {
    var left = Array(patterns.indices)
    while !left.isEmpty {
      do throws(PatternDatabase.Refused) {
        let database = try PatternDatabase(left.map { patterns[$0] })
        return errors.isEmpty ? database : nil
      } catch {
        // Without a culprit the set as a whole is too large: the last pattern stands for it.
        let culprit = left.remove(at: error.pattern ?? left.count - 1)
        let origin = patternOrigins[culprit]
        errors.append(.init(probe: origin.probe, phrase: origin.phrase, reason: error.reason))
        if error.pattern == nil { return nil }
      }
    }
    return nil
  }

  // MARK: - Layout

  /// Literals, then patterns, then quantities.
  func layOutTargets() -> ([TextIndex.Target], [Int32]) {
    Self.layOut(literalTargets + patternTargets + quantityTargets)
  }

  func layOutMasks() -> ([Int32], [Int32]) {
    Self.layOut(literalMasks + (patternTargets + quantityTargets).map { _ in [] })
  }

  var firstQuantity: Int32? {
    quantityTargets.allSatisfy(\.isEmpty) ? nil : Int32(literals.count + patterns.count)
  }

  private static func layOut<Element>(_ lists: [[Element]]) -> ([Element], [Int32]) {
    var starts: [Int32] = [0]
    for list in lists { starts.append((starts.last ?? 0) + Int32(list.count)) }
    return (lists.flatMap { $0 }, starts)
  }
}

extension QuantityTest.Kind {
  var place: Int { self == .people ? 0 : 1 }
}

extension PatternError.Reason {
  init(_ refusal: PatternRefusal) {
    switch refusal {
    case .repeatTooLarge(let size): self = .repeatTooLarge(size, limit: Limits.patternRepeat)
    case .tooLarge(let size): self = .tooLarge(size, limit: Limits.patternPositions)
    case .unsupported(let construct, let text): self = .unsupported(construct, text)
    case .classMemberExpands(let sign): self = .classMemberExpands(sign)
    case .syntax(let text): self = .syntax(text)
    }
  }
}
