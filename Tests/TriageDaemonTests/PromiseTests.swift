import Foundation
import Testing
import TriageCore
import TriageLedger

@testable import TriageDaemon

@Suite("Promise 3, order-free: directory entries have no order that counts")
struct DirectoryOrderTests {
  @Test("A queue means the same in whatever order its folders list their files", arguments: 1...20)
  func queue(turn: Int) throws {
    let root = Root()
    let queue = try root.queue()
    let files = [
      "new/ZZ20261012-0001.yaml", "accepted/ZZ20261012-0001 - 副本.yaml", "accepted/ZZ20261012-0002.yaml",
      "done/ZZ20261012-0003.yaml", "returned/ZZ20261012-0004.yaml", "new/ZZ20261012-0005.assist-1.yaml",
      "done/ZZ20261012-0009.yaml", "accepted/ZZ20261012-0010.yaml",
    ]
    for path in files {
      let name = path.split(separator: "/")[1]
      let item = name.prefix { $0 != " " }.replacing(".yaml", with: "")
      root.write("item: \(item)\nreply:\n  result:\n", path)
    }
    for name in ["ZZ20261012-0002 延期.txt", "ZZ20261012-0001 备注.txt"] {
      root.write("理由：x", "requests/\(name)")
    }
    root.write("?", "new/照片.jpg")
    let later = Instant(seconds: Int64(Date().timeIntervalSince1970) + 3600)
    let seen = try QueueScan().scan(queue, now: later)
    func row(_ number: Int, _ status: Assignment.Status, _ department: DepartmentID) -> CaseIndex.ItemRow {
      let text = number == 5 ? "ZZ20261012-0005.assist-1" : "ZZ20261012-000\(number)"
      return .init(item: ItemID(text)!, department: department, status: status, openedAt: Bureau.monday)
    }
    let expected = (1...6).map { row($0, .new, "urban") }
    let other = row(9, .accepted, "police")
    func plan(_ snapshot: QueueSnapshot, _ expected: [CaseIndex.ItemRow]) -> [QueueFinding] {
      let knowledge = Reconciler.Knowledge(expected: expected, today: Bureau.day) { item in
        (expected + [other]).first { $0.item == item }
      }
      return Reconciler.plan(snapshot, knowledge, now: later)
    }
    let findings = plan(seen, expected)
    #expect(findings.count >= 8)
    var shuffled = seen
    shuffled.entries = seen.entries.turned(turn)
    shuffled.requests = seen.requests.turned(turn)
    shuffled.unknown = seen.unknown.turned(turn)
    #expect(plan(shuffled, expected.turned(turn)) == findings)
  }

  @Test("An inbox is taken in by age and name, in whatever order its files were made", arguments: 1...5)
  func inbox(turn: Int) throws {
    let names = ["丙.yaml", "a.yaml", "b/x.yaml", "甲.yaml", "hotline/2.yaml", "hotline/10.yaml", "Z.txt"]
    func paths(_ names: [String]) throws -> [String] {
      let sample = try IntakeSample()
      for name in names { try sample.drop(name, "title: x", secondsAgo: name.hasPrefix("hotline") ? 90 : 60) }
      return try InboxScan.settled(sample, settle: 5_000_000_000).ready.map(\.shownPath)
    }
    let ready = try paths(names)
    #expect(ready.count == names.count && ready.prefix(2) == ["hotline/10.yaml", "hotline/2.yaml"])
    #expect(try paths(names.turned(turn)) == ready)
  }

  @Test("Digest and worklist read the same in whatever order their cases are found", arguments: 1...10)
  func lists(turn: Int) throws {
    let state = Bureau.taken(Bureau.input())
    var indices: [CaseIndex] = []
    var lines: [DigestDocument.Line] = []
    for number in 1...9 {
      var index = state.index(under: Bureau.rulebook)
      index.id = CaseID("ZZ20261012-000\(number)")
      index.items = [
        .init(
          item: try #require(ItemID("ZZ20261012-000\(number)")), department: "urban", status: .new,
          openedAt: Bureau.monday)
      ]
      index.deadlines = [
        .init(
          stage: .resolve, item: nil, department: nil, start: Bureau.monday,
          due: Bureau.monday + Int64(number % 3) * 3600, provisional: false, ended: nil)
      ]
      indices.append(index)
      lines.append(
        .init(
          caseID: index.id, title: "物业费", stage: .resolve, item: "",
          due: Bureau.monday + Int64(number % 2) * 3600, isOverdue: false))
    }
    func csv(_ cases: [CaseIndex]) -> [UInt8] {
      Worklist("urban", cases, Bureau.rulebook, now: Bureau.monday).csv(Bureau.rulebook, .zh)
    }
    #expect(csv(indices.turned(turn)) == csv(indices))
    func digest(_ lines: [DigestDocument.Line]) throws -> [UInt8] {
      let day = try #require(CivilDate("2026-10-12"))
      return DigestDocument.render(lines, of: "urban", on: day, Bureau.rulebook, .zh).bytes
    }
    #expect(try digest(lines.turned(turn)) == digest(lines))
  }
}

extension Array {
  /// Begun at another place, and every second time from behind.
  fileprivate func turned(_ number: Int) -> [Element] {
    guard !isEmpty else { return self }
    let start = number % count
    let turned = Array(self[start...] + self[..<start])
    return number.isMultiple(of: 2) ? turned : turned.reversed()
  }
}

@Suite("A whole root after a day's work")
struct WholeRootTests {
  /// A centre with the sample's rules, into which one case of a filer with an unmistakable name came.
  private func work() throws -> IntakeSample {
    let sample = try IntakeSample()
    try sample.drop(
      "hotline/1.yaml",
      """
      title: 持刀争吵
      text: 邻居因停车费持刀争吵
      source_id: H-1
      area: 一社区
      contact: {name: 欧阳无双, phone: 13977770001}
      """)
    // Refused: set aside with its reason, and its words not in the reason.
    try sample.drop("hotline/2.yaml", "contact: {name: 欧阳无双, phone: 13977770001}\n")
    let settings = "root: \(sample.root)\nrules: \(Self.rules)\nlog: critical\nsettle: {inbox: 0s}\n"
    try Data(settings.utf8).write(to: URL(fileURLWithPath: sample.root + "/triaged.yaml"))
    var configuration = Configuration(language: .zh)
    try configuration.read(file: sample.root + "/triaged.yaml")
    let mask = umask(0o022)
    defer { umask(mask) }
    let daemon = try Daemon(configuration: configuration) { _ in
      Clock(startingAt: Instant(seconds: 1_767_575_400))  // 2026-01-05T09:10+08:00
    }
    #expect(daemon.run(once: true) == 0)
    return sample
  }

  private static let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/rulebooks/sample").path

  private func files(below root: String) -> [String] {
    FileManager.default.subpaths(atPath: root)?.filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted() ?? []
  }

  @Test(
    "Promise 9, cases, not people: the filer stands in the items of those who act, and in nothing else they read"
  )
  func contactData() throws {
    let sample = try work()
    var holding: [String] = []
    for path in files(below: sample.root) {
      let bytes = Data(try sample.bytes(path))
      if ["欧阳无双", "13977770001"].contains(where: { bytes.range(of: Data($0.utf8)) != nil }) {
        holding.append(path)
      }
    }
    let read = holding.filter { !$0.hasPrefix("state/ledger.sqlite") }
    #expect(
      read == [
        "queues/police/new/ZZ20260105-0001.assist-1.yaml", "queues/task-force/new/ZZ20260105-0001.yaml",
        "set-aside/2.yaml",
      ])
    #expect(sample.names("queues/leader/new") == ["ZZ20260105-0001.notice-20260105.txt"])
    #expect(files(below: sample.root).contains("queues/police/worklist.html"))
    #expect(files(below: sample.root).contains("state/metrics.prom"))
    #expect(files(below: sample.root).contains("set-aside/2.yaml.reason.yaml"))
  }

  @Test(
    "Promise 7, folders and ledger agree: the check is silent, and names each thing that is moved behind its back"
  )
  func agreement() throws {
    let sample = try work()
    func findings() throws -> [String] {
      try FolderCheck(
        root: sample.root, ledger: LedgerReader(directory: sample.root + "/state"),
        now: Instant(seconds: 1_767_576_000)
      ).run().map { "\($0.department) \($0.what.rawValue) \($0.subject)" }
    }
    #expect(try findings() == [])
    let queues = sample.root + "/queues"
    let files = FileManager.default
    try files.moveItem(
      atPath: queues + "/police/new/ZZ20260105-0001.assist-1.yaml",
      toPath: queues + "/urban/new/ZZ20260105-0001.assist-1.yaml")
    #expect(try findings() == ["urban foreign ZZ20260105-0001.assist-1"])
    try files.removeItem(atPath: queues + "/task-force/new/ZZ20260105-0001.yaml")
    #expect(
      try findings() == ["task-force missing ZZ20260105-0001", "urban foreign ZZ20260105-0001.assist-1"])
    try files.removeItem(atPath: queues + "/center/.triaged")
    #expect(try findings().contains { $0.hasPrefix("center queue-gone") })
  }
}
