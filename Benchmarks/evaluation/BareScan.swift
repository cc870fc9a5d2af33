import CHyperscan

/// A Hyperscan database alone, counting matches: the measure for our own scans.
final class BareScan {
  private let database: OpaquePointer?
  private var space: OpaquePointer?

  /// With the literal API, which looks at plain bytes.
  init(literals: [String]) {
    var built: OpaquePointer?
    Self.withPointers(literals) { pointers, lengths in
      let flags = [UInt32](repeating: 0, count: literals.count)
      let ids = (0..<UInt32(literals.count)).map { $0 }
      var error: UnsafeMutablePointer<hs_compile_error_t>?
      _ = hs_compile_lit_multi(
        pointers, flags, ids, lengths, UInt32(literals.count), UInt32(HS_MODE_BLOCK), nil, &built, &error)
    }
    database = built
    _ = hs_alloc_scratch(built, &space)
  }

  /// Phrases and patterns alike as expressions over UTF-8.
  init(expressions: [String]) {
    var built: OpaquePointer?
    Self.withPointers(expressions) { pointers, _ in
      let flags = [UInt32](repeating: UInt32(HS_FLAG_UTF8), count: expressions.count)
      let ids = (0..<UInt32(expressions.count)).map { $0 }
      var error: UnsafeMutablePointer<hs_compile_error_t>?
      _ = hs_compile_multi(
        pointers, flags, ids, UInt32(expressions.count), UInt32(HS_MODE_BLOCK), nil, &built, &error)
    }
    database = built
    _ = hs_alloc_scratch(built, &space)
  }

  deinit {
    hs_free_scratch(space)
    hs_free_database(database)
  }

  func scan(_ text: [UInt8]) -> Int {
    var count = 0
    withUnsafeMutablePointer(to: &count) { count in
      text.withUnsafeBytes { bytes in
        _ = hs_scan(
          database, bytes.bindMemory(to: CChar.self).baseAddress, UInt32(bytes.count), 0, space,
          { _, _, _, _, context in
            context?.assumingMemoryBound(to: Int.self).pointee += 1
            return 0
          }, count)
      }
    }
    return count
  }

  func scanAll() { for text in bytes { _ = scan(text) } }

  private static func withPointers(
    _ texts: [String], _ body: ([UnsafePointer<CChar>?], [Int]) -> Void
  ) {
    var storage: [CChar] = []
    var offsets: [Int] = []
    var lengths: [Int] = []
    for text in texts {
      offsets.append(storage.count)
      storage += text.utf8.map { CChar(bitPattern: $0) }
      lengths.append(storage.count - (offsets.last ?? 0))
      storage.append(0)
    }
    storage.withUnsafeBufferPointer { buffer in
      body(offsets.map { offset in buffer.baseAddress.map { $0 + offset } }, lengths)
    }
  }
}
