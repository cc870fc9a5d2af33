import Testing

@testable import TriageCore

@Suite("Why a rule did not fire")
struct WhyNotTests {
  let rulebook = Sample.rulebook

  private func whyNot(
    _ rule: RuleID, _ input: CaseInput, in rulebook: Rulebook? = nil, hits: [TextHit]? = nil
  ) -> [FailedLeaf] {
    let rulebook = rulebook ?? self.rulebook
    return rulebook.whyNot(
      rule, input: input, hits: hits ?? rulebook.plainHits(in: input), at: Sample.taken,
      history: CaseHistory())
  }

  @Test("is nothing for a rule that fired and a row that decided")
  func fired() {
    #expect(whyNot("property-fee", .call("物业费")).isEmpty)
    #expect(whyNot("green-local", .call("物业费")).isEmpty)
    #expect(whyNot("base", .call("物业费")).isEmpty)
  }

  @Test("names an entry that does not exist")
  func unknown() {
    #expect(whyNot("nonesuch", .call("物业费")) == [FailedLeaf(.unknownRule("nonesuch"))])
  }

  @Test("shows each alternative with what the case has")
  func alternatives() {
    #expect(
      whyNot("wages-of-many", .call("拖欠工资", people: 4)) == [
        FailedLeaf(.field(.peopleCount, .atLeast(5), had: .number(4)), isAlternative: true),
        FailedLeaf(.field(.amount, .atLeast(50_000), had: nil), isAlternative: true),
        FailedLeaf(.text(probe: 3, .absent), isAlternative: true),
      ])
  }

  @Test("tells a phrase that is absent from one that is negated, weakened or elsewhere")
  func text() {
    #expect(whyNot("violence", .call("求助", "噪音")) == [FailedLeaf(.text(probe: 1, .absent))])
    let negated = whyNot("violence", .call("求助", "他没有 持刀"), hits: [])
    #expect(negated == [FailedLeaf(.text(probe: 1, .cancelled(["持刀"])))])
    let weak = TextHit(probe: 1, phrase: 0, field: .text, start: 2, end: 4, weak: true)
    #expect(
      whyNot("violence", .call("求助", "如果持刀"), hits: [weak]) == [
        FailedLeaf(.text(probe: 1, .strength([weak])))
      ])
    let titleOnly = rulebook.with { $0.probes[1].fields = [.title] }
    let hit = TextHit(probe: 1, phrase: 0, field: .text, start: 0, end: 2, weak: false)
    #expect(
      whyNot("violence", .call("求助", "持刀"), in: titleOnly, hits: [hit])
        == [FailedLeaf(.text(probe: 1, .elsewhere([.text])))])
    let all = rulebook.with { $0.probes[1].need = .allPhrases }
    #expect(
      whyNot("violence", .call("求助", "持刀砍人"), in: all)
        == [FailedLeaf(.text(probe: 1, .missing(["拿着刀", "殴打"])))])
  }

  @Test("names the rules that would have given a missing tag, and the phrases that a rule excludes")
  func tagsAndExclusions() {
    let rulebook = rulebook.with {
      $0.classification += [
        Sample.rule("by-tag", .tag(["group"])),
        Sample.rule("calm", .none([.text(probe: 1), .text(probe: 0)])),
      ]
    }
    #expect(
      whyNot("by-tag", .call("求助"), in: rulebook) == [FailedLeaf(.tag(["group"], givers: ["wages-of-many"]))])
    #expect(
      whyNot("calm", .call("持刀"), in: rulebook) == [FailedLeaf(.excluded(.text(probe: 1), phrases: ["持刀"]))])
  }

  @Test("tells the season, the area, the channel and the repeats")
  func others() {
    let season = Season.yearly(fromMonth: 1, fromDay: 1, toMonth: 2, toDay: 15)
    let rulebook = rulebook.with {
      $0.classification += [
        Sample.rule("winter", .always, active: season), Sample.rule("in-c2", .area(under: ["c2"])),
        Sample.rule("desk", .channel(["walk-in"])),
        Sample.rule("again", .repeated(atLeast: 3, within: .days(30))),
      ]
    }
    let today = CivilDate("2026-09-30")!
    #expect(whyNot("winter", .call("求助"), in: rulebook) == [FailedLeaf(.outOfSeason(season, today: today))])
    #expect(
      whyNot("in-c2", .call("求助"), in: rulebook) == [
        FailedLeaf(.area(under: ["c2"], had: "c1", written: nil))
      ])
    #expect(
      whyNot("in-c2", .call("求助", area: "幸福里"), in: rulebook)
        == [FailedLeaf(.area(under: ["c2"], had: nil, written: "幸福里"))])
    #expect(whyNot("desk", .call("求助"), in: rulebook) == [FailedLeaf(.channel(["walk-in"], had: "hotline"))])
    #expect(
      whyNot("again", .call("求助"), in: rulebook)
        == [FailedLeaf(.repeated(atLeast: 3, within: .days(30), had: 1))])
  }

  @Test("tells of a row whether it matched at all and what beat it")
  func rows() {
    #expect(whyNot("red", .call("物业费")) == [FailedLeaf(.level(["red"], had: "green"))])
    #expect(whyNot("property", .call("物业费")) == [FailedLeaf(.beaten(.lowerPriority, by: "green-local"))])
    #expect(
      whyNot("green-local", .call("物业费", area: nil))
        == [FailedLeaf(.beaten(.unfilled("community@{area.community}"), by: "property"))])
  }

  @Test("shows the nearest quantity that the text states")
  func quantities() {
    let wanted = QuantityTest(of: .people, atLeast: 30)
    let rulebook = rulebook.with {
      $0.probes.append(TextProbe(phrases: [], quantity: .people))
      $0.classification.append(Sample.rule("crowd", .quantity(wanted, probe: 4)))
    }
    let hits = { (counts: [Double], weak: Bool, field: FieldID) in
      counts.enumerated().map { place, count in
        TextHit(
          probe: 4, phrase: 0, field: field, start: place * 3, end: place * 3 + 2, weak: weak, quantity: count
        )
      }
    }
    let miss = { (found: [TextHit]) in self.whyNot("crowd", .call("求助"), in: rulebook, hits: found) }
    #expect(miss([]) == [FailedLeaf(.quantity(wanted, .absent))])
    #expect(miss(hits([5, 12, 2], false, .text)) == [FailedLeaf(.quantity(wanted, .outside(12)))])
    #expect(miss(hits([5, 31], false, .text)) == [])
    let weak = hits([31], true, .text)
    #expect(miss(weak) == [FailedLeaf(.quantity(wanted, .strength(weak[0])))])
    #expect(miss(hits([31], false, "address")) == [FailedLeaf(.quantity(wanted, .elsewhere(["address"])))])
    let message = Message.failedLeaf(miss(hits([12], false, .text))[0], in: rulebook)
    #expect(message.zh == "要求文中写明的人数（户数）不少于 30人，最接近的是 12人。")
  }

  @Test("reads well in both languages")
  func messages() {
    let leaf = whyNot("wages-of-many", .call("拖欠工资", people: 4))[0]
    let message = Message.failedLeaf(leaf, in: rulebook)
    #expect(message.zh == "（几项中满足一项即可）涉及人数要求不小于“5”，案件中是“4”。")
    #expect(
      message.en
        == "(one of several would do) It wants the number of people to be at least “5”; the case has “4”.")
    let red = Message.failedLeaf(whyNot("red", .call("物业费"))[0], in: rulebook)
    #expect(red.zh == "要求级别为“红色”，案件是“绿色”。")
    let reason = rulebook.decide(.call("物业费")).fired[0].because[0]
    #expect(Message.reason(reason, in: rulebook).zh == "标题第 1–3 字：“物业费”")
  }
}
