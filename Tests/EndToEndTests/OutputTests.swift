import Foundation
import Testing

/// What `--format json` prints is what `--help` says of it, field by field, and so does `docs/JSON.md`.
@Suite("JSON output, end to end")
struct OutputTests {
  private static let rules = Root.fixtures + "/rulebooks/sample"
  private static let top = URL(fileURLWithPath: Root.fixtures).appendingPathComponent("../..")
    .standardizedFileURL
    .path

  @Test("Every command has --format json and says what it prints, but for the daemon itself")
  func everyCommand() throws {
    let commands = try Self.commands()
    #expect(commands.count > 18)
    for command in commands where command != ["run"] {
      let help = try Program.run(command + ["--help"])
      #expect(help.out.contains("--format <format>"), "\(command)")
      #expect(help.out.contains("--format json: "), "\(command)")
      let chinese = try Program.run(command + ["--help"], environment: ["LANG": "zh_CN.UTF-8"])
      #expect(chinese.out.contains("--format json: 每行一个对象") || chinese.out.contains("--format json: 一个对象"))
      // A line that were folded would not be read as a field, here and by Scripts/make-docs.
      for line in help.lines.prefix(while: { !$0.hasPrefix("USAGE:") }) where line.hasPrefix("  ") {
        #expect(line.count <= 80, "\(command): \(line)")
      }
    }
  }

  @Test("docs/JSON.md is what make docs makes of it")
  func document() throws {
    let python = "/usr/bin/python3"
    guard FileManager.default.isExecutableFile(atPath: python) else {
      return print("docs/JSON.md: skipped, there is no python3")
    }
    let made = temporaryFolder + "/triaged-docs-\(UUID().uuidString).md"
    defer { unlink(made) }
    let script = try Running(python, [Self.top + "/Scripts/make-docs", Program.path, made])
    #expect(script.ends(within: 120) && script.outcome.status == 0, "\(script.err)")
    let here = FileManager.default.contents(atPath: Self.top + "/docs/JSON.md")
    #expect(here == FileManager.default.contents(atPath: made), "docs/JSON.md is out of date: make docs")
  }

  @Test("What commands about rules print is what their help says")
  func ruleCommands() throws {
    for broken in ["no-route", "full-width-colon", "overlapping-routes"] {
      try expectDocumented(["check"], [Root.fixtures + "/rulebooks/broken/" + broken], status: nil)
    }
    try expectDocumented(["test"], [Self.rules], status: nil)
    try expectDocumented(["due"], ["--from", "2026-09-30T16:00", "5wd", "--rules", Self.rules])
    let file = temporaryFolder + "/triaged-output-\(UUID().uuidString).yaml"
    defer { unlink(file) }
    try "title: 讨薪\ntext: 老板拖欠我们工资三个月，小区停车费也乱收，有人拿着刀。\narea: 一社区\n".write(
      toFile: file, atomically: true, encoding: .utf8)
    try expectDocumented(["explain"], [file, "--rules", Self.rules])
    try expectDocumented(["explain"], [file, "--rules", Self.rules, "--why-not", "wages-of-many"], part: 1)
    let new = temporaryFolder + "/triaged-init-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: new) }
    try expectDocumented(["init"], [new, "--from", Self.rules])
    let holidays = temporaryFolder + "/triaged-holidays-\(UUID().uuidString).csv"
    defer { unlink(holidays) }
    let table = "date,kind,name\n2027-01-01,holiday,元旦\n2027-10-01,holiday,国庆节\n"
    try table.write(toFile: holidays, atomically: true, encoding: .utf8)
    try expectDocumented(["calendar", "import"], [holidays])
    try expectDocumented(["calendar", "import"], [holidays, "--rules", new])
    try expectDocumented(["calendar", "import"], [holidays, "--rules", new])
    let schema = try Program.run(["schema", "--format", "json"])
    #expect(schema.status == 0 && schema.out.hasPrefix("{"))
  }

  @Test("What commands about a root print is what their help says")
  func rootCommands() throws {
    let root = try Desk.busyQueues()
    let at = ["--root", root.path]
    let ids = try root.cases().compactMap { $0["id"] as? String }.sorted()
    try expectDocumented(["fsck"], at, status: nil)
    try root.once(at: "2026-11-19T10:00")
    try expectDocumented(["status"], at)
    try expectDocumented(["cases"], at)
    for id in ids { try expectDocumented(["show"], [id] + at) }
    try expectDocumented(["explain"], [ids[0]] + at)
    try expectDocumented(["act"], ["note", ids[0], "--text", "已约谈"] + at)
    try expectDocumented(["reminders"], ["--forecast", "20d", "--from", "2026-11-19T10:00"] + at)
    let day = ["--at", "2026-11-19T12:00"]
    try expectDocumented(["report"], day + at)
    try expectDocumented(["report"], ["--list", "weekly"] + day + at, part: 1, mayBeEmpty: true)
    try root.write(root.home + "/other/rulebook.yaml", "rulebook: 1\nextends: ../rules\n")
    try root.write(
      root.home + "/other/more.yaml",
      "routes: [{id: property, override: true, when: {category: property}, lead: center}]\n")
    let replay = ["--cases", "--rules", root.home + "/other"] + at
    try expectDocumented(["replay"], replay)
    try expectDocumented(["ledger", "verify"], at)
    try expectDocumented(["ledger", "rebuild"], at)
    let backup = root.home + "/backup"
    try expectDocumented(["ledger", "backup"], [backup] + at)
    try expectDocumented(["ledger", "restore"], [backup, "--root", root.home + "/restored"])
  }

  @Test("What a simulation prints is what its help says")
  func simulation() throws {
    try expectDocumented(["simulate"], [Root.fixtures + "/scenarios/two-weeks.yaml"])
  }

  // MARK: What the help says

  private struct Field {
    var isOptional: Bool
    var isMap: Bool
    var fields: [String: Field] = [:]
  }

  /// Every command that has no commands of its own.
  private static func commands(_ command: [String] = []) throws -> [[String]] {
    let help = try Program.run(command + ["--help"]).lines
    guard let start = help.firstIndex(of: "SUBCOMMANDS:") else { return [command] }
    return try help[(start + 1)...].prefix { !$0.isEmpty }.flatMap { line -> [[String]] in
      guard let name = line.wholeMatch(of: #/  ([a-z]+)( .*)?/#)?.1, name != "help" else { return [] }
      return try commands(command + [String(name)])
    }
  }

  /// The objects that the command's help describes.
  private func documented(_ command: [String]) throws -> [[String: Field]] {
    var parts: [[(depth: Int, name: String, field: Field)]] = []
    for line in try Program.run(command + ["--help"]).lines {
      if line.hasPrefix("USAGE:") { break }
      if line.hasPrefix("--format json: ") { parts.append([]) }
      guard !parts.isEmpty,
        let found = line.wholeMatch(of: /( +)([a-z_]+)(\[\]|\{\}|\{…\})?(\?)?  +\S.*/)
      else { continue }
      let field = Field(isOptional: found.4 != nil, isMap: found.3 == "{…}")
      parts[parts.count - 1].append((found.1.count / 2, String(found.2), field))
    }
    func tree(_ rows: ArraySlice<(depth: Int, name: String, field: Field)>) -> [String: Field] {
      guard let depth = rows.first?.depth else { return [:] }
      var result: [String: Field] = [:]
      for index in rows.indices where rows[index].depth == depth {
        var row = rows[index]
        row.field.fields = tree(rows[(index + 1)...].prefix { $0.depth > depth })
        result[row.name] = row.field
      }
      return result
    }
    return parts.map { tree($0[...]) }
  }

  /// Runs the command and holds what it prints against its help.
  /// - Parameters:
  ///   - status: nil where findings may end it with 1.
  ///   - part: the kind of object printed; with several kinds and none given each object must be one of them.
  private func expectDocumented(
    _ command: [String], _ arguments: [String], status: Int32? = 0, part: Int? = nil,
    mayBeEmpty: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let parts = try documented(command)
    let outcome = try Program.run(command + arguments + ["--format", "json"])
    #expect(status == nil || outcome.status == status, "\(outcome.err)", sourceLocation: sourceLocation)
    let objects = outcome.objects
    let count = outcome.out.split(separator: "\n").count
    #expect(objects.count == count, "JSON Lines: \(outcome.out)", sourceLocation: sourceLocation)
    #expect(mayBeEmpty || count > 0, "\(command): \(outcome.err)", sourceLocation: sourceLocation)
    for object in objects {
      let faults = (part.map { [parts[$0]] } ?? parts).map { differences(object, $0, at: "") }
      let best = faults.min { $0.count < $1.count } ?? ["not documented"]
      #expect(best.isEmpty, "\(command): \(best)", sourceLocation: sourceLocation)
    }
  }

  private func differences(_ object: [String: Any], _ fields: [String: Field], at path: String) -> [String] {
    var faults: [String] = []
    for (name, value) in object {
      guard let field = fields[name] else {
        faults.append("\(path)\(name) is not documented")
        continue
      }
      if field.isMap { continue }
      let inner = (value as? [[String: Any]]) ?? (value as? [String: Any]).map { [$0] } ?? []
      for one in inner { faults += differences(one, field.fields, at: "\(path)\(name).") }
    }
    for (name, field) in fields where !field.isOptional && object[name] == nil {
      faults.append("\(path)\(name) is missing")
    }
    return faults
  }
}
