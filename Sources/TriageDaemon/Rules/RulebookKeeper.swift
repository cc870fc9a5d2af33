import Glibc
import TriageCore
import TriageLedger
import TriageRules

/// Keeps the last good rulebook in force (promise 6): a bad edit is refused with its findings, the daemon goes on
/// with what it has, also after a restart, and takes the rules when they are mended.
struct RulebookKeeper {
  var directory: String
  private let layout: RootLayout
  private let language: Language

  init(directory: String, layout: RootLayout, language: Language) {
    self.directory = directory
    self.layout = layout
    self.language = language
  }

  enum Outcome {
    case inForce(CompiledRulebook)
    /// The files have errors; the rulebook is the last good one, nil when there never was one.
    case refused([Finding], lastGood: CompiledRulebook?)
  }

  /// Reads the rules at the start: the files, else what was last in force.
  func start(with ledger: Ledger, now: Instant) throws(LedgerError) -> Outcome {
    switch read(now) {
    case .success(let rules):
      try remember(rules, in: ledger)
      return .inForce(rules)
    case .failure(let refusal):
      let source = try RulebookInForce.digest(in: layout.state).flatMap { (digest) throws(LedgerError) in
        try ledger.read.rulebook(digest: digest)
      }
      return .refused(
        refusal.findings, lastGood: source.flatMap { RulebookLoader.load(canonical: $0)?.rulebook })
    }
  }

  /// Reads the rules anew; compiled whole before anything changes.
  func reload(_ ledger: Ledger, now: Instant) throws(LedgerError) -> Outcome {
    switch read(now) {
    case .success(let rules):
      try remember(rules, in: ledger)
      return .inForce(rules)
    case .failure(let refusal): return .refused(refusal.findings, lastGood: nil)
    }
  }

  private struct Refused: Error { var findings: [Finding] }

  private func read(_ now: Instant) -> Result<CompiledRulebook, Refused> {
    let result = RulebookLoader.load(directory: directory, today: Zone.utc.civil(at: now).date)
    let errors = result.findings.filter { $0.severity == .error }
    guard let rules = result.rulebook, errors.isEmpty else {
      writeRefused(errors)
      return .failure(Refused(findings: errors))
    }
    removeRefused()
    return .success(rules)
  }

  private func remember(_ rules: CompiledRulebook, in ledger: Ledger) throws(LedgerError) {
    try ledger.remember(rulebook: rules.rulebook.digest, source: rules.sources)
    RulebookInForce.note(rules.rulebook.digest, in: layout.state)
  }

  /// Beside the rulebook, or in `reports/` where the daemon may not write there.
  private func writeRefused(_ findings: [Finding]) {
    let head = Message.rulesRefused(errors: findings.count)[language]
    let body = findings.map { $0.render(language: language, colour: false) }.joined(separator: "\n")
    let bytes = Array("\(head)\n\n\(body)\n".utf8)
    for folder in [directory, layout.reports] {
      let path = folder + "/." + RulebookLoader.refusedName
      let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard descriptor >= 0 else { continue }
      let written = write(descriptor, bytes, bytes.count)
      close(descriptor)
      if written == bytes.count, rename(path, folder + "/" + RulebookLoader.refusedName) == 0 { return }
      unlink(path)
    }
  }

  private func removeRefused() {
    for folder in [directory, layout.reports] { unlink(folder + "/" + RulebookLoader.refusedName) }
  }
}

/// `state/rulebook`: the digest of the rulebook that was last in force; its text is in the ledger.
public enum RulebookInForce {
  private static func path(_ state: String) -> String { state + "/rulebook" }

  /// Nil when no rulebook has been in force yet.
  public static func digest(in state: String) -> String? {
    guard let bytes = FileBytes.read(path: path(state), limit: 256) else { return nil }
    let digest = bytes.prefix { $0 > 0x20 }
    return digest.isEmpty ? nil : String(decoding: digest, as: UTF8.self)
  }

  /// By rename, so that there is always a whole digest; lost in a power cut it is the one before.
  static func note(_ digest: String, in state: String) {
    let temporary = path(state) + ".tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard descriptor >= 0 else { return }
    let bytes = Array((digest + "\n").utf8)
    let written = write(descriptor, bytes, bytes.count)
    let synced = fsync(descriptor)
    close(descriptor)
    if written == bytes.count, synced == 0 { rename(temporary, path(state)) }
  }
}
