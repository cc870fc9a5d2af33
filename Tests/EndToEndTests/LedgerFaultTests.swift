import Foundation
import Testing

/// What happens to the ledger's files from outside while the daemon has them open.
@Suite("Faults of the ledger's files")
struct LedgerFaultTests {
  @Test("Promise 1: shared memory deleted under a running daemon loses nothing")
  func sharedMemoryDeleted() throws {
    let root = try Root()
    let daemon = try root.start()
    try root.drop("desk/1.yaml", Desk.simple("S-1"))
    #expect(eventually { root.names("queues/urban/new").count == 1 }, "\(daemon.err)")
    try root.remove("state/ledger.sqlite-shm")
    // A reader makes it anew; what it and the daemon see of each other is SQLite's matter, what is lost is ours.
    _ = try root.triaged("cases")
    for number in 2...30 {
      try root.drop("desk/\(number).yaml", Desk.simple("S-\(number)"))
      if number % 10 == 0 {
        #expect(eventually { root.tree("inbox").isEmpty || daemon.hasEnded }, "\(daemon.err)")
        _ = try root.triaged("cases")
        _ = try root.triaged("status")
      }
    }
    let sources = Set((1...30).map { "S-\($0)" })
    if !daemon.hasEnded {
      #expect(eventually { root.names("queues/urban/new").count == 30 || daemon.hasEnded }, "\(daemon.err)")
      daemon.signal(SIGTERM)
      #expect(daemon.ends(within: 20), "\(daemon.err)")
    }
    try root.once()
    #expect(Set(try root.cases().compactMap { $0["source_id"] as? String }) == sources)
    #expect(root.names("queues/urban/new").count == 30)
    try root.expectSound()
  }
}
