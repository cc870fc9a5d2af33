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
      commandName: "verify", abstract: Message.helpVerify.localised,
      discussion: JSONOutput.ledgerVerify.localised)
    @OptionGroup var places: PlaceOptions
    @OptionGroup var output: FormatOption

    func run() throws {
      let layout = RootLayout(root: try places.configuration().root)
      let (found, past, report) = try asking { () throws(LedgerError) in
        let (ledger, loss) = try RootLedger.open(layout, acceptingOlderSchema: true)
        return (loss, try ledger.ledgerEvents(), try LedgerTruth(root: layout.root).verify())
      }
      let loss = found.map { LedgerError.lost($0).message.localised }
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
      commandName: "backup", abstract: Message.helpBackup.localised,
      discussion: JSONOutput.ledgerBackup.localised)
    @Argument(help: ArgumentHelp(Message.argumentDirectory.localised), completion: .directory)
    var directory: String
    @OptionGroup var places: PlaceOptions
    @OptionGroup var output: FormatOption

    private struct Report: Encodable {
      var directory: String
      var events: Int64
      var head: String
      var files: Int
    }

    func run() throws {
      let layout = RootLayout(root: try places.configuration().root)
      let now = places.now
      let directory = directory
      guard !directory.isEmpty else { throw Failure(.backupNameMissing, status: ExitStatus.usage) }
      guard !layout.holds(directory) else {
        throw Failure(.backupInsideRoot(directory, root: layout.root), status: ExitStatus.usage)
      }
      let manifest = try asking { () throws(LedgerError) in
        try RootLedger.open(layout).ledger.backup(to: directory, at: now)
      }
      switch output.format {
      case .json:
        let report = Report(
          directory: directory, events: manifest.events, head: manifest.head, files: manifest.files)
        print(try JSONLine.encode(report))
      case .text:
        print(Message.backupDone(directory, events: Int(manifest.events), files: manifest.files).localised)
      }
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: Message.helpRestore.localised,
      discussion: JSONOutput.ledgerRestore.localised)
    @Argument(help: ArgumentHelp(Message.argumentDirectory.localised), completion: .directory)
    var directory: String
    @Flag(help: ArgumentHelp(Message.optionRestoreOriginals.localised))
    var originals = false
    @OptionGroup var places: PlaceOptions
    @OptionGroup var output: FormatOption

    private struct Report: Encodable {
      var root: String
      var events: Int64
      var head: String
      var files: Int
    }

    func run() throws {
      let layout = RootLayout(root: try places.configuration().root)
      let (directory, now) = (directory, places.now)
      if originals { return try restoreOriginals(from: directory, to: layout) }
      let (manifest, _) = try asking { () throws(LedgerError) in
        try LedgerRestore.restore(from: directory, to: layout.state, at: now)
      }
      switch output.format {
      case .json:
        let report = Report(
          root: layout.root, events: manifest.events, head: manifest.head, files: manifest.files)
        print(try JSONLine.encode(report))
      case .text: print(Message.restoreDone(layout.root).localised)
      }
      if case .behind? = RootLedger.trouble(layout) {
        StandardError.write(Message.restoreThenAfter.localised)
      }
    }

    private struct OriginalsReport: Encodable {
      var root: String
      var files: Int
      var missing: Int
    }

    private func restoreOriginals(from directory: String, to layout: RootLayout) throws {
      let (copied, missing) = try asking { () throws(LedgerError) in
        try LedgerRestore.restoreOriginals(from: directory, to: layout.state)
      }
      switch output.format {
      case .json:
        print(try JSONLine.encode(OriginalsReport(root: layout.root, files: copied, missing: missing)))
      case .text: print(Message.originalsRestored(copied, missing: missing).localised)
      }
      if missing > 0 { throw ExitCode(ExitStatus.no) }
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
