import Glibc
public import TriageCore
import TriageLedger

/// A file or folder that lies in `set-aside/` now.
public struct SetAsideEntry: Sendable, Equatable {
  /// Its name there.
  public let name: String
  /// Its name could not be kept as it was.
  public let renamed: Bool
}

/// Why an entry could not be set aside; it stays in the inbox.
public enum SetAsideFailure: Error, Sendable, Equatable {
  /// Another file bears the name by now, or it is gone: the next scan sees what is there.
  case changed
  /// `set-aside/` is not there, or is not the folder that the ledger knows: its share is gone.
  case away
  case diskFull
  /// `set-aside/` takes nothing: errno(3) and the call.
  case closed(call: String, code: Int32)
  /// The entry cannot be moved, and will not be until it changes: errno(3) and the call.
  case immovable(call: String, code: Int32)

  /// What the folder of what is set aside refused.
  fileprivate init(ofFolder failure: FileFailure) {
    self = failure.takesNothing ? .diskFull : .closed(call: failure.call, code: failure.code)
  }

  /// What was refused once the folder had taken the reason: that of the disk, or of the entry.
  fileprivate init(ofEntry failure: FileFailure) {
    switch SystemFault(failure.code) {
    case .ioError, .diskFull, .quotaReached, .readOnly: self.init(ofFolder: failure)
    case let fault where fault.isShortage: self.init(ofFolder: failure)
    default:
      self =
        [ENOENT, ESTALE].contains(failure.code)
        ? .changed : .immovable(call: failure.call, code: failure.code)
    }
  }
}

/// Moves what cannot be taken in out of the inbox, with its reason beside it. Never deletes, never overwrites,
/// never opens what it moves unless it must be copied to another file system.
///
/// The reason file is durable before the entry moves: a crash between the two leaves a reason that the next attempt
/// writes anew, and never an entry without one. An entry counts as moved when both folders are on the disk.
public struct SetAside: Sendable {
  private let path: String
  private let language: Language
  private let zone: Zone
  private let marker: String?

  /// - Parameter marker: of the folder, where it has to have one.
  public init(directory: String, language: Language, zone: Zone, marker: String? = nil) {
    path = directory
    self.language = language
    self.zone = zone
    self.marker = marker
  }

  /// Opened anew each time, and known by its marker: a share may go away at any moment.
  private func open() throws(SetAsideFailure) -> OpenFolder {
    do throws(FileFailure) {
      let folder = try OpenFolder(path: path)
      guard let marker else { return folder }
      if try QueueMarker.read(in: folder)?.id == marker { return folder }
    } catch {
      if !error.isOfAbsence { throw SetAsideFailure(ofFolder: error) }
    }
    throw .away
  }

  /// Sets a whole entry aside.
  /// - Parameter sha256: of its bytes, where they were read.
  @discardableResult
  public func move(
    _ candidate: InboxCandidate, because refusals: [RefusedPart], sha256: String? = nil, at instant: Instant
  ) throws(SetAsideFailure) -> SetAsideEntry {
    let target = try open()
    let wanted = SafeName.of(candidate.name)
    for number in 1...9_999 {
      let name = SafeName.numbered(wanted, number)
      do throws(FileFailure) {
        if try target.stamp(of: name) != nil { continue }
        let reason = SetAsideReason(
          file: name.shown, original: candidate.shownPath, refusals: refusals, isRest: false, sha256: sha256,
          time: instant, size: candidate.file.size)
        try write(reason, beside: name, in: target)
      } catch {
        throw SetAsideFailure(ofFolder: error)
      }
      // Taken in the meantime: the next number.
      if try transfer(candidate, to: name, in: target) {
        return SetAsideEntry(name: name.shown, renamed: name != candidate.name)
      }
    }
    throw .closed(call: "renameat2", code: EEXIST)
  }

  /// Writes the refused rows of a table or list as a file of their own, durably. The name depends on the content alone, so
  /// that a second attempt after a crash finds it done.
  /// - Parameter sha256: of the whole original, whose good rows were taken.
  @discardableResult
  public func write(
    _ rows: RefusedRows, of candidate: InboxCandidate, sha256: String, at instant: Instant
  ) throws(SetAsideFailure) -> SetAsideEntry {
    let target = try open()
    do throws(FileFailure) {
      let name = SafeName.rows(of: candidate.name, sha256: sha256, ending: rows.fileExtension)
      if try target.stamp(of: name) == nil {
        let reason = SetAsideReason(
          file: name.shown, original: candidate.shownPath,
          refusals: rows.rows.map { RefusedPart(row: $0.number, refusal: $0.refusal) }, isRest: true,
          sha256: sha256, time: instant, size: candidate.file.size)
        try write(reason, beside: name, in: target)
        try publish(rows.bytes(language), as: name, in: target)
      }
      try target.sync()
      return SetAsideEntry(name: name.shown, renamed: true)
    } catch {
      throw SetAsideFailure(ofFolder: error)
    }
  }

  /// Removes temporary files of a daemon that was killed: only one daemon runs on a root, so they are nobody's, and
  /// what they held is written anew.
  func sweep() {
    guard let target = try? OpenFolder(path: path), let names = try? target.names() else { return }
    for name in names where TemporaryName.isOurs(name) { try? target.remove(name) }
  }

  private func write(_ reason: SetAsideReason, beside name: EntryName, in target: OpenFolder)
    throws(FileFailure)
  {
    try publish(
      Array(reason.yaml(language, zone: zone).utf8), as: EntryName(bytes: name.bytes + SafeName.reasonEnding),
      in: target)
  }

  /// Whole or not at all: a temporary file, fsynced, takes the name.
  private func publish(_ bytes: [UInt8], as name: EntryName, in target: OpenFolder) throws(FileFailure) {
    let temporary = TemporaryName.next()
    try target.write(bytes, as: temporary, mode: 0o640, durable: true)
    do throws(FileFailure) {
      try target.replace(temporary, as: name)
      try target.sync()
    } catch {
      try? target.remove(temporary)
      throw error
    }
  }

  /// Moves the entry itself. False when the name was taken meanwhile.
  private func transfer(
    _ candidate: InboxCandidate, to name: EntryName, in target: OpenFolder
  ) throws(SetAsideFailure) -> Bool {
    guard let now = InboxEntry(candidate.name, in: candidate.folder),
      now.stamp.isSameFile(as: candidate.entry.stamp), now.kind == candidate.entry.kind
    else { throw .changed }
    do throws(FileFailure) {
      do throws(FileFailure) {
        try candidate.folder.move(candidate.name, to: target, as: name)
      } catch {
        guard error.code == EXDEV else { throw error }
        try EntryCopy.move(candidate.name, now, from: candidate.folder, to: name, in: target)
      }
      // Target first: whatever a power cut undoes, the entry is in one of the two.
      try target.sync()
      try candidate.folder.sync()
      return true
    } catch {
      if error.code == EEXIST { return false }
      throw SetAsideFailure(ofEntry: error)
    }
  }
}
