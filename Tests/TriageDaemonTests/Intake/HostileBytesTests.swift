import Testing
import TriageCore

@testable import TriageDaemon

/// Whatever the bytes, decoding answers: cases or refusals, within the limits, and never stops the process.
@Suite("Hostile bytes") struct HostileBytesTests {
  static let seeds = [
    "grid-worker.yaml", "platform.json", "hotline-district.csv", "hotline-city.csv", "walk-in.txt",
    "letter.txt",
    "letter.eml", "auto-reply.eml", "broken.yaml",
  ]

  func check(_ bytes: [UInt8], _ name: String, _ context: IntakeContext) {
    let result = CaseDecoder.decode(bytes, fileName: name, context: context)
    #expect(!result.cases.isEmpty || !result.refused.isEmpty)
    for decoded in result.cases {
      #expect(!decoded.input.title.isEmpty || !decoded.input.text.isEmpty)
    }
    for part in result.refused {
      #expect(!part.refusal.message.zh.isEmpty && !part.refusal.message.en.isEmpty)
      if let offset = part.refusal.offset { #expect(offset <= bytes.count) }
    }
  }

  @Test(arguments: seeds) func `a file cut at any place is answered`(_ name: String) throws {
    let sample = try IntakeSample()
    let bytes = try IntakeSample.fixture(name)
    for cut in stride(from: 0, through: bytes.count, by: 7) {
      check(Array(bytes.prefix(cut)), name, sample.context())
    }
  }

  @Test(arguments: seeds) func `a file with bytes changed, lost and doubled is answered`(_ name: String)
    throws
  {
    let sample = try IntakeSample()
    let bytes = try IntakeSample.fixture(name)
    var random = Xorshift(state: 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count))
    let marks: [UInt8] = [
      0, 0x22, 0x27, 0x3A, 0x2C, 0x7B, 0x5B, 0x0A, 0x0D, 0xFF, 0xEF, 0x3D, 0x3F, 0x2D, 0x26,
    ]
    for _ in 0..<150 {
      var changed = bytes
      for _ in 0..<(1 + Int(random.next() % 6)) {
        let at = Int(random.next() % UInt64(changed.count))
        switch random.next() % 4 {
        case 0: changed[at] = UInt8(truncatingIfNeeded: random.next())
        case 1: changed[at] = marks[Int(random.next() % UInt64(marks.count))]
        case 2: changed.remove(at: at)
        default: changed.insert(contentsOf: changed[at..<min(at + 40, changed.count)], at: at)
        }
      }
      check(changed, name, sample.context())
    }
  }

  @Test func `bytes without any sense are answered under every extension`() throws {
    let sample = try IntakeSample()
    var random = Xorshift(state: 42)
    for name in ["x", "x.yaml", "x.json", "x.csv", "x.txt", "x.eml"] {
      for length in [1, 2, 3, 17, 256, 2_000] {
        let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        check(bytes, name, sample.context())
        check(bytes.map { $0 & 0x3F | 0x20 }, name, sample.context())
      }
    }
  }
}

/// A fixed sequence, so that a failure comes again (Marsaglia 2003).
private struct Xorshift {
  var state: UInt64
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
