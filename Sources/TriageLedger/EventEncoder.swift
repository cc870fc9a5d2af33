/// Writes `Encodable` values as JSON into one byte buffer, in one pass.
///
/// Foundation's encoder builds a tree of the whole value first: on the body of a `taken` event it is about ten times
/// slower than this (`Benchmarks`), and that body is encoded for every case. Reading is left to `JSONDecoder`, which
/// reads every byte written here. Containers must be filled one after the other, as synthesised conformances do; a
/// container used after a later sibling was begun is an error, never broken JSON.
final class EventEncoder: Encoder {
  private(set) var bytes: [UInt8] = []
  private var open: [Open] = []
  private var begun = 0
  /// Of a call that the protocol does not let throw; thrown at the end.
  private var failure: (any Error)?

  private struct Open {
    let number: Int
    let closer: UInt8
    var isEmpty = true
  }

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = EventEncoder()
    encoder.bytes.reserveCapacity(4096)
    try value.encode(to: encoder)
    encoder.close(downTo: 0)
    if let failure = encoder.failure { throw failure }
    return encoder.bytes
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(JSONObject<Key>(encoder: self, number: begin(isObject: true)))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    JSONArray(encoder: self, number: begin(isObject: false))
  }
  func singleValueContainer() -> any SingleValueEncodingContainer { JSONValue(encoder: self) }

  func begin(isObject: Bool) -> Int {
    begun += 1
    bytes.append(UInt8(ascii: isObject ? "{" : "["))
    open.append(Open(number: begun, closer: UInt8(ascii: isObject ? "}" : "]")))
    return begun
  }

  private func close(downTo depth: Int) {
    while open.count > depth { bytes.append(open.removeLast().closer) }
  }

  func noteFailure(_ step: () throws -> Void) {
    do { try step() } catch { failure = error }
  }

  /// Ends whatever was begun inside the container and puts the comma.
  func next(in number: Int) throws {
    while let last = open.last, last.number != number { bytes.append(open.removeLast().closer) }
    guard let last = open.indices.last else {
      throw EncodingError.invalidValue(
        number, .init(codingPath: [], debugDescription: "the container was already closed"))
    }
    if open[last].isEmpty { open[last].isEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
  }

  func key(_ name: String, in number: Int) throws {
    try next(in: number)
    write(name)
    bytes.append(UInt8(ascii: ":"))
  }

  func writeNull() { bytes.append(contentsOf: "null".utf8) }
  func write(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }
  func write(_ value: some BinaryInteger) {
    guard let small = Int64(exactly: value) else { return bytes.append(contentsOf: value.description.utf8) }
    var digits: InlineArray<20, UInt8> = .init(repeating: 0)
    var rest = small.magnitude
    var at = 20
    repeat {
      at -= 1
      digits[at] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    } while rest > 0
    if small < 0 { bytes.append(UInt8(ascii: "-")) }
    while at < 20 {
      bytes.append(digits[at])
      at += 1
    }
  }
  /// JSON has no name for what is not finite; the reader knows these three.
  func write(_ value: Double) {
    if value.isFinite { return bytes.append(contentsOf: value.description.utf8) }
    write(value.isNaN ? EventCoding.nan : value > 0 ? EventCoding.infinity : EventCoding.minusInfinity)
  }

  func write(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { utf8 in
      var plain = 0
      for (at, byte) in utf8.enumerated()
      where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes.append(contentsOf: utf8[plain..<at])
        escape(byte)
        plain = at + 1
      }
      bytes.append(contentsOf: utf8[plain...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x0a: bytes.append(UInt8(ascii: "n"))
    case 0x0d: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0..<0x20: bytes.append(contentsOf: ("u00" + Hex.string([byte])).utf8)
    default: bytes.append(byte)
    }
  }
}
