/// Pinyin that some sites put behind converted characters: 頁(yè)面, 發(fā)揮, 开（kāi）.
///
/// One syllable of one to six letters in brackets of either width. With a tone mark any letters will do; without
/// one they must be a possible syllable of two letters or more, so that (km), (app), (A) stay.
enum InsertedPinyin {
  /// The bytes of a bracketed syllable that begins with the bracket at `place`, or nil.
  static func length(in bytes: UnsafeBufferPointer<UInt8>, from place: Int) -> Int? {
    let isWide = bytes[place] == 0xEF
    var next = place + (isWide ? 3 : 1)
    var letters: [UInt8] = []
    var isToned = false
    while next < bytes.count {
      let byte = bytes[next]
      if byte == 0x29 { return accepts(letters, isToned) ? next + 1 - place : nil }
      if byte == 0xEF, next + 2 < bytes.count, bytes[next + 1] == 0xBC, bytes[next + 2] == 0x89 {
        return accepts(letters, isToned) ? next + 3 - place : nil
      }
      if (0x61...0x7A).contains(byte) {
        letters.append(byte)
        next += 1
      } else if next + 1 < bytes.count, let letter = toned(byte, bytes[next + 1]) {
        if letter.isMark { isToned = true } else { letters.append(letter.base) }
        isToned = isToned || letter.isToned
        next += 2
      } else {
        return nil
      }
      if letters.count > 6 { return nil }
    }
    return nil
  }

  private struct Letter {
    var base: UInt8 = 0
    var isToned = true
    var isMark = false
  }

  /// Letters of two bytes: vowels with tones, ü, the script forms ɑ and ɡ, combining tones.
  private static func toned(_ first: UInt8, _ second: UInt8) -> Letter? {
    let scalar = UInt32(first & 0x1F) << 6 | UInt32(second & 0x3F)
    guard first & 0xE0 == 0xC0 else { return nil }
    switch scalar {
    case 0x101, 0xE1, 0x1CE, 0xE0: return Letter(base: 0x61)
    case 0x113, 0xE9, 0x11B, 0xE8, 0xEA: return Letter(base: 0x65)
    case 0x12B, 0xED, 0x1D0, 0xEC: return Letter(base: 0x69)
    case 0x14D, 0xF3, 0x1D2, 0xF2: return Letter(base: 0x6F)
    case 0x16B, 0xFA, 0x1D4, 0xF9, 0x1D6, 0x1D8, 0x1DA, 0x1DC: return Letter(base: 0x75)
    case 0x144, 0x148, 0x1F9: return Letter(base: 0x6E)
    case 0xFC: return Letter(base: 0x75, isToned: false)
    case 0x251: return Letter(base: 0x61, isToned: false)
    case 0x261: return Letter(base: 0x67, isToned: false)
    case 0x300, 0x301, 0x304, 0x30C: return Letter(isMark: true)
    case 0x308: return Letter(isToned: false, isMark: true)
    default: return nil
    }
  }

  private static func accepts(_ letters: [UInt8], _ isToned: Bool) -> Bool {
    if isToned { return !letters.isEmpty }
    guard letters.count >= 2 else { return false }
    let word = String(decoding: letters, as: UTF8.self)
    return finals.contains { final in
      word.hasSuffix(final) && initials.contains(String(word.dropLast(final.utf8.count)))
    }
  }

  private static let initials: Set<String> = [
    "", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c",
    "s",
    "y", "w",
  ]
  private static let finals = [
    "a", "o", "e", "i", "u", "v", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "er", "ia", "ie",
    "iao",
    "iu", "ian", "in", "iang", "ing", "iong", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "ve",
  ]
}

/// `_x000D_`: how Office Open XML writes a control character into a cell (ECMA-376 part 1, 22.9.2.19).
struct SpreadsheetEscape {
  static let length = 7
  let isLineBreak: Bool

  init?(_ bytes: UnsafeBufferPointer<UInt8>, from place: Int) {
    guard place + Self.length <= bytes.count, bytes[place + 1] | 0x20 == 0x78, bytes[place + 2] == 0x30,
      bytes[place + 3] == 0x30, bytes[place + 4] == 0x30 || bytes[place + 4] == 0x31, bytes[place + 6] == 0x5F
    else { return nil }
    let digit = bytes[place + 5]
    guard (0x30...0x39).contains(digit) || (0x61...0x66).contains(digit | 0x20) else { return nil }
    isLineBreak = bytes[place + 4] == 0x30 && (digit | 0x20 == 0x64 || digit | 0x20 == 0x61)
  }
}
