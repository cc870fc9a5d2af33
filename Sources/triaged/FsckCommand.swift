import ArgumentParser
import Glibc
import TriageCore
import TriageDaemon
import TriageLedger

/// `triaged fsck`: folders against ledger; `--repair` mends what can be mended without loss.
struct FsckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "fsck", abstract: Message.helpFsck.localised)

  @Flag(help: ArgumentHelp(Message.optionRepair.localised))
  var repair = false
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  private struct Report: Encodable {
    var department: String
    var subject: String
    var what: String
  }

  func run() throws {
    let configuration = try places.configuration()
    if repair { try mend(configuration) }
    let ledger = try LedgerFindings(root: configuration.root)
    let findings = try check(configuration.root)
    for finding in findings {
      switch output.format {
      case .json:
        print(
          try JSONLine.encode(
            Report(
              department: finding.department.rawValue, subject: finding.subject, what: finding.what.rawValue))
        )
      case .text:
        print(
          "\(finding.department): \(finding.subject): \(Message.folderFinding(finding.what.rawValue).localised)"
        )
      }
    }
    try ledger.show(output.format)
    let disagreements = findings.count(where: \.what.isDisagreement) + ledger.count
    if output.format == .text {
      print(Message.fsckSummary(disagreements, notes: findings.count - disagreements).localised)
    }
    if disagreements > 0 { throw ExitCode(ExitStatus.no) }
  }

  private func check(_ root: String) throws -> [FolderCheck.Finding] {
    do throws(LedgerError) {
      let ledger = try LedgerReader(directory: RootLayout(root: root).state)
      return try FolderCheck(root: root, ledger: ledger, now: places.now).run()
    } catch {
      throw Failure(error.message)
    }
  }

  /// The ledger first, since folders are mended by it. The daemon's own code is the only one that changes folders: one
  /// round of it mends them.
  private func mend(_ configuration: Configuration) throws {
    let now = places.now
    let mended = try starting { () throws(Daemon.StartFailure) in
      try LedgerTruth(root: configuration.root).mend(rules: configuration.rules, at: now)
    }
    try LedgerFindings.show(mended: mended, output.format)
    let status = try starting { () throws(Daemon.StartFailure) in
      try Daemon(configuration: configuration, clock: { _ in Clock() }).run(once: true)
    }
    if status != 0 { Glibc.exit(status) }
  }

  private func starting<T>(_ step: () throws(Daemon.StartFailure) -> T) throws -> T {
    do throws(Daemon.StartFailure) {
      return try step()
    } catch {
      throw RunCommand.failure(error)
    }
  }
}
