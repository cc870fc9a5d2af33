import TriageCore
import TriageRules

/// `explain --format json`, one object a line (DESIGN.md section 9).
struct ExplainReport: Encodable {
  struct Case: Encodable {
    var sourceId: String?
    var channel: String
    var receivedAt: String?
    var title: String
    var text: String
    var area: String?
    var address: String?
    var peopleCount: Int?
    var amount: Double?
    var handled: Bool
    var result: String?
  }
  struct Because: Encodable {
    var field: String?
    var phrase: String?
    var start: Int?
    var end: Int?
    var strength: String?
    var other: String?
  }
  struct Gives: Encodable {
    var votes: [String: Int]
    var score: Int
    var level: String?
    var scales: [String: String]
    var tags: [String]
    var onTheSpot: Bool
  }
  struct Fired: Encodable {
    var rule: String
    var file: String
    var line: Int
    var because: [Because]
    var gives: Gives
    var inTitle: Bool
  }
  struct Stage: Encodable {
    var stage: String
    var due: String
    var provisional: Bool
    var department: String?
  }

  /// Earlier cases of the matter.
  struct SameMatter: Encodable {
    struct Link: Encodable {
      var to: String
      var why: String
    }
    /// When they were taken.
    var filings: [String]
    var links: [Link]
  }

  /// The file, or the id of the case in the ledger.
  var file: String
  var takenAt: String
  var `case`: Case
  var category: String
  var secondCategory: String?
  var votes: [String: Int]
  var level: String
  var score: Int
  var scales: [String: String]
  var tags: [String]
  var area: String?
  var lead: String
  var assist: [String]
  var watch: [String]
  var route: String?
  var deadlines: [Stage]
  var fired: [Fired]
  var sameMatter: SameMatter?
  /// What the intake and the rulebook found odd, in words.
  var notes: [String]
  var rulebook: String

  init(_ explained: Explained) {
    let (input, decision) = (explained.input, explained.decision)
    let zone = explained.rules.rulebook.calendar.zone
    file = explained.name
    takenAt = explained.takenAt.iso8601(in: zone)
    self.case = Case(
      sourceId: input.sourceID, channel: input.channel.rawValue,
      receivedAt: input.receivedAt?.iso8601(in: zone),
      title: input.title, text: input.text, area: input.area, address: input.address,
      peopleCount: input.peopleCount, amount: input.amount, handled: input.handled, result: input.result)
    category = decision.category.rawValue
    secondCategory = decision.secondCategory?.rawValue
    votes = decision.votes.plain
    level = decision.level.rawValue
    score = decision.score
    scales = decision.scales.plain.mapValues(\.rawValue)
    tags = decision.tags.map(\.rawValue)
    area = decision.area?.rawValue
    lead = decision.lead.rawValue
    assist = decision.assist.map(\.rawValue)
    watch = decision.watch.map(\.rawValue)
    route = decision.route?.rawValue
    deadlines = explained.deadlines.map {
      Stage(
        stage: $0.stage.rawValue, due: $0.deadline.due.iso8601(in: zone),
        provisional: $0.deadline.provisional,
        department: $0.department?.rawValue)
    }
    fired = decision.fired.map {
      Fired(
        rule: $0.rule.rawValue, file: $0.place.file, line: $0.place.line,
        because: $0.because.map(Because.init),
        gives: Gives($0.gives), inTitle: $0.inTitle)
    }
    sameMatter = SameMatter(explained, zone: zone)
    notes = (input.notes + decision.notes).map {
      Message.intakeNote($0, in: explained.rules.rulebook).localised
    }
    rulebook = decision.rulebook
  }
}

extension ExplainReport.SameMatter {
  /// Nil for the first filing of a matter.
  init?(_ explained: Explained, zone: Zone) {
    guard !explained.history.sameMatter.isEmpty else { return nil }
    filings = explained.history.sameMatter.map { $0.iso8601(in: zone) }
    links = explained.links.map { Link(to: $0.to.rawValue, why: $0.why.rawValue) }
  }
}

extension ExplainReport.Gives {
  init(_ gives: ClassificationRule.Gives) {
    self.init(
      votes: gives.votes.plain, score: gives.score, level: gives.level?.rawValue,
      scales: gives.scales.plain.mapValues(\.rawValue), tags: gives.tags.map(\.rawValue),
      onTheSpot: gives.onTheSpot)
  }
}

extension ExplainReport.Because {
  init(_ reason: FiredRule.Reason) {
    switch reason {
    case .text(let field, let phrase, let start, let end, let weak):
      self.init(
        field: field.rawValue, phrase: phrase, start: start, end: end, strength: weak ? "weak" : "strong")
    case .field(let field): self.init(field: field.rawValue)
    case .area(let area): self.init(field: "area", other: area.rawValue)
    case .channel(let channel): self.init(field: "channel", other: channel.rawValue)
    case .tag(let tag): self.init(field: "tag", other: tag.rawValue)
    case .repeated(let count): self.init(field: "repeat", other: String(count))
    case .time: self.init(field: "during")
    case .absence: self.init(other: "none")
    }
  }
}

extension Dictionary {
  fileprivate func plainKeys<Kind>() -> [String: Value] where Key == Identifier<Kind> {
    Dictionary<String, Value>(uniqueKeysWithValues: map { ($0.key.rawValue, $0.value) })
  }
}
extension Dictionary where Key == CategoryID {
  fileprivate var plain: [String: Value] { plainKeys() }
}
extension Dictionary where Key == ScaleID {
  fileprivate var plain: [String: Value] { plainKeys() }
}
