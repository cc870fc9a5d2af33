import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Items are known whatever became of their names")
struct ItemNamingTests {
  @Test(
    "What follows the case id in a name is ignored, but for the role",
    arguments: [
      ("ZZ20261012-0001.yaml", "ZZ20261012-0001"), ("ZZ20261012-0001", "ZZ20261012-0001"),
      ("ZZ20261012-0001 - 副本.yaml", "ZZ20261012-0001"), ("ZZ20261012-00012 (3).yaml.txt", "ZZ20261012-00012"),
      ("ZZ20261012-0001.assist-2 - 副本.yaml", "ZZ20261012-0001.assist-2"),
      ("ZZ20261012-0001.follow_up-1.yaml", "ZZ20261012-0001.follow_up-1"),
      ("街道20261012-0001.yaml", "街道20261012-0001"), ("20261012-0001.yaml", "20261012-0001"),
    ])
  func names(name: String, item: String) {
    #expect(ItemNaming.item(inName: Array(name.utf8))?.description == item)
  }

  @Test(
    "Names without a whole case id are no items",
    arguments: [
      "", "备注.txt", "ZZ-0001.yaml", "ZZ20261012.yaml", "ZZ20261012-01.yaml", "a b20261012-0001",
      "../20261012-0001",
    ])
  func noItems(name: String) {
    #expect(ItemNaming.item(inName: Array(name.utf8)) == nil)
  }

  @Test("The head wins over the name, and only a line of its own counts")
  func head() {
    let name = EntryName("ZZ20261012-0002.yaml")
    #expect(
      ItemNaming.item(name: name, head: Array("# x\nitem: ZZ20261012-0001\n".utf8))?.description
        == "ZZ20261012-0001")
    #expect(
      ItemNaming.item(name: name, head: Array("text: |2\n  item: ZZ20261012-0001\n".utf8))?.description
        == "ZZ20261012-0002")
    #expect(ItemNaming.item(name: name, head: Array("item: 电梯\n".utf8))?.description == "ZZ20261012-0002")
    #expect(ItemNaming.item(name: EntryName("ZZ20261012-0002.notice-1.txt"), head: []) == nil)
  }

  @Test("The head is read in UTF-16 too; a form that holds no text is known by its name, a picture is not")
  func encodings() {
    let text = "# 案件\nitem: ZZ20261012-0001\n"
    let units = Array(text.utf16)
    let little: [UInt8] =
      [0xFF, 0xFE] + units.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let big: [UInt8] =
      [0xFE, 0xFF] + units.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    for head in [little, big] {
      #expect(
        ItemNaming.item(name: EntryName("办结.yaml"), head: head)?.description == "ZZ20261012-0001")
    }
    let binary: [UInt8] = [0x50, 0x4B, 3, 4, 0, 0]
    #expect(ItemNaming.item(name: EntryName("ZZ20261012-0001.yaml"), head: binary) != nil)
    for name in ["ZZ20261012-0001.docx", "ZZ20261012-0001.jpg", "ZZ20261012-0001"] {
      #expect(ItemNaming.item(name: EntryName(name), head: binary) == nil, "\(name)")
    }
    #expect(ItemNaming.isDocument(EntryName("ZZ20261012-0001.DOCX")))
    #expect(!ItemNaming.isDocument(EntryName("ZZ20261012-0001.jpg")))
  }

  @Test("A name that is no UTF-8 is kept as bytes and shown escaped")
  func bytes() {
    let name = EntryName(
      bytes: Array("ZZ20261012-0001 ".utf8) + [0xB1, 0xB8, 0xD7, 0xA2] + Array(".txt".utf8))
    #expect(name.shown == "ZZ20261012-0001 备注.txt")
    #expect(EntryName("a\nb\u{1B}[31m\u{202E}").shown == "a b\\u{1B}[31m\\u{202E}")
  }
}
