import Testing
import TriageCore
import TriageText

/// SplitMix64, so that every run looks at the same texts.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite("Offsets of hits in the original")
struct OffsetPropertyTests {
  private static let phrases = ["楼上漏水", "拖欠工资", "打人", "ktv", "5万元", "页面", "开会", "一", "m2", "燃气泄漏"]

  /// Ways in which the characters of a phrase are really written.
  private static let spellings: [Character: [String]] = [
    "楼": ["樓"], "页": ["頁(yè)", "頁", "页（yè）"], "开": ["開(kāi)", "開"], "会": ["會"], "资": ["資", "资(zī)"],
    "k": ["Ｋ", "K"],
    "t": ["Ｔ"], "v": ["Ｖ", "V"], "5": ["５"], "元": ["元\u{200B}"], "万": ["萬"], "一": ["㆒"], "打": ["打\u{FEFF}"],
    "气": ["氣"], "泄": ["洩", "泄 "], "漏": ["漏_x200B_", "漏"], "m": ["ｍ"], "2": ["²"],
  ]
  private static let noise = [
    "，", "。", " ", "\n", "　", "\u{200B}", "\r\n", "邻居", "abc", "(km)", "、", "！", "㎡", "ﬁ", "é", "e\u{301}",
    "😀", "没有", "市民来电反映",
    "請", "１２人", "三十余名工人", "_x000D_", "\u{00A0}",
  ]

  private static func text(_ random: inout Seeded) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      if Bool.random(using: &random) {
        for character in phrases.randomElement(using: &random) ?? "" {
          let others = spellings[character] ?? []
          text +=
            Bool.random(using: &random)
            ? others.randomElement(using: &random) ?? String(character) : String(character)
        }
      } else {
        text += noise.randomElement(using: &random) ?? ""
      }
    }
    return text
  }

  @Test("What a hit spans, folded again, is the phrase")
  func phrases() throws {
    let index = try TextIndex(probes: [TextProbe(phrases: Self.phrases)])
    let scratch = index.makeScratch()
    let folded = Self.phrases.map(TextFolding.fold)
    var random = Seeded(state: 7)
    var count = 0
    for _ in 0..<3_000 {
      let text = Self.text(&random)
      let scalars = Array(text.unicodeScalars)
      for hit in index.hits(in: [("text", text)], scratch: scratch) {
        let span = String(String.UnicodeScalarView(scalars[hit.start..<hit.end]))
        let again = TextFolding.fold(span).replacing("市民来电反映", with: "")
        // A sign that stands for several (㎡) is spanned whole.
        #expect(
          again == folded[hit.phrase] || again.contains(folded[hit.phrase]) && span.contains("㎡"),
          "\(text.debugDescription)")
        count += 1
      }
    }
    #expect(count > 3_000)
  }

  @Test("What a quantity spans states the same alone, without the word before it")
  func quantities() throws {
    let index = try TextIndex(probes: [
      TextProbe(phrases: [], quantity: .people), TextProbe(phrases: [], quantity: .money),
    ])
    let scratch = index.makeScratch()
    var random = Seeded(state: 11)
    var count = 0
    for _ in 0..<2_000 {
      let text = Self.text(&random)
      let scalars = Array(text.unicodeScalars)
      for hit in index.hits(in: [("text", text)], scratch: scratch) {
        let span = String(String.UnicodeScalarView(scalars[hit.start..<hit.end]))
        let alone = index.hits(in: [("text", span)], scratch: scratch)
        #expect(
          alone.map(\.quantity) == [hit.quantity] && alone.first?.probe == hit.probe,
          "\(text.debugDescription)")
        count += 1
      }
    }
    #expect(count > 500)
  }
}
