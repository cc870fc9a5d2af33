import CHyperscan

/// Keeps compiled patterns between starts: to compile hundreds of them takes seconds, to read them back milliseconds.
///
/// A cache is never needed and never trusted: what it returns is used only if the engine takes it for this set of
/// patterns, and everything else is compiled.
public protocol PatternCache: Sendable {
  /// The bytes that were kept under exactly this description, or nil.
  func find(_ description: [UInt8]) -> [UInt8]?
  /// Failing to keep them is no error.
  func keep(_ compiled: [UInt8], for description: [UInt8])
}

extension PatternDatabase {
  /// What the compiled bytes depend on: the engine's version, the processor's abilities, the patterns and how they are
  /// compiled.
  static func description(of patterns: [FoldedPattern]) -> [UInt8] {
    var platform = hs_platform_info_t()
    hs_populate_platform(&platform)
    let engine = hs_version().map { String(cString: $0) } ?? ""
    var text = "triaged patterns \(format)\n\(engine)\n\(platform.tune) \(platform.cpu_features)\n"
    for pattern in patterns { text += "\(pattern.isAnchored) \(pattern.repeats) \(pattern.text)\u{0}" }
    return Array(text.utf8)
  }

  /// Raised whenever flags or layout change.
  private static let format = 1

  /// For each pattern whether it has a database of its own, then all databases with their lengths.
  func serialized() -> [UInt8]? {
    var bytes = locators.map { $0 == nil ? UInt8(0) : 1 }
    for compiled in [joint] + locators.compactMap({ $0?.compiled }) {
      guard let part = compiled.serialized() else { return nil }
      withUnsafeBytes(of: UInt64(part.count).littleEndian) { bytes += $0 }
      bytes += part
    }
    return bytes
  }

  /// The databases of so many patterns; nil when the bytes are not such.
  convenience init?(serialized bytes: [UInt8], patterns count: Int) {
    guard bytes.count > count, bytes.prefix(count).allSatisfy({ $0 <= 1 }) else { return nil }
    var rest = bytes.dropFirst(count)
    var databases: [CompiledPatterns] = []
    while !rest.isEmpty {
      guard rest.count >= 8 else { return nil }
      let length = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      rest = rest.dropFirst(8)
      guard length > 0, length <= UInt64(rest.count),
        let compiled = CompiledPatterns(serialized: Array(rest.prefix(Int(length))))
      else { return nil }
      databases.append(compiled)
      rest = rest.dropFirst(Int(length))
    }
    let flags = bytes.prefix(count)
    guard databases.count == 1 + flags.count(where: { $0 == 1 }) else { return nil }
    var own = databases.dropFirst().makeIterator()
    self.init(
      joint: databases[0],
      locators: flags.map { $0 == 1 ? own.next().map(PatternLocator.init(compiled:)) : nil })
  }
}

extension CompiledPatterns {
  fileprivate func serialized() -> [UInt8]? {
    var bytes: UnsafeMutablePointer<CChar>?
    var length = 0
    guard hs_serialize_database(database, &bytes, &length) == HS_SUCCESS, let bytes else { return nil }
    defer { free(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: length))
  }

  /// The engine checks version, platform and a checksum of its own.
  fileprivate convenience init?(serialized bytes: [UInt8]) {
    var database: OpaquePointer?
    let status = bytes.withUnsafeBytes { bytes in
      hs_deserialize_database(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, &database)
    }
    guard status == HS_SUCCESS, let database else { return nil }
    self.init(database: database)
  }
}
