import Dispatch
import Glibc
import TriageCore
import TriageLedger
import TriageRules
import TriageText

/// Makes a record of one inbox file: reads, decodes, decides, encodes. One for each worker thread.
final class Preparation: @unchecked Sendable {
  // Sendable: each instance is used on its own serial queue; `rules` and `store` are immutable.
  let rules: CompiledRulebook
  private let store: OriginalStore
  private let clues: ClueFinder
  private let scratch: TextScratch
  /// Serial: the scratch serves one file at a time.
  let queue = DispatchQueue(label: "triaged.preparation")

  /// As many as there are processors to use.
  static let workers = max(1, min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 8))

  enum Outcome: Sendable {
    /// With the rows of a table that were refused, to be set aside on their own.
    case prepared(IntakeRecord, refused: [RefusedPart], rows: RefusedRows?)
    case refused([RefusedPart], sha256: String?)
    case changed
    /// Somebody has it, or a file of it, open for writing.
    case written
    case gone
    case unreadable(Int32)
  }

  /// - Parameter root: the ledger's id.
  init(_ rules: CompiledRulebook, _ store: OriginalStore, root: String) {
    self.rules = rules
    self.store = store
    clues = ClueFinder(rules, root: root)
    scratch = rules.text.makeScratch()
  }

  /// - Throws (as a result): what storing a large original or an attachment throws; nothing is recorded then.
  func prepare(_ candidate: InboxCandidate, at now: Instant) -> Result<Outcome, LedgerError> {
    do throws(LedgerError) {
      return .success(
        candidate.file.isFolder ? try folder(candidate, now) : try file(candidate, now))
    } catch {
      return .failure(error)
    }
  }

  private func file(_ candidate: InboxCandidate, _ now: Instant) throws(LedgerError) -> Outcome {
    switch InboxFileReader.read(candidate) {
    case .read(let content):
      return try decode(content, name: candidate.name, candidate, attachments: [], now)
    case .changed: return .changed
    case .written: return .written
    case .gone: return .gone
    case .unreadable(let code): return .unreadable(code)
    case .refused(let refusal): return .refused([RefusedPart(refusal: refusal)], sha256: nil)
    }
  }

  private func folder(_ candidate: InboxCandidate, _ now: Instant) throws(LedgerError) -> Outcome {
    switch try CaseFolder.read(candidate, storingIn: store) {
    case .read(let folder):
      let name = EntryName(folder.caseFileName)
      return try decode(folder.caseFile, name: name, candidate, attachments: folder.attachments, now)
    case .changed: return .changed
    case .written: return .written
    case .gone: return .gone
    case .unreadable(let code): return .unreadable(code)
    case .refused(let refusal): return .refused([RefusedPart(refusal: refusal)], sha256: nil)
    }
  }

  private func decode(
    _ content: InboxContentRead, name: EntryName, _ candidate: InboxCandidate,
    attachments: [IntakeRecord.Attachment], _ now: Instant
  ) throws(LedgerError) -> Outcome {
    let rulebook = rules.rulebook
    let context = IntakeContext(
      channel: candidate.channel, zone: rulebook.calendar.zone, now: now, fields: rulebook.fields)
    let result = CaseDecoder.decode(content.bytes, fileName: name, context: context)
    guard !result.cases.isEmpty else { return .refused(result.refused, sha256: content.sha256) }
    if candidate.file.isFolder, result.cases.count > 1 {
      return .refused(
        [RefusedPart(refusal: .folderHoldsManyRows(result.cases.count))], sha256: content.sha256)
    }
    var enclosed = attachments
    for file in result.attachments {
      enclosed.append(IntakeRecord.Attachment(name: file.name, original: try store.store(file.bytes)))
    }
    var cases: [PreparedCase] = []
    for decoded in result.cases { cases.append(try prepare(decoded, content.sha256, enclosed, now)) }
    let record = IntakeRecord(
      inbox: candidate.file, original: try original(content), attachments: enclosed, cases: cases)
    return .prepared(record, refused: result.refused, rows: result.refusedRows)
  }

  /// Large originals lie in `state/files`, durable before the transaction that names them.
  private func original(_ content: InboxContentRead) throws(LedgerError) -> Original {
    if content.bytes.count > Limits.inlineOriginalBytes { return try store.store(content.bytes) }
    return Original(sha256: content.sha256, size: content.bytes.count, bytes: content.bytes)
  }

  private func prepare(
    _ decoded: DecodedCase, _ sha256: String, _ enclosed: [IntakeRecord.Attachment], _ now: Instant
  ) throws(LedgerError) -> PreparedCase {
    var input = decoded.input
    if rules.rulebook.channels[input.channel] == nil, input.channel != "direct" {
      input.notes.append(.undeclaredChannel(input.channel.rawValue))
    }
    // Whether it has a history is known to the transaction that records it, which then decides it again.
    let history = CaseHistory()
    let decision = rules.decide(input, at: now, history: history, scratch: scratch)
    var taken = Lifecycle.take(
      input, decision: decision, history: history, at: now, original: sha256, row: decoded.row,
      under: rules.rulebook)
    taken.enclosures = enclosed.map {
      CaseEvent.Enclosure(name: $0.name, sha256: $0.original.sha256, size: $0.original.size)
    }
    return PreparedCase(
      taken: taken, body: try Ledger.encode(.taken(taken)),
      clues: clues.clues(of: taken, formerTexts: decoded.formerTexts, scratch: scratch))
  }
}
