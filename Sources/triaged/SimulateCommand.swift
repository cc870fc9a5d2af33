import ArgumentParser
import Foundation
import TriageCore
import TriageDaemon
import TriageLedger
import TriageRules

/// `triaged simulate SCENARIO`: months of a centre's life in virtual time, on a temporary root.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: Message.helpSimulate.localised,
    discussion: JSONOutput.simulate.localised)

  @Argument(help: ArgumentHelp(Message.argumentScenario.localised), completion: .file())
  var scenario: String
  @Option(help: ArgumentHelp(Message.optionSimulateRoot.localised, valueName: "dir"), completion: .directory)
  var root: String?
  @Flag(help: ArgumentHelp(Message.optionKeep.localised))
  var keep = false
  @OptionGroup var output: FormatOption

  func run() throws {
    let loaded = ScenarioLoader.load(file: scenario)
    for finding in loaded.findings where finding.severity == .error {
      StandardError.write(finding.render(language: UserLanguage.current, colour: false))
    }
    guard let scenario = loaded.scenario, let rules = loaded.rulebook else {
      throw Failure(.scenarioUnusable(errors: loaded.findings.count { $0.severity == .error }))
    }
    let place = try SimulationRoot(given: root, keep: keep)
    defer { place.leave() }
    let report = try simulate(scenario, rules.rulebook, in: place)
    switch output.format {
    case .json: print(try JSONLine.encode(report))
    case .text: print(report.text)
    }
    if !report.isClean {
      place.keep = true
      throw ExitCode(ExitStatus.no)
    }
  }

  private func simulate(
    _ scenario: Scenario, _ rulebook: Rulebook, in place: SimulationRoot
  ) throws -> SimulationReport {
    let simulation = Simulation(scenario, rulebook, root: place.path, language: UserLanguage.current)
    let progress = ProgressLine()
    let days = scenario.days
    do throws(Simulation.Failure) {
      try simulation.run { day in
        let part = (day - days.lowerBound) * 100 / (days.upperBound - days.lowerBound + 1)
        progress.show(.simulationProgress(day.description, percent: part, cases: simulation.tally.sent))
      }
      progress.end()
    } catch {
      progress.end()
      switch error {
      case .start(let failure): throw RunCommand.failure(failure)
      case .ledger(let failure): throw Failure(failure.message)
      case .file(let reason): throw Failure(.simulationFailed(reason))
      case .stopped: throw ExitCode(ExitStatus.interrupted)
      }
    }
    do throws(LedgerError) {
      return try SimulationReport(scenario, simulation, root: place.path)
    } catch {
      throw Failure(error.message)
    }
  }
}

/// The directory that a simulation runs in: a given one, which stays, or one in memory that goes.
private final class SimulationRoot {
  let path: String
  var keep: Bool

  init(given: String?, keep: Bool) throws {
    self.keep = keep || given != nil
    if let given {
      let there = (try? FileManager.default.contentsOfDirectory(atPath: given)) ?? []
      guard there.isEmpty else { throw Failure(.simulationRootExists(given), status: ExitStatus.usage) }
      do {
        try FileManager.default.createDirectory(atPath: given, withIntermediateDirectories: true)
      } catch {
        throw Failure(.rootUnusable(given, SystemFault(error)))
      }
      path = URL(fileURLWithPath: given).resolvingSymlinksInPath().path
    } else {
      var template = Array("\(Self.temporary)/triaged-simulate-XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else {
        throw Failure(.rootUnusable(Self.temporary, SystemFault(errno)))
      }
      let made = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      path = URL(fileURLWithPath: made).resolvingSymlinksInPath().path
    }
  }

  /// Removes what nobody wants; says where the rest is.
  func leave() {
    if keep {
      StandardError.write(Message.simulationKept(path).localised)
    } else {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// Bytes that a year of a centre easily takes.
  private static let room: UInt64 = 2 << 30

  /// `TMPDIR`; without it memory, where there is room, since nothing here need outlive the machine.
  private static var temporary: String {
    if let given = getenv("TMPDIR").map({ String(cString: $0) }), !given.isEmpty { return given }
    var status = statvfs()
    if statvfs("/dev/shm", &status) == 0, access("/dev/shm", W_OK) == 0,
      UInt64(status.f_bavail) * UInt64(status.f_frsize) >= room
    {
      return "/dev/shm"
    }
    return "/tmp"
  }
}
