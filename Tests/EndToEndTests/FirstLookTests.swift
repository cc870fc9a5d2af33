import Foundation
import Testing

/// What is looked at is watched before it is looked at: nothing waits for the periodic scan, which is far away here.
@Suite("Promise 10, hints come in time: each thing is seen by the clock", .serialized)
struct FirstLookTests {
  /// Seconds; the next scan of everything is ten minutes off.
  private static let soon = 15.0

  private func begin() throws -> Root {
    let root = try Root()
    try root.configure(settle: "inbox: 1s, queues: 0s, reply: 0s, rules: 1s")
    return root
  }

  @Test("The first file after a start is taken at once, in a channel that was there and in the inbox itself")
  func firstFile() throws {
    let root = try begin()
    try root.makeFolder("inbox/hotline")
    let daemon = try root.start()
    sleep(3)
    try root.drop("hotline/a.yaml", Desk.simple("A-1"))
    #expect(eventually(within: Self.soon) { root.names("queues/urban/new").count == 1 }, "\(daemon.err)")
    try root.drop("b.yaml", Desk.simple("A-2", "楼道堆物", text: "楼道堆放杂物。"))
    #expect(eventually(within: Self.soon) { (try? root.cases().count) == 2 }, "\(daemon.err)")
  }

  @Test("A new channel that is filled in the moment it is made, and one that is made again, are seen")
  func newChannels() throws {
    let root = try begin()
    let daemon = try root.start()
    sleep(1)
    for (number, name) in ["窗口", "visit", "窗口"].enumerated() {
      if root.exists("inbox/" + name) {
        #expect(rmdir(root.path + "/inbox/" + name) == 0)
      }
      let title = "第\(number + 1)件：路灯不亮"
      try root.write("inbox/\(name)/\(number).yaml", Desk.simple("N-\(number)", title, text: title))
      #expect(
        eventually(within: Self.soon) { root.names("inbox/" + name) == [] }, "\(number) \(daemon.err)")
    }
    // A folder that was filled elsewhere, and one that comes in the other's place.
    for number in 3...4 {
      let title = "第\(number + 1)件：井盖松动"
      try root.write("elsewhere/\(number).yaml", Desk.simple("N-\(number)", title, text: title))
      if number == 4 { try root.move("inbox/hotline", "old") }
      try root.move("elsewhere", "inbox/hotline")
      #expect(eventually(within: Self.soon) { root.names("inbox/hotline") == [] }, "\(daemon.err)")
    }
    #expect(try root.cases().count == 5)
  }

  @Test("A case folder that is made and filled, and what is added to it later, are seen")
  func caseFolder() throws {
    let root = try begin()
    try root.makeFolder("inbox/visit")
    let daemon = try root.start()
    try root.makeFolder("inbox/visit/夜市")
    sleep(1)
    try root.write("inbox/visit/夜市/案件.yaml", Desk.simple("F-1", "夜市占道"))
    try root.write("inbox/visit/夜市/照片.jpg", "jpeg")
    #expect(eventually(within: Self.soon) { (try? root.cases().count) == 1 }, "\(daemon.err)")
    try root.write("inbox/visit/早市/照片.jpg", "jpeg")
    sleep(2)
    try root.write("inbox/visit/早市/案件.yaml", Desk.simple("F-2", "早市占道", text: "早市占用人行道。"))
    #expect(eventually(within: Self.soon) { (try? root.cases().count) == 2 }, "\(daemon.err)")
  }

  @Test("The first move, answer and request of a department are seen, also in a folder that was replaced")
  func queues() throws {
    let root = try begin()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    let daemon = try root.start()
    sleep(3)
    try root.move("queues/urban/new/\(id).yaml", "queues/urban/accepted/\(id).yaml")
    #expect(eventually(within: Self.soon) { (try? root.phase(of: id)) == "accepted" }, "\(daemon.err)")
    try root.write("queues/urban/requests/\(id) 备注.txt", "已约物业周五见面")
    #expect(
      eventually(within: Self.soon) { (try? root.events(of: id).contains("noted")) == true }, "\(daemon.err)")
    try root.move("queues/urban/done", "queues/urban/done-old")
    try root.makeFolder("queues/urban/done")
    try root.fill("queues/urban/accepted/\(id).yaml", ["result": "settled", "summary": "已修好"])
    try root.move("queues/urban/accepted/\(id).yaml", "queues/urban/done/\(id).yaml")
    #expect(eventually(within: Self.soon) { (try? root.phase(of: id)) == "follow_up" }, "\(daemon.err)")
  }

  @Test("A department that comes with a reload is seen from its first move on")
  func newDepartment() throws {
    let root = try begin()
    try root.makeFolder("inbox/desk")
    let daemon = try root.start()
    try root.write(
      root.rules + "/harbour.yaml",
      """
      departments: [{id: harbour, title: 港务所, escalates_to: leader}]
      routes: [{id: harbour, when: {category: property, channel: desk}, priority: 7, lead: harbour}]
      """)
    #expect(eventually(within: Self.soon) { root.exists("queues/harbour/new") }, "\(daemon.err)")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    #expect(eventually(within: Self.soon) { root.names("queues/harbour/new").count == 1 }, "\(daemon.err)")
    let id = try #require(try root.onlyCase()["id"] as? String)
    try root.move("queues/harbour/new/\(id).yaml", "queues/harbour/accepted/\(id).yaml")
    #expect(eventually(within: Self.soon) { (try? root.phase(of: id)) == "accepted" }, "\(daemon.err)")
  }

  enum Replacing: String, CaseIterable { case folder, link, linkedFile, folderAbove }

  @Test(
    "A rulebook that is renamed into place, a link to one, a linked file: what they lead to is taken at once",
    arguments: Replacing.allCases)
  func rulesReplaced(how: Replacing) throws {
    let root = try begin()
    let next = root.home + "/next"
    try copyTree(root.rules, to: next)
    try root.write(next + "/harbour.yaml", "departments: [{id: harbour, title: 港务所, escalates_to: leader}]\n")
    let home = root.home
    switch how {
    case .folder: break
    case .link:
      #expect(rename(root.rules, home + "/v1") == 0 && symlink("v1", root.rules) == 0)
    case .linkedFile:
      #expect(mkdir(home + "/shared", 0o755) == 0)
      try root.write(home + "/shared/more.yaml", "# 没有\n")
      #expect(symlink("../shared/more.yaml", root.rules + "/more.yaml") == 0)
    case .folderAbove:
      #expect(mkdir(home + "/etc", 0o755) == 0 && rename(root.rules, home + "/etc/rules") == 0)
      #expect(mkdir(home + "/etc2", 0o755) == 0 && rename(next, home + "/etc2/rules") == 0)
      try root.write(
        root.configuration,
        (try String(contentsOfFile: root.configuration, encoding: .utf8))
          .replacingOccurrences(of: root.rules, with: home + "/etc/rules"))
    }
    let daemon = try root.start()
    sleep(3)
    switch how {
    case .folder: #expect(rename(root.rules, home + "/old") == 0 && rename(next, root.rules) == 0)
    case .link:
      #expect(symlink("next", home + "/new-link") == 0 && rename(home + "/new-link", root.rules) == 0)
    case .linkedFile:
      try root.write(
        home + "/shared/new.yaml", "departments: [{id: harbour, title: 港务所, escalates_to: leader}]\n")
      #expect(rename(home + "/shared/new.yaml", home + "/shared/more.yaml") == 0)
    case .folderAbove:
      #expect(rename(home + "/etc", home + "/etc-old") == 0 && rename(home + "/etc2", home + "/etc") == 0)
    }
    #expect(eventually(within: Self.soon) { root.exists("queues/harbour/new") }, "\(daemon.err)")
    // And what is changed there afterwards.
    guard how == .folder || how == .link else { return }
    try root.write(root.rules + "/pier.yaml", "departments: [{id: pier, title: 码头所, escalates_to: leader}]\n")
    #expect(eventually(within: Self.soon) { root.exists("queues/pier/new") }, "\(daemon.err)")
  }
}
