import Foundation
import Testing
import TriageCore

@testable import TriageLedger

@Suite("Events are stored as JSON that any reader can read")
struct EventCodingTests {
  private func roundTrip(_ event: CaseEvent) throws -> CaseEvent {
    try Ledger.decode(kind: event.kind, body: Ledger.encode(event))
  }

  @Test("A taking comes back whole")
  func taken() throws {
    var full = Sample.taken(1)
    full.row = 17
    full.assignments[0].cause = .asked(
      Request(
        verb: .correct, by: "urban", at: Sample.now, extendBy: .workingDays(3), corrections: ["area": "c1"]))
    #expect(try roundTrip(.taken(full)) == .taken(full))
  }

  @Test(
    "Odd text comes back byte by byte",
    arguments: ["\u{0}\u{1}\u{1f}\"\\/\u{7f}", "\n\r\t", "😀𠀀\u{2028}", "", "e\u{301}"])
  func oddText(_ text: String) throws {
    let event = CaseEvent.noted(.init(by: nil, text: text))
    guard case .noted(let back) = try roundTrip(event) else { throw LedgerError.inconsistent("kind") }
    #expect(Array(back.text.utf8) == Array(text.utf8))
  }

  @Test(
    "Odd numbers come back",
    arguments: [
      0, -0.5, 1e300, Double.leastNonzeroMagnitude, 1e16, 0.1, 123_456_789.25, .infinity, -.infinity,
    ])
  func oddNumbers(_ amount: Double) throws {
    var taken = Sample.taken(1)
    taken.input.amount = amount
    taken.input.peopleCount = .min
    #expect(try roundTrip(.taken(taken)) == .taken(taken))
  }

  @Test("What is written is what Foundation would have written")
  func sameAsFoundation() throws {
    let taken = Sample.taken(3)
    let foundation = JSONEncoder()
    foundation.outputFormatting = .sortedKeys
    let ours = try JSONSerialization.jsonObject(with: Data(Ledger.encode(.taken(taken)))) as? NSDictionary
    let theirs = try JSONSerialization.jsonObject(with: foundation.encode(taken)) as? NSDictionary
    #expect(ours == theirs)
  }

  @Test("A pause of before there was a choice counts the closes inside it, a new one its working time")
  func pauses() throws {
    let old = Array(#"{"from":0,"reason":"appraisal","until":86400}"#.utf8)
    guard case .paused(let pause) = try Ledger.decode(kind: "paused", body: old),
      case .resumed(let end) = try Ledger.decode(
        kind: "resumed", body: Array(#"{"at":3600,"atLimit":false}"#.utf8))
    else { throw LedgerError.inconsistent("kind") }
    #expect(pause.counting == nil && end.counting == nil)
    let new = CaseEvent.paused(.init(reason: "appraisal", from: pause.from, until: pause.until))
    #expect(try roundTrip(new) == new)
    guard case .paused(let back) = try roundTrip(new) else { throw LedgerError.inconsistent("kind") }
    #expect(back.counting == .time)
  }

  @Test("Nested and empty containers close in their order")
  func containers() throws {
    struct Odd: Encodable {
      func encode(to encoder: any Encoder) throws {
        var outer = encoder.unkeyedContainer()
        var inner = outer.nestedUnkeyedContainer()
        var object = inner.nestedContainer(keyedBy: CodingName.self)
        try object.encode(1, forKey: CodingName("a"))
        _ = object.nestedUnkeyedContainer(forKey: CodingName("b"))
        try inner.encode(true)
        try outer.encodeNil()
        try outer.encode([String]())
        try outer.encode([String: Int]())
      }
    }
    let bytes = try EventEncoder.encode(Odd())
    #expect(String(decoding: bytes, as: UTF8.self) == #"[[{"a":1,"b":[]},true],null,[],{}]"#)
  }

  @Test("A container that was already closed is an error, not broken JSON")
  func misuse() {
    struct Misuse: Encodable {
      func encode(to encoder: any Encoder) throws {
        var outer = encoder.unkeyedContainer()
        var inner = outer.nestedUnkeyedContainer()
        try outer.encode(1)
        try inner.encode(2)
      }
    }
    #expect(throws: EncodingError.self) { try EventEncoder.encode(Misuse()) }
  }

  @Test("An event of a newer version is told from a damaged one by its kind")
  func unknownKind() {
    #expect(throws: LedgerError.self) { try Ledger.decode(kind: "teleported", body: Array("{}".utf8)) }
    #expect(throws: LedgerError.self) { try Ledger.decode(kind: "noted", body: Array("{".utf8)) }
  }
}

private struct CodingName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
