import ArgumentParser
import TriageCore
import TriageDaemon
import TriageLedger
import TriageRules

/// `triaged fsck`: folders against ledger; `--repair` mends what can be mended without loss.
struct FsckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fsck", abstract: Message.helpFsck.localised,
    discussion: JSONOutput.fsck.localised)

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
  @Option(help: ArgumentHelp(Message.optionAtFsck.localised, valueName: "time"))
  var at: String?
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  private struct Report: Encodable {
    var department: String
    var subject: String
    var what: String
    /// It was so, and `--repair` put it right.
    var mended: Bool
  }

  /// What a repair came to.
  private struct Mended {
    /// How much in the ledger.
    var ledger: Int
    var queues: [QueueMend]
    /// What is found after it.
    var left: [FolderCheck.Finding]
    /// Whether the round was ended by a signal, or by the ledger, or left something in queues that it could not use.
    var isIncomplete: Bool
  }

  func run() throws {
    let configuration = try places.configuration(wantsRules: repair)
    let word = try word()
    let clock = try clock(configuration)
    let mended = repair ? try mend(configuration, word, clock) : nil
    // A ledger that is not the root's is said before anything is read from it.
    let findings = try mended?.left ?? check(configuration.root, clock)
    let ledger = try LedgerFindings(root: configuration.root)
    for mend in mended?.queues ?? [] { try show(mend.department, mend.subject, mend.what, mended: true) }
    for finding in findings {
      try show(finding.department, finding.shown.localised, finding.what, mended: false)
    }
    try ledger.show(output.format)
    let disagreements = findings.count(where: \.what.isDisagreement) + ledger.count
    if output.format == .text {
      if let mended { print(Message.fsckMended(mended.ledger + mended.queues.count).localised) }
      let notes = findings.count { !$0.what.isDisagreement }
      print(Message.fsckSummary(disagreements, notes: notes).localised)
    }
    if mended?.isIncomplete ?? false || disagreements > 0 { throw ExitCode(ExitStatus.no) }
  }

  /// By what time all of it is done. One that is given is read in the zone of the rulebook in force, or of the files
  /// where the ledger does not give that one out.
  private func clock(_ configuration: Configuration) throws -> Clock {
    guard let at else { return Clock() }
    let zone =
      try (try? RootReader(places))?.zone
      ?? Rules.load(try Rules.directory(configuration)).rulebook.calendar.zone
    guard let start = Instant(lenient: at, zone: zone) else {
      throw Failure(.usageBadTime(at), status: ExitStatus.usage)
    }
    return Clock(startingAt: start)
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

  private func show(
    _ department: DepartmentID, _ subject: String, _ what: FolderCheck.Finding.What, mended: Bool
  ) throws {
    switch output.format {
    case .json:
      let report = Report(
        department: department.rawValue, subject: subject, what: what.rawValue, mended: mended)
      print(try JSONLine.encode(report))
    case .text:
      let words = [Message.folderFinding(what.rawValue)] + (mended ? [.folderMend(what.rawValue)] : [])
      print("\(department): \(subject): \(words.map(\.localised).joined(separator: " → "))")
    }
  }

  private func check(_ root: String, _ clock: Clock) throws -> [FolderCheck.Finding] {
    try ask(root) { (ledger) throws(LedgerError) in
      try FolderCheck(root: root, ledger: ledger, now: clock.now()).run()
    }
  }

  private func ask<T>(_ root: String, _ question: (LedgerReader) throws(LedgerError) -> T) throws -> T {
    do throws(LedgerError) {
      return try question(try RootLedger.open(RootLayout(root: root)).ledger)
    } catch {
      throw Failure(error)
    }
  }

  /// The ledger first, since folders are mended by it. The daemon's own code is the only one that changes folders: one
  /// round of it mends them. What it did is what was found before and is not found after.
  private func mend(
    _ configuration: Configuration, _ word: PersonsWord, _ clock: Clock
  ) throws -> Mended {
    let root = configuration.root
    if let loss = RootLedger.trouble(RootLayout(root: root), word) { throw Failure(.lost(loss)) }
    let now = clock.now()
    let mended = try starting { () throws(Daemon.StartFailure) in
      try LedgerTruth(root: configuration.root).mend(rules: configuration.rules, at: now)
    }
    try LedgerFindings.show(mended: mended, output.format)
    // A ledger of an older version is read only when the round has brought it up to date.
    let before = (try? check(root, clock)) ?? []
    let start = try? ask(root) { (ledger) throws(LedgerError) in try ledger.lastSequence() }
    let round = try starting { () throws(Daemon.StartFailure) in
      try Daemon(configuration: configuration, word: word, clock: { _ in clock }).round(waiting: false)
    }
    let after = try check(root, clock)
    let events = try start.map { start in
      try ask(root) { (ledger) throws(LedgerError) in try ledger.mends(after: start) }
    }
    let queues = QueueMend.between(before, after, events: events ?? [])
    return Mended(
      ledger: mended.count, queues: queues, left: after,
      isIncomplete: round.hasFailed || round.isStopped || !round.queuesLeft.isEmpty)
  }

  private func starting<T>(_ step: () throws(Daemon.StartFailure) -> T) throws -> T {
    do throws(Daemon.StartFailure) {
      return try step()
    } catch {
      throw RunCommand.failure(error)
    }
  }
}
