import Crypto

/// Digests of the strings by which duplicates are told, keyed with the root's id: they say nothing of the text to
/// whoever has only the columns, and nothing at all outside this root.
struct DuplicateKeys {
  private let prefix: SHA256

  init(root: String) {
    var hash = SHA256()
    hash.update(string: root)
    prefix = hash
  }

  func digest(_ text: String) -> [UInt8] {
    var hash = prefix
    hash.update(string: text)
    return Array(hash.finalize())
  }
}

extension SHA256 {
  /// The text's UTF-8.
  mutating func update(string: String) {
    var string = string
    string.withUTF8 { update(bufferPointer: UnsafeRawBufferPointer($0)) }
  }

  mutating func update(bytes: [UInt8]) {
    bytes.withUnsafeBytes { update(bufferPointer: $0) }
  }
}
