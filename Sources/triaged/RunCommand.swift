import ArgumentParser
import Glibc
import TriageCore
import TriageDaemon
import TriageLedger

/// `triaged run`: the daemon; `--once` takes in all that is there, performs what is due, and exits.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "run", abstract: Message.helpRun.localised)

  @OptionGroup var places: PlaceOptions
  @Flag(help: ArgumentHelp(Message.optionOnce.localised))
  var once = false
  @Option(help: ArgumentHelp(Message.optionAtRun.localised, valueName: "time"))
  var at: String?

  func run() throws {
    // Whether it is a time at all does not depend on the zone, which is the rulebook's.
    let badTime = at.flatMap { Instant(lenient: $0, zone: .utc) == nil ? Message.usageBadTime($0) : nil }
    let configuration = try places.configuration(wantsRules: true, alsoWrong: badTime.map { [$0] } ?? [])
    let status: Int32
    do throws(Daemon.StartFailure) { status = try work(configuration) } catch {
      throw Self.failure(error, at: at)
    }
    if status != 0 { Glibc.exit(status) }
  }

  /// The daemon is gone when this returns, and its ledger is closed: all of it is in one file.
  private func work(_ configuration: Configuration) throws(Daemon.StartFailure) -> Int32 {
    let daemon = try Daemon(configuration: configuration) { zone in
      guard let at else { return Clock() }
      return Instant(lenient: at, zone: zone).map(Clock.init(startingAt:))
    }
    return daemon.run(once: once)
  }

  static func failure(_ error: Daemon.StartFailure, at: String? = nil) -> Failure {
    switch error {
    case .usage(let message): Failure(message, status: ExitStatus.usage)
    case .badTime: Failure(.usageBadTime(at ?? ""), status: ExitStatus.usage)
    case .held(let pid): Failure(.rootHeld(pid: pid), status: ExitStatus.held)
    case .lacking(let message): Failure(message, status: ExitStatus.no)
    case .unusable(let message): Failure(message, status: ExitStatus.configuration)
    case .ledger(let error):
      Failure(error.message, status: error.wantsPerson ? ExitStatus.configuration : ExitStatus.no)
    }
  }
}
