import Foundation
public import TriageCore

/// Events as the ledger stores them: a kind, and a JSON body. A format of years: names in it never change.
enum EventCoding {
  static let nan = "nan"
  static let infinity = "+inf"
  static let minusInfinity = "-inf"

  static func encodeBody(of event: CaseEvent) throws -> [UInt8] {
    try event.encodeBody { body in try EventEncoder.encode(body) }
  }

  static func decode(kind: String, body: Data) throws -> CaseEvent {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: infinity, negativeInfinity: minusInfinity, nan: nan)
    return try CaseEvent(
      kind: kind, decodeBody: .init { type in try decoder.decode(type, from: body) })
  }
}

extension Ledger {
  /// The body of an event as it is stored. Costs some tens of microseconds; any thread may do it.
  /// - Throws: `inconsistent` for a value that JSON cannot hold.
  public static func encode(_ event: CaseEvent) throws(LedgerError) -> [UInt8] {
    do { return try EventCoding.encodeBody(of: event) } catch { throw .inconsistent("\(error)") }
  }

  /// - Throws: `unreadableEvent` for a kind of a newer version or a damaged body.
  public static func decode(kind: String, body: [UInt8]) throws(LedgerError) -> CaseEvent {
    do { return try EventCoding.decode(kind: kind, body: Data(body)) } catch {
      throw .unreadableEvent(sequence: 0, detail: "\(error)")
    }
  }
}
