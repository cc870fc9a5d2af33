import Testing
import TriageCore
import TriageText

@Suite("Regular expressions")
struct PatternTests {
  private func spans(_ pattern: String, in text: String) throws -> [Range<Int>] {
    let index = try TextIndex(probes: [TextProbe(phrases: [], patterns: [pattern])])
    return index.hits(in: [("text", text)], scratch: index.makeScratch()).map { $0.start..<$0.end }
  }

  private func refusal(_ pattern: String) -> PatternError.Reason? {
    do throws(PatternErrors) {
      _ = try TextIndex(probes: [TextProbe(phrases: ["甲"], patterns: [pattern])])
      return nil
    } catch {
      #expect(error.errors.map(\.phrase) == [1])
      return error.errors.first?.reason
    }
  }

  @Test("A match has exact ends in the original, the longest of each start")
  func ends() throws {
    let workers = #"(工友|农民工|工人).{0,12}[0-9]{1,3}\s*(人|名)"#
    #expect(try spans(workers, in: "我们農民工兄弟共 １２ 名，被欠薪") == [2..<13])
    #expect(try spans("打+人*", in: "打打打人人") == [0..<5])
    #expect(try spans("甲.乙", in: "甲一乙甲二乙") == [0..<3, 3..<6])
  }

  @Test(
    "Patterns are folded as text is",
    arguments: [
      ("樓上.漏水", "楼上又漏水"), ("ＫＴＶ[0-9]+", "KTV１２"), ("[Ａ-Ｃ]座", "b座"), ("[A-C]座", "b座"), ("欠 3 个月", "欠3个月"),
      ("欠\\s+3", "欠3"), ("欠\\s+3", "欠  3"), ("欠\\s{1,3}3", "欠3"), ("（请.复）", "(请回复)"), ("（请.复）", "（请回复）"),
      ("什么？", "什么?"), ("\\？", "?"),
      ("a\\x{4e00}", "A一"), ("\\p{Han}{2}费", "物业费"), ("[\\w]+费", "物業費"), ("甲\\W乙", "甲。乙"), ("[^\\W甲]乙", "丙乙"),
      ("\\x{6A13}顶", "楼顶"), ("[A-z]1", "Q1"), ("[\\x{4E00}-\\x{9FFF}]{2}费", "物業費"), ("[一-鿿]{2}费", "物業費"),
      ("[^，。]{3}", "停车费"), ("[樓房]顶", "楼顶"), ("\\Q(a)\\E甲", "（A）甲"),
      ("(?i)abc", "ABC"), ("(?<n>甲|乙)丙", "乙丙"), ("(?:甲|乙){2}", "甲乙"), ("㎡", "m2"), ("x㎡*y", "xy"),
      ("{甲", "{甲"), ("[[:digit:]]+元", "５元"),
    ])
  func folded(pattern: String, text: String) throws {
    #expect(try !spans(pattern, in: text).isEmpty)
  }

  @Test("A dot does not reach over the end of a short line, nor a full-width bracket open a group")
  func reach() throws {
    #expect(try spans("甲.{0,5}乙", in: "甲一\n乙") == [])
    #expect(try spans("（甲|乙", in: "甲") == [])
  }

  @Test("Patterns are cancelled, weakened and hidden like phrases")
  func standing() throws {
    let probe = TextProbe(
      phrases: [], patterns: ["打.{0,2}人"], except: ["打工人"], negators: TextIndex.defaultNegators,
      weakeners: TextIndex.defaultWeakeners)
    let index = try TextIndex(probes: [probe])
    let weak = { (text: String) in
      index.hits(in: [("text", text)], scratch: index.makeScratch()).map(\.weak)
    }
    #expect(weak("没有打过人") == [])
    #expect(weak("如果打了人") == [true])
    #expect(weak("打工人") == [])
    #expect(weak("打伤人") == [false])
  }

  @Test(
    "What cannot run in one pass is refused with its reason",
    arguments: [
      ("(?=甲)乙", PatternConstruct.lookaround), ("(?<!没有)打人", .lookaround), ("(甲)\\1", .backReference),
      ("(?P<n>甲)(?P=n)", .backReference), ("甲++", .possessive), ("甲{2}+", .possessive),
      ("(?>甲)", .atomicGroup),
      ("\\b甲", .wordBoundary), ("(?R)", .recursion), ("(?1)", .recursion), ("(?(1)甲|乙)", .conditional),
      ("(?x)甲 乙", .extendedMode), ("\\X", .other), ("\\p{Hann}", .other),
    ])
  func unsupported(pattern: String, construct: PatternConstruct) {
    guard case .unsupported(let found, _) = refusal(pattern) else {
      Issue.record("\(pattern) was not refused: \(String(describing: refusal(pattern)))")
      return
    }
    #expect(found == construct)
  }

  @Test("Large bounded repeats are refused before they are compiled, nested ones multiplied")
  func repeats() {
    #expect(refusal("小[^。]{0,1000}店") == .repeatTooLarge(1_000, limit: Limits.patternRepeat))
    #expect(refusal("甲{256,}") == .repeatTooLarge(256, limit: Limits.patternRepeat))
    #expect(refusal("((甲.{0,40}){0,40}乙)") == .repeatTooLarge(1_600, limit: Limits.patternRepeat))
    #expect(refusal("甲{99999999999999999999}") == .repeatTooLarge(Int.max, limit: Limits.patternRepeat))
    #expect(refusal("甲.{0,200}乙.{0,200}丙") == .repeatTooLarge(400, limit: Limits.patternRepeat))
    // Each took seconds with few repeats: long classes, their opposites, many words.
    let many = String(String.UnicodeScalarView((0..<100).compactMap { Unicode.Scalar(0x4E01 + $0 * 37) }))
    let words = many.map { "\($0)家" }.joined(separator: "|")
    for pattern in [
      "小[\(many)]{0,255}店", "小[^\(many)]{0,255}店", "小(\(words)){1,40}店", "((\(words)){1,5}人){1,9}",
    ] {
      guard case .tooLarge(let size, limit: Limits.patternPositions)? = refusal(pattern) else {
        Issue.record("\(pattern.prefix(8))… is not refused")
        continue
      }
      #expect(size > Limits.patternPositions)
    }
    for pattern in ["小.{0,255}店", "小[^，。]{0,250}店", "小(\(words))店", "小[^\(many)]{0,5}店", #"小\w{0,100}店"#] {
      #expect(refusal(pattern) == nil, "\(pattern.prefix(8))…")
    }
    #expect(refusal("((甲.{0,5}){0,5}乙)") == nil)
    #expect(refusal("甲.{0,255}乙") == nil)
  }

  @Test("A pattern that is small to write and too large to compile is refused quickly")
  func tooComplex() {
    #expect(refusal("小(.{0,15}甲){0,15}店") == .tooComplex)
  }

  @Test("A wide pattern has exact ends too", arguments: ["小[^。]{0,100}店", "小\\w{0,60}店", "小.{0,40}店"])
  func wide(pattern: String) throws {
    let between = String(repeating: "城", count: 30)
    #expect(try spans(pattern, in: "😀小区，小\(between)店和小\(between)店店。") == [4..<36, 37..<69])
    #expect(try spans(pattern, in: "小\(String(repeating: "城", count: 300))店") == [])
    #expect(try spans(pattern, in: String(repeating: "小店", count: 1_500)).count == Limits.hitsPerPhrase)
  }

  @Test("A pattern that matches the empty text is refused", arguments: ["甲*", "(甲|)", "^", " ", "甲{0,3}"])
  func empty(pattern: String) {
    #expect(refusal(pattern) == .matchesEmpty)
  }

  @Test("What is no regular expression is refused", arguments: ["(甲", "[甲", "甲)", "*甲", "甲\\", "[\\x{zz}]"])
  func syntax(pattern: String) {
    guard case .syntax = refusal(pattern) else {
      Issue.record("\(pattern): \(String(describing: refusal(pattern)))")
      return
    }
  }

  @Test("A sign that expands cannot stand in a class")
  func expandingMember() {
    #expect(refusal("[㎡甲]") == .classMemberExpands("㎡"))
  }

  @Test("All faults of all probes are reported at once, in order")
  func collected() {
    let probes = [
      TextProbe(phrases: ["甲", " "], patterns: ["(", "乙"], except: ["\u{200B}"], negators: [""]),
      TextProbe(phrases: [String(repeating: "长", count: Limits.phraseScalars + 1)]),
    ]
    do throws(PatternErrors) {
      _ = try TextIndex(probes: probes)
      Issue.record("the probes were accepted")
    } catch {
      let places = error.errors.map { "\($0.probe) \($0.list) \($0.phrase)" }
      #expect(places == ["0 phrases 1", "0 phrases 2", "0 except 0", "0 negators 0", "1 phrases 0"])
      #expect(error.errors.last?.reason == .tooLong(limit: Limits.phraseScalars))
      for fault in error.errors {
        for language in [Language.zh, .en] {
          #expect(!fault.message[language].isEmpty && !fault.hint[language].isEmpty)
        }
      }
    }
  }
}
