import TriageCore
import TriageText

/// How long the text index of a very large rulebook takes to build: what a cache of compiled patterns would save.
enum Loading {
  /// 10,000 probes, 30,000 phrases, 500 patterns; the best of three.
  @MainActor static func measure() throws {
    let probes = (0..<10_000).map { number in
      let words = (0..<3).map { vocabulary.words[number * 3 + $0] }
      let pattern = "(\(words[0])|\(words[1])).{0,12}[0-9]{1,3}(\(words[2])|元)"
      return TextProbe(
        phrases: words, patterns: number.isMultiple(of: 20) ? [pattern] : [],
        negators: TextIndex.defaultNegators, weakeners: TextIndex.defaultWeakeners)
    }
    let whole = try least { _ = try TextIndex(probes: probes) }
    let phrases = probes.map { TextProbe(phrases: $0.phrases) }
    let alone = try least { _ = try TextIndex(probes: phrases) }
    let memory = Memory()
    _ = try TextIndex(probes: probes, patterns: memory)
    let cached = try least { _ = try TextIndex(probes: probes, patterns: memory) }
    print("\ntext index of 10,000 rules, 30,000 phrases, 500 patterns: \(rounded(whole)) ms;")
    print(
      "without the patterns \(rounded(alone)) ms; with the patterns read from a cache \(rounded(cached)) ms,")
    print("of which the patterns \(rounded(cached - alone)) ms (aim: below 300), \(memory.kilobytes) KB")
  }

  /// A cache in memory: what reading a file costs beside is its bytes once through SHA-256.
  private final class Memory: PatternCache, @unchecked Sendable {
    private var kept: [[UInt8]: [UInt8]] = [:]
    var kilobytes: Int { kept.values.reduce(0) { $0 + $1.count } / 1_024 }
    func find(_ description: [UInt8]) -> [UInt8]? { kept[description] }
    func keep(_ compiled: [UInt8], for description: [UInt8]) { kept[description] = compiled }
  }

  @MainActor private static func least(_ body: () throws -> Void) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<3 { least = min(least, try clock.measure(body) / .milliseconds(1)) }
    return least
  }
}
