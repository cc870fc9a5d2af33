import Crypto
import TriageCore

/// The last line of a file that the daemon writes anew whenever there is more to say: by it the daemon knows whether
/// what lies there is still its own, after a restart too and on whatever share.
///
/// It guards against nobody: somebody who writes into such a file does so in good faith, and what was written is put
/// aside before the file is written again.
enum Seal {
  static func close(_ writer: inout TextWriter, _ language: Language) {
    writer.visible(words(of: writer.bytes, language))
    writer.newline()
  }

  /// The same for a page, in a comment after its end.
  static func closePage(_ writer: inout TextWriter, _ language: Language) {
    let words = words(of: writer.bytes, language)
    writer.raw(pageOpening)
    writer.visible(words)
    writer.raw(pageEnd)
    writer.newline()
  }

  /// The same for a table that programs read: the heading of a last and empty column.
  /// - Parameter rows: all that follows the line of headings.
  static func heading(over rows: [UInt8], _ language: Language) -> String { words(of: rows, language) }

  /// Whether the file is as it was written.
  static func isIntact(_ bytes: [UInt8]) -> Bool {
    guard bytes.last == 10 else { return false }
    let end = bytes.dropLast()
    let start = end.lastIndex(of: 10).map { $0 + 1 } ?? 0
    return bears(end[start...], bytes[..<start]) || isTable(bytes)
  }

  private static func isTable(_ bytes: [UInt8]) -> Bool {
    guard let end = bytes.firstIndex(of: 13), bytes[end...].dropFirst().first == 10 else { return false }
    let cell = bytes[..<end].split(separator: UInt8(ascii: "\"")).last ?? []
    return bears(cell, bytes[(end + 2)...])
  }

  /// Whether the line has the words that go with these bytes.
  private static func bears(_ line: ArraySlice<UInt8>, _ sealed: ArraySlice<UInt8>) -> Bool {
    var line = line
    if line.starts(with: pageOpening.utf8) {
      line = line.dropFirst(pageOpening.utf8.count).dropLast(pageEnd.utf8.count)
    }
    return line.starts(with: opening.utf8) && line.suffix(8).elementsEqual(mark(of: Array(sealed)).utf8)
  }

  private static func words(of bytes: [UInt8], _ language: Language) -> String {
    "\(opening)\(Message.sealNote[language]) \(mark(of: bytes))"
  }

  private static let pageOpening = "<!-- "
  private static let pageEnd = " -->"

  private static let opening = "── "

  private static func mark(of bytes: [UInt8]) -> String {
    Hex.string(Array(SHA256.hash(data: bytes).prefix(4)))
  }
}
