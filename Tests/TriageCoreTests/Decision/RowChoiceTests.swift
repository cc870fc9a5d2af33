import Testing

@testable import TriageCore

@Suite("Choosing a row")
struct RowChoiceTests {
  let rulebook = Sample.rulebook

  private func facts(
    _ level: LevelID = "green", _ category: CategoryID = "property", area: AreaID? = "c1"
  ) -> CaseFacts {
    CaseFacts(category: category, level: level, area: area, channel: "hotline", takenAt: Sample.taken)
  }

  private func route(_ id: RuleID, _ keys: [String: Condition], priority: Int = 0) -> RouteRow {
    RouteRow(head: Sample.head(id, keys, priority: priority), lead: .department("urban"))
  }

  @Test("prefers a higher priority to a more specific row")
  func priority() {
    let rulebook = rulebook.with {
      $0.routes = [
        route("wide", ["level": .level(["green"])], priority: 1),
        route("narrow", ["level": .level(["green"]), "category": .category(["property"])]),
      ]
    }
    let choice = rulebook.route(for: facts())
    #expect(choice.route == "wide")
    #expect(choice.beaten == [BeatenRow(row: "narrow", why: .lowerPriority)])
  }

  @Test("prefers one key more, a subset, and an area below")
  func specificity() {
    let wide = Sample.head("wide", ["level": .level(["green", "yellow"])])
    let subset = Sample.head("subset", ["level": .level(["green"])])
    let more = Sample.head("more", ["level": .level(["green", "yellow"]), "category": .category(["labor"])])
    let other = Sample.head("other", ["category": .category(["labor"])])
    #expect(rulebook.isMoreSpecific(subset, than: wide) && !rulebook.isMoreSpecific(wide, than: subset))
    #expect(rulebook.isMoreSpecific(more, than: wide) && rulebook.isMoreSpecific(more, than: other))
    #expect(!rulebook.isMoreSpecific(more, than: subset) && !rulebook.isMoreSpecific(subset, than: more))
    #expect(!rulebook.isMoreSpecific(wide, than: wide))

    let street = Sample.head("street", ["area": .area(under: ["street"])])
    let community = Sample.head("community", ["area": .area(under: ["c1"])])
    let both = Sample.head("both", ["area": .area(under: ["c1", "c2"])])
    #expect(
      rulebook.isMoreSpecific(community, than: street) && !rulebook.isMoreSpecific(street, than: community))
    #expect(rulebook.isMoreSpecific(community, than: both) && rulebook.isMoreSpecific(both, than: street))
  }

  @Test("chooses the narrower of two rows with the same keys, whatever their names")
  func narrower() {
    let rulebook = rulebook.with {
      $0.routes = [
        route("a-street", ["area": .area(under: ["street"])]),
        route("b-both", ["area": .area(under: ["c1", "c2"])]),
        route("c-community", ["area": .area(under: ["c1"])]),
      ]
    }
    let choice = rulebook.route(for: facts())
    #expect(choice.route == "c-community")
    #expect(choice.beaten.map(\.row) == ["b-both", "a-street"])
    #expect(choice.beaten.allSatisfy { $0.why == .lessSpecific })
    #expect(rulebook.route(for: facts(area: "c2")).route == "b-both")
  }

  @Test("compares fields, repeats and composed conditions by what they admit")
  func implication() {
    let areas = rulebook.areas
    func implies(_ a: Condition, _ b: Condition) -> Bool { a.implies(b, areas: areas) }
    #expect(implies(.field(.amount, .atLeast(10)), .field(.amount, .atLeast(5))))
    #expect(!implies(.field(.amount, .atLeast(5)), .field(.amount, .atLeast(10))))
    #expect(!implies(.field(.amount, .atLeast(10)), .field(.peopleCount, .atLeast(5))))
    #expect(implies(.field("kind", .is(.text("急"))), .field("kind", .in([.text("急"), .text("特急")]))))
    #expect(implies(.field("kind", .in([.number(6), .number(9)])), .field("kind", .atLeast(5))))
    #expect(implies(.field("kind", .is(.text("急"))), .field("kind", .present(true))))
    #expect(!implies(.field("kind", .present(false)), .field("kind", .present(true))))
    #expect(
      implies(.repeated(atLeast: 5, within: .days(7)), .repeated(atLeast: 3, within: .days(30))))
    #expect(
      !implies(.repeated(atLeast: 5, within: .days(7)), .repeated(atLeast: 3, within: .workingDays(30))))
    let either = Condition.any([.level(["red"]), .tag(["group"])])
    #expect(implies(.level(["red"]), either) && !implies(either, .level(["red"])))
    #expect(implies(.all([.level(["red"]), .category(["labor"])]), either))
    #expect(
      implies(.none([either]), .none([.level(["red"])]))
        && !implies(.none([.level(["red"])]), .none([either])))
    #expect(implies(either, .always) && !implies(.always, either))
  }

  @Test("leaves a row whose lead cannot be filled to the next one, at last to the fallback")
  func unfilled() {
    let noArea = rulebook.route(for: facts(area: nil))
    #expect(noArea.route == "property" && noArea.lead == "urban")
    #expect(noArea.beaten == [BeatenRow(row: "green-local", why: .unfilled("community@{area.community}"))])
    let street = rulebook.route(for: facts("green", "other", area: "street"))
    #expect(street.route == nil && street.lead == "center")
    let grid = rulebook.route(for: facts(area: "c1-g3"))
    #expect(grid.lead == "community@c1")
    let gone = rulebook.with { $0.departments["community@c1"] = nil }.route(for: facts())
    #expect(gone.route == "property")
  }

  @Test("adds the helpers of every row that matches, never the lead, and says what it could not fill")
  func helpers() {
    let rulebook = rulebook.with {
      $0.also += [
        AlsoRow(
          head: Sample.head("a-more"),
          assist: [Sample.community, .department("police"), .department("task-force")],
          watch: [.department("police"), .department("center")])
      ]
    }
    let choice = rulebook.route(for: facts("red", area: nil))
    #expect(choice.lead == "task-force")
    #expect(choice.assist == ["police"])
    #expect(choice.watch == ["leader", "center"])
    #expect(choice.beaten.contains(BeatenRow(row: "a-more", why: .unfilled("community@{area.community}"))))
    #expect(rulebook.route(for: facts("red")).assist == ["police", "community@c1"])
  }

  @Test("takes deadlines stage by stage from the most specific row that names the stage")
  func deadlines() {
    #expect(rulebook.limit(of: .resolve, for: facts("yellow"))?.row == "yellow")
    #expect(rulebook.limit(of: .accept, for: facts("yellow"))?.row == "base")
    #expect(rulebook.limit(of: .resolve, for: facts("yellow"))?.limit == .within(.workingDays(7)))
    #expect(rulebook.limit(of: .return, for: facts("red"))?.limit == .never)
    #expect(rulebook.limit(of: .whistle, for: facts()) == nil)
    #expect(rulebook.followUps(for: facts("yellow")) == [.workingDays(3), .days(15)])
    #expect(rulebook.followUps(for: facts("red")) == [.workingDays(3)])
    #expect(rulebook.extensionRule(for: facts("red"))?.times == 1)
    #expect(rulebook.pauseRule(for: facts())?.max == .days(30))
    #expect(rulebook.waitsForAssist(for: facts()) == false)
    #expect(rulebook.anchored(for: facts("green", "labor")).map(\.row) == ["confirm"])
    #expect(rulebook.anchored(for: facts()).isEmpty)
  }

  @Test("sends the follow-up to the department of the most binding row that can be filled")
  func followUpBy() {
    let rulebook = rulebook.with {
      $0.deadlines[0].followUpBy = .department("center")
      $0.deadlines[1].followUpBy = Sample.community
    }
    #expect(rulebook.followUpBy(for: facts("yellow")) == "community@c1")
    #expect(rulebook.followUpBy(for: facts("yellow", area: nil)) == "center")
    #expect(self.rulebook.followUpBy(for: facts()) == nil)
  }

  @Test("fills what the most binding requirement or reminder does not say from the rows below")
  func filling() {
    #expect(rulebook.requirements(before: .resolve, for: facts()).isEmpty)
    #expect(rulebook.requirements(before: .accept, for: facts("red")).isEmpty)
    let rulebook = rulebook.with {
      $0.require = [
        RequireRow(head: Sample.head("base"), before: .resolve, fields: ["result"]),
        RequireRow(
          head: Sample.head("red", ["level": .level(["red"])]), before: .resolve, fields: [],
          approveBy: "leader"),
      ]
    }
    let required = rulebook.requirements(before: .resolve, for: facts("red"))
    #expect(required.map(\.head.id) == ["red"])
    #expect(required[0].fields == ["result"] && required[0].approveBy == "leader")

    let yellow = ReminderRow(head: Sample.head("yellow", ["level": .level(["yellow"])]), at: [.percent(30)])
    let reminders = rulebook.with { $0.reminders.append(yellow) }.reminders(
      of: .resolve, for: facts("yellow"))
    #expect(reminders?.head.id == "yellow" && reminders?.at == [.percent(30)])
    #expect(reminders?.quiet??.from == CivilTime(20, 0) && reminders?.digest == CivilTime(8, 30))

    let red = rulebook.reminders(of: .resolve, for: facts("red"))
    #expect(red?.head.id == "red" && red?.quiet == .some(nil) && red?.digest == CivilTime(8, 30))
    #expect(rulebook.reminders(of: .resolve, for: facts())?.quiet??.from == CivilTime(20, 0))
  }

  @Test("prefers reminders that name the stage among rows that are otherwise equal")
  func reminderStages() {
    let rulebook = rulebook.with {
      $0.reminders.append(ReminderRow(head: Sample.head("z-accept"), at: [.expiry], stages: [.accept]))
    }
    #expect(rulebook.reminders(of: .accept, for: facts())?.head.id == "z-accept")
    #expect(rulebook.reminders(of: .accept, for: facts())?.digest == CivilTime(8, 30))
    #expect(rulebook.reminders(of: .resolve, for: facts())?.head.id == "base")
  }

  @Test("asks every kind of condition of the facts")
  func conditions() {
    var facts = facts("red", "labor", area: "c1-g3")
    facts.tags = ["group"]
    facts.scales = ["difficulty": "hard"]
    facts.fields = [.peopleCount: .number(8), "kind": .text(" 紧急 "), "urgent": .text("是")]
    func holds(_ condition: Condition) -> Bool { condition.holds(for: facts, in: rulebook) }
    #expect(holds(.level(["red"])) && !holds(.level(["green"])))
    #expect(holds(.category(["labor", "other"])) && holds(.tag(["group"])) && !holds(.tag(["other"])))
    #expect(holds(.scale("difficulty", ["hard"])) && !holds(.scale("size", ["hard"])))
    #expect(holds(.area(under: ["c1"])) && holds(.area(under: ["street"])) && !holds(.area(under: ["c2"])))
    #expect(holds(.channel(["hotline"])) && holds(.during(workingHours: true)))
    #expect(holds(.field(.peopleCount, .atLeast(8))) && !holds(.field(.peopleCount, .atMost(7))))
    #expect(holds(.field("kind", .is(.text("紧急")))) && holds(.field("kind", .startsWith("紧"))))
    #expect(holds(.field("urgent", .is(.flag(true)))) && holds(.field("none", .present(false))))
    #expect(!holds(.text(probe: 0)) && !holds(.any([])) && holds(.all([])) && holds(.none([])))
    #expect(holds(.repeated(atLeast: 1, within: .days(1))))
  }
}
