import CLinux
import Glibc

/// Reading, writing and moving the files of a folder.
extension OpenFolder {
  /// Opens a regular file for reading without following links and without hanging on a FIFO.
  func openFile(_ name: EntryName) throws(FileFailure) -> Int32 {
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
    let file = name.withPath { clinux_openat(descriptor, $0, flags, 0) }
    guard file >= 0 else { throw FileFailure(call: "openat", code: errno) }
    return file
  }

  /// The first `limit` bytes of a regular file.
  func read(_ name: EntryName, atMost limit: Int) throws(FileFailure) -> [UInt8] {
    let file = try openFile(name)
    defer { close(file) }
    var st = stat()
    guard fstat(file, &st) == 0 else { throw FileFailure(call: "fstat", code: errno) }
    guard st.st_mode & S_IFMT == S_IFREG else { throw FileFailure(call: "openat", code: EINVAL) }
    return try Self.read(file, atMost: min(limit, Int(st.st_size) + 1))
  }

  static func read(_ file: Int32, atMost limit: Int) throws(FileFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    var length = 0
    while length < limit {
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(file, $0.baseAddress?.advanced(by: length), limit - length)
      }
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileFailure(call: "read", code: errno)
      }
      length += count
    }
    bytes.removeLast(limit - length)
    return bytes
  }

  /// Writes a new file; with `durable` its content is on disk when this returns. On failure nothing is left.
  func write(_ bytes: [UInt8], as name: EntryName, mode: UInt32, durable: Bool) throws(FileFailure) {
    try write(.bytes(bytes), as: name, mode: mode, durable: durable)
  }

  /// As `write(_:as:mode:durable:)`, of whatever content.
  func write(_ content: FileContent, as name: EntryName, mode: UInt32, durable: Bool) throws(FileFailure) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = name.withPath { clinux_openat(descriptor, $0, flags, mode) }
    guard file >= 0 else { throw FileFailure(call: "openat", code: errno) }
    var failure = content.forEachPiece { Self.writeAll($0, to: file) }
    // A failed fsync is never tried again on this descriptor: the kernel may have dropped the pages (fsync(2)).
    if failure == nil, durable, fsync(file) != 0 { failure = FileFailure(call: "fsync", code: errno) }
    if close(file) != 0, failure == nil { failure = FileFailure(call: "close", code: errno) }
    if let failure {
      _ = name.withPath { unlinkat(descriptor, $0, 0) }
      throw failure
    }
  }

  /// Nil when all is written.
  static func writeAll(_ buffer: UnsafeRawBufferPointer, to file: Int32) -> FileFailure? {
    var offset = 0
    while let start = buffer.baseAddress, offset < buffer.count {
      let count = Glibc.write(file, start + offset, buffer.count - offset)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return FileFailure(call: "write", code: count == 0 ? EIO : errno) }
      offset += count
    }
    return nil
  }

  /// Gives a file another name without ever overwriting one: EEXIST when the target is there.
  func move(_ name: EntryName, to target: OpenFolder, as newName: EntryName) throws(FileFailure) {
    let (from, to) = (descriptor, target.descriptor)
    let result = name.withPath { old in newName.withPath { clinux_rename_noreplace(from, old, to, $0) } }
    if result == 0 { return }
    guard [EINVAL, ENOSYS, EOPNOTSUPP].contains(errno) else {
      throw FileFailure(call: "renameat2", code: errno)
    }
    try moveWithoutFlag(name, to: target, as: newName)
  }

  /// For file systems without RENAME_NOREPLACE: link and unlink, else look, then rename. The window of the latter
  /// is harmless for items: their names are unique, and only this daemon writes them.
  func moveWithoutFlag(
    _ name: EntryName, to target: OpenFolder, as newName: EntryName
  ) throws(FileFailure) {
    let (from, to) = (descriptor, target.descriptor)
    if name.withPath({ old in newName.withPath { linkat(from, old, to, $0, 0) } }) == 0 {
      return try remove(name)
    }
    guard [EPERM, EOPNOTSUPP, ENOSYS, EMLINK, EACCES].contains(errno) else {
      throw FileFailure(call: "linkat", code: errno)
    }
    if try target.stamp(of: newName) != nil { throw FileFailure(call: "renameat", code: EEXIST) }
    guard name.withPath({ old in newName.withPath { renameat(from, old, to, $0) } }) == 0 else {
      throw FileFailure(call: "renameat", code: errno)
    }
  }

  /// Gives a file another name in this folder, over whatever bears it.
  func replace(_ name: EntryName, as newName: EntryName) throws(FileFailure) {
    guard name.withPath({ old in newName.withPath { renameat(descriptor, old, descriptor, $0) } }) == 0 else {
      throw FileFailure(call: "renameat", code: errno)
    }
  }
}
