import Crypto
import TriageCore

/// The last line of a file that the daemon writes anew whenever there is more to say: by it the daemon knows whether
/// what lies there is still its own, after a restart too and on whatever share.
///
/// It guards against nobody: somebody who writes into such a file does so in good faith, and what was written is put
/// aside before the file is written again.
enum Seal {
  static func close(_ writer: inout TextWriter, _ language: Language) {
    let mark = mark(of: writer.bytes)
    writer.raw(opening)
    writer.visible(Message.sealNote[language])
    writer.raw(" ")
    writer.raw(mark)
    writer.newline()
  }

  /// Whether the file is as it was written.
  static func isIntact(_ bytes: [UInt8]) -> Bool {
    guard bytes.last == 10 else { return false }
    let end = bytes.dropLast()
    let start = end.lastIndex(of: 10).map { $0 + 1 } ?? 0
    let line = end[start...]
    guard line.starts(with: opening.utf8) else { return false }
    return line.suffix(8).elementsEqual(mark(of: Array(bytes[..<start])).utf8)
  }

  private static let opening = "── "

  private static func mark(of bytes: [UInt8]) -> String {
    Hex.string(Array(SHA256.hash(data: bytes).prefix(4)))
  }
}
