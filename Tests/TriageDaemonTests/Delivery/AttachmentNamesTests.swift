import Testing

@testable import TriageDaemon

@Suite("Names of files that came with a case are safe everywhere")
struct AttachmentNamesTests {
  @Test(
    "A name leads nowhere, hides nothing and means nothing to Windows",
    arguments: [
      ("照片.jpg", "照片.jpg"), ("../../etc/passwd.txt", "passwd.txt"), ("C:\\Users\\li\\照片.jpg", "照片.jpg"),
      ("a\u{202E}gpj.exe", "a_gpj.exe"), ("a\\u{202E}gpj.exe", "agpj.exe"), ("行\n一.txt", "行_一.txt"),
      ("con", "_con.txt"), ("COM1.jpg", "_COM1.jpg"), ("Lpt9 .pdf", "_Lpt9 .pdf"), ("COM0.x1", "_COM0.x1"),
      ("control.txt", "control.txt"), (".hidden.txt", "hidden.txt"), ("结尾.txt. . ", "结尾.txt"),
      ("~$报告.docx", "报告.docx"), ("draft.txt~", "draft.txt"), ("x.part", "x.part_"), ("x.swp", "x.swp_"),
      ("Desktop.ini", "Desktop.ini_"), ("看我.lnk", "看我.lnk_"), ("..", "file.txt"), ("", "file.txt"),
      ("/", "file.txt"),
      ("a?b*c|d<e>f\"g:h.txt", "a_b_c_d_e_f_g_h.txt"), ("第1.2版", "第1.2版.txt"), ("a  b\t.txt", "a b_.txt"),
    ])
  func safe(sent: String, name: String) {
    #expect(AttachmentNames.safe(sent, head: { Array("text".utf8) }) == name)
  }

  @Test("A long name is cut between characters and keeps its ending")
  func long() {
    let name = AttachmentNames.safe(String(repeating: "长", count: 300) + ".jpeg", head: { [] })
    #expect(name.hasSuffix("长.jpeg") && name.utf8.count <= 240)
    #expect(EntryName(name).numbered(200).bytes.count <= 255)
  }

  @Test(
    "A name without an ending gets the one that its content has",
    arguments: [
      ([0xFF, 0xD8, 0xFF, 0xE0], "jpg"), ([0x89, 0x50, 0x4E, 0x47], "png"), (Array("%PDF-1.7".utf8), "pdf"),
      (Array("PK\u{3}\u{4}....word/document.xml".utf8), "docx"), (Array("PK\u{3}\u{4}....a.txt".utf8), "zip"),
      (Array("From: a@example.org\r\n".utf8), "eml"), (Array("<!DOCTYPE html><p>".utf8), "html"),
      (Array("....ftypheic".utf8), "heic"), (Array("....ftypisom".utf8), "mp4"),
      (Array("RIFF....WAVE".utf8), "wav"),
      (Array("BEGIN:VCALENDAR".utf8), "ics"), (Array("你好".utf8), "txt"), ([1, 2, 3], "bin"),
    ] as [([UInt8], String)])
  func ending(head: [UInt8], ending: String) {
    #expect(AttachmentNames.safe("part-3", head: { head }) == "part-3.\(ending)")
  }

  @Test(
    "Two files never share a name, in whatever case; the same file twice is one; later ones change nothing")
  func collisions() {
    let sent = [
      ("Photo.jpg", "a"), ("photo.JPG", "b"), ("x/photo.jpg", "c"), ("Photo.jpg", "a"),
      ("photo (2).jpg", "d"),
    ]
    .map { AttachmentNames.Sent(name: $0.0, sha256: $0.1, head: { [] }) }
    let names = AttachmentNames.names(of: sent).map { $0?.shown }
    #expect(names == ["Photo.jpg", "photo (2).JPG", "photo (3).jpg", nil, "photo (2) (2).jpg"])
    for count in 1..<sent.count {
      #expect(AttachmentNames.names(of: Array(sent[..<count])).map { $0?.shown } == Array(names[..<count]))
    }
  }
}
