import Crypto
import TriageCore

/// The text of a rulebook in one piece: what the digest is taken of and what the ledger keeps, so that a decision
/// can be explained years later by the rules it was made with.
///
/// The files of a base (`extends`) are among them under their relative paths. Each file in order of its path: `--- BYTES PATH`, a line break, the bytes, a line break. Byte order marks and
/// carriage returns before line breaks are dropped, so that an editor's habits do not make another rulebook.
enum CanonicalSource {
  static func encode(_ files: [RulebookDirectory.File]) -> [UInt8] {
    var result: [UInt8] = []
    for file in files.sorted(by: { $0.path < $1.path }) {
      let bytes = canonical(file.bytes)
      result += Array("--- \(bytes.count) \(file.path)\n".utf8)
      result += bytes
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }

  /// - Returns: nil when the bytes were not made by `encode`.
  static func decode(_ bytes: [UInt8]) -> [RulebookDirectory.File]? {
    var files: [RulebookDirectory.File] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      let head = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ", maxSplits: 2)
      guard head.count == 3, head[0] == "---", let count = Int(head[1]), count >= 0,
        rest.endIndex - end - 1 > count
      else { return nil }
      let body = rest[(end + 1)..<(end + 1 + count)]
      files.append(RulebookDirectory.File(path: String(head[2]), bytes: Array(body)))
      rest = rest[(end + count + 2)...]
    }
    return files
  }

  /// SHA-256, hex.
  static func digest(_ bytes: [UInt8]) -> String { Hex.string(SHA256.hash(data: bytes)) }

  private static func canonical(_ bytes: [UInt8]) -> [UInt8] {
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    var result: [UInt8] = []
    result.reserveCapacity(body.count)
    for index in body.indices {
      let isReturn = body[index] == 0x0D && index + 1 < body.endIndex && body[index + 1] == 0x0A
      if !isReturn { result.append(body[index]) }
    }
    return result
  }
}
