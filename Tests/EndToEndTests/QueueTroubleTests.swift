import Foundation
import Testing

/// Queues that cannot be made, or not be looked into, and what waits for them.
@Suite("Queues that cannot be used altogether")
struct QueueTroubleTests {
  private let root: Root

  init() throws { root = try Root() }

  /// Something else lies in the place of the folder.
  private func shut(_ path: String) throws {
    try root.move(path, path + ".away")
    try root.write(path, "x")
  }

  private func reopen(_ path: String) throws {
    try root.remove(path)
    try root.move(path + ".away", path)
  }

  @Test("A queue that cannot be made is told of once, counts as failing, and is served when it can be made")
  func unmade() throws {
    try root.once()
    try root.write(
      root.rules + "/harbour.yaml",
      """
      departments: [{id: harbour, title: 港务所, escalates_to: leader}]
      routes: [{id: harbour, when: {category: property, channel: desk}, priority: 7, lead: harbour}]
      """)
    try root.write("queues/harbour", "a file of that name")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    let daemon = try root.start()
    #expect(try eventually { try root.cases().count == 1 }, "\(daemon.err)")
    #expect(eventually { root.metric("queues_failing") == 1 && root.metric("effects_waiting") == 1 })
    // Time for a few scans to say it again.
    sleep(4)
    #expect(root.metric("queues_failing") == 1 && root.metric("queues_gone") == 0)
    let said = daemon.err.split(separator: "\n").filter { $0.contains("department=harbour") }
    #expect(said.count == 1, "\(said)")
    try root.remove("queues/harbour")
    #expect(eventually { root.names("queues/harbour/new").count == 1 }, "\(daemon.err)")
    #expect(eventually { root.exists("queues/harbour/worklist.html") })
    #expect(eventually { root.metric("queues_failing") == 0 })
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 20))
    try root.expectSound()
  }

  @Test(
    "Promise 2: a request on record is carried out once, though nobody could look where it lies for a while")
  func requestBehindShutFolder() throws {
    guard Faultpoint.shim != nil else { return print("shut requests: skipped, there is no C compiler") }
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    try root.act("accept", id)
    try root.once()
    try root.act("note", id, "--text", "已约当事人周四面谈")
    let requests = root.path + "/queues/urban/requests"
    // On record, and killed before it is put away.
    let killed = try Faultpoint.run(root, .killBefore, on: "rename", below: requests, at: 1)
    #expect(killed.isMet && killed.outcome.signal != nil, "\(killed.outcome.err)")
    let events = try root.events(of: id)
    try shut("queues/urban/requests")
    let left = try root.once(status: 1)
    #expect(left.err.contains("department=urban"), "\(left.err)")
    #expect(root.metric("effects_waiting") == 1)
    try reopen("queues/urban/requests")
    try root.once()
    #expect(try root.events(of: id) == events)
    #expect(root.names("queues/urban/requests/taken").count == 1)
    try root.expectSound()
  }

  @Test("An ended item in a folder that nobody can look into is put away when somebody can")
  func itemBehindShutFolder() throws {
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    try root.act("return", id, "--set", "return_reason=not_competent", "--set", "reason=不归我管")
    try root.once()
    try shut("queues/urban/returned")
    try root.act("done", "\(id).adjudicate-1", "--set", "assign_to=police", "--set", "reason=由派出所办")
    let left = try root.once(status: 1)
    #expect(left.err.contains("department=urban"), "\(left.err)")
    #expect(root.metric("effects_waiting") == 1)
    #expect(root.names("queues/police/new").count == 1)
    try reopen("queues/urban/returned")
    try root.once()
    #expect(root.names("queues/urban/returned") == [])
    #expect(root.metric("effects_waiting") == 0)
    try root.expectSound()
  }
}
