import Foundation
import Testing
import TriageCore

@testable import TriageText

@Suite("Near-same text is told by hashes alone")
struct SketchTests {
  private let sketcher: TextSketcher
  private let other: TextSketcher
  private let scratch = TextScratch()

  init() throws {
    let index = try TextIndex(probes: [])
    sketcher = TextSketcher(root: String(repeating: "0", count: 32), of: index)
    other = TextSketcher(root: String(repeating: "1", count: 32), of: index)
  }

  private func sketch(_ text: String, title: String = "", address: String? = nil) -> TextSketch? {
    sketcher.sketch(CaseInput(channel: "mail", title: title, text: text, address: address), scratch: scratch)
  }

  private func areNear(_ a: TextSketch?, _ b: TextSketch?) -> Bool {
    guard let a, let b else { return false }
    return a.similarity(to: b.print) >= Limits.nearSimilarity
      && !Set(a.keys + a.probes).isDisjoint(with: b.keys)
  }

  @Test(
    "Of thirty letters by one template each is found by the thirty-first, whatever names and dates stand in them"
  )
  func templates() throws {
    for template in Letters.templates {
      let letters = (1...31).map { sketch(Letters.filled(template, $0)) }
      let last = try #require(letters.last)
      let found = letters.dropLast().count { areNear(last, $0) }
      #expect(found >= 28, "\(found) of 30: \(template.prefix(20))")
    }
  }

  @Test("Every letter of a template is found near one of those before it")
  func recall() {
    for template in Letters.templates {
      let letters = (1...30).map { sketch(Letters.filled(template, $0)) }
      let linked = (1..<30).count { number in letters[..<number].contains { areNear(letters[number], $0) } }
      #expect(linked == 29, "\(template.prefix(20))")
    }
  }

  @Test("Letters of different templates are not near, though all are about the same estate")
  func differentTemplates() {
    for (a, b) in zip(Letters.templates, Letters.templates.dropFirst()) {
      #expect(!areNear(sketch(Letters.filled(a, 1)), sketch(Letters.filled(b, 1))))
    }
  }

  @Test("The phrases in which every hotline clerk puts a call make no two different calls near")
  func noFalseNeighbours() throws {
    let sentences = try Letters.plainSentences()
    #expect(sentences.count > 150)
    let half = sentences.count / 2
    let calls =
      sentences.map { "市民来电反映：\($0)，请相关职能部门及时核实并处理，尽快回复。" }
      + zip(sentences.prefix(half), sentences.dropFirst(half)).map { "来电人反映：\($0)；\($1)，请相关部门核实处理。" }
    let sketches = calls.map { (text: $0, sketch: sketch($0)) }.filter { $0.sketch != nil }
    #expect(sketches.count > 60)
    var near: [String] = []
    for (i, a) in sketches.enumerated() {
      for b in sketches[..<i] where areNear(a.sketch, b.sketch) {
        // A call with one more sentence in it is another matter of degree.
        let isPart = sentences.contains { a.text.contains($0) && b.text.contains($0) }
        if !isPart { near.append("\(a.text) ~ \(b.text)") }
      }
    }
    #expect(near == [])
  }

  @Test("Width, script, white space and punctuation make no difference")
  func folded() {
    let text = Letters.filled(Letters.templates[0], 1)
    let other = text.replacing("，", with: " ，\n").replacing("物业", with: "物業").replacing("1", with: "１")
    #expect(sketch(text)?.print == sketch(other)?.print)
    #expect(sketch(text)?.keys == sketch(other)?.keys)
  }

  @Test("A text of a few words is not compared")
  func short() {
    #expect(sketch("物业乱收停车费") == nil)
    #expect(sketch(String(repeating: "好", count: 500)) == nil)
  }

  @Test("Two roots make nothing in common of one text")
  func keyed() throws {
    let input = CaseInput(channel: "mail", text: Letters.filled(Letters.templates[0], 1))
    let (a, b) = (sketcher.sketch(input, scratch: scratch), other.sketch(input, scratch: scratch))
    #expect(!areNear(a, b))
    #expect(try #require(a).similarity(to: try #require(b).print) < 0.1)
  }

  @Test(
    "Addresses are one place when most of the shorter one is in the other",
    arguments: [
      ("幸福小区3栋501室", "幸福小区12栋1单元", true), ("某区某街道幸福小区3栋", "幸福小区", true), ("幸福小区3栋", nil, true),
      ("某区某街道幸福小区3栋", "某区某街道阳光花园2栋", false), ("幸福小区", "阳光花园", false), ("中山路12号", "人民路12号", false),
    ] as [(String, String?, Bool)])
  func places(_ a: String, _ b: String?, _ isOne: Bool) throws {
    let text = Letters.filled(Letters.templates[0], 1)
    let first = try #require(sketch(text, address: a))
    let second = try #require(sketch(text, address: b))
    #expect(first.isPlace(second.place) == isOne)
  }
}

/// Invented letters by templates, as neighbours sign them.
enum Letters {
  static let templates = [
    "尊敬的领导：我是幸福小区{n}栋{r}室业主{name}，我们小区物业公司自{date}起未经业主大会同意擅自将停车费由每月{a}元涨到每月{b}元，并且拒不公示公共收益账目，电梯经常故障无人维修，楼道卫生无人打扫。我们多次找物业{other}经理沟通均被推诿。恳请政府责令物业停止乱收费，公示账目，尽快维修电梯。联系人{name}，电话{tel}。",
    "市民来电反映：{date}起{name}家楼下烧烤店夜间经营，油烟噪音很大影响休息，请相关职能部门及时处理。",
    "本人{name}，{date}购买了幸福小区{n}栋{r}室商品房，合同约定{date}前交房，开发商至今逾期未交，也没有给出明确的交房时间，要求按合同支付违约金并尽快交房。联系电话{tel}。",
  ]

  private static let names = [
    "王伟", "李秀英", "张敏", "刘洋", "陈静", "杨磊", "黄桂兰", "赵军", "吴霞", "周涛", "徐丽娜", "孙强", "马超", "朱红", "胡建国",
    "郭艳", "何平", "高洁", "林峰", "罗玉兰", "郑浩", "梁宇", "谢芳", "宋佳", "唐明", "许杰", "邓丽", "冯刚", "韩梅", "曹斌", "曾勇",
  ]

  static func filled(_ template: String, _ number: Int) -> String {
    let name = names[(number * 7) % names.count]
    let other = String(names[(number * 11 + 3) % names.count].prefix(1))
    return template.replacing("{name}", with: name).replacing("{other}", with: other)
      .replacing("{date}", with: "2026年\(number % 11 + 1)月\(number % 27 + 1)日")
      .replacing("{n}", with: "\(number % 20 + 1)").replacing("{r}", with: "\(101 + number * 37)")
      .replacing("{a}", with: "\(80 + number)").replacing("{b}", with: "\(200 + number * 3)")
      .replacing("{tel}", with: "\(13_800_000_000 + number * 7919)")
  }

  /// The sentences of the trap fixtures, each once.
  static func plainSentences() throws -> [String] {
    let traps = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/traps")
    var sentences: Set<String> = []
    for (file, column) in [("sentences.csv", 2), ("traps.csv", 0)] {
      let text = try String(contentsOf: traps.appendingPathComponent(file), encoding: .utf8)
      for line in text.split(whereSeparator: \.isNewline).dropFirst() {
        let columns = line.split(separator: ",", omittingEmptySubsequences: false)
        if columns.count > column { sentences.insert(String(columns[column])) }
      }
    }
    return sentences.sorted()
  }
}
