import Glibc
import TriageCore

@testable import TriageDaemon

/// An invented street centre: its rulebook, a case in it, and a temporary root.
enum Bureau {
  static let shanghai = Zone(identifier: "Asia/Shanghai", initialOffset: 28_800)
  /// Monday 2026-10-12 09:00 in Shanghai.
  static let monday = Instant(seconds: 1_791_766_800)

  static let day = CivilDate("2026-10-12")!

  static let rulebook: Rulebook = {
    let place = SourcePlace(file: "deadlines.yaml", line: 1, column: 1)
    let base = DeadlineRow(
      head: RowHead(id: "base", place: place),
      limits: [
        .accept: .within(.workingDays(1)), .contact: .within(.workingDays(1)),
        .resolve: .within(.workingDays(5)),
        .assist: .within(.workingDays(3)), .approve: .within(.workingDays(1)),
        .adjudicate: .within(.workingHours(4)), .return: .within(.workingDays(2)),
        .whistle: .within(.workingDays(1)),
      ], followUp: [.workingDays(3)], extend: .init(times: 1, by: .workingDays(10)),
      pause: .init(reasons: ["appraisal", "hearing"], max: .days(30)))
    let confirm = DeadlineRow(
      head: RowHead(id: "confirm", place: place),
      anchored: .init(stage: "confirm", replyField: "agreement_date", within: .days(30)))
    let departments = [
      Department(id: "center", title: "综治中心", escalatesTo: "leader"),
      Department(id: "leader", title: "分管领导"),
      Department(id: "urban", title: "城建办", escalatesTo: "leader"),
      Department(id: "police", title: "派出所", escalatesTo: "leader"),
      Department(id: "community@c1", title: "一社区调委会", escalatesTo: "center"),
    ]
    return Rulebook(
      name: "某街道综治中心", caseIDPrefix: "ZZ",
      levels: [
        Level(id: "green", title: "绿色", score: 0), Level(id: "yellow", title: "黄色", score: 5),
        Level(id: "red", title: "红色", score: 10),
      ],
      categories: [Category(id: "property", title: "物业纠纷"), Category(id: "other", title: "其他")],
      fallback: Fallback(category: "other", lead: "center"),
      returnReasons: [
        Reason(id: "not_competent", title: "非本单位职责"), Reason(id: "incomplete", title: "要素不全"),
      ],
      pauseReasons: [Reason(id: "appraisal", title: "伤情鉴定")],
      procedures: [Procedure(id: "court", title: "诉讼", tell: "可向区人民法院起诉")],
      areas: AreaTree([.init(id: "c1", kind: "community", title: "一社区")]),
      departments: Dictionary(uniqueKeysWithValues: departments.map { ($0.id, $0) }),
      channels: ["hotline": Channel(id: "hotline", title: "12345热线")],
      calendar: WorkCalendar(
        hours: [.init(from: CivilTime(8, 30), until: CivilTime(17, 30))], rest: [.sat, .sun],
        years: [2026: .init()], zone: shanghai),
      fields: ["evidence": .text, "sum": .number], deadlines: [base, confirm],
      require: [
        RequireRow(
          head: RowHead(id: "measure", place: place), before: .resolve, fields: ["result", "measure", "sum"])
      ])
  }()

  static func input(text: String = "物业乱收停车费。") -> CaseInput {
    CaseInput(
      channel: "hotline", sourceID: "20261012000001", title: "物业费争议", text: text, area: "一社区",
      address: "幸福路12号", peopleCount: 3, amount: 1200,
      contact: Contact(name: "张三", phone: "13900000000"), fields: ["处理结果": .text("已化解")])
  }

  static func taken(_ input: CaseInput, assist: [DepartmentID] = ["police"]) -> CaseState {
    let decision = Decision(
      category: "property", level: "yellow", area: "c1", lead: "urban", assist: assist, route: "property",
      fired: [
        FiredRule(
          rule: "property-fee", place: SourcePlace(file: "classify/a.yaml", line: 3, column: 5),
          because: [.text(field: .text, phrase: "停车费", start: 4, end: 7, weak: false)], gives: .init(),
          inTitle: false)
      ], rulebook: "")
    let taken = Lifecycle.take(
      input, decision: decision, history: CaseHistory(), at: monday, original: "", row: nil, under: rulebook)
    return CaseState(id: "ZZ20261012-0001", taken: taken, at: monday)
  }

  /// The same case under another number.
  static func taken(as id: CaseID) -> CaseState {
    let decision = Decision(
      category: "property", level: "green", area: nil, lead: "urban", assist: [], route: nil, fired: [],
      rulebook: "")
    let taken = Lifecycle.take(
      input(), decision: decision, history: CaseHistory(), at: monday, original: "", row: nil,
      under: rulebook)
    return CaseState(id: id, taken: taken, at: monday)
  }

  static func assignment(_ role: Role, _ department: DepartmentID, _ cause: Assignment.Cause) -> Assignment {
    Assignment(key: ItemKey(role, 1), department: department, openedAt: monday, cause: cause)
  }

  static func item(_ state: CaseState, _ assignment: Assignment? = nil, _ language: Language = .zh) -> String
  {
    let document = ItemDocument(rulebook, language)
    return String(decoding: document.render(state, assignment ?? state.assignments[0]).bytes, as: UTF8.self)
  }
}

/// A root on disk that is removed with the test.
final class Root {
  let path: String
  let layout: QueueLayout

  init() {
    var template = Array("/tmp/triaged-queues-XXXXXX".utf8CString)
    path = String(cString: mkdtemp(&template))
    layout = QueueLayout(root: path)
  }

  deinit { Self.clear(path) }

  static func clear(_ path: String) {
    for name in (try? OpenFolder(path: path).names()) ?? [] {
      let child = path + "/" + String(decoding: name.bytes, as: UTF8.self)
      var st = stat()
      if lstat(child, &st) == 0, st.st_mode & S_IFMT == S_IFDIR { clear(child) } else { unlink(child) }
    }
    rmdir(path)
  }

  /// Makes the department's queue and opens it.
  func queue(_ department: DepartmentID = "urban", marker: String = "m1") throws -> OpenQueue {
    let entry =
      Bureau.rulebook.departments[department] ?? Department(id: department, title: department.rawValue)
    mkdir(layout.queues, 0o770)
    let known = access(layout.path(of: department) + "/.triaged", F_OK) == 0
    let setup = QueueSetup(layout, Bureau.rulebook, .zh)
    if known {
      _ = try setup.makeReady(entry, marker: marker)
    } else {
      try setup.make(entry, QueueMarker(id: marker))
    }
    return try OpenQueue(layout, department, marker: marker)
  }

  func write(_ text: String, _ path: String, in department: DepartmentID = "urban") {
    let file = open("\(layout.path(of: department))/\(path)", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  /// Gives a file the time of an hour ago.
  func age(_ path: String) {
    let then = timespec(tv_sec: time(nil) - 3600, tv_nsec: 0)
    utimensat(AT_FDCWD, "\(layout.path(of: "urban"))/\(path)", [then, then], 0)
  }

  func read(_ path: String, in department: DepartmentID = "urban") -> String? {
    FileText.read("\(layout.path(of: department))/\(path)")
  }

  func move(
    _ from: String, _ to: String, in department: DepartmentID = "urban", to other: DepartmentID? = nil
  ) {
    rename("\(layout.path(of: department))/\(from)", "\(layout.path(of: other ?? department))/\(to)")
  }

  func names(_ folder: String, in department: DepartmentID = "urban") -> [String] {
    let open = try? OpenFolder(path: "\(layout.path(of: department))/\(folder)")
    return ((try? open?.names()) ?? []).map(\.shown).sorted()
  }
}

enum FileText {
  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var byte = fgetc(file)
    while byte != EOF {
      bytes.append(UInt8(byte))
      byte = fgetc(file)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
