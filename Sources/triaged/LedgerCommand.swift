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
      let layout = RootLayout(root: try places.configuration().root)
      let (past, report) = try asking { () throws(LedgerError) in
        (
          try RootLedger.open(layout).ledgerEvents(), try LedgerTruth(root: layout.root).verify()
        )
      }
      let loss = RootLedger.trouble(layout).map { LedgerError.lost($0).message.localised }
      switch output.format {
      case .json: print(try JSONLine.encode(VerifyJSON(report, loss: loss)))
      case .text:
        for event in past { print(event.message.localised) }
        print(VerifyText(report).text)
        if let loss { print(loss) }
      }
      if !report.isIntact || loss != nil { throw ExitCode(ExitStatus.no) }
    }
  }

  struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "backup", abstract: Message.helpBackup.localised)
    @Argument(help: ArgumentHelp(Message.argumentDirectory.localised)) var directory: String
    @OptionGroup var places: PlaceOptions

    func run() throws {
      let layout = RootLayout(root: try places.configuration().root)
      let now = places.now
      let directory = directory
      let manifest = try asking { () throws(LedgerError) in
        try RootLedger.open(layout).backup(to: directory, at: now)
      }
      print(Message.backupDone(directory, events: Int(manifest.events), files: manifest.files).localised)
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: Message.helpRestore.localised)
    @Argument(help: ArgumentHelp(Message.argumentDirectory.localised)) var directory: String
    @Flag(help: ArgumentHelp(Message.optionRestoreOriginals.localised))
    var originals = false
    @OptionGroup var places: PlaceOptions

    func run() throws {
      let layout = RootLayout(root: try places.configuration().root)
      let (directory, now) = (directory, places.now)
      if originals {
        let (copied, missing) = try asking { () throws(LedgerError) in
          try LedgerRestore.restoreOriginals(from: directory, to: layout.state)
        }
        print(Message.originalsRestored(copied, missing: missing).localised)
        if missing > 0 { throw ExitCode(ExitStatus.no) }
        return
      }
      _ = try asking { () throws(LedgerError) in
        try LedgerRestore.restore(from: directory, to: layout.state, at: now)
      }
      print(Message.restoreDone(layout.root).localised)
      if case .behind? = RootLedger.trouble(layout) {
        print(Message.restoreThenAfter.localised)
      }
    }
  }
}

func asking<T>(_ question: () throws(LedgerError) -> T) throws -> T {
  do throws(LedgerError) {
    return try question()
  } catch {
    throw Failure(error)
  }
}

extension StoredLedgerEvent {
  /// In the words of `ledger verify`.
  fileprivate var message: Message {
    let time = at.iso8601(in: .utc)
    return switch event {
    case .restored(let restored):
      .ledgerRestored(at: time, backup: restored.backupAt.iso8601(in: .utc), events: restored.events)
    case .wentOnAfterRestore(let went): .ledgerWentOn(at: time, cases: went.cases, items: went.items)
    case .queueMade(let id): .ledgerMadeAnew(at: time, name: "queues/\(id)")
    case .placeMade(let name): .ledgerMadeAnew(at: time, name: name)
    case .originalsLost(_, let count): .ledgerOriginalsLost(at: time, count: count)
    }
  }
}
