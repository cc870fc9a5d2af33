import Testing
import TriageCore
import TriageText

/// What the text states, as `三十余人=30`, a weak one with a question mark.
private func stated(_ text: String, of kind: QuantityTest.Kind, _ probe: TextProbe? = nil) throws -> [String]
{
  let probe =
    probe
    ?? TextProbe(
      phrases: [], negators: TextIndex.defaultNegators, weakeners: TextIndex.defaultWeakeners, quantity: kind)
  let index = try TextIndex(probes: [probe])
  let scalars = Array(text.unicodeScalars)
  return index.hits(in: [("text", text)], scratch: index.makeScratch()).map { hit in
    let words = String(String.UnicodeScalarView(scalars[hit.start..<hit.end]))
    let value = hit.quantity.map { Int(exactly: $0).map(String.init) ?? String($0) } ?? "–"
    return "\(words)=\(value)" + (hit.weak ? "?" : "")
  }
}

@Suite("Quantities that a text states")
struct QuantityTests {
  @Test(
    "People are counted however the number is written",
    arguments: [
      ("三十余人聚集", "三十余人=30"), ("5名工人被欠薪", "5名工人=5"), ("５名工人", "５名工人=5"), ("十几户停水", "十几户=11"),
      ("二十多个业主反映", "二十多个业主=20"), ("两百人讨薪", "两百人=200"), ("百余人到场", "百余人=100"), ("上千人围观", "上千人=1000"),
      ("近百名家长", "百名家长=100"), ("数十名员工", "数十名员工=20"), ("几十个人", "几十个人=20"), ("几百户业主", "几百户业主=200"),
      ("一百二十三位老人", "一百二十三位老人=123"), ("一百零五人", "一百零五人=105"), ("一千二百户", "一千二百户=1200"),
      ("1.5万人签名", "1.5万人=15000"), ("两万多名学生", "两万多名学生=20000"), ("1,200名职工", "1,200名职工=1200"),
      ("工友12人", "12人=12"), ("共计三十几位受害人", "三十几位受害人=31"), ("十来个人", "十来个人=10"),
      ("几十号人堵门", "几十号人=20"), ("我们二十余业主", "二十余业主=20"), ("三家商户", "三家商户=3"), ("五口人", "五口人=5"),
      ("二 十 多 人", "二 十 多 人=20"), ("參與者三十餘人", "三十餘人=30"), ("5个外地工人", "5个外地工人=5"), ("十五人", "十五人=15"),
      ("俩人打架", "俩人=2"), ("30余人员聚集", "30余人员=30"), ("壹佰人", "壹佰人=100"), ("30\u{200B}人", "30\u{200B}人=30"),
    ])
  func people(text: String, expected: String) throws {
    #expect(try stated(text, of: .people) == [expected])
  }

  @Test(
    "Sums of money are read however they are written",
    arguments: [
      ("拖欠12万元", "12万元=120000"), ("三千五百元", "三千五百元=3500"), ("拖欠工资1.5万", "1.5万=15000"),
      ("损失１２万元", "１２万元=120000"),
      ("欠款5000块钱", "5000块钱=5000"), ("十几万元", "十几万元=110000"), ("12万余元", "12万余元=120000"),
      ("十余万元", "十余万元=100000"),
      ("5千元", "5千元=5000"), ("欠我3万5，", "3万5=35000"), ("三万五千元整", "三万五千元整=35000"),
      ("一亿二千万元", "一亿二千万元=120000000"),
      ("￥50,000.50", "50,000.50=50000.5"), ("人民币3000", "3000=3000"), ("伍万元", "伍万元=50000"),
      ("工资5w多", "5w多=50000"),
      ("上万元", "上万元=10000"), ("数百元", "数百元=200"), ("欠薪二十万，", "二十万=200000"), ("8万工资没发", "8万=80000"),
      ("每人三百块，", "三百块=300"), ("拖欠工资五万多", "五万多=50000"), ("收取押金5000，不退", "5000=5000"), ("80元/人", "80元=80"),
      ("收费20元3分钟", "20元=20"), ("少了91元5角2分，", "91元5角2分=91.52"), ("收费五百元零五分。", "五百元零五分=500.05"),
      ("多收三块五，", "三块五=3.5"), ("多收三塊5。", "三塊5=3.5"), ("20元三分之一", "20元=20"), ("壹佰元伍角整", "壹佰元伍角=100.5"),
    ])
  func money(text: String, expected: String) throws {
    #expect(try stated(text, of: .money) == [expected])
  }

  @Test(
    "Of a range the lower end counts, and below a bound one less",
    arguments: [
      ("五六十人", "五六十人=50"), ("20-30人", "20-30人=20"), ("20～30人", "20～30人=20"), ("二十至三十人", "二十至三十人=20"),
      ("二、三十人", "二、三十人=20"), ("七八个人", "七八个人=7"), ("三五个人", "三五个人=3"), ("十七八人", "十七八人=17"),
      ("二三百人", "二三百人=200"), ("5到8名工人", "5到8名工人=5"), ("不到三十人", "不到三十人=29"), ("不足30人", "不足30人=29"),
      ("30人以下", "30人=29"), ("30人以上", "30人=30"), ("超过三十人", "三十人=30"), ("约三十人", "三十人=30"),
    ])
  func ranges(text: String, expected: String) throws {
    #expect(try stated(text, of: .people) == [expected])
  }

  @Test("A sum below a bound is one less, with its cents too")
  func moneyBelow() throws {
    #expect(try stated("91元5角以下", of: .money) == ["91元5角=90.5"])
    #expect(try stated("不到三块五，", of: .money) == ["不到三块五=2.5"])
  }

  @Test("A multiplier at the end of a range belongs to both of its ends")
  func moneyRange() throws {
    #expect(try stated("赔偿3至5万元", of: .money) == ["3至5万元=30000"])
    #expect(try stated("20-30万元", of: .money) == ["20-30万元=200000"])
    #expect(try stated("八千到一万元", of: .money) == ["八千到一万元=8000"])
  }

  @Test(
    "What counts something else is no number of people",
    arguments: [
      "半个月没发", "2020年至今", "第三次反映", "第三人民医院", "第5名", "三人行必有我师", "一百人次", "三分之一业主", "2/3业主", "5个小区",
      "三个月工人没活干", "星期五人多", "周五人很多", "初五人少", "二〇二六人", "五一人多", "13800012345人", "2020-10-30人", "3栋1602户漏水",
      "1602业主", "120人员到场", "三名牌", "五名额", "三位数", "三位一体", "一个人信息", "5个车位", "五户型", "A5人", "几个人", "数人", "有人",
      "小三人品差", "两人世界", "12:30人", "30%的人", "十个小时", "三块地", "12345人工服务", "万元户", "统一户口", "单元楼",
    ])
  func noPeople(text: String) throws {
    #expect(try stated(text, of: .people) == [])
  }

  @Test(
    "What counts something else is no sum of money",
    arguments: [
      "2020元旦", "3单元", "三块地", "两块牌子", "5万斤粮食欠款", "损失5万美元", "金额单位：万元", "1.5万平方米", "1.5万人", "人口1.2万", "万元户",
      "多元化", "押金2020年交", "欠12人工资", "第5元", "五圆形", "拖欠3个月工资", "工资20天没发", "每公里5人", "百元店",
    ])
  func noMoney(text: String) throws {
    #expect(try stated(text, of: .money) == [])
  }

  @Test(
    "Negation and supposition count within the clause, as for phrases",
    arguments: [
      ("没有三十人", []), ("没有来三十人", []), ("不是30人", []), ("没有打架，三十人在场", ["三十人=30"]), ("如果来三十人", ["三十人=30?"]),
      ("可能有30人聚集", ["30人=30?"]), ("不解决三十人就去上访", ["三十人=30"]),
    ] as [(String, [String])])
  func modality(text: String, expected: [String]) throws {
    #expect(try stated(text, of: .people) == expected)
  }

  @Test("Each kind is found for those who ask for it, at its place in the original")
  func kinds() throws {
    let index = try TextIndex(probes: [
      TextProbe(phrases: [], quantity: .people), TextProbe(phrases: ["工资"]),
      TextProbe(phrases: [], quantity: .money),
    ])
    let hits = index.hits(
      in: [("title", "12人"), ("text", "欠 ５ 名工人工资１２万元")], scratch: index.makeScratch())
    #expect(
      hits.map { "\($0.probe) \($0.field) \($0.start)-\($0.end) \($0.quantity ?? -1)" } == [
        "0 title 0-3 12.0", "0 text 2-7 5.0", "1 text 7-9 -1.0", "2 text 9-13 120000.0",
      ])
  }

  @Test("An exception and a choice of fields hold for quantities too")
  func options() throws {
    let probe = TextProbe(phrases: [], except: ["三十人大会"], quantity: .people)
    #expect(try stated("三十人大会上四十人闹事", of: .people, probe) == ["四十人=40"])
    let elsewhere = TextProbe(phrases: [], fields: ["title"], quantity: .people)
    #expect(try stated("四十人", of: .people, elsewhere) == [])
  }

  @Test("However many small numbers stand before it, the large one is kept")
  func limit() throws {
    let text = (0..<200).map { _ in "两人，" }.joined() + (3..<60).map { "\($0)人，" }.joined() + "三百人"
    let found = try stated(text, of: .people)
    #expect(found.last == "三百人=300")
    #expect(found.count < 100)
  }

  @Test("Texts of nothing but numerals and units are read to their end")
  func hostile() throws {
    for piece in ["一", "十", "万", "9", "几", "人", "3-", "百八", "1,", "1.", "亿万", "一二", "元", "块", "零", "w"] {
      _ = try stated(String(repeating: piece, count: 5_000), of: .people)
      _ = try stated(String(repeating: piece, count: 5_000) + "人", of: .people)
      _ = try stated(String(repeating: piece, count: 300) + "元", of: .money)
    }
  }
}
