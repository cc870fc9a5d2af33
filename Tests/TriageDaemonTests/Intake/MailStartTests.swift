import Testing
import TriageCore

@testable import TriageDaemon

@Suite("What begins as a mail does") struct MailStartTests {
  let sample: IntakeSample
  init() throws { sample = try IntakeSample() }

  private static let header =
    "From: 林小满 <lin@example.org>\nTo: office@example.net\nSubject: 路灯不亮\nDate: Fri, 20 Nov 2026 09:00:00 +0800\n"
  private static let body = "\n东门路灯不亮三天了。\n"

  /// The same mail, written as mailers, mailboxes and people write it.
  private static let writings: [(name: String, text: String)] = [
    ("as it is", header + body),
    ("a mailbox's first line", "From lin@example.org Fri Nov 20 09:00:00 2026\n" + header + body),
    ("quoted mailbox line", ">From lin@example.org Fri Nov 20 09:00:00 2026\n" + header + body),
    (
      "names in odd case",
      header.replacing("From:", with: "FROM:").replacing("Subject:", with: "sUBJECT:") + body
    ),
    (
      "a space before the colon",
      header.replacing("From:", with: "From :").replacing("To:", with: "To\t:") + body
    ),
    ("folded", header.replacing("林小满 <lin", with: "林小满\n <lin") + body),
    ("CRLF", (header + body).replacing("\n", with: "\r\n")),
    ("CR alone", (header + body).replacing("\n", with: "\r")),
    ("CR in the header", header.replacing("\n", with: "\r") + "\r" + body),
    ("blank lines before", "\r\n\n" + header + body),
    ("a byte order mark", "\u{FEFF}" + header + body),
    (
      "a line that is none", header.replacing("Subject:", with: "X-Odd header without colon\nSubject:") + body
    ),
    ("no blank line", header + "东门路灯不亮三天了。\n"),
    (
      "traces first",
      "Received: from mx.example.org by office.example.net; Fri, 20 Nov 2026\nReturn-Path: <lin@example.org>\n"
        + header + body
    ),
  ]

  @Test func `a letter that begins with From is a letter`() {
    for text in [
      "From 8:00 to 22:00 every day they drill upstairs\nand nobody stops them\n\nPlease help us.\n",
      "From 08:00 on Mon the water is off\nfor all of us\n\nPlease help us.\n",
    ] {
      let input = sample.decode(text, as: "x.txt").only
      #expect(input?.text.contains("nobody") == true || input?.text.contains("for all of us") == true)
      #expect(input.map { ($0.title + $0.text).contains("From ") } == true)
    }
  }

  @Test(arguments: writings.indices, ["x.eml", "x.txt", "x", "x.yaml"])
  func `it is taken as a mail, and no address gets into the text`(_ index: Int, _ name: String) throws {
    let (what, text) = Self.writings[index]
    let input = try #require(sample.decode(text, as: name).only, "\(what)")
    #expect(input.title == "路灯不亮", "\(what)")
    #expect(input.text == "东门路灯不亮三天了。", "\(what)")
    #expect(input.contact?.other == "lin@example.org", "\(what)")
  }

  @Test func `in UTF-16 too`() throws {
    let text = Self.header + Self.body
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let input = try #require(CaseDecoder.decode(bytes, fileName: "x.txt", context: sample.context()).only)
    #expect(input.title == "路灯不亮" && input.contact?.other == "lin@example.org")
  }

  @Test(arguments: [
    "转来一封信，请处理。\n附原文。\n谢谢。\n请速办。\nFrom: lin@example.org\nTo: office@example.net\nSubject: 路灯\n\n不亮",
    "From: lin@example.org\nTo: office@example.net\n东门路灯不亮。\nSubject: 路灯\n\n请处理。",
    "From: lin@example.org\nTo: office@example.net,\nsecond@example.net\n\n请处理。",
  ])
  func `where the header cannot be told from the text, it is set aside`(_ text: String) {
    let result = sample.decode(text, as: "x.txt")
    #expect(result.cases.isEmpty)
    #expect(result.refusal == .mailUnclear)
  }

  @Test func `a mailbox with several mails is set aside with their number`() {
    let mail = "From lin@example.org Fri Nov 20 09:00:00 2026\n" + Self.header + Self.body
    #expect(sample.decode(mail + "\n" + mail, as: "inbox.mbox").refusal == .severalMails(2))
    #expect(
      sample.decode(mail + "\nFrom here on it is dark.\n", as: "x.eml").only?.text.contains("From here")
        == true)
  }

  @Test(arguments: [
    "发件人：林小满 <lin@example.org>\n收件人：office@example.net\n主题：路灯不亮\n发送时间：2026-11-20 09:00\n\n东门路灯不亮",
    "From: lin@example.org\n标题：路灯不亮\n内容：东门路灯不亮",
    "路灯不亮\nFrom: lin@example.org\n内容：东门路灯不亮",
  ])
  func `header lines in a letter are the contact and no text`(_ text: String) throws {
    let input = try #require(sample.decode(text, as: "x.txt").only)
    #expect(input.title == "路灯不亮" && input.text == "东门路灯不亮")
    #expect(input.contact?.other?.contains("lin@example.org") == true)
    #expect(!"\(input.fields)".contains("example"))
  }

  @Test func `YAML and letters that share a word with mail stay what they are`() {
    let yaml = sample.decode("subject: 路灯\ndate: 2026-11-20\ndescription: 不亮\n", as: "x.yaml").only
    #expect(yaml?.title == "路灯" && yaml?.text == "不亮")
    let letter = sample.decode("From the east gate on it is dark.\nPlease mend the lamp.\n", as: "x.txt").only
    #expect(letter?.text.contains("Please mend") == true)
    let status = sample.decode("Date: 2026-11-20\n路灯不亮，请处理", as: "x.txt").only
    #expect(status?.text.contains("路灯不亮") == true)
  }
}
