import CHyperscan

/// One Hyperscan database: what is compiled together, and a scan of a window of text with it.
final class CompiledPatterns: @unchecked Sendable {
  /// Flags: the engine gives starts.
  static let tracked = UInt32(HS_FLAG_UTF8 | HS_FLAG_SOM_LEFTMOST)
  /// The engine gives ends.
  static let untracked = UInt32(HS_FLAG_UTF8)
  /// The engine says once that the pattern occurs.
  static let occurrence = UInt32(HS_FLAG_UTF8 | HS_FLAG_SINGLEMATCH)

  let database: OpaquePointer

  init(_ patterns: [(text: String, flags: UInt32)]) throws(PatternDatabase.Refused) {
    var storage: [CChar] = []
    var offsets: [Int] = []
    for pattern in patterns {
      offsets.append(storage.count)
      storage.append(contentsOf: pattern.text.utf8.map { CChar(bitPattern: $0) })
      storage.append(0)
    }
    let flags = patterns.map(\.flags)
    let ids = (0..<UInt32(patterns.count)).map { $0 }
    var database: OpaquePointer?
    var error: UnsafeMutablePointer<hs_compile_error_t>?
    storage.withUnsafeBufferPointer { bytes in
      let expressions = offsets.map { offset in bytes.baseAddress.map { $0 + offset } }
      _ = hs_compile_multi(
        expressions, flags, ids, UInt32(patterns.count), UInt32(HS_MODE_BLOCK), nil, &database, &error)
    }
    guard let database else {
      let place = error.map { Int($0.pointee.expression) } ?? -1
      throw .init(pattern: place >= 0 ? place : nil, reason: Self.reason(error))
    }
    self.database = database
  }

  init(database: OpaquePointer) { self.database = database }

  deinit { hs_free_database(database) }

  /// The compiler's error as a reason; frees it.
  static func reason(_ error: UnsafeMutablePointer<hs_compile_error_t>?) -> PatternError.Reason {
    defer { hs_free_compile_error(error) }
    let text = error.flatMap { $0.pointee.message }.map { String(cString: $0) } ?? ""
    // The compiler has no codes: its texts (Hyperscan 5.4, src/parser and src/nfagraph) are all there is.
    let lower = text.lowercased()
    if ["too large", "resource limit", "too complex"].contains(where: lower.contains) { return .tooComplex }
    if lower.contains("empty buffer") { return .matchesEmpty }
    if lower.contains("not supported") || lower.contains("unsupported") { return .unsupported(.other, text) }
    return .syntax(text)
  }

  private typealias Found = (_ pattern: Int, _ bytes: Range<Int>) -> Bool

  /// Calls `found` with pattern and bytes, counted from the window's start, until it says false.
  func scan(
    _ window: UnsafeBufferPointer<UInt8>, _ space: OpaquePointer,
    _ found: (_ pattern: Int, _ bytes: Range<Int>) -> Bool
  ) {
    withoutActuallyEscaping(found) { found in
      var context: Found = found
      withUnsafeMutablePointer(to: &context) { context in
        window.withMemoryRebound(to: CChar.self) { text in
          _ = hs_scan(database, text.baseAddress, UInt32(text.count), 0, space, Self.report, context)
        }
      }
    }
  }

  private static let report: match_event_handler = { pattern, from, to, _, context in
    let found = context?.assumingMemoryBound(to: Found.self)
    return found?.pointee(Int(pattern), Int(from)..<Int(to)) == true ? 0 : 1
  }
}

/// The working memory of one worker's scans; grows to fit whatever database it meets.
final class PatternScratch {
  private var space: OpaquePointer?
  private weak var owner: PatternDatabase?

  /// Nil only when memory ran out.
  func space(for owner: PatternDatabase, databases: @autoclosure () -> [CompiledPatterns]) -> OpaquePointer? {
    if self.owner !== owner {
      for compiled in databases() {
        guard hs_alloc_scratch(compiled.database, &space) == HS_SUCCESS else { return nil }
      }
      self.owner = owner
    }
    return space
  }

  deinit { hs_free_scratch(space) }
}
