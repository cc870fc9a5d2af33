import Foundation
import Testing

/// Everybody who touches a root, each at random: senders, clerks, an administrator, whoever unplugs shares, and death.
///
/// One thread acts, the daemon works beside it, so that what happens to meet is decided by the machine. What is sent
/// and what must be found at the end is kept here.
final class SoakTown {
  private let root: Root
  private var chance: SeededChance
  private var daemon: Running?
  private var clock = SoakClock()
  private var writers: [SoakWriter] = []
  private var shares: SoakShares
  private var counts: [Deed: Int] = [:]
  private var numbered = 0

  /// Source ids of all cases that were sent.
  private(set) var sent: [String] = []
  /// What was found in the stand-in of a share that was away.
  var underAbsentShares: [String] { shares.found }

  init(_ root: Root, seed: UInt64) {
    self.root = root
    chance = SeededChance(state: seed)
    shares = SoakShares(root)
  }

  /// What people and machines do in it.
  enum Deed: String, CaseIterable {
    case accepted, copied, renamed, returned, requests, kills
    case handedIn = "handed in"
    case handedInUnfilled = "handed in unfilled"
    case deleted = "items deleted"
    case misplaced = "put into another department's folder"
    case slowlyWritten = "files written slowly in place"
    case ruleEdits = "rule edits"
    case shares = "shares taken away or brought back"
    /// Only where chance has the daemon die twice over the same file.
    case suspects = "files set aside after two deaths and given back"
  }

  /// What was done, for the log of a long run.
  var account: String {
    let done = Deed.allCases.map { "\(counts[$0, default: 0]) \($0.rawValue)" }.joined(separator: ", ")
    return "soak: \(sent.count) cases sent, \(done)"
  }

  /// What was to happen in any town that lives for some minutes, and never did.
  var neverDone: [Deed] { Deed.allCases.filter { $0 != .suspects && counts[$0] == nil } }

  // MARK: Time

  func live(for seconds: Double) throws {
    mkdir(root.path + "/inbox/desk", 0o770)
    let end = ProcessInfo.processInfo.systemUptime + seconds
    while ProcessInfo.processInfo.systemUptime < end {
      try lookAfterDaemon()
      try act()
      usleep(UInt32.random(in: 2_000...30_000, using: &chance))
    }
  }

  /// Everything that was begun is finished, the shares are back, the rules are good; then the daemon has time to look
  /// around, and is stopped.
  /// - Returns: the time of the town.
  func comeToRest() throws -> String {
    for writer in writers { sent += try writer.finish() }
    writers = []
    try shares.bringAllBack()
    try SoakRules.good(root)
    daemon?.kill()
    for _ in 0..<2 {
      // After a jump of a week all that fell due in it comes first.
      try root.once(at: clock.forward(60), patience: 900)
      count(.suspects, try root.takeBackSuspects())
    }
    let last = try Running(Program.path, root.options(at: clock.forward(60)))
    daemon = last
    // Of copies the last one is judged when it has lain still for a while.
    _ = try eventually(within: 90, step: 1) { try root.triaged("fsck").status == 0 }
    last.signal(SIGTERM)
    #expect(last.ends(within: 20), "\(last.err.suffix(2000))")
    daemon = nil
    return clock.forward(60)
  }

  private func count(_ what: Deed, _ number: Int = 1) {
    if number > 0 { counts[what, default: 0] += number }
  }

  // MARK: The daemon

  private func lookAfterDaemon() throws {
    if let daemon, daemon.hasEnded {
      // A marker that is away ends nothing; whatever else ended it is a fault.
      Issue.record("the daemon ended: \(daemon.outcome.status) \(daemon.err.suffix(2000))")
      self.daemon = nil
    }
    if daemon == nil {
      daemon = try Running(
        Program.path, root.options(at: clock.forward(Int.random(in: 0...9000, using: &chance))))
    }
  }

  // MARK: Deeds

  private func act() throws {
    switch Int.random(in: 0..<1000, using: &chance) {
    case 0..<80: try send()
    case 80..<200: try writeOn()
    case 200..<960: try clerk()
    case 960..<972:
      try SoakRules.edit(root, &chance)
      count(.ruleEdits)
    case 972..<984: if try shares.takeAwayOrBringBack(&chance) { count(.shares) }
    case 984..<990:
      daemon?.kill()
      daemon = nil
      count(.kills)
    default: usleep(200_000)
    }
  }

  private func next() -> String {
    numbered += 1
    return "S-\(numbered)"
  }

  private func send() throws {
    switch Int.random(in: 0..<10, using: &chance) {
    case 0..<6:
      let source = next()
      try root.drop("desk/\(source).yaml", Desk.simple(source, title()))
      sent.append(source)
    case 6..<8:
      let rows = (0..<Int.random(in: 2...30, using: &chance)).map { "\(next())r\($0)" }
      let lines = rows.map { "\($0),\(title()),\($0) 的内容" }
      try root.drop("desk/\(rows[0]).csv", "工单编号,诉求标题,诉求内容\n" + lines.joined(separator: "\n") + "\n")
      sent += rows
    case 8:
      // A folder with a photograph, moved in whole.
      let source = next()
      try root.write("coming/\(source)/案件.yaml", Desk.simple(source, title()))
      try root.write("coming/\(source)/照片.jpg", bytes: Array(repeating: 0xD8, count: 3000))
      try root.move("coming/\(source)", "inbox/desk/\(source)")
      sent.append(source)
    default:
      let rows = (0..<Int.random(in: 5...20, using: &chance)).map { "\(next())w\($0)" }
      let head = "工单编号,诉求标题,诉求内容\n"
      let lines = rows.map { "\($0),\(title()),\($0) 慢慢写的内容\n" }
      writers.append(try SoakWriter(root.path + "/inbox/desk/\(rows[0]).csv", [head] + lines, sources: rows))
    }
  }

  /// Somebody writes another line into a file that he has open in the inbox.
  private func writeOn() throws {
    guard let index = writers.indices.randomElement(using: &chance) else { return }
    if try writers[index].writeLine() {
      sent += try writers[index].finish()
      writers.remove(at: index)
      count(.slowlyWritten)
    }
  }

  private func title() -> String {
    ["小区停车费乱收", "楼道堆放杂物", "物业费没有公示", "拖欠工资", "邻居噪音"].randomElement(using: &chance) ?? ""
  }

  // MARK: Clerks

  /// What a clerk finds may be moved under his hands: then nothing happens.
  private func clerk() throws {
    guard let department = root.names("queues").randomElement(using: &chance) else { return }
    let queue = "queues/\(department)"
    let folder = ["new", "accepted"].randomElement(using: &chance) ?? "new"
    let items = root.names("\(queue)/\(folder)").filter { $0.hasSuffix(".yaml") }
    guard let item = items.randomElement(using: &chance) else { return }
    let path = "\(queue)/\(folder)/\(item)"
    switch Int.random(in: 0..<20, using: &chance) {
    case 0..<6: put(path, "\(queue)/accepted/\(item)", .accepted)
    case 6..<12:
      fill(path, answers(item))
      put(path, "\(queue)/done/\(item)", .handedIn)
    case 12:
      fill(path, ["return_reason": "incomplete", "reason": "没有门牌号"])
      put(path, "\(queue)/returned/\(item)", .returned)
    case 13: copy(path, "\(queue)/\(folder)/\(item.dropLast(5)) - 副本.yaml")
    case 14:
      if unlink(root.path + "/" + path) == 0 { count(.deleted) }
    case 15: put(path, "\(queue)/\(folder)/\(item.dropLast(5))（办理中）.yaml", .renamed)
    case 16: put(path, "queues/police/new/\(item)", .misplaced)
    case 17:
      // Handed in without an answer, or saved after the move.
      put(path, "\(queue)/done/\(item)", .handedInUnfilled)
      if Bool.random(using: &chance), let text = root.read("\(queue)/done/\(item)") {
        try? root.write(path, text)
      }
    default:
      let id = item.prefix { $0 != "." }
      let verb = ["备注", "联系", "延期", "吹哨"].randomElement(using: &chance) ?? "备注"
      let text = verb == "吹哨" ? "部门：派出所\n理由：需要到场" : "理由：当事人出差\n延长：5个工作日\n"
      if root.exists("\(queue)/requests"),
        (try? root.write("\(queue)/requests/\(id) \(verb).txt", text)) != nil
      {
        count(.requests)
      }
    }
  }

  private func put(_ from: String, _ to: String, _ what: Deed) {
    if rename(root.path + "/" + from, root.path + "/" + to) == 0 { count(what) }
  }

  private func copy(_ from: String, _ to: String) {
    if let text = root.read(from), (try? root.write(to, text)) != nil { count(.copied) }
  }

  private func fill(_ path: String, _ answers: [String: String]) {
    guard let form = root.read(path) else { return }
    // Not every form asks for all of it.
    let asked = answers.filter { form.contains("\n  \($0.key):") }
    guard let text = Desk.filled(form, asked) else { return }
    // Only into a file that is there: an editor that saves what was moved away makes a file anew.
    if root.exists(path) { try? root.write(path, text) }
  }

  private func answers(_ item: String) -> [String: String] {
    if item.contains(".approve-") { return ["decision": "grant", "reason": "情况属实"] }
    if item.contains(".adjudicate-") { return ["assign_to": "urban", "reason": "按职责分工"] }
    if item.contains(".follow_up-") { return ["satisfied": "yes", "performed": "yes"] }
    return ["result": "settled", "summary": "已与双方谈妥", "measure": "现场查看", "agreement": "none"]
  }
}

/// The town's time: each start of the daemon is later than the one before it.
private struct SoakClock {
  private var seconds = 1_795_053_600  // 2026-11-19T10:00 in Shanghai

  mutating func forward(_ by: Int) -> String {
    seconds += by + 1
    let date = Date(timeIntervalSince1970: TimeInterval(seconds))
    return date.ISO8601Format(.iso8601(timeZone: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt))
  }
}

/// A sender that writes a table line by line into the inbox itself, with pauses.
private final class SoakWriter {
  private let file: Int32
  private var lines: ArraySlice<String>
  private let sources: [String]

  init(_ path: String, _ lines: [String], sources: [String]) throws {
    file = openForWriting.withLock { open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o660) }
    try #require(file >= 0)
    (self.lines, self.sources) = (lines[...], sources)
  }

  /// - Returns: whether that was the last one.
  func writeLine() throws -> Bool {
    guard let line = lines.popFirst() else { return true }
    try #require(line.withCString { write(file, $0, strlen($0)) } == line.utf8.count)
    return lines.isEmpty
  }

  /// Writes the rest and closes the file.
  func finish() throws -> [String] {
    while try !writeLine() {}
    close(file)
    return sources
  }
}
