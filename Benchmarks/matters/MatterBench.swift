import Foundation
import TriageCore
import TriageLedger
import TriageText

/// One seed for everything.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

/// Synthetic cases, recorded with and without the search for their matter.
struct MatterBench {
  var random = Seeded(state: 7)
  let now = Instant(seconds: 1_795_222_800)
  let day = CivilDate(year: 2026, month: 11, day: 21) ?? CivilDate(day: 0)
  let phrases = ["市民来电反映", "请相关职能部门及时核实处理", "小区物业公司", "多次投诉没有结果", "影响居民正常生活", "要求尽快答复"]

  mutating func text() -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<8 {
      scalars.append(contentsOf: (phrases.randomElement(using: &random) ?? "").unicodeScalars)
      for _ in 0..<15 {
        scalars.append(Unicode.Scalar(UInt32.random(in: 0x4E00...0x55FF, using: &random)) ?? "一")
      }
    }
    return String(scalars)
  }

  mutating func prepared(_ number: Int, _ sketcher: TextSketcher?, _ scratch: TextScratch) throws
    -> IntakeRecord
  {
    let input = CaseInput(channel: "hotline", sourceID: "S-\(number)", text: text())
    let decision = Decision(
      category: "c", level: "l", area: AreaID("a\(number % 50)"), lead: "d", rulebook: "")
    let taken = CaseEvent.Taken(
      input: input, decision: decision, history: CaseHistory(), assignments: [], deadlines: [], original: "")
    let bytes = Array("\(number)".utf8)
    let hex = String(number, radix: 16)
    return IntakeRecord(
      inbox: nil,
      original: Original(
        sha256: String(repeating: "0", count: 64 - hex.count) + hex, size: bytes.count, bytes: bytes),
      cases: [
        PreparedCase(
          taken: taken, body: try Ledger.encode(.taken(taken)),
          clues: MatterClues(
            duplicateKey: "S-\(number)", sourceKey: "S-\(number)",
            sketch: sketcher?.sketch(input, scratch: scratch)))
      ])
  }

  var answers: IntakeAnswers {
    IntakeAnswers(
      index: { id, events in
        (
          CaseIndex(
            id: id, phase: .assigned, channel: "hotline", sourceID: nil, title: "", category: "c", level: "l",
            lead: "d",
            area: "a", takenAt: now, resolvedAt: nil, closedAt: nil, nextTimer: nil, version: events.count,
            items: [],
            deadlines: []), []
        )
      },
      decided: { taken, _ in taken }, cited: { _, _ in nil }, brought: { _, _ in nil },
      saysMore: { _, _ in nil }, canMeet: { $0 == $1 })
  }

  /// Microseconds of processor time a case.
  mutating func take(_ count: Int, from first: Int, into ledger: Ledger, _ sketcher: TextSketcher?) throws
    -> Double
  {
    let scratch = try TextIndex(probes: []).makeScratch()
    var spent = 0.0
    for start in stride(from: first, to: first + count, by: 256) {
      let batch = try (start..<min(start + 256, first + count)).map { try prepared($0, sketcher, scratch) }
      let begun = Self.processorSeconds
      _ = try ledger.record(intake: batch, at: now, prefix: "ZZ", day: day, answers: answers)
      spent += Self.processorSeconds - begun
    }
    return spent * 1e6 / Double(count)
  }

  /// What this process has computed, so that other work on the machine does not count.
  static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
