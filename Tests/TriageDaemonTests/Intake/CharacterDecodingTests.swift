import Testing

@testable import TriageDaemon

@Suite("Character decoding") struct CharacterDecodingTests {
  /// 小店区 in GB18030.
  let gb: [UInt8] = [0xD0, 0xA1, 0xB5, 0xEA, 0xC7, 0xF8]

  func text(_ bytes: [UInt8]) throws -> String {
    String(decoding: try CharacterDecoding.decode(bytes).bytes, as: UTF8.self)
  }

  @Test func `UTF-8 is tried before GB18030, which would accept it as gibberish`() throws {
    let decoded = try CharacterDecoding.decode(Array("小店".utf8))
    #expect(decoded.encoding == .utf8)
    #expect(String(decoding: decoded.bytes, as: UTF8.self) == "小店")
  }

  @Test func `what is not UTF-8 is read as GB18030`() throws {
    let decoded = try CharacterDecoding.decode(gb)
    #expect(decoded.encoding == .gb18030)
    #expect(String(decoding: decoded.bytes, as: UTF8.self) == "小店区")
  }

  @Test func `four-byte GB18030 is read`() throws {
    // U+3402 㐂 is 81 39 EE 30 or so in no GBK: only GB18030 has it.
    #expect(try text(gb + [0x82, 0x30, 0x8B, 0x30]).unicodeScalars.count == 4)
  }

  @Test func `a byte order mark is taken off`() throws {
    #expect(try text([0xEF, 0xBB, 0xBF] + Array("社区".utf8)) == "社区")
  }

  @Test func `UTF-16 with a byte order mark is read, both ways round`() throws {
    #expect(try text([0xFF, 0xFE, 0x0F, 0x5C, 0x97, 0x5E]) == "小店")
    #expect(try text([0xFE, 0xFF, 0x5C, 0x0F, 0x5E, 0x97]) == "小店")
  }

  @Test func `what fits no encoding is refused with both places`() {
    #expect(throws: IntakeRefusal.unknownEncoding(utf8Offset: 2, gb18030Offset: 4)) {
      try CharacterDecoding.decode([0x61, 0x62, 0xB5, 0xEA, 0xFF, 0x63])
    }
  }

  @Test func `UTF-8 that breaks off in a character is called cut short, not read as GB18030`() {
    let whole = Array("拖欠工资".utf8)
    for cut in 1...2 {
      #expect(throws: IntakeRefusal.truncatedUTF8(offset: whole.count - 3)) {
        try CharacterDecoding.decode(Array(whole.dropLast(cut)))
      }
    }
  }

  @Test func `ASCII with one Chinese word in GB18030 at its end is not called cut short`() throws {
    #expect(try text(Array("Tel ".utf8) + [0xC9, 0xE7]) == "Tel 社")
  }

  @Test func `a file with a UTF-8 mark must be UTF-8`() {
    #expect(throws: IntakeRefusal.brokenUTF(offset: 5)) {
      try CharacterDecoding.decode([0xEF, 0xBB, 0xBF] + gb)
    }
  }

  @Test func `half a UTF-16 unit is refused`() {
    #expect(throws: IntakeRefusal.brokenUTF(offset: 4)) {
      try CharacterDecoding.decode([0xFF, 0xFE, 0x0F, 0x5C, 0x97])
    }
  }

  @Test func `a NUL is refused with its place`() {
    #expect(throws: IntakeRefusal.nulByte(offset: 1)) { try CharacterDecoding.decode([0x61, 0, 0x62]) }
  }

  @Test(
    arguments: [
      [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xF8, 0x88, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func `overlong forms, surrogates and what lies beyond Unicode are no UTF-8`(_ bytes: [UInt8]) {
    #expect(UTF8Reading.firstError(Array("字".utf8) + bytes) == 3)
  }
}
