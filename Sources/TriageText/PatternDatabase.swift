import CHyperscan
import TriageCore

/// All regular expressions of a rulebook in one Hyperscan database (Debian's Vectorscan): one pass over the bytes.
///
/// Compiled for UTF-8 with Unicode properties, without regard to case, with exact starts. Scanning is linear in the
/// text. Patterns come folded (`PatternFolding`); the text must be valid UTF-8, which folded text is.
///
/// `@unchecked Sendable`: a database is immutable after compilation (hs.h: may be shared between threads); what
/// changes during a scan is the scratch, which every worker has of its own.
final class PatternDatabase: @unchecked Sendable {
  private let database: OpaquePointer

  private static let flags = UInt32(HS_FLAG_UTF8 | HS_FLAG_UCP | HS_FLAG_CASELESS | HS_FLAG_SOM_LEFTMOST)

  /// What the compiler says of one pattern alone; nil when it may go into a database.
  static func refusal(of pattern: String) -> PatternError.Reason? {
    var info: UnsafeMutablePointer<hs_expr_info_t>?
    var error: UnsafeMutablePointer<hs_compile_error_t>?
    guard hs_expression_info(pattern, flags, &info, &error) == HS_SUCCESS, let info else {
      defer { hs_free_compile_error(error) }
      return reason(error.flatMap { $0.pointee.message }.map { String(cString: $0) } ?? "")
    }
    defer { free(info) }
    return info.pointee.min_width == 0 ? .matchesEmpty : nil
  }

  private static func reason(_ text: String) -> PatternError.Reason {
    // The compiler has no codes: its texts (ng_*.cpp, Parser.rl of Hyperscan 5.4) are all there is.
    if text.contains("too large") || text.contains("resource limit") || text.contains("too complex") {
      return .tooComplex
    }
    if text.contains("empty") { return .matchesEmpty }
    if text.contains("not supported") || text.contains("unsupported") { return .unsupported(.other, text) }
    return .syntax(text)
  }

  /// A pattern that cannot be compiled with the others.
  struct Refused: Error {
    /// Place in the list; nil when the compiler does not say which.
    var pattern: Int?
    var reason: PatternError.Reason
  }

  init(_ patterns: [String]) throws(Refused) {
    var storage: [CChar] = []
    var offsets: [Int] = []
    for pattern in patterns {
      offsets.append(storage.count)
      storage.append(contentsOf: pattern.utf8.map { CChar(bitPattern: $0) })
      storage.append(0)
    }
    let flags = [UInt32](repeating: Self.flags, count: patterns.count)
    let ids = (0..<UInt32(patterns.count)).map { $0 }
    var database: OpaquePointer?
    var error: UnsafeMutablePointer<hs_compile_error_t>?
    storage.withUnsafeBufferPointer { bytes in
      let expressions = offsets.map { bytes.baseAddress.map { $0 + 0 }?.advanced(by: $0) }
      _ = hs_compile_multi(
        expressions, flags, ids, UInt32(patterns.count), UInt32(HS_MODE_BLOCK), nil, &database, &error)
    }
    guard let database else {
      defer { hs_free_compile_error(error) }
      let place = error.map { Int($0.pointee.expression) } ?? -1
      let text = error.flatMap { $0.pointee.message }.map { String(cString: $0) } ?? ""
      throw Refused(pattern: place >= 0 ? place : nil, reason: Self.reason(text))
    }
    self.database = database
  }

  deinit { hs_free_database(database) }

  /// Calls `found` with pattern and bytes of each match, once for every end at which it matches.
  func scan(
    _ bytes: [UInt8], scratch: PatternScratch, _ found: (_ pattern: Int, _ bytes: Range<Int>) -> Void
  ) {
    guard let space = scratch.space(for: database) else { return }
    withoutActuallyEscaping(found) { found in
      var context = found
      withUnsafeMutablePointer(to: &context) { context in
        bytes.withUnsafeBufferPointer { buffer in
          buffer.withMemoryRebound(to: CChar.self) { text in
            _ = hs_scan(database, text.baseAddress, UInt32(text.count), 0, space, Self.report, context)
          }
        }
      }
    }
  }

  private static let report: match_event_handler = { pattern, from, to, _, context in
    typealias Found = (Int, Range<Int>) -> Void
    context?.assumingMemoryBound(to: Found.self).pointee(Int(pattern), Int(from)..<Int(to))
    return 0
  }
}

/// The working memory of one worker's scans.
final class PatternScratch {
  private var space: OpaquePointer?
  private var owner: OpaquePointer?

  /// Nil only when memory ran out.
  fileprivate func space(for database: OpaquePointer) -> OpaquePointer? {
    if owner != database {
      // Grows what is there when it is too small for this database.
      guard hs_alloc_scratch(database, &space) == HS_SUCCESS else { return nil }
      owner = database
    }
    return space
  }

  deinit { hs_free_scratch(space) }
}
