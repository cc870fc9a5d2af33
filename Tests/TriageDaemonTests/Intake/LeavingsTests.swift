import Testing
import TriageCore

@testable import TriageDaemon

@Suite("What desktops and file servers leave is nobody's file")
struct LeavingsTests {
  static let names = [
    "@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", "lost+found", "Thumbs.db",
    "ehthumbs_vista.db", "Icon\r", "desktop.ini", "__MACOSX", "~$协议.docx",
  ]

  @Test("In the inbox and in a channel it is left alone, and nobody is told", arguments: names)
  func inbox(name: String) throws {
    let sample = try IntakeSample()
    for place in ["", "walk-in/"] { try sample.drop("\(place)\(name)/case.yaml", "title: x") }
    try sample.drop("hotline/\(name)", "title: x")
    let snapshot = try InboxScan(inbox: sample.inbox, settle: { _ in 0 }).scan(
      now: sample.nanos, wall: sample.nanos)
    #expect(snapshot.ready.isEmpty && snapshot.waiting.isEmpty && snapshot.oddities.isEmpty)
  }

  @Test("A case folder on a Synology is a case, and goes with the pictures that the server made")
  func synology() throws {
    let sample = try IntakeSample()
    try sample.drop("walk-in/漏水/case.yaml", "title: x")
    try sample.drop("walk-in/漏水/@eaDir/照片.jpg/SYNOFILE_THUMB_M.jpg", "x")
    try sample.drop("walk-in/漏水/@eaDir/case.yaml@SynoEAStream", "x")
    sample.setAge(sample.inbox + "/walk-in/漏水", 50)
    let snapshot = try InboxScan(inbox: sample.inbox, settle: { _ in 0 }).scan(
      now: sample.nanos, wall: sample.nanos)
    let seen = try #require(snapshot.ready.first)
    #expect(seen.contents.map(\.name.shown) == ["case.yaml"])
    let removal = try InboxRemoval(inbox: sample.inbox, spent: SpentFiles(state: sample.root + "/state"))
    #expect(removal.remove(seen.file) == .removed)
    #expect(sample.names("inbox/walk-in") == [])
  }

  @Test("A recycle bin in a case folder may hold somebody's files: a person has to look at the folder")
  func recycled() throws {
    let sample = try IntakeSample()
    try sample.drop("walk-in/漏水/case.yaml", "title: x")
    try sample.drop("walk-in/漏水/#recycle/照片.jpg", "jpeg")
    let snapshot = try InboxScan(inbox: sample.inbox, settle: { _ in 0 }).scan(
      now: sample.nanos, wall: sample.nanos)
    #expect(snapshot.ready.isEmpty && snapshot.oddities.count == 1)
  }

  @Test("In a queue nothing is said of it, and a folder of it is no request", arguments: names)
  func queue(name: String) throws {
    let root = Root()
    let queue = try root.queue()
    for folder in ["new", "requests"] { root.write("x", "\(folder)/\(name)") }
    let snapshot = try QueueScan().scan(queue, now: Bureau.monday)
    #expect(snapshot.requests.isEmpty && snapshot.unknown.isEmpty && snapshot.nests.isEmpty)
  }

  @Test(
    "A file of a case that is called so is given to departments under a name that they see", arguments: names)
  func given(name: String) {
    let given = EntryName(AttachmentNames.safe(name) { [] })
    #expect(!given.waits, "\(given.shown)")
  }

  @Test("Names of people's files are none of it")
  func others() {
    for name in ["eaDir", "recycle", "照片.jpg", "icon", "lost and found", "a.db", "ZZ20261012-0001.yaml", ""] {
      #expect(!DesktopLeavings.contains(EntryName(name).lowered), "\(name)")
    }
  }
}
