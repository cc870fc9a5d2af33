import Foundation
import Testing
import TriageCore
import TriageRules
import TriageText

@Suite("Compiled patterns kept in files")
struct PatternFileTests {
  /// Counts what passes, so that a test can tell a find from a compilation.
  private final class Watched: PatternCache, @unchecked Sendable {
    let file: PatternFile
    var found = 0
    var kept = 0
    init(_ file: PatternFile) { self.file = file }

    func find(_ description: [UInt8]) -> [UInt8]? {
      let bytes = file.find(description)
      if bytes != nil { found += 1 }
      return bytes
    }

    func keep(_ compiled: [UInt8], for description: [UInt8]) {
      kept += 1
      file.keep(compiled, for: description)
    }
  }

  /// The second pattern is too wide for the engine's start tracking and has a database of its own.
  private static let probe = TextProbe(phrases: ["漏水"], patterns: ["[0-9]{1,3}元", "小.{0,40}店", "甲乙?丙"])
  private static let text = "甲丙说小王的店漏水，赔80元"

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "triaged-patterns-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func hits(_ cache: (any PatternCache)?, _ probe: TextProbe = Self.probe) throws -> [TextHit] {
    let index = try TextIndex(probes: [probe], patterns: cache)
    return index.hits(in: [("text", Self.text)], scratch: index.makeScratch())
  }

  @Test("What is read back finds the same as what was compiled")
  func same() throws {
    try inFolder { folder in
      let fresh = try hits(nil)
      #expect(fresh.count == 4)
      let first = Watched(PatternFile(directory: folder))
      #expect(try hits(first) == fresh)
      #expect(first.found == 0 && first.kept == 1)
      let second = Watched(PatternFile(directory: folder))
      #expect(try hits(second) == fresh)
      #expect(second.found == 1 && second.kept == 0)
    }
  }

  @Test("Other patterns are compiled")
  func others() throws {
    try inFolder { folder in
      _ = try hits(PatternFile(directory: folder))
      let watched = Watched(PatternFile(directory: folder))
      _ = try hits(watched, TextProbe(phrases: [], patterns: ["[0-9]{1,4}元"]))
      #expect(watched.found == 0 && watched.kept == 1)
    }
  }

  @Test("A file that is torn, changed or of another set is passed over and written anew")
  func damaged() throws {
    try inFolder { folder in
      let fresh = try hits(PatternFile(directory: folder))
      let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
      let path = URL(fileURLWithPath: folder + "/" + name)
      let whole = try Data(contentsOf: path)
      var changed = whole
      changed[whole.count / 2] ^= 1
      var sealless = whole
      sealless[0] ^= 1
      for bytes in [Data(), whole.prefix(10), whole.prefix(whole.count - 1), changed, sealless, whole + [0]] {
        try bytes.write(to: path)
        let watched = Watched(PatternFile(directory: folder))
        #expect(try hits(watched) == fresh)
        #expect(watched.found == 0 && watched.kept == 1)
      }
      let watched = Watched(PatternFile(directory: folder))
      #expect(try hits(watched) == fresh)
      #expect(watched.found == 1)
    }
  }

  /// A cache that returns what was never kept.
  private struct Liar: PatternCache {
    var bytes: [UInt8]
    func find(_ description: [UInt8]) -> [UInt8]? { bytes }
    func keep(_ compiled: [UInt8], for description: [UInt8]) {}
  }

  @Test("Bytes that the engine does not know are not used, whatever the cache says")
  func foreign() throws {
    let fresh = try hits(nil)
    for bytes in [
      [], [0, 0, 0], [0, 1, 0], [0, 1, 0] + [UInt8](repeating: 0xFF, count: 64), [2, 2, 2, 8],
    ] as [[UInt8]] {
      #expect(try hits(Liar(bytes: bytes)) == fresh)
    }
  }

  @Test("A folder that cannot be written is no error")
  func unwritable() throws {
    #expect(try hits(PatternFile(directory: "/proc/none")) == hits(nil))
  }

  @Test("A few sets are kept, not all there ever were")
  func few() throws {
    try inFolder { folder in
      for number in 1...7 {
        _ = try hits(PatternFile(directory: folder), TextProbe(phrases: [], patterns: ["[0-9]{\(number)}元"]))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 4)
    }
  }
}
