import CLinux
import Glibc
import TriageLedger

/// What a file of a queue is to hold.
enum FileContent: Sendable, Hashable {
  case bytes([UInt8])
  /// A copy of a file elsewhere. Never a link to it: what a clerk does to the copy must not change the original.
  /// Copied piece by piece, however large it is.
  case copy(of: String, size: Int)
  /// A small original that lies in the ledger itself: read when it is written, not before.
  case kept(KeptOriginal)

  var size: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .copy(_, let size): size
    case .kept(let original): original.size
    }
  }

  /// The call named by a failure to read the file that is to be copied: nothing is wrong with the queue then.
  static let sourceCall = "open original"

  /// Hands out the content piece by piece.
  /// - Parameter take: nil to go on.
  func forEachPiece(_ take: (UnsafeRawBufferPointer) -> FileFailure?) -> FileFailure? {
    switch self {
    case .bytes(let bytes): return bytes.isEmpty ? nil : bytes.withUnsafeBytes(take)
    case .kept(let original):
      do throws(LedgerError) {
        let bytes = try original.bytes()
        return bytes.isEmpty ? nil : bytes.withUnsafeBytes(take)
      } catch {
        // What fails for another reason may go well the next time.
        guard case .originalMissing = error else { return FileFailure(call: "read original", code: EIO) }
        return FileFailure(call: Self.sourceCall, code: EIO)
      }
    case .copy(let path, let size):
      let file = clinux_openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0)
      guard file >= 0 else { return FileFailure(call: Self.sourceCall, code: errno) }
      defer { close(file) }
      let (failure, count) = Self.forEachPiece(of: file, take)
      if failure == nil, count != size { return FileFailure(call: Self.sourceCall, code: EIO) }
      return failure
    }
  }

  private static func forEachPiece(
    of file: Int32, _ take: (UnsafeRawBufferPointer) -> FileFailure?
  ) -> (FileFailure?, count: Int) {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { piece.deallocate() }
    var total = 0
    while true {
      let count = read(file, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return (FileFailure(call: sourceCall, code: errno), total) }
      if count == 0 { return (nil, total) }
      total += count
      if let failure = take(UnsafeRawBufferPointer(rebasing: piece[..<count])) { return (failure, total) }
    }
  }
}

/// An original by its digest, and the ledger that has its bytes.
struct KeptOriginal: Sendable, Hashable {
  let sha256: String
  let size: Int
  private let ledger: LedgerReader

  init(_ sha256: String, size: Int, in ledger: LedgerReader) {
    self.sha256 = sha256
    self.size = size
    self.ledger = ledger
  }

  /// - Throws: `originalMissing` where the ledger has them no more.
  func bytes() throws(LedgerError) -> [UInt8] { try ledger.original(sha256) }

  static func == (a: Self, b: Self) -> Bool { a.sha256 == b.sha256 && a.size == b.size }
  func hash(into hasher: inout Hasher) { hasher.combine(sha256) }
}

extension OpenFolder {
  /// Whether a regular file of this name holds just that.
  func holds(_ content: FileContent, as name: EntryName) throws(FileFailure) -> Bool {
    guard let stamp = try stamp(of: name), stamp.isRegular, stamp.size == Int64(content.size) else {
      return false
    }
    let file = try openFile(name)
    defer { close(file) }
    var isSame = true
    let failure = content.forEachPiece { piece in
      var done = 0
      while done < piece.count {
        var bytes = [UInt8](repeating: 0, count: min(64 << 10, piece.count - done))
        let count = Glibc.read(file, &bytes, bytes.count)
        if count < 0, errno == EINTR { continue }
        if count < 0 { return FileFailure(call: "read", code: errno) }
        guard count > 0, bytes[..<count].elementsEqual(piece[done..<(done + count)]) else {
          isSame = false
          return FileFailure(call: "compare", code: 0)
        }
        done += count
      }
      return nil
    }
    if let failure, isSame { throw failure }
    return isSame
  }
}
