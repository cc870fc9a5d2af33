import Testing

@testable import TriageText

@Suite("Folding makes different spellings equal")
struct FoldingTests {
  @Test(
    "Names and phrases fold to one spelling",
    arguments: [
      ("１３８０００１２３４５", "13800012345"),
      ("ＫＴＶ歌廳", "ktv歌厅"),
      ("樓上漏水，物業不處理", "楼上漏水,物业不处理"),
      ("拿著刀", "拿着刀"),
      ("邻 居 天 天 吵 架", "邻居天天吵架"),
      ("確認頁(yè)面無(wú)法打開(kāi)", "确认页面无法打开"),
      ("開（kāi）展", "开展"),
      ("们(men)的(de)", "们的"),
      ("(yè)面", "(yè)面"),
      ("三公里(km)外的软件(app)", "三公里(km)外的软件(app)"),
      ("3号楼(A)座", "3号楼(a)座"),
      ("打\u{200B}架\u{FEFF}", "打架"),
      ("第一段_x000D_第二段", "第一段第二段"),
      ("a_x12_b", "a_x12_b"),
      ("㎡ ⑴ ﬁ ½", "m2(1)fi1\u{2044}2"),
      ("cafe\u{301}", "café"),
      ("ｶﾞ", "ガ"),
      ("⼩店區", "小店区"),
      ("\u{FA0C}", "兀"),
      ("𝐀𝔅", "ab"),
      ("𠮷", "𠮷"),
      ("İ", "i\u{307}"),
    ])
  func folds(text: String, expected: String) {
    #expect(TextFolding.fold(text) == expected)
  }

  @Test("Folding what is folded changes nothing")
  func idempotent() {
    let text = "樓上漏水（滲漏）３㎡，頁(yè)面打開(kāi)慢 É Ⅷ ㈠ ﷺ"
    let once = TextFolding.fold(text)
    #expect(TextFolding.fold(once) == once)
  }

  @Test("A fingerprint leaves out punctuation and white space, not words")
  func fingerprint() {
    #expect(TextFolding.fingerprintText("物業：不處理！ \n 三個月（整）") == "物业不处理三个月整")
    #expect(TextFolding.fingerprintText("物业不处理2个月") != TextFolding.fingerprintText("物业不处理3个月"))
  }
}

@Suite("Folded text maps back to the original")
struct FoldedTextTests {
  private func fold(_ text: String) -> FoldedText {
    let folded = FoldedText()
    TextFolder.fold(text, into: folded)
    return folded
  }

  @Test("Every unit names the scalars that it came from")
  func map() {
    let text = "樓\u{200B}上 頁(yè)面ﬁ_x000D_e\u{301}𝐀"
    let folded = fold(text)
    #expect(folded.string() == "楼上 页面fi\néa")
    let scalars = Array(text.unicodeScalars)
    let originals = (0..<folded.count).map { place in
      let span = folded.view.original(place..<(place + 1))
      return String(String.UnicodeScalarView(scalars[span]))
    }
    #expect(originals == ["樓", "上", " ", "頁", "面", "ﬁ", "ﬁ", "_x000D_", "e\u{301}", "𝐀"])
  }

  @Test("Every byte finds its unit")
  func bytes() {
    let folded = fold("楼a é𠮷")
    folded.encode()
    var byte = 0
    for (place, scalar) in "楼aé𠮷".unicodeScalars.enumerated() {
      #expect(folded.unit(atByte: byte) == place)
      byte += String(scalar).utf8.count
    }
    #expect(byte == folded.encoded(0..<folded.count).count)
    #expect(folded.unit(atByte: byte) == folded.count)
  }

  @Test(
    "White space ends a clause only between words and after short lines",
    arguments: [
      ("邻 居 天 天 吵 架", "邻居天天吵架"),
      ("拖欠 工资", "拖欠 工资"),
      ("拖欠 工 资", "拖欠工资"),
      ("拖 欠 工资", "拖欠工资"),
      ("欠 3 个月", "欠3个月"),
      ("拖欠　工资", "拖欠 工资"),
      ("楼上漏水\n物业不管", "楼上漏水\n物业不管"),
      ("楼上漏水\r\n物业不管", "楼上漏水\n物业不管"),
      ("楼上漏水_x000D_\n物业不管", "楼上漏水\n物业不管"),
      ("  物业 ", "物业"),
      ("a\n\n\nb", "a\nb"),
    ])
  func gaps(text: String, expected: String) {
    #expect(fold(text).string() == expected)
  }

  @Test("A line as long as the text's lines are is wrapped, a clearly shorter one has ended")
  func wrappedLines() {
    let long = String(repeating: "小区电梯坏了", count: 6)
    #expect(fold("\(long)拖\n欠物业费\(long)").string() == "\(long)拖欠物业费\(long)")
    #expect(fold("\(long)\r\n\(long)").string() == "\(long)\(long)")
    #expect(fold("\(long)\n\n\(long)").string() == "\(long)\n\(long)")
    #expect(fold("\(long)\n　　\(long)").string() == "\(long)\n\(long)")
    let half = String(repeating: "小区电梯坏了", count: 4)
    #expect(fold("\(half)\n\(long)").string() == "\(half)\n\(long)")
  }

  @Test("A large expansion needs no more room than there is")
  func expansions() {
    let folded = fold(String(repeating: "\u{FDFA}", count: 5_000))
    #expect(folded.count == 5_000 * 15)
  }
}
