import Foundation
import Testing

/// Whoever is asked to stop stops, whatever it hangs in.
@Suite("Being asked to stop, end to end")
struct StopTests {
  @Test("A daemon that hangs in a disk that does not answer is ended hard after a while, and nothing is lost")
  func hangs() throws {
    let root = try Root(language: "en")
    try root.once()
    guard let disk = try FailingDisk(.hang, under: root, parts: FailingDisk.ledger) else {
      return print("hanging disk: skipped, there is no C compiler")
    }
    try root.makeFolder("inbox/desk")
    let daemon = try root.start(environment: disk.environment)
    disk.fail()
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    // It does not wait for anything: it has begun with the file, or is about to.
    #expect(eventually { root.read("state/attempts")?.contains("a.yaml") == true }, "\(daemon.err)")
    daemon.signal(SIGTERM)
    #expect(daemon.ends(within: 60), "\(daemon.err)")
    #expect(daemon.outcome.status == 1 && daemon.outcome.signal == nil)
    #expect(daemon.err.contains("ended hard"), "\(daemon.err)")
    disk.mend()
    try root.once()
    #expect(try root.cases().count == 1 && root.names("inbox/desk") == [])
    try root.expectSound()
  }

  @Test(
    "A repair that is asked to stop ends before it is done, says so, and the next one does the rest",
    arguments: [SIGTERM, SIGINT])
  func repair(signal: Int32) throws {
    guard let shim = Faultpoint.shim else { return print("stopped repair: skipped, there is no C compiler") }
    let root = try Root(language: "en")
    try root.drop("desk/a.yaml", Desk.simple("A-1"))
    try root.once()
    let id = try #require(try root.onlyCase()["id"] as? String)
    try root.remove("queues/urban/new/\(id).yaml")
    // It stops before it changes the first thing in the queues, and is asked to stop then.
    let repair = try Running(
      Program.path, ["fsck", "--repair", "--config", root.configuration],
      environment: [
        "LD_PRELOAD": shim, "FP_OPS": Faultpoint.changes, "FP_PATH": root.path + "/queues", "FP_AT": "1",
        "FP_COUNT": "1", "FP_ACTION": "stop",
      ])
    #expect(eventually { repair.isStopped || repair.hasEnded })
    try #require(repair.isStopped, "\(repair.err)")
    repair.signal(signal)
    repair.signal(SIGCONT)
    #expect(repair.ends(within: 30), "\(repair.err)")
    #expect(repair.outcome.status == 1 && repair.outcome.signal == nil, "\(repair.err)")
    #expect(repair.err.contains("asked to stop before all was done"), "\(repair.err)")
    let again = try Program.run(["fsck", "--repair", "--config", root.configuration])
    #expect(again.status == 0, "\(again.out)\(again.err)")
    #expect(root.exists("queues/urban/new/\(id).yaml"))
    try root.expectSound()
  }
}
