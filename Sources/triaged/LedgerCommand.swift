import ArgumentParser
import TriageCore
import TriageDaemon
import TriageLedger

/// `triaged ledger verify | backup | restore | rebuild`.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: Message.helpLedger.localised,
    subcommands: [Verify.self, Backup.self, Restore.self, Rebuild.self])

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: Message.helpVerify.localised)
    @OptionGroup var places: PlaceOptions
    @OptionGroup var output: FormatOption

    func run() throws {
      let root = try places.configuration().root
      let report = try asking { () throws(LedgerError) in try LedgerTruth(root: root).verify() }
      switch output.format {
      case .json: print(try JSONLine.encode(VerifyJSON(report)))
      case .text: print(VerifyText(report).text)
      }
      if !report.isIntact { throw ExitCode(ExitStatus.no) }
    }
  }

  struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "backup", abstract: Message.helpBackup.localised)
    @Argument(help: ArgumentHelp(Message.argumentDirectory.localised)) var directory: String
    @OptionGroup var places: PlaceOptions

    func run() throws {
      let state = RootLayout(root: try places.configuration().root).state
      let now = places.now
      let directory = directory
      let manifest = try asking { () throws(LedgerError) in
        try LedgerReader(directory: state).backup(to: directory, at: now)
      }
      print(Message.backupDone(directory, events: Int(manifest.events), files: manifest.files).localised)
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: Message.helpRestore.localised)
    @Argument(help: ArgumentHelp(Message.argumentDirectory.localised)) var directory: String
    @OptionGroup var places: PlaceOptions

    func run() throws {
      let root = try places.configuration().root
      let directory = directory
      _ = try asking { () throws(LedgerError) in
        try LedgerRestore.restore(from: directory, to: RootLayout(root: root).state)
      }
      print(Message.restoreDone(root).localised)
    }
  }
}

func asking<T>(_ question: () throws(LedgerError) -> T) throws -> T {
  do throws(LedgerError) {
    return try question()
  } catch {
    throw Failure(error.message)
  }
}
