import TriageCore

/// The name of an entry of a folder as the file system has it: bytes, not necessarily UTF-8.
///
/// Clerks' machines write names in GB18030 too; a name is compared and passed on as bytes and only shown as text.
struct EntryName: Hashable, Sendable, Comparable {
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }
  init(_ text: String) { bytes = Array(text.utf8) }

  /// The name read as UTF-8, else as GB18030; nil when it is neither.
  var text: String? { ClerkText.decode(bytes) }

  /// For people and logs: what cannot be shown is escaped, so that a name cannot forge a line.
  var shown: String {
    var writer = TextWriter()
    writer.visible(text ?? String(decoding: bytes, as: UTF8.self))
    return writer.text
  }

  /// Names that programs give to files they are still writing; such a file waits.
  var isTemporary: Bool {
    if bytes.first == UInt8(ascii: ".") || bytes.last == UInt8(ascii: "~") { return true }
    // `~$` is what office programs put beside an open document.
    if bytes.starts(with: [UInt8(ascii: "~"), UInt8(ascii: "$")]) { return true }
    // Every name of every look comes here, and nearly none ends like these.
    guard let last = bytes.last, Self.temporaryLast.contains(last | 0x20) else { return false }
    let low = lowered
    return Self.temporaryEndings.contains { low.count > $0.count && low.suffix($0.count).elementsEqual($0) }
  }

  /// The name of a file that is still being brought here, as browsers and transfer programs give it.
  var isUpload: Bool {
    isTemporary && bytes.first != UInt8(ascii: ".") && !hasSuffix("~") && !hasSuffix(".swp")
      && !bytes.starts(with: [UInt8(ascii: "~"), UInt8(ascii: "$")])
  }

  func hasSuffix(_ suffix: String) -> Bool { bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }

  /// The name with an ending of the daemon's own, cut to the 255 bytes that file systems allow.
  func with(ending: [UInt8]) -> EntryName {
    EntryName(bytes: Array(bytes.prefix(255 - ending.count)) + ending)
  }

  /// ASCII capitals made small, other bytes as they are.
  var lowered: [UInt8] { bytes.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 } }

  /// The bytes as a C string for one call.
  func withPath<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
    var path = bytes.map { CChar(bitPattern: $0) }
    path.append(0)
    return path.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return "".withCString(body) }
      return body(base)
    }
  }

  static func < (a: Self, b: Self) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }

  private static let temporaryLast = Set(temporaryEndings.compactMap(\.last))
  private static let temporaryEndings = [".tmp", ".part", ".filepart", ".crdownload", ".swp"].map {
    Array($0.utf8)
  }
}
