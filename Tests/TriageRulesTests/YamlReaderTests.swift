import Testing
import TriageRules

@Suite("YAML is read strictly, with places")
struct YamlReaderTests {
  private func read(_ text: String, depth: Int = 64, nodes: Int = 1000) throws -> YamlNode? {
    let limits = YamlLimits(bytes: 1 << 20, depth: depth, nodes: nodes, scalarBytes: 1000)
    return try YamlReader.read(Array(text.utf8), limits: limits).root
  }

  private func failure(_ text: String) -> YamlError? { failure(bytes: Array(text.utf8)) }

  private func failure(bytes: [UInt8]) -> YamlError? {
    let limits = YamlLimits(bytes: 1 << 20, depth: 64, nodes: 1000, scalarBytes: 1000)
    do {
      _ = try YamlReader.read(bytes, limits: limits)
      return nil
    } catch { return error }
  }

  @Test("Columns count characters, not bytes, from 1")
  func marks() throws {
    let root = try #require(try read("标题: 物业费\n地点: [一社区, 二社区]\n"))
    #expect(root["标题"] == YamlNode(.scalar("物业费", plain: true), mark: YamlMark(line: 1, column: 5)))
    #expect(root["地点"]?.items?.map(\.mark) == [YamlMark(line: 2, column: 6), YamlMark(line: 2, column: 11)])
  }

  @Test("A byte order mark does not shift the columns")
  func byteOrderMark() throws {
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("标题: 路灯\n".utf8)
    let root = try #require(try YamlReader.read(bytes, limits: .caseFile).root)
    #expect(root.mark == YamlMark(line: 1, column: 1))
    #expect(root["标题"]?.mark == YamlMark(line: 1, column: 5))
  }

  @Test("Whether a scalar was quoted is known")
  func quoting() throws {
    let root = try #require(try read("[12315, '12315', \"no\", no]"))
    #expect(
      root.items?.map(\.value) == [
        .scalar("12315", plain: true), .scalar("12315", plain: false), .scalar("no", plain: false),
        .scalar("no", plain: true),
      ])
  }

  @Test("An empty file and a file of comments have no root", arguments: ["", "# nothing\n", "\u{FEFF}"])
  func empty(text: String) throws { #expect(try read(text) == nil) }

  @Test("A duplicate key names both places")
  func duplicateKey() {
    #expect(
      failure("title: a\ntext: b\ntitle: c\n")
        == YamlError(
          .duplicateKey("title", first: YamlMark(line: 1, column: 1)), at: YamlMark(line: 3, column: 1)))
  }

  @Test(
    "What could make one text mean another is refused",
    arguments: [
      ("a: &x 1\nb: 2\n", YamlError.Reason.anchor("x"), 1, 4),
      ("a: *x\n", .alias("x"), 1, 4),
      ("a:\n  <<: {b: 1}\n", .mergeKey, 2, 3),
      ("a: !!str 1\n", .tag("tag:yaml.org,2002:str"), 1, 4),
      ("{[a]: 1}\n", .keyNotText, 1, 2),
      ("a: 1\n---\nb: 2\n", .secondDocument, 2, 1),
      ("a:\n\tb: 1\n", .tab, 2, 1),
    ])
  func refused(text: String, reason: YamlError.Reason, line: Int, column: Int) {
    #expect(failure(text) == YamlError(reason, at: YamlMark(line: line, column: column)))
  }

  @Test("Other encodings are named with the byte that gives them away")
  func encodings() {
    #expect(failure(bytes: [0xFF, 0xFE, 0x61, 0])?.reason == .utf16)
    // 标题 in GBK after an ASCII key.
    let bytes = Array("a: b\nc: ".utf8) + [0xB1, 0xEA, 0xCC, 0xE2]
    #expect(failure(bytes: bytes) == YamlError(.notUTF8(byteOffset: 8), at: YamlMark(line: 2, column: 4)))
    #expect(failure(bytes: Array("a: ".utf8) + [0xE6, 0xA0])?.reason == .notUTF8(byteOffset: 3))
    #expect(
      failure("a: b\nc: \u{0}")
        == YamlError(.controlCharacter(byteOffset: 8, scalar: 0), at: YamlMark(line: 2, column: 4)))
  }

  @Test("Nesting is stopped while it is read, not after libyaml's quadratic work")
  func depth() {
    #expect(failure(String(repeating: "[", count: 500_000))?.reason == .tooDeep(limit: 64))
    #expect(failure(String(repeating: "{a: ", count: 100_000))?.reason == .tooDeep(limit: 64))
  }

  @Test("Bytes, nodes and scalars have limits")
  func limits() {
    #expect(
      failure(String(repeating: "#\n", count: 1 << 20))?.reason == .tooLarge(bytes: 2 << 20, limit: 1 << 20))
    #expect(failure("[" + String(repeating: "a,", count: 1001) + "]")?.reason == .tooManyNodes(limit: 1000))
    #expect(failure(String(repeating: "a", count: 1001))?.reason == .scalarTooLong(limit: 1000))
  }

  @Test(
    "What is left open is named where it opens, not where the next entry breaks",
    arguments: [
      ("a: [1, 2\nb: 3\n", YamlError.Reason.openBracket, 1, 4),
      ("x:\n  - {id: a, t: b\n  - {id: c}\n", .openBracket, 2, 5),
      ("a: 'b\nc: 'd'\n", .openQuote, 1, 4),
      ("a: \"b\n", .openQuote, 1, 4),
      ("a: [x, 'b]\nc: ['d']\n", .openQuote, 1, 8),
    ])
  func leftOpen(text: String, reason: YamlError.Reason, line: Int, column: Int) {
    #expect(failure(text) == YamlError(reason, at: YamlMark(line: line, column: column)))
  }

  @Test("A syntax error keeps libyaml's words and place")
  func syntax() {
    guard case .syntax(let problem, _, _)? = failure("a: [1 2}\nb: 3\n")?.reason else {
      Issue.record("no syntax error")
      return
    }
    #expect(problem.contains("did not find expected"))
  }
}
