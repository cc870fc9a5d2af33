import ArgumentParser
import TriageCore
import TriageDaemon
import TriageLedger

extension LedgerCommand {
  /// `triaged ledger rebuild`: the ledger made anew from its events.
  struct Rebuild: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rebuild", abstract: Message.helpRebuild.localised,
      discussion: JSONOutput.ledgerRebuild.localised)
    @OptionGroup var places: PlaceOptions
    @OptionGroup var output: FormatOption

    private struct Report: Encodable {
      var cases: Int
      var events: Int64
      var erased: Int
      var enclosures: Int
      var sketches: Int
      var droppedRulebooks: [String]
      var droppedEffects: [String]
      var kept: String
      var verify: VerifyJSON
    }

    func run() throws {
      let configuration = try places.configuration()
      let truth = LedgerTruth(root: configuration.root)
      if let loss = RootLedger.trouble(RootLayout(root: configuration.root)) { throw Failure(.lost(loss)) }
      let outcome: LedgerRebuild.Outcome
      do throws(Daemon.StartFailure) {
        outcome = try truth.rebuild(rules: configuration.rules, at: places.now)
      } catch {
        throw RunCommand.failure(error)
      }
      switch output.format {
      case .json:
        print(
          try JSONLine.encode(
            Report(
              cases: outcome.cases, events: outcome.events, erased: outcome.erased,
              enclosures: outcome.enclosures, sketches: outcome.sketches,
              droppedRulebooks: outcome.rulebooks, droppedEffects: outcome.effects, kept: outcome.kept,
              verify: VerifyJSON(outcome.report))))
      case .text: for line in Self.lines(outcome) { print(line.localised) }
      }
      if !outcome.report.isIntact { throw ExitCode(ExitStatus.no) }
    }

    private static func lines(_ outcome: LedgerRebuild.Outcome) -> [Message] {
      let tookOver = Message.rebuildTookOver(
        erased: outcome.erased, enclosures: outcome.enclosures, sketches: outcome.sketches)
      return outcome.report.faults.map(\.message)
        + outcome.rulebooks.map(Message.rebuildDroppedRulebook)
        + outcome.effects.map(Message.rebuildDroppedEffect)
        + (tookOver.map { [$0] } ?? [])
        + [.rebuildDone(cases: outcome.cases, events: outcome.events, kept: outcome.kept)]
    }
  }
}
