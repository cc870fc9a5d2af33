import Foundation
import Testing

/// Roots at moments at which much is going on.
enum Desk {
  /// A small case that the sample rulebook gives to the urban department.
  static func simple(_ source: String, _ title: String = "小区停车费乱收", text: String = "物业每月多收停车费。") -> String {
    """
    title: \(title)
    text: \(text)
    source_id: \(source)
    received_at: 2026-11-19T09:00
    """
  }

  /// A form with answers behind its keys; nil where it has not got one of them.
  static func filled(_ form: String, _ answers: [String: String]) -> String? {
    var text = form
    for (key, value) in answers {
      guard let place = text.range(of: "\n  \(key):") else { return nil }
      let end = text[place.upperBound...].firstIndex(of: "\n") ?? text.endIndex
      text.replaceSubrange(place.upperBound..<end, with: " \(value)")
    }
    return text
  }

  /// Folders are made; in the inbox lie a case, its duplicate, a list with a refused item, a table with a bad row, free
  /// text, a case folder with an attachment, and a broken file.
  static func fullInbox() throws -> Root {
    let root = try Root()
    try root.once()
    for name in ["grid-worker.yaml", "platform.json", "hotline-district.csv", "walk-in.txt", "broken.yaml"] {
      let bytes = try #require(FileManager.default.contents(atPath: Root.fixtures + "/intake/" + name))
      try root.drop("desk/\(name)", bytes: Array(bytes))
      if name == "grid-worker.yaml" { try root.drop("desk/grid-worker again.yaml", bytes: Array(bytes)) }
    }
    try root.write("inbox/desk/夜市/案件.yaml", simple("F-1", "夜市占道"))
    try root.write("inbox/desk/夜市/照片.jpg", bytes: Array(repeating: 0xD8, count: 3000))
    return root
  }

  /// Ten delivered cases, with each of which a department has just done something.
  static func busyQueues() throws -> Root {
    let root = try Root()
    let sources = (1...10).map { "B-\($0)" }
    for source in sources { try root.drop("desk/\(source).yaml", simple(source)) }
    try root.once(at: "2026-11-19T09:00")
    var ids: [String: String] = [:]
    for one in try root.cases() { ids[one["source_id"] as? String ?? ""] = one["id"] as? String }
    func act(_ verb: String, _ source: String, _ more: [String] = []) throws {
      let id = try #require(ids[String(source.prefix { $0 != "." })])
      let item = id + source.drop { $0 != "." }
      let outcome = try Program.run(["act", verb, item, "--root", root.path] + more)
      try #require(outcome.status == 0, "\(verb) \(source): \(outcome.err)")
    }
    let settled = ["--set", "result=settled", "--set", "summary=已与物业谈妥"]
    // Yesterday's work: a return that waits for its adjudication, an extension that waits for its approval, a case
    // that was resolved and waits for its visit.
    try act("return", "B-4", ["--set", "return_reason=not_competent", "--set", "reason=不是我办的事"])
    try act("extend", "B-5", ["--text", "鉴定还没有做完"])
    try act("accept", "B-6")
    try root.once(at: "2026-11-19T09:10")
    // And what happened just now.
    try act("accept", "B-1")
    try act("done", "B-2", settled)
    try act("return", "B-3", ["--set", "return_reason=incomplete", "--set", "reason=没有门牌号"])
    try act("done", "B-4.adjudicate-1", ["--set", "assign_to=police", "--set", "reason=由派出所办"])
    try act("done", "B-5.approve-1", ["--set", "decision=grant"])
    try act("note", "B-6", ["--text", "已约物业周五见面"])
    try act("pause", "B-6", ["--text", "原因：鉴定\n理由：等鉴定报告"])
    let queue = "queues/urban/new/"
    try root.remove(queue + "\(ids["B-7"] ?? "").yaml")
    try root.move(queue + "\(ids["B-8"] ?? "").yaml", "queues/police/new/\(ids["B-8"] ?? "").yaml")
    try act("done", "B-9", ["--set", "result=不知道", "--set", "summary=写错了"])
    try act("whistle", "B-10", ["--text", "部门：派出所\n理由：需要到场"])
    return root
  }

  /// Cases of which some were never accepted, on a day on which their digests, reminders and escalations fall due.
  static func overdue() throws -> Root {
    let root = try Root()
    for number in 1...4 { try root.drop("desk/\(number).yaml", simple("O-\(number)")) }
    try root.drop("desk/5.yaml", simple("O-5", "讨薪", text: "老板拖欠工资，工友30人。"))
    try root.once()
    for (index, one) in try root.cases().enumerated() where index % 2 == 0 {
      try root.act("accept", one["id"] as? String ?? "")
    }
    try root.once(at: "2026-11-19T10:30")
    return root
  }

  /// Busy queues, and a rulebook that has changed since: see `change`.
  static func changedRules() throws -> Root {
    let root = try busyQueues()
    try root.once(at: "2026-11-19T10:10")
    try change(root)
    try root.drop("desk/new.yaml", simple("N-1"))
    return root
  }

  /// A new department takes over a category, and the deadlines of open cases are counted anew.
  static func change(_ root: Root) throws {
    let settings = try String(contentsOfFile: root.rules + "/rulebook.yaml", encoding: .utf8)
    try root.write(root.rules + "/rulebook.yaml", settings + "\non_reload: recompute\n")
    let rows = try String(contentsOfFile: root.rules + "/deadlines.yaml", encoding: .utf8)
    try root.write(
      root.rules + "/deadlines.yaml",
      rows.replacing("contact: 1wd, resolve: 5wd", with: "contact: 2wd, resolve: 4wd"))
    let routes = try String(contentsOfFile: root.rules + "/routes.yaml", encoding: .utf8)
    try root.write(root.rules + "/routes.yaml", routes.replacing("lead: urban", with: "lead: harbour"))
    try root.write(
      root.rules + "/harbour.yaml", "departments: [{id: harbour, title: 港务所, escalates_to: leader}]\n")
  }

  /// Resolved cases whose visits were just answered: one satisfied, one not, one not reached, one withdrawn.
  static func visited() throws -> Root {
    let root = try Root()
    for number in 1...5 { try root.drop("desk/\(number).yaml", simple("V-\(number)")) }
    try root.once()
    let ids = try root.cases().compactMap { $0["id"] as? String }.sorted()
    for id in ids.dropLast() {
      try root.act("done", id, "--set", "result=settled", "--set", "summary=已与物业谈妥")
    }
    try root.once(at: "2026-11-19T10:30")
    try root.once(at: "2026-11-24T09:00")
    try root.act("done", ids[0] + ".follow_up-1", "--set", "performed=yes", "--set", "satisfied=yes")
    try root.act(
      "done", ids[1] + ".follow_up-1", "--set", "performed=no", "--set", "satisfied=no", "--set",
      "summary=仍在收费")
    try root.act("done", ids[2] + ".follow_up-1", "--set", "satisfied=unreachable")
    try root.act("done", ids[4], "--set", "result=failed", "--set", "summary=双方各执一词")
    return root
  }
}
