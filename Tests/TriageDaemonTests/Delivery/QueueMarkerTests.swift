import Foundation
import Testing
import TriageCore
import TriageLedger

@testable import TriageDaemon

@Suite("The marker of a queue")
struct QueueMarkerTests {
  let root = Root()
  private static let id = String(repeating: "0a", count: 16) + "-1f"
  private static let line =
    "00000000000000000000 \(String(repeating: "0a", count: 16)) 00000000000000000005 \(String(repeating: "ee", count: 32)) 20261121 0000000004 00000000 0000000000"

  private func head(_ ledger: Ledger) throws -> LedgerHead { try ledger.read.head() }

  @Test("Its first line is the id, as an older triaged writes and reads it; another root's is told by it")
  func id() throws {
    let old = try #require(QueueMarker(Array("\(Self.id)\n".utf8)))
    #expect(old.id == Self.id && old.head == nil)
    #expect(old.root == String(repeating: "0a", count: 16))
    #expect(QueueMarker(Array("\(Self.id)\r\n".utf8))?.id == Self.id)
    #expect(QueueMarker(Array("m1\n".utf8))?.root == nil)
    #expect(QueueMarker([]) == nil)
    // Half a second line is none.
    #expect(QueueMarker(Array("\(Self.id)\n\(Self.line)\n".utf8))?.head == nil)
  }

  @Test("How far the ledger has come is written beside the id, which is never touched")
  func note() throws {
    let state = root.path + "/state"
    let ledger = try Ledger(directory: state)
    let path = root.layout.path(of: "urban") + "/.triaged"
    let queue = try root.queue(marker: Self.id)
    try queue.marker.note(try head(ledger), in: queue.top)
    let first = try OpenQueue(root.layout, "urban", marker: Self.id)
    #expect(first.marker.head == (try head(ledger)))
    let inode = try first.top.stamp(of: QueueMarker.name)?.inode
    try ledger.raiseNumbering(cases: ["20261121": 5], alerts: [:])
    try first.marker.note(try head(ledger), in: first.top)
    let second = try OpenQueue(root.layout, "urban", marker: Self.id)
    #expect(second.marker.head?.cases == .init(day: "20261121", last: 5))
    #expect(try second.top.stamp(of: QueueMarker.name)?.inode == inode)
    #expect(FileText.read(path)?.hasPrefix(Self.id + "\n") == true)
    #expect(root.names(".").contains { $0.hasSuffix(".tmp") } == false)
  }

  @Test("A known queue is not made, whatever is left of it: no folder, an empty one, one without its marker")
  func knownIsNotMade() throws {
    let setup = QueueSetup(root.layout, Bureau.rulebook, .zh)
    let department = Department(id: "urban", title: "城建办")
    mkdir(root.layout.queues, 0o770)
    for _ in 1...2 {
      #expect(throws: QueueTrouble.shareGone) { try setup.makeReady(department, marker: Self.id) }
      mkdir(root.layout.path(of: "urban"), 0o770)
    }
    #expect(root.names(".") == [])
    // Nor is another root's folder taken over by a new one.
    let other = String(repeating: "0b", count: 16) + "-2"
    root.write("\(other)\n", ".triaged")
    #expect(throws: QueueTrouble.self) { try setup.make(department, QueueMarker(id: Self.id)) }
    #expect(root.read(".triaged") == "\(other)\n")
  }
}
