import Testing
import TriageCore

@testable import TriageDaemon

@Suite("Worklists show what is urgent, and cases, not people")
struct WorklistTests {
  private let now = Bureau.monday + 3 * 86_400

  private func index(_ id: String, level: LevelID = "green", title: String = "楼道灯不亮", due: Int64?)
    -> CaseIndex
  {
    let item = ItemID(id)!
    let deadlines = due.map {
      [
        CaseIndex.DeadlineRow(
          stage: .resolve, item: nil, department: nil, start: Bureau.monday, due: now + $0,
          provisional: false,
          ended: nil)
      ]
    }
    return CaseIndex(
      id: item.caseID, phase: .accepted, channel: "hotline", sourceID: nil, title: title,
      category: "property",
      level: level, lead: "urban", area: nil, takenAt: Bureau.monday, resolvedAt: nil, closedAt: nil,
      nextTimer: nil,
      version: 1,
      items: [.init(item: item, department: "urban", status: .accepted, openedAt: Bureau.monday)],
      deadlines: deadlines ?? [])
  }

  /// Without the daemon's mark at the end.
  private func text(of bytes: [UInt8]) -> String {
    #expect(Seal.isIntact(bytes))
    return bytes.split(separator: 10).dropLast().map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
  }

  private func list(_ cases: [CaseIndex]) -> Worklist { Worklist("urban", cases, Bureau.rulebook, now: now) }

  @Test("The most urgent case comes first, then the graver, and what has no deadline last")
  func order() {
    let rows = list([
      index("ZZ20261012-0001", due: nil), index("ZZ20261012-0002", due: 7200),
      index("ZZ20261012-0003", level: "red", due: 7200), index("ZZ20261012-0004", due: -3600),
    ]).rows
    #expect(rows.map(\.item.description.utf8.last) == [52, 51, 50, 49])
    #expect(rows.map(\.isOverdue) == [true, false, false, false])
  }

  @Test("Only open items of the department are listed, with the deadline that is theirs")
  func ownItems() {
    var both = index("ZZ20261012-0001", due: 7200)
    let assist = ItemID("ZZ20261012-0001.assist-1")!
    both.items.append(.init(item: assist, department: "police", status: .new, openedAt: Bureau.monday))
    both.deadlines.append(
      .init(
        stage: .assist, item: assist, department: "police", start: Bureau.monday, due: now + 60,
        provisional: true,
        ended: nil))
    let rows = Worklist("police", [both], Bureau.rulebook, now: now).rows
    #expect(rows.count == 1)
    #expect(rows[0].stage == .assist && rows[0].isProvisional)
    #expect(list([both]).rows.map(\.stage) == [.resolve])
  }

  @Test("A title cannot become markup, a formula or a second line")
  func hostileTitles() {
    let cases = [index("ZZ20261012-0001", title: "=1+1\"<script>alert(1)</script>\n&'", due: 60)]
    let html = String(decoding: list(cases).html(Bureau.rulebook, .zh), as: UTF8.self)
    #expect(html.contains("=1+1&quot;&lt;script&gt;alert(1)&lt;/script&gt; &amp;&#39;"))
    #expect(!html.contains("<script"))
    #expect(html.contains("Content-Security-Policy\" content=\"default-src 'none'"))
    let csv = String(decoding: list(cases).csv(Bureau.rulebook, .zh), as: UTF8.self)
    #expect(csv.hasPrefix("\u{FEFF}\"编号\",\"标题\""))
    #expect(csv.contains("\"'=1+1\"\"<script>alert(1)</script> &'\""))
    #expect(csv.hasSuffix("\r\n"))
  }

  @Test("The files say nothing of the moment in which they were written")
  func unchanging() {
    let cases = [index("ZZ20261012-0001", due: 7200)]
    let later = Worklist("urban", cases, Bureau.rulebook, now: now + 60)
    #expect(later.html(Bureau.rulebook, .zh) == list(cases).html(Bureau.rulebook, .zh))
    let overdue = Worklist("urban", cases, Bureau.rulebook, now: now + 7201)
    #expect(overdue.html(Bureau.rulebook, .zh) != list(cases).html(Bureau.rulebook, .zh))
  }

  @Test(
    "Promise 9, cases, not people: contact data is in the item and in no list, notice, reminder or note")
  func noContactData() {
    let state = Bureau.taken(Bureau.input())
    #expect(Bureau.item(state).contains("张三"))
    let rows = Worklist("urban", [state.index(under: Bureau.rulebook)], Bureau.rulebook, now: now)
    let notice = NoticeDocument(Bureau.rulebook, .zh).render(
      state, [.init(.init(department: "urban", number: 1, notice: .leadIsNow("urban")), at: now)],
      on: Bureau.day)
    let line = DigestDocument.line(state, slot: "resolve//50%", now: now)
    #expect(line != nil)
    let digest = DigestDocument.render(
      [line].compactMap { $0 }, of: "urban", on: CivilDate("2026-10-15")!, Bureau.rulebook, .zh)
    let note = ProblemNote.render(
      for: "ZZ20261012-0001.yaml", [FormProblem(refusal: .missing(fields: ["result"]))], .isBack,
      Bureau.rulebook, .zh)
    for bytes in [
      rows.html(Bureau.rulebook, .zh), rows.csv(Bureau.rulebook, .zh), notice.bytes, digest.bytes, note,
    ] {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains("ZZ20261012-0001"))
      #expect(!text.contains("张三") && !text.contains("13900000000"))
    }
  }

  @Test("A digest's lines tell the case, the step and the time, the overdue ones marked")
  func digest() {
    let state = Bureau.taken(Bureau.input())
    let lines = ["resolve//50%", "accept/lead-1/0", "resolve//80%"].compactMap {
      DigestDocument.line(state, slot: $0, now: now)
    }
    let file = DigestDocument.render(lines, of: "urban", on: CivilDate("2026-10-15")!, Bureau.rulebook, .zh)
    #expect(file.name == "2026-10-15.txt")
    #expect(
      text(of: file.bytes) == """
        城建办 2026-10-15 催办提醒
        ! ZZ20261012-0001 物业费争议：签收已逾期，时限 2026-10-13 17:30
        - ZZ20261012-0001 物业费争议：请在 2026-10-19 17:30 前办结

        """)
    #expect(DigestDocument.line(state, slot: "confirm//0", now: now) == nil)
  }

  @Test(
    "A reminder that waited for the morning is dropped when the step was taken or the case paused meanwhile")
  func reminderOvertaken() {
    var state = Bureau.taken(Bureau.input())
    #expect(DigestDocument.line(state, slot: "accept/lead-1/0", now: now) != nil)
    state.apply(.deadlineEnded(.init(stage: .accept, item: ItemKey(.lead, 1), how: .met)), at: now)
    #expect(DigestDocument.line(state, slot: "accept/lead-1/0", now: now) == nil)
    #expect(DigestDocument.line(state, slot: "resolve//50%", now: now) != nil)
    state.apply(.paused(.init(reason: "appraisal", from: now, until: now + 86_400)), at: now)
    #expect(DigestDocument.line(state, slot: "resolve//50%", now: now) == nil)
  }

  @Test("A notice tells when it happened, not when it could be written")
  func noticeTime() {
    var state = Bureau.taken(Bureau.input())
    state.apply(.noticed(.init(department: "urban", number: 1, notice: .returnsFinal)), at: now)
    let told = state.told("urban", number: 1)
    #expect(told?.at == now)
    let text = told.map {
      String(
        decoding: NoticeDocument(Bureau.rulebook, .zh).render(state, [$0], on: Bureau.day).bytes,
        as: UTF8.self)
    }
    #expect(text?.contains("\n\(now.clockText(in: Bureau.shanghai))  ") == true)
  }

  @Test("A notice tells why a rule raised the case, also where the rulebook has the rule no more")
  func raisedByRule() {
    let state = Bureau.taken(Bureau.input())
    var rulebook = Bureau.rulebook
    rulebook.escalation = [
      EscalationRule(
        id: "ageing", place: SourcePlace(file: "escalate.yaml", line: 1, column: 1), on: .age(.days(30)),
        then: .init(raise: 1))
    ]
    for (rule, words) in [("ageing", "受理已满"), ("gone", "规则 gone")] {
      let notice = Notice.raisedByRule(RuleID(rule), from: "green", to: "red")
      let told = CaseState.Told(.init(department: "urban", number: 1, notice: notice), at: now)
      let line = NoticeDocument(rulebook, .zh).line(state, told)
      #expect(line.contains("绿色调整为红色") && line.contains(words), "\(line)")
    }
  }
}
