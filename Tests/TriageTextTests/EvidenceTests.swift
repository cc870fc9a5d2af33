import Testing
import TriageCore
import TriageText

/// What a probe with these phrases finds in a text: the words of the original, a weak hit with a question mark.
private func found(
  _ phrases: [String], patterns: [String] = [], except: [String] = [], in text: String,
  negators: [String] = TextIndex.defaultNegators, weakeners: [String] = TextIndex.defaultWeakeners
) throws -> [String] {
  let probe = TextProbe(
    phrases: phrases, patterns: patterns, except: except, negators: negators, weakeners: weakeners)
  let index = try TextIndex(probes: [probe])
  let scalars = Array(text.unicodeScalars)
  return index.hits(in: [("text", text)], scratch: index.makeScratch()).map { hit in
    String(String.UnicodeScalarView(scalars[hit.start..<hit.end])) + (hit.weak ? "?" : "")
  }
}

@Suite("What stands in the text becomes evidence")
struct EvidenceTests {
  @Test(
    "A phrase is found however it is written, at its place in the original",
    arguments: [
      ("樓上漏水", "楼上漏水", "樓上漏水"),
      ("邻 居 天 天 吵 架", "吵架", "吵 架"),
      ("請頁(yè)面打開(kāi)後查看", "打开", "打開"),
      ("請頁(yè)面打開(kāi)後查看", "页面", "頁(yè)面"),
      ("要求ＫＴＶ停业", "ktv", "ＫＴＶ"),
      ("赔偿５万元", "5万元", "５万元"),
      ("拖\u{200B}欠工资", "拖欠工资", "拖\u{200B}欠工资"),
      ("人㆒百", "一百", "㆒百"),
      ("停 车 费", "停車費", "停 车 费"),
    ])
  func spelling(text: String, phrase: String, original: String) throws {
    #expect(try found([phrase], in: text) == [original])
  }

  @Test("A phrase does not reach over punctuation, a gap between words or the end of a short line")
  func boundaries() throws {
    for text in ["拖欠，工资", "拖欠 工资", "拖欠\n工资", "拖欠。工资"] {
      #expect(try found(["拖欠工资"], in: text) == [])
    }
  }

  @Test("No hit spans two fields")
  func fields() throws {
    let index = try TextIndex(probes: [TextProbe(phrases: ["欠薪"]), TextProbe(phrases: ["没有打人"])])
    let hits = index.hits(in: [("title", "工地欠"), ("text", "薪水没有")], scratch: index.makeScratch())
    #expect(hits.isEmpty)
  }

  @Test("Negation in the title says nothing about the text")
  func negationByField() throws {
    let index = try TextIndex(probes: [TextProbe(phrases: ["打人"], negators: TextIndex.defaultNegators)])
    let hits = index.hits(in: [("title", "没有"), ("text", "打人")], scratch: index.makeScratch())
    #expect(hits == [TextHit(probe: 0, phrase: 0, field: "text", start: 0, end: 2, weak: false)])
  }

  @Test("A probe looks at title and text unless it names its fields")
  func probeFields() throws {
    let index = try TextIndex(probes: [
      TextProbe(phrases: ["物业"]), TextProbe(phrases: ["物业"], fields: ["title"]),
      TextProbe(phrases: ["物业"], fields: ["remark"]),
    ])
    let hits = index.hits(
      in: [("title", "物业"), ("text", "找物业"), ("remark", "问物业"), ("address", "物业楼")],
      scratch: index.makeScratch())
    #expect(
      hits.map { "\($0.probe) \($0.field) \($0.start)-\($0.end)" } == [
        "0 title 0-2", "0 text 1-3", "1 title 0-2", "2 remark 1-3",
      ])
  }

  @Test("Phrases inside others are all found; overlapping hits of one phrase are one")
  func overlaps() throws {
    #expect(try found(["物业", "物业费", "业费"], in: "交物业费") == ["物业", "物业费", "业费"])
    #expect(try found(["天天"], in: "天天天天天") == ["天天", "天天"])
  }

  @Test("Hits come sorted by probe, phrase, field, start, whatever the order of the text")
  func order() throws {
    let index = try TextIndex(probes: [TextProbe(phrases: ["乙", "甲"]), TextProbe(phrases: ["甲"])])
    let hits = index.hits(in: [("text", "甲乙甲"), ("title", "乙")], scratch: index.makeScratch())
    #expect(
      hits.map { "\($0.probe)\($0.phrase)\($0.field)\($0.start)" } == [
        "00text1", "00title0", "01text0", "01text2", "10text0", "10text2",
      ])
  }

  @Test("A scratch serves every index and forgets what it saw before")
  func scratch() throws {
    let one = try TextIndex(probes: [TextProbe(phrases: ["甲"], patterns: ["甲.丙"])])
    let two = try TextIndex(probes: [TextProbe(phrases: [], patterns: ["(乙|丙).{0,100}丁"])])
    let scratch = one.makeScratch()
    for _ in 0..<3 {
      #expect(one.hits(in: [("text", "甲乙丙")], scratch: scratch).count == 2)
      #expect(two.hits(in: [("text", "乙丙丁")], scratch: scratch).map(\.start) == [1])
      #expect(one.hits(in: [("text", "")], scratch: scratch).isEmpty)
    }
  }

  @Test("Of one phrase in one field a bounded number of hits is kept")
  func limit() throws {
    let text = String(repeating: "打人，", count: 1_000) + String(repeating: "可能打人，", count: 1_000)
    let hits = try found(["打人"], in: text)
    #expect(hits.count == 2 * Limits.hitsPerPhrase)
    #expect(hits.filter { $0 == "打人?" }.count == Limits.hitsPerPhrase)
  }

  @Test("An index without probes finds nothing")
  func empty() throws {
    let index = try TextIndex(probes: [])
    #expect(index.hits(in: [("title", "打人"), ("text", "打人")], scratch: index.makeScratch()).isEmpty)
  }
}

@Suite("Exceptions, negation and supposition")
struct StandingTests {
  @Test(
    "A hit inside an exception is no hit",
    arguments: [
      ("看着火车站广场到处是水", "着火", ["看着火车"]),
      ("为了减轻生产成本冒险过桥", "轻生", ["减轻生产"]),
      ("我家暴征暴拆后一直没有安置", "家暴", ["我家暴征"]),
      ("交警只在拥堵路段执勤", "堵路", ["拥堵路段"]),
      ("门店跳楼价大甩卖", "跳楼", ["跳楼价", "跳楼机"]),
      ("看 着 火 车", "着火", ["看着火车"]),
    ])
  func exceptions(text: String, phrase: String, except: [String]) throws {
    #expect(try found([phrase], except: except, in: text) == [])
  }

  @Test("An exception hides only what lies inside it")
  func exceptionBesideHit() throws {
    #expect(try found(["着火"], except: ["看着火车"], in: "看着火车着火") == ["着火"])
    #expect(try found(["跳楼"], except: ["跳楼价"], in: "跳楼价，他要跳楼") == ["跳楼"])
    #expect(try found(["打砸"], except: ["不打"], in: "不打砸", negators: []) == ["打砸"])
  }

  @Test("Exceptions of one probe do not hide the hits of another")
  func exceptionsByProbe() throws {
    let index = try TextIndex(probes: [
      TextProbe(phrases: ["着火"], except: ["看着火车"]), TextProbe(phrases: ["着火"], except: ["别的"]),
    ])
    let hits = index.hits(in: [("text", "看着火车")], scratch: index.makeScratch())
    #expect(hits.map(\.probe) == [1])
  }

  @Test(
    "What is denied in the same clause is no hit",
    arguments: [
      ("双方有争吵，没有打人", "打人"), ("我们不想拉横幅维权", "拉横幅"), ("我也不想上访让领导难做", "上访"),
      ("未拉横幅、未喊口号、未阻碍交通", "喊口号"), ("没有拉横幅、没有喊口号", "喊口号"), ("没有拉横幅、喊口号", "喊口号"),
      ("庆幸火势不大，未造成人员伤亡", "伤亡"), ("从来没有出现过家庭暴力", "家庭暴力"), ("没有对任何人进行殴打", "殴打"),
      ("不打人", "打人"), ("未持刀", "持刀"), ("并非故意伤人", "伤人"), ("没有人被打", "被打"), ("他沒有打人", "打人"),
      ("没有打人没有骂人", "骂人"), ("不存在非法集资", "非法集资"), ("他否认打人", "打人"),
    ])
  func denied(text: String, phrase: String) throws {
    #expect(try found([phrase], in: text) == [])
  }

  @Test(
    "What is not denied stays a hit",
    arguments: [
      ("他们要去跳楼！不是在威胁", "跳楼"), ("业主说拿不到房就去跳楼，不是在威胁", "跳楼"), ("没有办法，跳楼", "跳楼"),
      ("不给钱就打人", "打人"), ("不赔钱还打人", "打人"), ("不解决问题我就自焚", "自焚"), ("没人管我就跳楼", "跳楼"),
      ("物业不作为导致业主被打伤", "打伤"), ("不退钱打人", "打人"), ("没签合同拖欠工资", "拖欠工资"), ("没有合同拖欠工资", "拖欠工资"),
      ("不断殴打老人", "殴打"), ("无故殴打老人", "殴打"), ("未成年人被殴打", "殴打"), ("不仅打人", "打人"), ("不满判决自焚", "自焚"),
      ("他不承认打人", "打人"), ("忍不住打人", "打人"), ("受不了要跳楼", "跳楼"), ("搞得我都不想活了", "不想活"), ("不是吵架而是打人", "打人"),
      ("没有，打人了", "打人"), ("没有\n打人", "打人"), ("无良房东打人", "打人"), ("别人打人", "打人"),
    ])
  func stays(text: String, phrase: String) throws {
    #expect(try found([phrase], in: text) == [phrase])
  }

  @Test(
    "Two negators cancel each other",
    arguments: [
      ("不是没有打过人", "打过人"), ("他没有说不报复，我很害怕", "报复"), ("并不是不想离婚，是他不同意抚养费", "离婚"),
      ("不是不打人", "打人"), ("并非从来没有打人", "打人"),
    ])
  func doubleNegation(text: String, phrase: String) throws {
    #expect(try found([phrase], in: text) == [phrase])
  }

  @Test(
    "What is supposed, possible or over is weak",
    arguments: [
      ("如果发生燃气泄漏后果不堪设想", "燃气泄漏"), ("一旦失火消防车进不来", "失火"), ("护栏锈迹斑斑随时可能倒塌", "倒塌"),
      ("對方已經不再毆打我", "殴打"), ("没再打人", "打人"), ("如果下雨就会倒塌", "倒塌"), ("要是有人打架", "打架"),
      ("可能造成爆炸", "爆炸"), ("若着火", "着火"),
    ])
  func weak(text: String, phrase: String) throws {
    let hits = try found([phrase], in: text)
    #expect(hits.count == 1)
    #expect(hits.allSatisfy { $0.hasSuffix("?") })
  }

  @Test(
    "A threat and a fact are no supposition",
    arguments: [
      ("如果不退钱我就跳楼", "跳楼"), ("房东扬言要弄死我们", "弄死我们"), ("可能是喝多了，打人", "打人"), ("若干人打架", "打架"),
      ("他可能已经自杀", "自杀"), ("可能因为喝酒但已经打伤人", "打伤"),
    ])
  func strong(text: String, phrase: String) throws {
    #expect(try found([phrase], in: text) == [phrase])
  }

  @Test("Without word lists nothing is cancelled or weakened")
  func off() throws {
    #expect(try found(["打人"], in: "如果没有打人", negators: [], weakeners: []) == ["打人"])
    #expect(try found(["打人"], in: "如果打人", negators: TextIndex.defaultNegators, weakeners: []) == ["打人"])
    #expect(try found(["打人"], in: "并没说打人", negators: ["并没"], weakeners: []) == [])
  }

  @Test("Probes with different word lists judge the same words each for itself")
  func byProbe() throws {
    let index = try TextIndex(probes: [
      TextProbe(phrases: ["打人"], negators: TextIndex.defaultNegators), TextProbe(phrases: ["打人"]),
      TextProbe(phrases: ["打人"], weakeners: ["没有"]),
    ])
    let hits = index.hits(in: [("text", "没有打人")], scratch: index.makeScratch())
    #expect(hits.map(\.probe) == [1, 2])
    #expect(hits.map(\.weak) == [false, true])
  }
}
