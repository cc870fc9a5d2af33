import ArgumentParser
import TriageCore
import TriageDaemon
import TriageLedger

/// `triaged fsck`: folders against ledger; `--repair` mends what can be mended without loss.
struct FsckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "fsck", abstract: Message.helpFsck.localised)

  @Flag(help: ArgumentHelp(Message.optionRepair.localised))
  var repair = false
  @Option(
    name: .customLong("queue"), help: ArgumentHelp(Message.optionQueue.localised, valueName: "department"))
  var queues: [String] = []
  @Option(name: .customLong("folder"), help: ArgumentHelp(Message.optionFolder.localised, valueName: "name"))
  var folders: [String] = []
  @Flag(help: ArgumentHelp(Message.optionAfterRestore.localised))
  var afterRestore = false
  @Flag(help: ArgumentHelp(Message.optionQueuesLost.localised))
  var queuesLost = false
  @Flag(help: ArgumentHelp(Message.optionOriginalsLost.localised))
  var originalsLost = false
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  private struct Report: Encodable {
    var department: String
    var subject: String
    var what: String
  }

  func run() throws {
    let configuration = try places.configuration()
    let word = try word()
    let status = repair ? try mend(configuration, word) : 0
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
    if status != 0 || disagreements > 0 { throw ExitCode(ExitStatus.no) }
  }

  /// What only a person can say; it goes with a repair.
  private func word() throws -> PersonsWord {
    var word = PersonsWord()
    word.afterRestore = afterRestore
    word.originalsLost = originalsLost
    word.queuesLost = queuesLost
    word.queues = Set(queues.map { DepartmentID($0) })
    for name in folders {
      guard let place = RootPlaces.Place(rawValue: name) else {
        let known = RootPlaces.Place.allCases.map(\.rawValue)
        throw Failure(.folderUnknown(name, known: known), status: ExitStatus.usage)
      }
      word.places.insert(place)
    }
    if !repair, afterRestore || originalsLost || queuesLost || !queues.isEmpty || !folders.isEmpty {
      throw Failure(.wordNeedsRepair, status: ExitStatus.usage)
    }
    return word
  }

  private func check(_ root: String) throws -> [FolderCheck.Finding] {
    do throws(LedgerError) {
      let ledger = try RootLedger.open(RootLayout(root: root))
      return try FolderCheck(root: root, ledger: ledger, now: places.now).run()
    } catch {
      throw Failure(error)
    }
  }

  /// The ledger first, since folders are mended by it. The daemon's own code is the only one that changes folders: one
  /// round of it mends them.
  private func mend(_ configuration: Configuration, _ word: PersonsWord) throws -> Int32 {
    let layout = RootLayout(root: configuration.root)
    if let loss = RootLedger.trouble(layout, word) { throw Failure(.lost(loss)) }
    let now = places.now
    let mended = try starting { () throws(Daemon.StartFailure) in
      try LedgerTruth(root: configuration.root).mend(rules: configuration.rules, at: now)
    }
    try LedgerFindings.show(mended: mended, output.format)
    return try starting { () throws(Daemon.StartFailure) in
      try Daemon(configuration: configuration, word: word, clock: { _ in Clock() }).run(once: true)
    }
  }

  private func starting<T>(_ step: () throws(Daemon.StartFailure) -> T) throws -> T {
    do throws(Daemon.StartFailure) {
      return try step()
    } catch {
      throw RunCommand.failure(error)
    }
  }
}
