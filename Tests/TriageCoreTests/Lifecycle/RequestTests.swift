import Foundation
import Testing

@testable import TriageCore

@Suite("Requests")
struct RequestTests {
  let morning = at("2026-03-03T09:00")

  @Test("An extension goes to whoever is above and adds to the end when it is granted, once")
  func extends() {
    var life = Life()
    life.perform(.request(life.ask(.extend, "urban", at: morning, "等鉴定")), at: morning)
    #expect(life.state.assignment(.approve1)?.department == "leader")
    #expect(life.due(.resolve) == at("2026-03-11T17:30"))
    #expect(
      life.refusal(of: .request(life.ask(.extend, "urban", at: morning, "再等")), at: morning)
        == .alreadyAsked(.extend))
    life.perform(.answer(.approve1, .granted), at: at("2026-03-03T10:00"))
    #expect(life.due(.resolve) == at("2026-03-25T17:30"))
    #expect(life.state.running(.resolve)?.set.deadline.start == at("2026-03-02T09:00"))
    #expect(life.notices(to: "urban").first == .requestGranted(.extend))
    #expect(
      life.refusal(of: .request(life.ask(.extend, "urban", at: morning, "再等")), at: morning)
        == .extensionsUsed(1))
  }

  @Test("A refused request changes nothing and tells the asker why")
  func refused() {
    var life = Life()
    life.perform(.request(life.ask(.extend, "urban", at: morning, "等鉴定")), at: morning)
    life.perform(.answer(.approve1, .refused), at: morning)
    #expect(life.due(.resolve) == at("2026-03-11T17:30"))
    #expect(life.notices(to: "urban") == [.requestRefused(.extend, reason: "材料不足")])
    #expect(life.state.pending.isEmpty)
  }

  @Test("An extension cannot be longer than the rulebook allows, nor without a reason")
  func tooLong() {
    let life = Life()
    var request = life.ask(.extend, "urban", at: morning, "等鉴定")
    request.extendBy = .workingDays(11)
    #expect(life.refusal(of: .request(request), at: morning) == .extensionTooLong(.workingDays(10)))
    #expect(
      life.refusal(of: .request(life.ask(.extend, "urban", at: morning)), at: morning) == .reasonMissing)
  }

  @Test("A pause counts from the request, moves every clock of the work, and ends by itself")
  func pauses() {
    var life = Life()
    life.perform(.accept(.lead1), at: morning)
    var request = life.ask(.pause, "urban", at: morning, "送鉴定")
    #expect(
      life.refusal(of: .request(request), at: morning)
        == .reasonUnknown(
          "", known: [Reason(id: "appraisal", title: "appraisal"), Reason(id: "hearing", title: "hearing")]))
    request.pauseReason = "appraisal"
    life.perform(.request(request), at: morning)
    #expect(life.state.phase == .accepted)
    life.perform(.answer(.approve1, .granted), at: at("2026-03-04T09:00"))
    #expect(life.state.phase == .paused)
    #expect(life.state.pauses.first?.from == morning)
    #expect(life.state.pauses.first?.until == at("2026-04-02T17:30"))
    #expect(life.due(.resolve) == at("2026-04-10T17:30"))
    #expect(life.nextTimer == at("2026-04-02T17:30"))
    life.run(until: at("2026-04-02T17:30"))
    #expect(life.state.phase == .accepted)
    #expect(life.due(.resolve) == at("2026-04-10T17:30"))
    #expect(life.notices(to: "urban").contains(.resumed))
  }

  @Test("Resuming early gives back only what was paused")
  func resumes() {
    var life = Life()
    life.perform(.accept(.lead1), at: morning)
    #expect(life.refusal(of: .request(life.ask(.resume, "urban", at: morning)), at: morning) == .notPaused)
    var request = life.ask(.pause, "urban", at: morning, "听证")
    request.pauseReason = "hearing"
    life.perform(.request(request), at: morning)
    life.perform(.answer(.approve1, .granted), at: morning)
    #expect(life.refusal(of: .request(request), at: morning) == .alreadyPaused)
    let back = at("2026-03-05T09:00")
    life.perform(.request(life.ask(.resume, "urban", at: back)), at: back)
    #expect(life.state.phase == .accepted)
    #expect(life.due(.resolve) == at("2026-03-13T17:30"))
  }

  /// A pause that is granted at once.
  private func pause(_ life: inout Life, _ from: String, _ until: String) {
    let (from, until) = (at(from), at(until))
    var request = life.ask(.pause, "urban", at: from, "送鉴定")
    request.pauseReason = "appraisal"
    life.perform(.request(request), at: from)
    let approval = life.state.openItems(.approve).last?.key ?? .approve1
    life.perform(.answer(approval, .granted), at: from)
    life.perform(.request(life.ask(.resume, "urban", at: until)), at: until)
  }

  @Test("Minutes over a close of business move nothing; what is left over is kept for the next pause")
  func pausesAddUp() {
    var life = Life()
    life.perform(.accept(.lead1), at: morning)
    let due = life.due(.resolve)
    pause(&life, "2026-03-03T17:28", "2026-03-03T17:31")
    pause(&life, "2026-03-04T17:28", "2026-03-04T17:31")
    #expect(life.due(.resolve) == due)
    #expect(life.state.running(.resolve)?.set.deadline.pauses?.rest == 240)
    pause(&life, "2026-03-05T08:30", "2026-03-05T17:27")
    #expect(life.state.running(.resolve)?.set.deadline.pauses?.days == 1)
    #expect(life.due(.resolve) == at("2026-03-12T17:30"))
  }

  @Test("What the pauses of the first time left over counts in the extension")
  func pausesAndExtension() {
    var life = Life()
    life.perform(.accept(.lead1), at: morning)
    pause(&life, "2026-03-03T14:30", "2026-03-03T17:30")
    #expect(life.due(.resolve) == at("2026-03-11T17:30"))
    let asked = at("2026-03-10T09:00")
    life.perform(.request(life.ask(.extend, "urban", at: asked, "等鉴定")), at: asked)
    life.perform(.answer(life.state.openItems(.approve).last?.key ?? .approve1, .granted), at: asked)
    #expect(life.due(.resolve) == at("2026-03-25T17:30"))
    pause(&life, "2026-03-12T08:30", "2026-03-12T15:00")
    let sum = life.state.running(.resolve)?.set.deadline.pauses
    #expect(sum?.seconds == 7 * 3_600 && sum?.days == 1)
    #expect(life.due(.resolve) == at("2026-03-26T17:30"))
  }

  @Test("The pauses of an extension in other days are told beside those of the first time")
  func pausesInOtherDays() throws {
    var life = Life()
    life.perform(.accept(.lead1), at: morning)
    pause(&life, "2026-03-03T08:30", "2026-03-03T17:30")
    var set = try #require(life.state.running(.resolve)?.set)
    let first = try #require(set.deadline.pauses)
    set.extensions = [.days(10)]
    let clock = StageClock(
      rulebook: life.rulebook, facts: life.state.facts(under: life.rulebook),
      pauses: [
        Pause(at("2026-03-03T08:30")..<at("2026-03-03T17:30")),
        Pause(at("2026-03-14T10:00")..<at("2026-03-15T12:00")),
      ])
    let deadline = clock.count(set)
    #expect(deadline.pauses == first)
    #expect(deadline.furtherPauses?.map(\.limit) == [.days(10)])
    #expect(deadline.furtherPauses?.map(\.sum.days) == [1])
    let told = deadline.narrative(in: life.rulebook.calendar.zone).map(\.zh).filter { $0.hasPrefix("暂停合计") }
    #expect(told.count == 2 && told.last?.contains("每天 24 小时") == true, "\(told)")
    set.deadline = deadline
    set.why = .resumed
    let line = Message.timeline(.deadlineSet(set), in: life.rulebook)
    #expect(told.allSatisfy(line.zh.contains), "\(line.zh)")
    let stored = try JSONDecoder().decode(Deadline.self, from: JSONEncoder().encode(deadline))
    #expect(stored == deadline)
  }

  @Test("A pause that ended before working time was counted keeps the close that it gave")
  func oldPauses() {
    var life = Life()
    life.perform(.accept(.lead1), at: morning)
    let (from, until) = (at("2026-03-03T17:28"), at("2026-03-03T17:31"))
    var state = life.state
    state.apply(
      .paused(.init(reason: "appraisal", from: from, until: at("2026-04-02T17:30"), counting: nil)), at: from)
    state.apply(.resumed(.init(at: until, atLimit: false, counting: nil)), at: until)
    #expect(state.countedPauses.map(\.counting) == [.closes])
    let clock = StageClock(
      rulebook: life.rulebook, facts: state.facts(under: life.rulebook), pauses: state.countedPauses)
    let set = state.running(.resolve)?.set
    #expect(set.map { clock.count($0).due } == at("2026-03-12T17:30"))
    // One that ends from now on is counted by its time, whenever it began.
    state.apply(.paused(.init(reason: "appraisal", from: from, until: until, counting: nil)), at: from)
    state.apply(.resumed(.init(at: until, atLimit: false)), at: until)
    #expect(state.countedPauses.map(\.counting) == [.closes, .time])
  }

  @Test("A lowering needs approval and then counts the deadline anew")
  func lowers() {
    var life = Life("red")
    #expect(life.due(.resolve) == at("2026-03-05T17:30"))
    life.perform(.request(life.ask(.lower, "task-force", at: morning, "情绪平稳")), at: morning)
    #expect(life.state.level == "red")
    life.perform(.answer(.approve1, .granted), at: morning)
    #expect(life.state.level == "yellow")
    #expect(life.due(.resolve) == at("2026-03-11T17:30"))
    #expect(life.state.lead == "task-force")
    var request = life.ask(.lower, "task-force", at: morning, "x")
    request.level = "red"
    #expect(life.refusal(of: .request(request), at: morning) == .levelNotLower)
    request.level = "purple"
    #expect(life.refusal(of: .request(request), at: morning) == .levelUnknown("purple"))
  }

  @Test("A withdrawal that is granted ends every item and every clock")
  func withdraws() {
    var life = Life("red")
    life.perform(.request(life.ask(.withdraw, "task-force", at: morning, "双方撤回")), at: morning)
    life.perform(.answer(.approve1, .granted), at: morning)
    #expect(life.state.phase == .withdrawn)
    #expect(life.state.openAssignments.isEmpty)
    #expect(life.state.runningDeadlines.isEmpty)
    #expect(life.notices(to: "police").last == .closed(.withdrawn))
    #expect(life.nextTimer == nil)
  }

  @Test("Only the lead asks, and only a folder with the case")
  func onlyLead() {
    let life = Life("red")
    #expect(
      life.refusal(of: .request(life.ask(.extend, "police", at: morning, "x")), at: morning)
        == .onlyLead(.extend))
    #expect(
      life.refusal(of: .request(life.ask(.extend, "urban", at: morning, "x")), at: morning)
        == .notAssigned("urban"))
    #expect(
      life.refusal(of: .request(life.ask(.note, "urban", at: morning, "x")), at: morning)
        == .notAssigned("urban"))
    #expect(life.refusal(of: .request(life.ask(.note, "police", at: morning, "x")), at: morning) == nil)
  }

  @Test("The asker never approves its own request; with nobody above, the fallback department does")
  func approver() {
    var life = Life()
    life.perform(.request(life.ask(.assign, "center", at: morning, to: "leader")), at: morning)
    life.perform(.request(life.ask(.extend, "leader", at: morning, "x")), at: morning)
    #expect(life.state.assignment(.approve1)?.department == "center")
  }

  @Test("A whistle calls a department in at once, with its own time to answer")
  func whistles() {
    var life = Life()
    life.perform(.request(life.ask(.whistle, "urban", at: morning, "需要执法", to: "police")), at: morning)
    #expect(life.state.assignment(.assist1)?.cause == .whistled(by: "urban", reason: "需要执法"))
    #expect(life.due(.whistle, item: .assist1) == at("2026-03-04T17:30"))
    #expect(
      life.refusal(of: .request(life.ask(.whistle, "urban", at: morning, to: "police")), at: morning)
        == .alreadyAsked(.whistle))
    #expect(
      life.refusal(of: .request(life.ask(.whistle, "urban", at: morning, to: "urban")), at: morning)
        == .assignToItself)
    life.perform(.answer(.assist1, Reply(summary: "已到场")), at: at("2026-03-04T10:00"))
    #expect(life.fate(.whistle, item: .assist1) == .met)
  }

  @Test("Assigning belongs to the fallback department and to whoever is above the lead")
  func assigns() {
    var life = Life()
    #expect(
      life.refusal(of: .request(life.ask(.assign, "urban", at: morning, to: "justice")), at: morning)
        == .notEntitled(.assign))
    #expect(
      life.refusal(of: .request(life.ask(.assign, "justice", at: morning, to: "justice")), at: morning)
        == .notAssigned("justice"))
    #expect(
      life.refusal(of: .request(life.ask(.assign, "center", at: morning, to: "urban")), at: morning)
        == .assignToItself)
    #expect(
      life.refusal(of: .request(life.ask(.assign, "center", at: morning, to: "mars")), at: morning)
        == .departmentUnknown("mars"))
    life.perform(.request(life.ask(.assign, "leader", at: morning, "合并办理", to: "justice")), at: morning)
    #expect(life.state.lead == "justice")
    #expect(life.state.assignment(.lead1)?.status == .ended)
    #expect(life.due(.accept, item: .lead2) == at("2026-03-04T17:30"))
    #expect(life.due(.resolve) == at("2026-03-11T17:30"))
    #expect(life.notices(to: "urban") == [.leadIsNow("justice")])
  }

  @Test("A merge ends the case with a link to the other one")
  func merges() {
    var life = Life()
    var request = life.ask(.merge, "center", at: morning, "同一事项")
    #expect(life.refusal(of: .request(request), at: morning) == .caseUnknown(""))
    request.into = "ZZ20260301-0007"
    life.perform(.request(request), at: morning)
    #expect(life.state.phase == .merged)
    #expect(life.state.links == [.init(to: "ZZ20260301-0007", why: .merged)])
  }

  @Test("A correction of the category moves the case and counts its deadlines anew")
  func corrects() {
    var life = Life()
    var request = life.ask(.correct, "center", at: morning, "实为劳动争议")
    #expect(
      life.refusal(of: .correct(request, life.state.input, life.state.decision), at: morning)
        == .nothingToCorrect)
    request.corrections = ["category": "劳动争议"]
    life.perform(.correct(request, life.state.input, life.state.decision), at: morning)
    #expect(life.state.category == "labor")
    #expect(life.state.lead == "center")
    #expect(life.state.decision.route == "labor")
  }

  @Test("A correction lowers the level only with a reason, and never what was raised since")
  func correctsLevel() {
    var decision = Life().state.decision
    decision.level = "green"
    var life = Life()
    var request = life.ask(.correct, "center", at: morning)
    request.corrections = ["people_count": "2"]
    life.perform(.correct(request, .call("物业费", people: 2), decision), at: morning)
    #expect(life.state.level == "yellow")
    life = Life()
    request.reason = "人数有误"
    life.perform(.correct(request, .call("物业费", people: 2), decision), at: morning)
    #expect(life.state.level == "green")
  }

  @Test("Corrected values are read as their field wants them")
  func correctedInput() {
    let life = Life()
    var request = life.ask(.correct, "center", at: morning)
    request.corrections = ["people_count": "12", "area": "二社区"]
    let input = try? Lifecycle.corrected(life.state.input, by: request, under: life.rulebook).get()
    #expect(input?.peopleCount == 12)
    #expect(input?.area == "二社区")
    request.corrections = ["people_count": "许多"]
    #expect(
      Lifecycle.corrected(life.state.input, by: request, under: life.rulebook)
        == .failure(.correctionUnknown("people_count")))
  }

  @Test("A raise by a person takes the earlier end, brings the new lead and keeps the old one as a helper")
  func raises() {
    var life = Life()
    life.perform(.request(life.ask(.raise, "center", at: morning, "矛盾激化")), at: morning)
    #expect(life.state.level == "red")
    #expect(life.state.lead == "task-force")
    #expect(life.due(.resolve) == at("2026-03-05T17:30"))
    #expect(life.state.openItems(.assist).map(\.department).sorted() == ["police", "urban"])
    #expect(life.notices(to: "leader").contains(.watching(lead: "task-force")))
    #expect(
      life.refusal(of: .request(life.ask(.raise, "center", at: morning)), at: morning) == .levelNotHigher)
  }
}
