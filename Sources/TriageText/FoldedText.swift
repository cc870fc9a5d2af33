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
  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteStarts: UnsafeMutablePointer<UInt32>
  private var encodedCapacity = 0
  private var byteCount = 0

  init() {
    capacity = 4_096
    units = .allocate(capacity: capacity)
    bytes = .allocate(capacity: 0)
    byteStarts = .allocate(capacity: 0)
  }

  deinit {
    units.deallocate()
    bytes.deallocate()
    byteStarts.deallocate()
  }

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

  /// What readers hold while they work: reaching into the class costs a check at every scalar. Valid until the next
  /// text is folded.
  var view: View { View(units: units, count: count) }

  struct View {
    let units: UnsafeMutablePointer<Unit>
    let count: Int
  }
}

extension FoldedText.View {
  /// The original's span of a span of units; it must not be empty.
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
    if encodedCapacity < count {
      encodedCapacity = capacity
      bytes.deallocate()
      byteStarts.deallocate()
      bytes = .allocate(capacity: capacity * 4)
      byteStarts = .allocate(capacity: capacity)
    }
    let (view, bytes, starts) = (view, bytes, byteStarts)
    var next = 0
    for place in 0..<view.count {
      starts[place] = UInt32(truncatingIfNeeded: next)
      next += Self.write(view.units[place].scalar, to: bytes + next)
    }
    byteCount = next
  }

  /// The encoded bytes of a span of units.
  func encoded(_ span: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    let start = byte(ofUnit: span.lowerBound)
    return UnsafeBufferPointer(start: bytes + start, count: byte(ofUnit: span.upperBound) - start)
  }

  func byte(ofUnit place: Int) -> Int { place < count ? Int(byteStarts[place]) : byteCount }

  /// The unit that holds this byte; `count` for the end.
  func unit(atByte byte: Int) -> Int {
    let starts = byteStarts
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if Int(starts[middle]) < byte { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func string() -> String {
    encode()
    return String(decoding: encoded(0..<count), as: UTF8.self)
  }

  /// Writes a scalar as UTF-8 and says how many bytes that took; there must be room for four.
  @inline(__always)
  static func write(_ scalar: UInt32, to bytes: UnsafeMutablePointer<UInt8>) -> Int {
    if scalar >= 0x800, scalar < 0x10000 {
      bytes[0] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
      bytes[1] = UInt8(truncatingIfNeeded: 0x80 | (scalar >> 6) & 0x3F)
      bytes[2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      return 3
    }
    if scalar < 0x80 {
      bytes[0] = UInt8(truncatingIfNeeded: scalar)
      return 1
    }
    if scalar < 0x800 {
      bytes[0] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
      bytes[1] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      return 2
    }
    bytes[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
    bytes[1] = UInt8(truncatingIfNeeded: 0x80 | (scalar >> 12) & 0x3F)
    bytes[2] = UInt8(truncatingIfNeeded: 0x80 | (scalar >> 6) & 0x3F)
    bytes[3] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
    return 4
  }
}
