import Glibc
import Testing
import TriageCore

@testable import TriageDaemon

@Suite("A look into a queue says which of several files of an item counts")
struct ReconcilerCopiesTests: Reconciling {
  let root = Root()
  let scan = QueueScan()

  @Test("Of two copies the most advanced folder counts and the other goes to closed")
  func copies() throws {
    _ = try root.queue()
    root.write(file(), "new/ZZ20261012-0001.yaml")
    root.write(file(), "accepted/ZZ20261012-0001 - 副本.yaml")
    #expect(
      said(try plan([row(.new)])) == [
        "copy new/ZZ20261012-0001.yaml of accepted/ZZ20261012-0001 - 副本.yaml",
        "accepted accepted/ZZ20261012-0001 - 副本.yaml", "renamed accepted/ZZ20261012-0001 - 副本.yaml",
      ])
  }

  @Test("Of two files the form that is filled in counts, in the folder that the item was moved to")
  func filledCounts() throws {
    _ = try root.queue()
    root.write(filled, "accepted/ZZ20261012-0001.yaml")
    root.write(file(), "done/ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.accepted)])) == [
        "copy done/ZZ20261012-0001.yaml of accepted/ZZ20261012-0001.yaml",
        "gather accepted/ZZ20261012-0001.yaml to done",
      ])
    root.move("accepted/ZZ20261012-0001.yaml", "done/ZZ20261012-0001 (2).yaml")
    #expect(
      said(try plan([row(.accepted)])) == [
        "copy done/ZZ20261012-0001.yaml of done/ZZ20261012-0001 (2).yaml",
        "handed in done/ZZ20261012-0001 (2).yaml from accepted", "renamed done/ZZ20261012-0001 (2).yaml",
      ])
  }

  @Test(
    "Of two forms that are filled in the one in the most advanced folder counts, however new the other is")
  func advancedCounts() throws {
    _ = try root.queue()
    let words = file() + "  summary: 先记一笔\n"
    let reason = file() + "  return_reason: incomplete\n"
    for (folder, draft) in [
      ("accepted", answer("草稿")), ("accepted", words), ("returned", reason), ("new", answer("草稿")),
    ] {
      root.write(answer("定稿"), "done/ZZ20261012-0001.yaml")
      root.age("done/ZZ20261012-0001.yaml")
      root.write(draft, "\(folder)/ZZ20261012-0001.yaml")
      #expect(
        said(try plan([row(.accepted)])) == [
          "copy \(folder)/ZZ20261012-0001.yaml of done/ZZ20261012-0001.yaml",
          "handed in done/ZZ20261012-0001.yaml from accepted",
        ], "\(folder)")
      unlink("\(root.layout.path(of: "urban"))/\(folder)/ZZ20261012-0001.yaml")
    }
  }

  @Test("Half a form that was handed in gives way to the whole one that was saved where it had been")
  func wholeCounts() throws {
    _ = try root.queue()
    root.write(file() + "  summary: 先记一笔\n", "done/ZZ20261012-0001.yaml")
    root.write(answer("定稿"), "accepted/ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.accepted)])) == [
        "copy done/ZZ20261012-0001.yaml of accepted/ZZ20261012-0001.yaml",
        "gather accepted/ZZ20261012-0001.yaml to done",
      ])
  }

  @Test("A form is not handed in while another in which something else stands may still be written")
  func othersWait() throws {
    _ = try root.queue()
    root.write(answer("定稿"), "done/ZZ20261012-0001.yaml")
    root.write(answer("草稿"), "accepted/ZZ20261012-0001.yaml")
    #expect(try plan([row(.accepted)], now: present).isEmpty)
    root.write(answer("定稿"), "accepted/ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.accepted)], now: present)) == ["handed in done/ZZ20261012-0001.yaml from accepted"])
  }

  @Test("An empty form that was handed in waits while another file of the item may still be written")
  func emptyFormWaits() throws {
    _ = try root.queue()
    root.write(file(), "done/ZZ20261012-0001.yaml")
    root.write(file(), "accepted/ZZ20261012-0001.yaml")
    #expect(try plan([row(.accepted)], now: present).isEmpty)
  }

  @Test("The same form twice: the one under the item's name stays, however the copy's times are")
  func sameForm() throws {
    _ = try root.queue()
    root.write(filled, "accepted/ZZ20261012-0001.yaml")
    root.age("accepted/ZZ20261012-0001.yaml")
    root.write(filled, "accepted/复件 ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.accepted)])) == [
        "copy accepted/复件 ZZ20261012-0001.yaml of accepted/ZZ20261012-0001.yaml"
      ])
  }

  @Test("What was handed in and taken is not displaced by what comes later")
  func takenStays() throws {
    _ = try root.queue()
    root.write(filled, "done/ZZ20261012-0001.yaml")
    root.age("done/ZZ20261012-0001.yaml")
    root.write(filled + "  summary: 又写的\n", "accepted/ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.done)])) == ["copy accepted/ZZ20261012-0001.yaml of done/ZZ20261012-0001.yaml"])
  }

  @Test("A copy that may still be being written closes nothing yet")
  func copyInProgress() throws {
    _ = try root.queue()
    root.write(file(), "new/ZZ20261012-0001.yaml")
    root.write("", "accepted/ZZ20261012-0001.yaml")
    let findings = try plan([row(.new)], now: present)
    #expect(said(findings) == ["accepted accepted/ZZ20261012-0001.yaml"])
  }
}
