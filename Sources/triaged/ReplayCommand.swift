import ArgumentParser
import TriageCore
import TriageLedger
import TriageRules
import TriageText

/// `triaged replay --rules NEW`: what other rules would have made of the ledger's cases.
///
/// Every case is decided again, and lived again in virtual time up to the ledger's last event, under the rules that
/// decided it and under the new ones, with the same deeds of people at the same instants.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: Message.helpReplay.localised,
    discussion: JSONOutput.replay.localised)

  @Option(help: ArgumentHelp(Message.optionSince.localised, valueName: "time"))
  var since: String?
  @Option(
    name: .customLong("fail-above"),
    help: ArgumentHelp(Message.optionFailAbove.localised, valueName: "percent"))
  var failAbove: Percent?
  @Flag(name: .customLong("cases"), help: ArgumentHelp(Message.optionReplayCases.localised))
  var listsCases = false
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  private static let batch = 256

  func run() throws {
    guard let directory = places.rules else {
      throw Failure(.replayWantsRules, status: ExitStatus.usage)
    }
    let candidate = try Rules.load(directory)
    let root = try RootReader(places)
    let since = try self.since.map { text in
      guard let instant = Instant(lenient: text, zone: root.zone) else {
        throw Failure(.usageBadTime(text), status: ExitStatus.usage)
      }
      return instant
    }
    let summary = try replay(root, candidate, since: since)
    switch output.format {
    case .json: print(try JSONLine.encode(ReplayReport(summary, zone: root.zone)))
    case .text: print(ReplayText(summary, present: root.rulebook, candidate: candidate.rulebook).text)
    }
    if let failAbove, summary.movedPercent > failAbove.value {
      throw Failure(.replayTooMuch(summary.moved, of: summary.cases, limit: failAbove.text))
    }
  }

  private func replay(
    _ root: RootReader, _ candidate: CompiledRulebook, since: Instant?
  ) throws -> ReplaySummary {
    let rulebooks = StoredRulebooks(root)
    let end = try root.ask { (ledger) throws(LedgerError) in try ledger.lastEventTime() }
    var summary = ReplaySummary(candidate: candidate.rulebook)
    let total = try root.ask { (ledger) throws(LedgerError) in
      try ledger.count(CaseQuery(takenSince: since))
    }
    let progress = ProgressLine()
    defer { progress.end() }
    var (cursor, looked): (Int64, Int) = (0, 0)
    progress.show(.replayProgress(0, of: total))
    while let end {
      let last = cursor
      let cases = try root.ask { (ledger) throws(LedgerError) in
        try ledger.cases(.takenSince(since), after: last, kinds: RecordedCase.kinds, limit: Self.batch)
      }
      guard let next = cases.last?.number else { break }
      cursor = next
      summary.erased += cases.count(where: \.isErased)
      let recorded = try decode(cases.filter { !$0.isErased })
      let present = try rulebooks.all(for: recorded)
      let differences = ParallelMap.run(recorded, prepare: { candidate.text.makeScratch() }) { one, scratch in
        let rules = present[one.taken.decision.rulebook] ?? root.rules
        return CaseReplay(present: rules, candidate: candidate, end: end).run(one, scratch: scratch)
      }
      progress.end()
      for difference in differences {
        summary.add(difference)
        if listsCases, difference.isChanged { try show(difference, root) }
      }
      looked += cases.count
      progress.show(.replayProgress(looked, of: total))
    }
    return summary
  }

  private func decode(_ cases: [StoredCase]) throws -> [RecordedCase] {
    let results = ParallelMap.run(cases, prepare: {}) { stored, _ -> Result<RecordedCase?, LedgerError> in
      Result { () throws(LedgerError) in RecordedCase(id: stored.id, events: try stored.decoded()) }
    }
    return try results.compactMap { result in
      switch result {
      case .success(let recorded): return recorded
      case .failure(let error): throw Failure(error)
      }
    }
  }

  private func show(_ difference: CaseDifference, _ root: RootReader) throws {
    switch output.format {
    case .json: print(try JSONLine.encode(CaseDifferenceReport(difference, zone: root.zone)))
    case .text: print(ReplayText.line(difference, root.rulebook))
    }
  }
}

/// The rulebooks that decided the ledger's cases, each loaded once.
private final class StoredRulebooks {
  private let root: RootReader
  private var loaded: [String: CompiledRulebook]

  init(_ root: RootReader) {
    self.root = root
    loaded = [root.rulebook.digest: root.rules]
  }

  /// By digest. In the place of a rulebook whose text is gone or damaged stands the one in force.
  func all(for cases: [RecordedCase]) throws -> [String: CompiledRulebook] {
    for digest in Set(cases.map(\.taken.decision.rulebook)) where loaded[digest] == nil {
      let source = try root.ask { (ledger) throws(LedgerError) in try ledger.rulebook(digest: digest) }
      loaded[digest] = source.flatMap { RulebookLoader.load(canonical: $0)?.rulebook } ?? root.rules
    }
    return loaded
  }
}
