/// A field of a case as matching sees it: folded scalars, each with the place it came from.
///
/// A buffer that is used again for every field: it owns raw memory because it is written once per scalar on the
/// hottest path. Positions in it are called units; `start` and `end` of a unit count Unicode scalars of the
/// original, half-open, so any span of units maps back exactly.
final class FoldedText {
  struct Unit {
    var scalar: UInt32
    var start: UInt32
    var end: UInt32
  }

  private(set) var units: UnsafeMutablePointer<Unit>
  private(set) var capacity: Int
  var count = 0
  /// UTF-8 of the units, and the byte at which each unit begins; filled by `encode`.
  private(set) var bytes: [UInt8] = []
  private var byteStarts: [UInt32] = []

  init() {
    capacity = 4_096
    units = .allocate(capacity: capacity)
  }

  deinit { units.deallocate() }

  /// Makes room for so many units in all; the content up to `count` stays.
  func reserve(_ needed: Int) {
    guard needed > capacity else { return }
    let grown = max(needed, capacity * 2)
    let fresh = UnsafeMutablePointer<Unit>.allocate(capacity: grown)
    fresh.update(from: units, count: count)
    units.deallocate()
    units = fresh
    capacity = grown
  }

  /// The original's span of a span of units; units must not be empty.
  func original(_ span: Range<Int>) -> Range<Int> {
    Int(units[span.lowerBound].start)..<Int(units[span.upperBound - 1].end)
  }

  /// Whether a clause ends at this unit: at punctuation of sentences and at what the folding put for a gap.
  func endsClause(_ place: Int) -> Bool {
    switch units[place].scalar {
    case 0x20, 0x0A, 0x3002, 0x3B, 0x21, 0x3F, 0x2014: true
    // A comma, a full stop or a colon between digits or letters belongs to a number, a time or an address.
    case 0x2C, 0x2E, 0x3A: !(isAlphanumeric(place - 1) && isAlphanumeric(place + 1))
    default: false
    }
  }

  private func isAlphanumeric(_ place: Int) -> Bool {
    guard place >= 0, place < count else { return false }
    switch units[place].scalar {
    case 0x30...0x39, 0x61...0x7A: return true
    default: return false
    }
  }
}

// MARK: - Bytes, for engines that look at bytes

extension FoldedText {
  func encode() {
    bytes.removeAll(keepingCapacity: true)
    byteStarts.removeAll(keepingCapacity: true)
    bytes.reserveCapacity(count * 4)
    byteStarts.reserveCapacity(count)
    for place in 0..<count {
      byteStarts.append(UInt32(truncatingIfNeeded: bytes.count))
      Self.append(units[place].scalar, to: &bytes)
    }
  }

  /// The bytes of a span of units.
  func byteSpan(_ span: Range<Int>) -> Range<Int> {
    byte(ofUnit: span.lowerBound)..<byte(ofUnit: span.upperBound)
  }

  private func byte(ofUnit place: Int) -> Int { place < count ? Int(byteStarts[place]) : bytes.count }

  /// The unit that holds this byte; `count` for the end.
  func unit(atByte byte: Int) -> Int {
    var low = 0
    var high = byteStarts.count
    while low < high {
      let middle = (low + high) / 2
      if Int(byteStarts[middle]) < byte { low = middle + 1 } else { high = middle }
    }
    return low
  }

  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    let low = { (shift: UInt32) in UInt8(truncatingIfNeeded: 0x80 | (scalar >> shift) & 0x3F) }
    switch scalar {
    case 0..<0x80: bytes.append(UInt8(truncatingIfNeeded: scalar))
    case 0x80..<0x800:
      bytes.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      bytes.append(low(0))
    case 0x800..<0x10000:
      bytes.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      bytes.append(low(6))
      bytes.append(low(0))
    default:
      bytes.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      bytes.append(low(12))
      bytes.append(low(6))
      bytes.append(low(0))
    }
  }

  func string() -> String {
    encode()
    return String(decoding: bytes, as: UTF8.self)
  }
}
