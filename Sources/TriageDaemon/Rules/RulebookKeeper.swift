import Glibc
import TriageCore
import TriageLedger
import TriageRules

/// Keeps the last good rulebook in force (promise 6): a bad edit is refused with its findings, the daemon goes on
/// with what it has, also after a restart, and takes the rules when they are mended.
final class RulebookKeeper {
  var directory: String
  /// The directories of the rulebooks that the one last read extends.
  private(set) var bases: [String] = []
  /// What the directory looked like before it was read at the start, and when that was, since 1970.
  private(set) var look = RulebookLook(directories: [])
  private(set) var readSince = 0
  /// Set before the first rulebook is judged.
  var places: RootPlaces?
  private let layout: RootLayout
  private let writing: RuleWriting
  private let refused: RefusedRules

  /// - Parameter settle: seconds for which rules that were changed must have been left alone, where nobody tells whether
  ///   they are still being written.
  init(directory: String, layout: RootLayout, settle: Int, _ language: Language) {
    self.directory = directory
    self.layout = layout
    writing = RuleWriting(settle: Double(settle))
    refused = RefusedRules(layout: layout, language: language)
  }

  enum Outcome {
    case inForce(CompiledRulebook, warnings: [Finding])
    /// The files have errors; the rulebook is the last good one, nil when there never was one or another is in force.
    /// `upgrade` says so where the program's version has changed since rules were last accepted.
    case refused([Finding], upgrade: Message?, lastGood: CompiledRulebook?)
  }

  /// Patterns are compiled once, not at every start.
  var patterns: PatternFile { PatternFile(directory: layout.patterns) }

  /// Reads the rules at the start: the files, else what was last in force. A file that is still being written is waited
  /// for, but not for ever; then what was last in force stays, and the files are read when they are whole.
  func start(with ledger: Ledger, now: Instant, _ journal: Journal) throws(LedgerError) -> Outcome {
    let (loaded, written) = readWhole(now, journal)
    if let written {
      if let lastGood = try lastGood(ledger) {
        journal.warning(.rulesLeftWritten(written))
        look = RulebookLook(directories: [])
        return .inForce(lastGood, warnings: [])
      }
      journal.warning(.rulesReadWritten(written))
    }
    let outcome = try judge(loaded, ledger)
    guard case .refused(let findings, let upgrade, _) = outcome else { return outcome }
    return .refused(findings, upgrade: upgrade, lastGood: try lastGood(ledger))
  }

  /// - Returns: what was read, and the file that somebody was still writing when the patience was over.
  private func readWhole(_ now: Instant, _ journal: Journal) -> (LoadResult, written: String?) {
    let end = Clock.monotonic() + Double(Limits.rulesWaitFor)
    var isSaid = false
    while true {
      if let file = writing.file(in: [directory] + bases), Clock.monotonic() < end {
        if !isSaid { journal.notice(.rulesStillWritten(file, seconds: Limits.rulesWaitFor)) }
        isSaid = true
        usleep(100_000)
        continue
      }
      readSince = time(nil)
      look = RulebookLook(directories: [directory])
      let loaded = RulebookLoader.load(directory: directory, today: day(of: now), patterns: patterns)
      bases = loaded.bases
      // Somebody may have begun meanwhile, or be at work in a base that was not known before.
      guard let file = writing.file(in: [directory] + bases) else { return (loaded, nil) }
      if Clock.monotonic() >= end { return (loaded, file) }
    }
  }

  /// The rulebook that was last in force, as the ledger has it.
  private func lastGood(_ ledger: Ledger) throws(LedgerError) -> CompiledRulebook? {
    let source = try RulebookInForce.digest(in: layout.state).flatMap { (digest) throws(LedgerError) in
      try ledger.read.rulebook(digest: digest)
    }
    return source.flatMap { RulebookLoader.load(canonical: $0, patterns: patterns)?.rulebook }
  }

  /// What a reading brought: rules that can be in force from now on, or what is wrong with them.
  func judge(_ result: LoadResult, _ ledger: Ledger) throws(LedgerError) -> Outcome {
    bases = result.bases
    let errors = result.findings.filter { $0.severity == .error }
    let reportsAreThere = places?.isThere(.reports) ?? false
    guard let rules = result.rulebook, errors.isEmpty else {
      let upgrade = try upgrade(refusing: result.digest, ledger)
      refused.write(errors, upgrade: upgrade, beside: directory, reportsAreThere: reportsAreThere)
      return .refused(errors, upgrade: upgrade, lastGood: nil)
    }
    refused.remove(beside: directory, reportsAreThere: reportsAreThere)
    try ledger.remember(rulebook: rules.rulebook.digest, source: rules.sources)
    RulebookInForce.note(rules.rulebook.digest, in: layout.state)
    return .inForce(rules, warnings: result.findings)
  }

  /// What the administrator must know who changed nothing, or little, and finds her rules refused: the program is
  /// another one than that which accepted them.
  private func upgrade(refusing digest: String, _ ledger: Ledger) throws(LedgerError) -> Message? {
    guard let inForce = RulebookInForce.digest(in: layout.state) else { return nil }
    let version = RulebookInForce.version(in: layout.state)
    if version == ProgramVersion.current { return nil }
    let accepted = try ledger.read.rulebook(digest: digest)
    if digest == inForce || accepted != nil {
      return .rulesAcceptedBefore(version: version, now: ProgramVersion.current)
    }
    return .rulesOfOtherVersion(version: version, now: ProgramVersion.current)
  }

  /// The day for what depends on it; the rulebook's zone is not known before the rules are.
  func day(of now: Instant) -> CivilDate { Zone.utc.civil(at: now).date }
}

/// `state/rulebook`: the digest of the rulebook that was last in force, and on a second line the version of the program
/// that took it; its text is in the ledger.
public enum RulebookInForce {
  private static func path(_ state: String) -> String { Ledger.rulebookInForce(in: state) }

  /// Nil when no rulebook has been in force yet.
  public static func digest(in state: String) -> String? {
    guard let bytes = FileBytes.read(path: path(state), limit: 256) else { return nil }
    let digest = bytes.prefix { $0 > 0x20 }
    return digest.isEmpty ? nil : String(decoding: digest, as: UTF8.self)
  }

  /// Nil: a version that did not note it.
  static func version(in state: String) -> String? {
    guard let bytes = FileBytes.read(path: path(state), limit: 256) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return lines.count > 1 ? String(lines[1]) : nil
  }

  /// By rename, so that there is always a whole digest; lost in a power cut it is the one before.
  static func note(_ digest: String, in state: String) {
    let temporary = path(state) + ".tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard descriptor >= 0 else { return }
    let bytes = Array("\(digest)\n\(ProgramVersion.current)\n".utf8)
    let written = write(descriptor, bytes, bytes.count)
    let synced = fsync(descriptor)
    close(descriptor)
    if written == bytes.count, synced == 0 { rename(temporary, path(state)) }
  }
}
