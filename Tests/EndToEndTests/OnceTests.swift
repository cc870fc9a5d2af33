import Foundation
import Testing

/// `run --once` for cron: what is there is taken in, or named.
@Suite("run --once takes in all that is there, or says what it left")
struct OnceTests {
  @Test("A fresh file, a fresh case folder, a fresh request and a fresh answer are waited for")
  func freshFiles() throws {
    let root = try Root()
    try root.once()
    try root.configure(settle: "inbox: 2s, reply: 0s")
    try root.write("inbox/hotline/a.yaml", Desk.simple("A-1"))
    try root.write("inbox/visit/夹/案件.yaml", Desk.simple("A-2", "夜市占道", text: "夜市占用人行道。"))
    try root.write("inbox/visit/夹/照片.jpg", "jpeg")
    try root.once()
    #expect(try root.cases().count == 2)
    #expect(root.tree("inbox") == [])

    let id = try root.id(of: "A-1")
    try root.write("queues/urban/requests/\(id) 备注.txt", "已约物业周五见面")
    try root.fill("queues/urban/new/\(id).yaml", ["result": "settled", "summary": "已修好"])
    try root.move("queues/urban/new/\(id).yaml", "queues/urban/done/\(id).yaml")
    try root.write("queues/urban/attachments/\(id)/照片.jpg", "jpeg")
    try root.once()
    #expect(try root.phase(of: id) == "follow_up")
    #expect(try root.events(of: id).contains("noted") && root.events(of: id).contains("attached"))
    try root.expectSound()
  }

  @Test(
    "What somebody still writes is named, and the status is 1; the next run takes it",
    arguments: ["zh", "en"])
  func heldOpen(language: String) throws {
    let root = try Root(language: language)
    try root.once()
    try root.makeFolder("inbox/visit/夹")
    try root.makeFolder("inbox/hotline")
    let table = try SlowWriter(root, "inbox/hotline/orders.csv", "工单编号,诉求标题,诉求内容\n9001,路灯,北门路灯")
    try root.write("inbox/visit/夹/案件.yaml", Desk.simple("A-2", "夜市占道", text: "夜市占用人行道。"))
    let photograph = try SlowWriter(root, "inbox/visit/夹/照片.jpg", "jp")
    try root.write("inbox/hotline/b.yaml", Desk.simple("A-3"))
    try root.write("inbox/hotline/c.yaml.part", "ti")
    let outcome = try Program.run(root.options(at: Root.thursday) + ["--once"])
    #expect(outcome.status == 1, "\(outcome.err)")
    for name in ["hotline/orders.csv", "visit/夹/照片.jpg", "hotline/c.yaml.part"] {
      #expect(outcome.err.contains(name), "\(name) \(outcome.err)")
    }
    #expect(outcome.err.contains(language == "zh" ? "仍有程序在写" : "open for writing"))
    #expect(try root.cases().count == 1)

    try table.write("不亮\n9002,井盖,南门井盖松动\n")
    table.close()
    photograph.close()
    // An upload that was broken off is left, and said each time.
    let rest = try Program.run(root.options(at: Root.thursday) + ["--once"])
    #expect(rest.status == 1 && rest.err.contains("hotline/c.yaml.part"), "\(rest.err)")
    #expect(try root.cases().count == 4)
    #expect(root.tree("inbox") == ["hotline/c.yaml.part"])
  }

  @Test("What cannot be read or moved is named, and the status is 1")
  func unreadable() throws {
    guard getuid() != 0 else { return print("unreadable: skipped, the superuser may read everything") }
    let root = try Root()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    chmod(root.path + "/inbox/desk/a.yaml", 0)
    let outcome = try Program.run(root.options(at: Root.thursday) + ["--once"])
    #expect(outcome.status == 1 && outcome.err.contains("desk/a.yaml"), "\(outcome.err)")
  }

  @Test(
    "A queue that cannot be written is named with the reason and what waits for it, and the status is 1; the next run delivers",
    arguments: ["zh", "en"])
  func queueNotWritable(language: String) throws {
    guard Faultpoint.shim != nil else { return print("not writable: skipped, there is no C compiler") }
    let root = try Root(language: language)
    try root.once()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    let outcome = try Faultpoint.run(
      root, .diskFull, on: "rename", below: root.path + "/queues/urban/new", at: 1, count: -1
    ).outcome
    #expect(outcome.status == 1, "\(outcome.err)")
    let lines = outcome.err.split(separator: "\n").filter { $0.contains("department=urban") }
    // Once for the failure, once for what is left.
    #expect(lines.count == 2 && lines[0].contains("ENOSPC"), "\(outcome.err)")
    #expect(lines.last?.contains(language == "zh" ? "1 项投递留待下次" : "1 deliveries") == true)
    #expect(try root.cases().count == 1 && root.names("queues/urban/new") == [])
    try root.once()
    #expect(root.names("queues/urban/new").count == 1)
    try root.expectSound()
  }

  @Test("Asked to stop before all is done it names what is left, and the status is 1")
  func stopped() throws {
    let root = try Root(language: "en")
    try root.once()
    try root.makeFolder("inbox/hotline")
    let writer = try SlowWriter(root, "inbox/hotline/orders.csv", "工单编号,诉求标题,诉求内容\n9001,路灯,北门路灯")
    let run = try Running(Program.path, root.options(at: Root.thursday) + ["--once"])
    #expect(eventually { run.err.contains("ready") }, "\(run.err)")
    sleep(4)
    run.signal(SIGTERM)
    #expect(run.ends(within: 20))
    #expect(run.outcome.status == 1 && run.outcome.signal == nil, "\(run.err)")
    #expect(run.err.contains("asked to stop") && run.err.contains("hotline/orders.csv"), "\(run.err)")
    writer.close()
    try root.once()
    #expect(try root.cases().count == 1)
  }
}
