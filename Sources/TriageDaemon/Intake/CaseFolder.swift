import Crypto
import Glibc
import TriageCore
public import TriageLedger

/// A case folder as read: the case file and the attachments, which lie in `state/files` by then.
public struct CaseFolderRead: Sendable {
  public let caseFile: InboxContentRead
  /// For telling the format of the case file.
  public let caseFileName: String
  public let attachments: [IntakeRecord.Attachment]
}

/// Takes in a folder of the inbox: one case file and attachments.
public enum CaseFolder {
  /// Which of the files states the case: the one called `case` or 案件, else the only YAML or JSON file, else the
  /// only text or mail. Every other file is an attachment.
  static func caseFile(among names: [EntryName]) -> Result<EntryName, IntakeRefusal> {
    let candidates = names.filter { !$0.isDotted && CaseFormat.allExtensions.contains($0.fileExtension) }
    let stems = ["case", "案件", "工单", "诉求"]
    let named = candidates.filter { name in
      stems.contains(String(decoding: name.lowered.prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self))
    }
    if named.count == 1 { return .success(named[0]) }
    if named.count > 1 { return .failure(.folderWithManyCases(named.map(\.shown))) }
    for extensions in [["yaml", "yml", "json", "jsonl", "ndjson"], ["eml"], ["txt", "text", "md"]] {
      let fitting = candidates.filter { extensions.contains($0.fileExtension) }
      if fitting.count == 1 { return .success(fitting[0]) }
      if fitting.count > 1 { return .failure(.folderWithManyCases(fitting.map(\.shown))) }
    }
    return .failure(.folderWithoutCase)
  }

  /// Reads the case file, and stores the attachments durably while they are hashed.
  /// - Throws: what the store throws; nothing is recorded then and the folder stays.
  public static func read(
    _ candidate: InboxCandidate, storingIn store: OriginalStore
  ) throws(LedgerError) -> InboxReading<CaseFolderRead> {
    guard case .success(let caseName) = caseFile(among: candidate.contents.map(\.name)),
      let seen = candidate.contents.first(where: { $0.name == caseName })
    else { return .refused(.folderWithoutCase) }
    let folder: OpenFolder
    do throws(FileFailure) { folder = try OpenFolder(candidate.name, in: candidate.folder) } catch {
      return error.code == ENOENT ? .gone : error.code == ELOOP ? .changed : .unreadable(error.code)
    }
    guard (try? folder.stamp())?.isUnchanged(from: candidate.entry.stamp) == true else { return .changed }
    let caseFile: InboxContentRead
    switch InboxFileReader.read(caseName, seen.stamp, in: folder) {
    case .read(let content): caseFile = content
    case .changed, .gone: return .changed
    case .written: return .written
    case .unreadable(let code): return .unreadable(code)
    case .refused(let refusal): return .refused(refusal)
    }
    var attachments: [IntakeRecord.Attachment] = []
    for content in candidate.contents where content.name != caseName {
      switch try attachment(content, in: folder, store: store) {
      case .read(let attachment): attachments.append(attachment)
      case .changed, .gone: return .changed
      case .written: return .written
      case .unreadable(let code): return .unreadable(code)
      case .refused(let refusal): return .refused(refusal)
      }
    }
    return .read(
      CaseFolderRead(caseFile: caseFile, caseFileName: caseName.shown, attachments: attachments))
  }

  private static func attachment(
    _ content: InboxContent, in folder: OpenFolder, store: OriginalStore
  ) throws(LedgerError) -> InboxReading<IntakeRecord.Attachment> {
    var failure: LedgerError?
    let name = content.name.shown
    let limit = Int64(Limits.attachmentBytes)
    let reading: InboxReading<IntakeRecord.Attachment> = InboxFileReader.opened(
      content.name, content.stamp, in: folder, limit: limit
    ) { file in
      do throws(LedgerError) {
        let original = try store.store(reading: file)
        guard original.size == content.stamp.size else { return .changed }
        return .read(IntakeRecord.Attachment(name: name, original: original))
      } catch {
        failure = error
        return .changed
      }
    }
    if let failure { throw failure }
    if case .refused(.tooLarge) = reading { return .refused(.attachmentTooLarge(name: name)) }
    return reading
  }
}
