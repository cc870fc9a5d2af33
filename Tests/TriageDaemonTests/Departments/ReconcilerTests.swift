import Glibc
import Testing
import TriageCore

@testable import TriageDaemon

/// "Clerks are human": what people do to files, seen on a real folder.
@Suite("A look into a queue says what the department did")
struct ReconcilerTests: Reconciling {
  let root = Root()
  let scan = QueueScan()

  @Test(
    "Moves are what the department means",
    arguments: [
      (Assignment.Status.new, "new", [] as [String]),
      (.new, "accepted", ["accepted accepted/ZZ20261012-0001.yaml"]),
      (.new, "done", ["handed in done/ZZ20261012-0001.yaml from new"]),
      (.accepted, "done", ["handed in done/ZZ20261012-0001.yaml from accepted"]),
      (.accepted, "returned", ["returned returned/ZZ20261012-0001.yaml from accepted"]),
      (.done, "done", []), (.done, "accepted", ["taken back accepted/ZZ20261012-0001.yaml"]),
      (.accepted, "new", ["misplaced new/ZZ20261012-0001.yaml to accepted"]),
      (.new, "closed", ["misplaced closed/ZZ20261012-0001.yaml to new"]),
      (.accepted, "reminders", ["misplaced reminders/ZZ20261012-0001.yaml to accepted"]),
      (.accepted, ".", ["misplaced ./ZZ20261012-0001.yaml to accepted"]),
      (.returned, "accepted", ["misplaced accepted/ZZ20261012-0001.yaml to returned"]),
    ])
  func moves(status: Assignment.Status, folder: String, findings: [String]) throws {
    _ = try root.queue()
    root.write(file(), "\(folder)/ZZ20261012-0001.yaml")
    #expect(said(try plan([row(status)])) == findings)
  }

  @Test(
    "A renamed item is known by its head, else by the start of its name",
    arguments: [
      ("随便改的名字.yaml", "item: ZZ20261012-0001\n"), ("ZZ20261012-0001 - 副本.yaml", "改了"),
      ("ZZ20261012-0001.yaml.txt", "改了"),
      ("ZZ20261012-0001(1).yaml", "\u{FEFF}item: \"ZZ20261012-0001\"\r\n"), ("ZZ20261012-0001 办好了", ""),
    ])
  func renamed(name: String, content: String) throws {
    _ = try root.queue()
    root.write(content, "accepted/\(name)")
    #expect(said(try plan([row(.new)])) == ["accepted accepted/\(name)", "renamed accepted/\(name)"])
  }

  @Test("A deleted item is missing, unless it is still to be delivered")
  func deleted() throws {
    #expect(said(try plan([row(.accepted)])) == ["missing ZZ20261012-0001"])
    #expect(try plan([row(.new)], undelivered: [item]).isEmpty)
  }

  @Test("Another department's item is to be put back where that department had it")
  func foreign() throws {
    _ = try root.queue()
    root.write(file("ZZ20261012-0002"), "new/ZZ20261012-0002.yaml")
    let findings = try plan([], known: [row(.accepted, "ZZ20261012-0002", "police")])
    #expect(said(findings) == ["foreign new/ZZ20261012-0002.yaml to police/accepted"])
  }

  @Test("An item whose task has ended belongs into closed")
  func ended() throws {
    _ = try root.queue()
    root.write(file(), "accepted/ZZ20261012-0001.yaml")
    root.write(file("ZZ20261012-0002"), "closed/ZZ20261012-0002.yaml")
    let findings = try plan([], known: [row(.ended), row(.ended, "ZZ20261012-0002")])
    #expect(said(findings) == ["ended accepted/ZZ20261012-0001.yaml"])
  }

  @Test("A document in the place of an item is told of, and no blank form is delivered while it lies there")
  func document() throws {
    _ = try root.queue()
    for name in ["ZZ20261012-0001.docx", "ZZ20261012-0001 办结.wps"] {
      root.write("PK\u{3}\u{4}", "done/\(name)")
      #expect(said(try plan([row(.accepted)])) == ["unreadable done/\(name)"])
      // Beside a form it is one of the papers of the answer.
      root.write(file(), "done/ZZ20261012-0001.yaml")
      #expect(said(try plan([row(.accepted)])) == ["handed in done/ZZ20261012-0001.yaml from accepted"])
      for gone in [name, "ZZ20261012-0001.yaml"] {
        unlink("\(root.layout.path(of: .done, "urban"))/\(gone)")
      }
    }
    root.write("x", "done/ZZ20261012-0001.jpg")
    #expect(said(try plan([row(.accepted)])) == ["missing ZZ20261012-0001"])
  }

  @Test("A snapshot taken while files moved proves no deletion")
  func unsteady() throws {
    var snapshot = try scan.scan(try root.queue(), now: later)
    snapshot.isUnsteady = true
    let knowledge = Reconciler.Knowledge(expected: [row(.new)], today: Bureau.day, lookup: { _ in nil })
    #expect(Reconciler.plan(snapshot, knowledge, now: later).isEmpty)
  }

  @Test("Order-free: the order of files and of the ledger's rows changes nothing")
  func orderFree() throws {
    _ = try root.queue()
    for number in 1...9 {
      root.write(file("ZZ20261012-000\(number)"), "accepted/ZZ20261012-000\(number).yaml")
    }
    let rows = (1...9).map { row(.new, "ZZ20261012-000\($0)") }
    #expect(try plan(rows) == plan(rows.reversed()))
  }
}
