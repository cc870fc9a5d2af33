import TriageCore

/// UTF-8 in which some bytes were damaged on the way: a bad byte among thousands of sound characters.
///
/// Nearly every such text is, by chance, GB18030 too, and reading it so turns all of it into other characters. The two
/// are told apart by counting: of the characters of a GB18030 text hardly any looks like the three bytes that UTF-8
/// takes for a Chinese one.
struct DamagedText {
  struct Place: Equatable {
    /// In the file, from 0.
    let offset: Int
    /// From 1.
    let line: Int
  }

  /// The text with a mark in place of each damage.
  let text: [UInt8]
  /// In the order of the marks.
  let places: [Place]

  /// U+FDD0, which is no character (Unicode section 23.7).
  private static let markBytes: [UInt8] = [0xEF, 0xB7, 0x90]
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Nil for a text that is sound or is no UTF-8.
  init?(_ bytes: [UInt8]) {
    let isMarked = bytes.starts(with: Self.byteOrderMark)
    let skipped = isMarked ? 3 : 0
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var places: [Place] = []
    var chinese = 0
    var line = 1
    var at = skipped
    while at < bytes.count {
      let length = UTF8Reading.sequenceLength(bytes[at...])
      if length > 0, !bytes[at...].starts(with: Self.markBytes) {
        if length == 3 { chinese += 1 }
        if bytes[at] == 0x0A { line += 1 }
        text.append(contentsOf: bytes[at..<(at + length)])
        at += length
        continue
      }
      places.append(Place(offset: at, line: line))
      text.append(contentsOf: Self.markBytes)
      repeat { at += max(1, length) } while at < bytes.count && Self.goesOn(bytes, at)
    }
    guard !places.isEmpty, isMarked || chinese >= 2 && chinese >= 2 * places.count else { return nil }
    (self.text, self.places) = (text, places)
  }

  /// The bytes of one damage: as many as begin no character.
  private static func goesOn(_ bytes: [UInt8], _ at: Int) -> Bool {
    bytes[at] >= 0x80 && UTF8Reading.sequenceLength(bytes[at...]) == 0
  }

  /// How many marks stand in a part of the text.
  static func marks(in part: some Sequence<UInt8>) -> Int {
    var count = 0
    var before: (UInt8, UInt8) = (0, 0)
    for byte in part {
      if byte == 0x90, before == (0xEF, 0xB7) { count += 1 }
      before = (before.1, byte)
    }
    return count
  }

  static func marks(in cells: [String]) -> Int { cells.reduce(0) { $0 + marks(in: $1.utf8) } }
}

/// Hands out the places of the damages as the rows of a text are read one after the other.
struct DamagedRows {
  private var places: ArraySlice<DamagedText.Place>
  init(_ damaged: DamagedText?) { places = (damaged?.places ?? [])[...] }

  /// Why a row with so many marks in it cannot be taken; nil where there is none.
  mutating func refusal(marks: @autoclosure () -> Int) -> IntakeRefusal? {
    guard let first = places.first else { return nil }
    let count = marks()
    guard count > 0 else { return nil }
    places = places.dropFirst(count)
    return .damagedText(offset: first.offset, line: first.line)
  }
}
