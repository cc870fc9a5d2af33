import CLinux
import Glibc

/// An open file that closes itself.
struct Descriptor: ~Copyable {
  let number: CInt
  private let path: String

  init(_ path: String, _ flags: CInt, mode: UInt32 = 0) throws(LedgerError) {
    number = clinux_openat(AT_FDCWD, path, flags, mode)
    self.path = path
    if number < 0 { throw LedgerError.system("open", path) }
  }
  deinit { if number >= 0 { close(number) } }

  borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(LedgerError) {
    guard let base = bytes.baseAddress else { return }
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(number, base + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw LedgerError.system("write", path) }
      done += count
    }
  }

  borrowing func sync() throws(LedgerError) {
    if fsync(number) != 0 { throw LedgerError.system("fsync", path) }
  }

  /// Reads from the descriptor's place to its end.
  borrowing func forEachChunk(
    _ body: (UnsafeRawBufferPointer) throws(LedgerError) -> Void
  ) throws(LedgerError) {
    try Self.forEachChunk(of: number, path: path, body)
  }

  static func forEachChunk(
    of descriptor: CInt, path: String, _ body: (UnsafeRawBufferPointer) throws(LedgerError) -> Void
  ) throws(LedgerError) {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = read(descriptor, chunk.baseAddress, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw LedgerError.system("read", path) }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
    }
  }
}
