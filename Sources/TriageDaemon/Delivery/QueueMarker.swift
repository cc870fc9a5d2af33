import CLinux
import Glibc
import TriageCore
import TriageLedger

/// `.triaged`: the file by which a folder is known to be the one that the ledger means and not the bare mount point of
/// a share that is gone.
///
/// Its first line is the id, root and a random number; an older triaged reads only that. Its second line says how far
/// the ledger had come when it was last here, so that a state folder put back from an older copy shows. It is written in
/// place, always at the same length: the id's bytes are never touched.
struct QueueMarker: Equatable, Sendable {
  static let name = EntryName(QueueLayout.marker)
  static let mode: UInt32 = 0o640

  let id: String
  var head: LedgerHead?

  init(id: String, head: LedgerHead? = nil) {
    self.id = id
    self.head = head
  }

  /// A new one.
  init(root: String, head: LedgerHead? = nil) {
    self.init(id: "\(root)-\(String(UInt64.random(in: .min ... .max), radix: 16))", head: head)
  }

  /// Nil for an empty file.
  init?(_ bytes: [UInt8]) {
    let lines = bytes.split(maxSplits: 2, omittingEmptySubsequences: false) { $0 == 10 || $0 == 13 }
    guard let first = lines.first, !first.isEmpty else { return nil }
    id = String(decoding: first, as: UTF8.self)
    head = lines.dropFirst().first { !$0.isEmpty }.flatMap {
      LedgerHead(line: String(decoding: $0, as: UTF8.self))
    }
  }

  /// The root whose folder it is; nil for an id that no daemon made.
  var root: String? {
    guard let dash = id.lastIndex(of: "-") else { return nil }
    let root = id[..<dash]
    return root.utf8.count == 32 && Hex.bytes(String(root)) != nil ? String(root) : nil
  }

  var bytes: [UInt8] { Array((id + "\n" + (head?.line() ?? "")).utf8) }

  /// The marker of a folder; nil where there is none.
  static func read(in folder: OpenFolder) throws(FileFailure) -> QueueMarker? {
    do throws(FileFailure) {
      return QueueMarker(try folder.read(name, atMost: 4096))
    } catch {
      // What is no regular file is no marker.
      if [ENOENT, EINVAL, ELOOP, ENXIO].contains(error.code) { return nil }
      throw error
    }
  }

  /// The marker of the folder at a path; nil also where it cannot be read.
  static func at(_ path: String) -> QueueMarker? {
    guard let folder = try? OpenFolder(path: path) else { return nil }
    return (try? read(in: folder)) ?? nil
  }

  /// Puts the marker into the folder, in place of the one that is there.
  func put(in folder: OpenFolder) throws(FileFailure) {
    let temporary = TemporaryName.next()
    try folder.write(bytes, as: temporary, mode: Self.mode, durable: true)
    do throws(FileFailure) {
      try folder.replace(temporary, as: Self.name)
      try folder.sync()
    } catch {
      try? folder.remove(temporary)
      throw error
    }
  }

  /// Says in the folder's marker how far the ledger has come.
  /// - Parameter durable: false where the caller syncs the file system.
  func note(_ head: LedgerHead, in folder: OpenFolder, durable: Bool = true) throws(FileFailure) {
    if self.head == head { return }
    let new = QueueMarker(id: id, head: head)
    let whole = new.bytes
    // One that an older triaged wrote has no room.
    guard self.head != nil, try folder.stamp(of: Self.name)?.size == Int64(whole.count) else {
      return try new.put(in: folder)
    }
    let flags = O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let file = Self.name.withPath { clinux_openat(folder.descriptor, $0, flags, 0) }
    guard file >= 0 else { throw FileFailure(call: "openat", code: errno) }
    defer { close(file) }
    let start = id.utf8.count + 1
    let line = Array(whole[start...])
    guard pwrite(file, line, line.count, off_t(start)) == line.count else {
      throw FileFailure(call: "pwrite", code: errno)
    }
    guard !durable || fdatasync(file) == 0 else { throw FileFailure(call: "fdatasync", code: errno) }
  }
}
