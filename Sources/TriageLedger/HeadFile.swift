import CLinux
import Glibc
import TriageCore

/// `state/head`: how far the ledger had come when its effects began to show.
///
/// Two places of 4,096 bytes are written in turn, each over what it held before and then made durable: one small
/// fdatasync(2) that moves no metadata. A write that a power cut tore leaves the other place, which is older by one step,
/// and a ledger that is ahead of its head is nothing unusual. Not Sendable: the ledger's one thread uses it.
final class HeadFile {
  /// As large as the sectors of disks, so that a torn write cannot reach the other place.
  private static let place = 4096

  private let path: String
  private let file: Descriptor
  /// What the file says.
  private(set) var kept: LedgerHead
  private var number: Int64

  static func path(in state: String) -> String { state + "/head" }

  /// Opens the file, or makes it where there is none or no place of it can be read.
  init(path: String, now head: LedgerHead) throws(LedgerError) {
    self.path = path
    let bytes = try Self.bytes(path)
    let found = bytes.flatMap(Self.latest)
    if found == nil || bytes?.count != 2 * Self.place {
      let line = Array(head.line(number: 2).utf8)
      let filling = [UInt8](repeating: UInt8(ascii: "\n"), count: 2 * Self.place - line.count)
      try DurableFile.write(line + filling, to: path)
    }
    file = try Descriptor(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    if let found, bytes?.count == 2 * Self.place {
      (kept, number) = found
      try keep(head)
    } else {
      (kept, number) = (head, 2)
    }
  }

  /// What the file says; nil where there is none, or none that can be read.
  static func read(_ path: String) throws(LedgerError) -> LedgerHead? {
    try bytes(path).flatMap(latest)?.head
  }

  /// The head is on the disk when this returns.
  func keep(_ head: LedgerHead) throws(LedgerError) {
    if head == kept { return }
    let next = number + 1
    let line = Array(head.line(number: next).utf8)
    let place = Int(next % 2) * Self.place
    var done = 0
    while done < line.count {
      let count = line.withUnsafeBytes { buffer in
        pwrite(file.number, buffer.baseAddress.map { $0 + done }, line.count - done, off_t(place + done))
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw LedgerError.system("pwrite", path) }
      done += count
    }
    // Never tried again on this descriptor, whatever the reason: the process ends.
    if fdatasync(file.number) != 0 {
      throw .io(path: path, detail: SystemFault(errno).message(of: "fdatasync"))
    }
    (kept, number) = (head, next)
  }

  private static func bytes(_ path: String) throws(LedgerError) -> [UInt8]? {
    guard DurableFile.exists(path) else { return nil }
    return try DurableFile.read(path)
  }

  private static func latest(_ bytes: [UInt8]) -> (head: LedgerHead, number: Int64)? {
    let places = stride(from: 0, to: min(bytes.count, 2 * place), by: place).map { start in
      String(decoding: bytes[start..<min(start + place, bytes.count)], as: UTF8.self)
    }
    return places.compactMap { LedgerHead.parse($0) }.max { $0.number < $1.number }
  }
}
