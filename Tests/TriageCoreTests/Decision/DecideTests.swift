import Testing

@testable import TriageCore

@Suite("A decision")
struct DecideTests {
  let rulebook = Sample.rulebook

  @Test("gives a green property case to the community of its area")
  func greenGoesToTheCommunity() {
    let decision = rulebook.decide(.call("物业费", "物业乱收停车费"))
    #expect(decision.category == "property")
    #expect(decision.level == "green")
    #expect(decision.lead == "community@c1")
    #expect(decision.route == "green-local")
    #expect(decision.area == "c1")
    #expect(decision.assist == [] && decision.watch == [])
    #expect(decision.fired.map(\.rule) == ["property-fee"])
    #expect(decision.beaten == [BeatenRow(row: "property", why: .lowerPriority)])
    #expect(decision.rulebook == "sample")
  }

  @Test("raises to red by a floor, brings the police in and tells the leader")
  func violenceIsRed() {
    let decision = rulebook.decide(.call("邻居持刀", "为停车费争吵"))
    #expect(decision.level == "red")
    #expect(decision.score == 1)
    #expect(decision.lead == "task-force")
    #expect(decision.assist == ["police"])
    #expect(decision.watch == ["leader"])
  }

  @Test("goes to the fallback when no rule fires and no route matches")
  func nothingFires() {
    let rulebook = rulebook.with { $0.routes.removeAll { $0.head.id == "green-local" } }
    let decision = rulebook.decide(.call("咨询", "办事大厅几点开门"))
    #expect(decision.category == "other")
    #expect(decision.lead == "center")
    #expect(decision.route == nil)
    #expect(decision.votes.isEmpty && decision.fired.isEmpty)
    #expect(decision.secondCategory == nil)
  }

  @Test("counts a vote three times, and the score once, when the hit lies in the title")
  func titleVotes() {
    let inTitle = rulebook.decide(.call("物业费", ""))
    let inText = rulebook.decide(.call("求助", "物业费"))
    #expect(inTitle.votes == ["property": 3])
    #expect(inText.votes == ["property": 1])
    #expect(inTitle.score == 1 && inText.score == 1)
    #expect(inTitle.fired[0].inTitle && !inText.fired[0].inTitle)
  }

  @Test("does not count a title hit three times that did not make the rule true")
  func titleHitOfAnotherBranch() {
    let condition = Condition.any([
      .all([.text(probe: 0), .field(.peopleCount, .atLeast(5))]), .text(probe: 2),
    ])
    let rulebook = rulebook.with {
      $0.classification = [Sample.rule("mixed", condition, .init(votes: ["labor": 1]))]
    }
    #expect(rulebook.decide(.call("物业费", "拖欠工资")).votes == ["labor": 1])
    #expect(rulebook.decide(.call("物业费", "拖欠工资", people: 6)).votes == ["labor": 3])
  }

  @Test("names a second category with at least half the winner's votes, ties by the order of the list")
  func secondCategory() {
    func votes(_ property: Int, _ labor: Int) -> Decision {
      rulebook.with {
        $0.classification = [
          Sample.rule("p", .always, .init(votes: ["property": property])),
          Sample.rule("l", .always, .init(votes: ["labor": labor])),
        ]
      }.decide(.call("求助"))
    }
    #expect(votes(4, 2).category == "property" && votes(4, 2).secondCategory == "labor")
    #expect(votes(4, 1).secondCategory == nil)
    #expect(votes(2, 2).category == "property")
    #expect(votes(2, 3).category == "labor")
    #expect(votes(0, -1).category == "other")
    #expect(votes(0, -1).votes == ["labor": -1])
  }

  @Test(
    "takes the higher of the score's band and the floors",
    arguments: [(4, "green"), (5, "yellow"), (12, "red")])
  func bands(score: Int, level: LevelID) {
    let rulebook = rulebook.with { $0.classification = [Sample.rule("s", .always, .init(score: score))] }
    #expect(rulebook.decide(.call("求助")).level == level)
    let floored = rulebook.with {
      $0.classification.append(Sample.rule("f", .always, .init(level: "yellow")))
    }
    #expect(floored.decide(.call("求助")).level == (level == "red" ? "red" : "yellow"))
  }

  @Test("fills scales by floors and gives their first value otherwise")
  func scales() {
    #expect(rulebook.decide(.call("求助")).scales == ["difficulty": "simple"])
    let wages = rulebook.decide(.call("拖欠工资", "工友都没拿到", people: 8))
    #expect(wages.scales == ["difficulty": "complex"])
    #expect(wages.tags == ["group"])
    #expect(wages.category == "labor" && wages.level == "yellow")
  }

  @Test("stores what made each rule true")
  func evidence() {
    let decision = rulebook.decide(.call("求助", "拖欠工资，工友很多", people: 8))
    #expect(
      decision.fired[0].because == [
        .text(field: .text, phrase: "拖欠工资", start: 0, end: 4, weak: false), .field(.peopleCount),
        .text(field: .text, phrase: "工友", start: 5, end: 7, weak: false),
      ])
  }

  @Test(
    "wants a strong hit unless the rule says otherwise", arguments: [TextProbe.Strength.strong, .weak, .any])
  func strength(wanted: TextProbe.Strength) {
    let rulebook = rulebook.with { $0.probes[1].strength = wanted }
    let input = CaseInput.call("求助", "如果他持刀")
    let weak = TextHit(probe: 1, phrase: 0, field: .text, start: 3, end: 5, weak: true)
    let decision = rulebook.decide(input, hits: [weak], at: Sample.taken, history: CaseHistory())
    #expect((decision.level == "red") == (wanted != .strong))
  }

  @Test("wants all phrases where the rule says all, and looks only into the fields it names")
  func allPhrasesAndFields() {
    let rulebook = rulebook.with {
      $0.probes[0].need = .allPhrases
      $0.probes[0].phrases = ["物业", "停车"]
      $0.probes[1].fields = [.title]
    }
    #expect(rulebook.decide(.call("物业", "停车")).fired.map(\.rule) == ["property-fee"])
    #expect(rulebook.decide(.call("物业", "物业")).fired.isEmpty)
    let hit = TextHit(probe: 1, phrase: 0, field: .text, start: 0, end: 2, weak: false)
    #expect(
      rulebook.decide(.call("求助", "持刀"), hits: [hit], at: Sample.taken, history: CaseHistory()).fired.isEmpty)
  }

  @Test("stores a bounded number of hits for a text condition, the title's first")
  func manyHits() {
    let hits = (0..<2_000).map {
      TextHit(probe: 0, phrase: 2, field: $0 == 700 ? .title : .text, start: $0, end: $0 + 3, weak: false)
    }
    let fired = rulebook.decide(.call("停车费"), hits: hits, at: Sample.taken, history: CaseHistory()).fired
    #expect(fired[0].because.count == Limits.reasonsPerProbe)
    #expect(fired[0].inTitle)
    #expect(fired[0].because[0] == .text(field: .title, phrase: "停车费", start: 700, end: 703, weak: false))
    #expect(fired[0].because[1] == .text(field: .text, phrase: "停车费", start: 0, end: 3, weak: false))
  }

  @Test("ignores hits of probes that the rulebook does not have")
  func strangeHits() {
    let hits = [-1, 4, 9_999].map {
      TextHit(probe: $0, phrase: 7, field: .text, start: 0, end: 1, weak: false)
    }
    #expect(rulebook.decide(.call("求助"), hits: hits, at: Sample.taken, history: CaseHistory()).fired.isEmpty)
  }

  @Test("lets a rule test a tag that another rule gives, whatever their order")
  func tags() {
    let rules = [
      Sample.rule("a-last", .tag(["second"]), .init(level: "red")),
      Sample.rule("b-middle", .all([.tag(["group"]), .none([.tag(["excluded"])])]), .init(tags: ["second"])),
    ]
    let rulebook = rulebook.with { $0.classification = rules + $0.classification }
    let decision = rulebook.decide(.call("拖欠工资", "", people: 9))
    #expect(decision.fired.map(\.rule) == ["wages-of-many", "b-middle", "a-last"])
    #expect(decision.tags == ["group", "second"])
    #expect(decision.level == "red")
  }

  @Test("resolves on the spot only what was handled and has a result")
  func onTheSpot() {
    let rulebook = rulebook.with {
      $0.classification = [Sample.rule("spot", .always, .init(onTheSpot: true))]
    }
    var input = CaseInput.call("求助")
    #expect(!rulebook.decide(input).onTheSpot)
    input.handled = true
    #expect(!rulebook.decide(input).onTheSpot)
    input.result = "已和解"
    #expect(rulebook.decide(input).onTheSpot)
  }

  @Test("counts a season's both ends, also over New Year")
  func seasons() {
    func fires(_ season: Season, _ day: String) -> Bool {
      let rulebook = rulebook.with {
        $0.classification = [Sample.rule("s", .always, .init(score: 1), active: season)]
      }
      let noon = Sample.shanghai.instant(CivilDate(day)!, second: 12 * 3_600)
      return rulebook.decide(.call("求助"), at: noon).score == 1
    }
    let spring = Season.yearly(fromMonth: 1, fromDay: 1, toMonth: 2, toDay: 15)
    #expect(fires(spring, "2026-01-01") && fires(spring, "2027-02-15") && !fires(spring, "2026-02-16"))
    let newYear = Season.yearly(fromMonth: 12, fromDay: 20, toMonth: 1, toDay: 5)
    #expect(fires(newYear, "2026-12-20") && fires(newYear, "2026-01-05") && !fires(newYear, "2026-06-01"))
    let campaign = Season.dates(from: CivilDate("2026-03-01")!, to: CivilDate("2026-03-31")!)
    #expect(fires(campaign, "2026-03-31") && !fires(campaign, "2027-03-15"))
  }

  @Test("counts repeats of the matter within the time, this case included")
  func repeats() {
    let rulebook = rulebook.with {
      $0.classification = [
        Sample.rule("again", .repeated(atLeast: 3, within: .days(30)), .init(level: "yellow"))
      ]
    }
    let day: Int64 = 86_400
    let near = [Sample.taken + -30 * day, Sample.taken + -day]
    #expect(rulebook.decide(.call("求助"), earlier: near).level == "yellow")
    #expect(rulebook.decide(.call("求助"), earlier: near).fired[0].because == [.repeated(3)])
    #expect(rulebook.decide(.call("求助"), earlier: [Sample.taken + -31 * day, near[1]]).level == "green")
  }

  @Test("knows the working hours of the time of taking")
  func during() {
    let rulebook = rulebook.with {
      $0.classification = [Sample.rule("night", .during(workingHours: false), .init(level: "yellow"))]
    }
    #expect(rulebook.decide(.call("求助")).level == "green")
    #expect(rulebook.decide(.call("求助"), at: Sample.taken + 6 * 3_600).level == "yellow")
  }

  @Test("notes a received_at that is missing, in the future or absurdly old, and counts from the taking")
  func receivedAt() {
    func notes(_ received: Instant?) -> [IntakeNote] {
      var input = CaseInput.call("求助")
      input.receivedAt = received
      return rulebook.decide(input).notes
    }
    #expect(notes(Sample.taken).isEmpty)
    #expect(notes(nil) == [.receivedAtReplaced(nil)])
    #expect(notes(Sample.taken + 1) == [.receivedAtReplaced("2026-09-30T16:00:01+08:00")])
    let old = Sample.taken + -86_400 * Int64(Limits.receivedAtDays) + -1
    #expect(notes(old).count == 1 && notes(old + 1).isEmpty)

    var input = CaseInput.call("求助")
    input.receivedAt = Sample.taken + 1
    #expect(rulebook.receivedAt(of: input, takenAt: Sample.taken) == Sample.taken)
    input.receivedAt = Sample.taken + -60
    #expect(rulebook.receivedAt(of: input, takenAt: Sample.taken) == Sample.taken + -60)
    input.receivedAt = nil
    input.notes = [.receivedAtReplaced("昨天")]
    #expect(rulebook.decide(input).notes.isEmpty)
  }

  @Test("notes an undeclared channel and unknown fields, and takes the case all the same")
  func oddities() {
    let rulebook = rulebook.with { $0.channels = ["walk-in": Channel(id: "walk-in", title: "来访")] }
    let decision = rulebook.decide(.call("物业费", fields: ["天气": .text("晴")]))
    #expect(decision.notes == [.undeclaredChannel("hotline"), .unknownField("天气")])
    #expect(decision.category == "property")
  }
}
