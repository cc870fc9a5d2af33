import Crypto
import Glibc
import TriageCore

/// The bytes of a case file and what is needed to name them.
public struct InboxContentRead: Sendable {
  public let bytes: [UInt8]
  /// Hex, lower case.
  public let sha256: String
}

/// What came of reading a file of the inbox.
public enum InboxReading<Content: Sendable>: Sendable {
  case read(Content)
  /// It changed since it was seen or while it was read: not complete after all, the next scan looks again.
  case changed
  /// Somebody has it open for writing by now: not complete after all.
  case written
  case gone
  /// errno(3); left where it is until it changes.
  case unreadable(Int32)
  case refused(IntakeRefusal)
}

/// Reads a file of the inbox through one descriptor: what was checked is what is read and what is hashed.
///
/// The name may be swapped for a link, a pipe or another file at any moment. It is opened without following links
/// and without waiting, must be the very file that the scan saw, and must look the same after reading as before. Whether
/// somebody writes it is asked here, by the thread that reads: after the scan many batches may pass.
public enum InboxFileReader {
  /// Reads a candidate that is a single file.
  public static func read(_ candidate: InboxCandidate) -> InboxReading<InboxContentRead> {
    read(candidate.name, candidate.entry.stamp, in: candidate.folder)
  }

  static func read(
    _ name: EntryName, _ expected: FileStamp, in folder: OpenFolder
  ) -> InboxReading<InboxContentRead> {
    opened(name, expected, in: folder) { file in
      if expected.size > Limits.caseFileBytes {
        let start = try OpenFolder.read(file, atMost: Limits.caseFileBytes)
        return .refused(
          TableDecoding.tooLarge(start[...], size: expected.size, extension: name.fileExtension))
      }
      // One byte more than expected, to see a file that grew.
      let bytes = try OpenFolder.read(file, atMost: Int(expected.size) + 1)
      guard bytes.count == expected.size else { return .changed }
      return .read(InboxContentRead(bytes: bytes, sha256: Hex.string(SHA256.hash(data: bytes))))
    }
  }

  /// Opens the file, checks that it is the one expected, gives its descriptor, and checks again.
  static func opened<Content>(
    _ name: EntryName, _ expected: FileStamp, in folder: OpenFolder, limit: Int64 = .max,
    _ body: (Int32) throws -> InboxReading<Content>
  ) -> InboxReading<Content> {
    let file: Int32
    do throws(FileFailure) { file = try folder.openFile(name) } catch { return outcome(error) }
    defer { close(file) }
    do {
      // The time of the last change of the inode too: numbers of inodes are used again.
      guard let before = try stamp(file), before == expected else { return .changed }
      if Writing.ask(file) == .somebody { return .written }
      if before.size > limit { return .refused(.tooLarge(bytes: before.size)) }
      let result = try body(file)
      guard try stamp(file) == before else { return .changed }
      return result
    } catch let failure as FileFailure {
      return outcome(failure)
    } catch {
      return .unreadable(EIO)
    }
  }

  /// Nil where the name now leads to something that is no regular file.
  private static func stamp(_ file: Int32) throws(FileFailure) -> FileStamp? {
    var st = stat()
    guard fstat(file, &st) == 0 else { throw FileFailure(call: "fstat", code: errno) }
    return st.st_mode & S_IFMT == S_IFREG ? FileStamp(st) : nil
  }

  private static func outcome<Content>(_ failure: FileFailure) -> InboxReading<Content> {
    switch failure.code {
    case ENOENT: .gone
    // A link, a socket or a device without a driver stands there now: the next scan sees what it is.
    case ELOOP, ENXIO, ENODEV: .changed
    default: .unreadable(failure.code)
    }
  }
}
