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
    let disagreements = findings.count(where: \.what.isDisagreement)
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

  /// The daemon's own code is the only one that changes folders: one round of it mends them.
  private func mend(_ configuration: Configuration) throws {
    do throws(Daemon.StartFailure) {
      let status = try Daemon(configuration: configuration, clock: { _ in Clock() }).run(once: true)
      if status != 0 { Glibc.exit(status) }
    } catch {
      throw RunCommand.failure(error)
    }
  }
}
