import TriageCore

/// JSON as it is written: the bytes so far, and the containers that are open.
struct JSONText {
  private(set) var bytes: [UInt8] = []
  private var open: [Open] = []
  private var begun = 0

  private struct Open {
    let number: Int
    let closer: UInt8
    var isEmpty = true
  }

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// - Returns: the container's number, by which it is written to.
  mutating func begin(isObject: Bool) -> Int {
    begun += 1
    bytes.append(UInt8(ascii: isObject ? "{" : "["))
    open.append(Open(number: begun, closer: UInt8(ascii: isObject ? "}" : "]")))
    return begun
  }

  /// Ends everything that was begun.
  mutating func finish() {
    while let last = open.popLast() { bytes.append(last.closer) }
  }

  /// Ends whatever was begun inside the container and puts the comma.
  mutating func next(in number: Int) throws {
    while let last = open.last, last.number != number { bytes.append(open.removeLast().closer) }
    guard let last = open.indices.last else {
      throw EncodingError.invalidValue(
        number, .init(codingPath: [], debugDescription: "the container was already closed"))
    }
    if open[last].isEmpty { open[last].isEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
  }

  mutating func key(_ name: String, in number: Int) throws {
    try next(in: number)
    write(name)
    bytes.append(UInt8(ascii: ":"))
  }

  mutating func writeNull() { bytes.append(contentsOf: "null".utf8) }
  mutating func write(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }
  mutating func write(_ value: some BinaryInteger) {
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
  mutating func write(_ value: Double) {
    if value.isFinite { return bytes.append(contentsOf: value.description.utf8) }
    write(value.isNaN ? EventCoding.nan : value > 0 ? EventCoding.infinity : EventCoding.minusInfinity)
  }

  mutating func write(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { utf8 in
      var plain = 0
      for at in utf8.indices {
        let byte = utf8[at]
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
        bytes.append(contentsOf: utf8[plain..<at])
        escape(byte)
        plain = at + 1
      }
      bytes.append(contentsOf: utf8[plain...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
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
