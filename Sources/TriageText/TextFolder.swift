/// Writes the folded copy of a text: NFKC and lower case and Simplified by scalar, what shows nothing and inserted
/// pinyin left out, white space skipped or turned into the end of a clause.
///
/// One pass over the UTF-8. Canonical composition looks one scalar back; reordering of several marks and Hangul
/// jamo are left as they stand, which no Chinese source was seen to need.
struct TextFolder {
  /// False for names and phrases: white space there never means anything.
  let keepsClauses: Bool
  private let output: FoldedText
  private let table: FoldingTable
  /// The output's buffer and count, held here while the text is read: reaching into a class costs at every scalar.
  private var units: UnsafeMutablePointer<FoldedText.Unit>
  private var count = 0
  /// The original's scalars read so far.
  private var scalars: UInt32 = 0
  /// Length of the Han run that the last unit ends; white space ends a run.
  private var hanRun = 0
  /// Whether the last visible scalar was Han, white space aside: pinyin is inserted after Han only.
  private var afterHan = false
  /// The unit of a gap that only counts once the Han run after it has two scalars.
  private var unsureGap: Int?
  private var gap = Gap.none
  private var gapStart: UInt32 = 0
  private var lineStart = 0
  /// Where a carriage return ended, real or escaped: a line feed there is the same break.
  private var returnEnd: Int?
  private var longestLine: Int?

  private enum Gap { case none, blank, softBreak, clauseEnd }

  /// A line below so many bytes (20 Han) ends where its writer ended it, not where a mail program wrapped it.
  private static let shortLineBytes = 60

  static func fold(_ text: String, into output: FoldedText, keepsClauses: Bool = true) {
    var text = text
    text.withUTF8 { bytes in
      var folder = TextFolder(keepsClauses: keepsClauses, output: output, table: .shared)
      folder.run(bytes)
    }
  }

  private init(keepsClauses: Bool, output: FoldedText, table: FoldingTable) {
    self.keepsClauses = keepsClauses
    self.output = output
    self.table = table
    output.count = 0
    units = output.units
  }

  private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    reserve(bytes.count + 16)
    table.plane.withUnsafeBufferPointer { plane in
      var place = 0
      while place < bytes.count {
        let (scalar, length) = Self.decode(bytes, place)
        let entry = length < 4 ? plane[Int(scalar)] : table.entry(scalar)
        switch FoldingTable.kind(entry) {
        case .han: appendHan(entry & FoldingTable.scalarMask)
        case .other, .mark: append(entry & FoldingTable.scalarMask)
        default: place += special(entry, bytes, place)
        }
        scalars += 1
        place += length
      }
    }
    settleUnsureGap()
    output.count = count
  }

  private mutating func reserve(_ needed: Int) {
    output.count = count
    output.reserve(needed)
    units = output.units
  }

  /// The string's storage is valid UTF-8, so no byte needs checking.
  @inline(__always)
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> (UInt32, Int) {
    let first = UInt32(bytes[place])
    if first < 0x80 { return (first, 1) }
    let low = { (offset: Int) in UInt32(bytes[place + offset] & 0x3F) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | low(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | low(1) << 6 | low(2), 3) }
    return ((first & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4)
  }

  // MARK: - Ordinary scalars

  @inline(__always)
  private mutating func appendHan(_ scalar: UInt32) {
    if gap != .none { closeGap(beforeHan: true) }
    write(scalar)
    hanRun += 1
    afterHan = true
    if hanRun == 2 { unsureGap = nil }
  }

  @inline(__always)
  private mutating func append(_ scalar: UInt32) {
    if gap != .none { closeGap(beforeHan: false) }
    if hanRun != 0 { settleUnsureGap() }
    write(scalar)
    hanRun = 0
    afterHan = false
  }

  @inline(__always)
  private mutating func write(_ scalar: UInt32) {
    units[count] = .init(scalar: scalar, start: scalars, end: scalars + 1)
    count += 1
  }

  // MARK: - The others

  /// Handles one scalar that is not simply copied; returns how many bytes beyond it were read, and counts their
  /// scalars.
  private mutating func special(_ entry: UInt32, _ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
    let scalar = entry & FoldingTable.scalarMask
    switch FoldingTable.kind(entry) {
    case .blank: noteBlank(isWide: bytes[place] == 0xE3)
    case .lineBreak: noteBreak(bytes, place)
    case .dropped: break
    case .combining: compose(scalar)
    case .expansion: expand(Int(scalar), remaining: bytes.count - place)
    case .bracket:
      if afterHan, let skipped = InsertedPinyin.length(in: bytes, from: place) {
        return skip(bytes, from: place, count: skipped)
      }
      append(scalar)
    case .underscore:
      if let escaped = SpreadsheetEscape(bytes, from: place) {
        if escaped.isLineBreak { noteBreak(bytes, place, length: SpreadsheetEscape.length) }
        return skip(bytes, from: place, count: SpreadsheetEscape.length)
      }
      append(scalar)
    case .other, .han, .mark: append(scalar)
    }
    return 0
  }

  /// Leaves out a span of bytes whose first scalar is the one at hand.
  private mutating func skip(_ bytes: UnsafeBufferPointer<UInt8>, from place: Int, count: Int) -> Int {
    let first = Self.decode(bytes, place).1
    for byte in bytes[(place + first)..<(place + count)] where byte & 0xC0 != 0x80 { scalars += 1 }
    return count - first
  }

  private mutating func compose(_ mark: UInt32) {
    if gap == .none, count > 0,
      let composed = table.composed(units[count - 1].scalar, mark)
    {
      units[count - 1].scalar = composed
      units[count - 1].end = scalars + 1
    } else {
      append(mark)
    }
  }

  private mutating func expand(_ place: Int, remaining: Int) {
    let targets = table.expansions[place]
    reserve(count + targets.count + remaining + 16)
    for target in targets { append(target) }
  }

  // MARK: - White space

  private mutating func noteBlank(isWide: Bool) {
    beginGap()
    // A wide space after a line break indents a new paragraph.
    if gap == .none || (gap == .softBreak && isWide) { gap = gap == .none ? .blank : .clauseEnd }
  }

  private mutating func noteBreak(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, length: Int = 1) {
    beginGap()
    let isPair = bytes[place] == 0x0A && returnEnd == place
    if !isPair && keepsClauses {
      gap = gap == .none || gap == .blank ? breakKind(bytes, lineBytes: place - lineStart) : .clauseEnd
    }
    lineStart = place + length
    returnEnd = bytes[place] == 0x0A ? nil : lineStart
  }

  private mutating func breakKind(_ bytes: UnsafeBufferPointer<UInt8>, lineBytes: Int) -> Gap {
    if lineBytes < Self.shortLineBytes { return .clauseEnd }
    let longest = longestLine ?? Self.longestLine(bytes)
    longestLine = longest
    return lineBytes * 4 < longest * 3 ? .clauseEnd : .softBreak
  }

  private static func longestLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var longest = 0
    var start = 0
    for place in 0..<bytes.count where bytes[place] == 0x0A {
      longest = max(longest, place - start)
      start = place + 1
    }
    return max(longest, bytes.count - start)
  }

  private mutating func beginGap() {
    if gap == .none { gapStart = scalars }
  }

  /// Decides about the white space before the scalar at hand.
  private mutating func closeGap(beforeHan: Bool) {
    let kind = gap
    gap = .none
    settleUnsureGap()
    let leftRun = hanRun
    hanRun = 0
    guard keepsClauses, count > 0 else { return }
    if kind == .clauseEnd {
      writeGap(0x0A)
    } else if kind == .blank && leftRun >= 2 && beforeHan {
      unsureGap = count
      writeGap(0x20)
    }
  }

  private mutating func writeGap(_ scalar: UInt32) {
    units[count] = .init(scalar: scalar, start: gapStart, end: scalars)
    count += 1
  }

  /// Called where a Han run ends: a gap before a run of one was no gap.
  private mutating func settleUnsureGap() {
    guard let place = unsureGap else { return }
    unsureGap = nil
    for later in (place + 1)..<max(place + 1, count) { units[later - 1] = units[later] }
    count -= 1
  }
}
