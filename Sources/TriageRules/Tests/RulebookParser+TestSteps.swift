import TriageCore

/// `then:` of a test: what happens when, and who does it.
///
///     - {at: +1wd, expect: {reminders: 1}}
///     - {at: +2wd, accept: 'community@c1'}
///     - {at: +3wd, resolve: {by: urban, result: settled, summary: 已退费}}
///     - {at: 2026-10-09T10:00, extend: {by: urban, reason: 鉴定未完}, expect: {refused: true}}
extension RulebookParser {
  /// - Parameter taken: the case's taking, from which offsets count.
  func steps(_ located: Located, from taken: Instant, _ calendar: WorkCalendar) -> [RuleTest.Step] {
    guard let items = located.node.items else {
      findings.error(.wrongType, located.place, .Rules.wantsList(located.node.kind))
      return []
    }
    var last = taken
    return items.compactMap { item in
      guard let reader = EntryReader(Located(file: located.file, node: item), findings) else { return nil }
      defer { reader.finish() }
      let time = findings.text(reader.required("at"))
      let at = time.flatMap { moment($0, from: taken, calendar) }
      let action = action(reader)
      let expect = reader.node("expect").map { expectation($0, calendar.zone, isStep: true) }
      guard let at, let time else { return nil }
      // Where the holidays are unknown, offsets fall where nobody meant them to: the calendar is at fault.
      let isKnown = calendar.years[calendar.zone.civil(at: at).date.year] != nil
      if at < last, isKnown { findings.error(.wrongValue, time.place, .Rules.stepBefore(time.value)) }
      last = max(last, at)
      return RuleTest.Step(
        at: at, written: time.value, place: reader.place, action: action,
        expect: (expect ?? nil) ?? RuleTest.Expectation())
    }
  }

  /// `+1wd` or `eod` from the taking, or a time of its own.
  private func moment(_ text: Placed<String>, from taken: Instant, _ calendar: WorkCalendar) -> Instant? {
    if let limit = TimeLimit(lenient: text.value), limit.count >= 0,
      limit == .endOfDay || text.value.hasPrefix("+") || text.value.hasPrefix("＋")
    {
      return calendar.deadline(from: taken, limit: limit).due
    }
    if CivilDate(text.value) == nil, let instant = Instant(iso8601: text.value, zone: calendar.zone) {
      return instant
    }
    findings.error(.wrongValue, text.place, .Rules.notAMoment(text.value), hint: .Rules.momentHint)
    return nil
  }

  /// What the keys of actions are called: the moves of an item, the answers to each role, the verbs of requests.
  private static let moves: [String: RuleTest.Deed] = {
    var moves: [String: RuleTest.Deed] = [
      "accept": .accept, "take_back": .takeBack, "return": .returnItem(Reply()),
      "resolve": .answer(.lead, Reply()), "answer": .answer(nil, Reply()),
    ]
    for role in Role.allCases where role != .lead && role != .alert {
      moves[role.rawValue] = .answer(role, Reply())
    }
    return moves
  }()

  static let deedNames = (moves.keys + Request.Verb.allCases.map(\.rawValue)).sorted()

  /// Nil: nobody does anything.
  private func action(_ reader: EntryReader) -> RuleTest.Action? {
    let names = Self.deedNames
    let given = names.filter(reader.has)
    let nodes = names.compactMap { reader.node($0) }
    guard let name = given.first, let node = nodes.first else { return nil }
    if given.count > 1 { findings.error(.wrongValue, reader.keyPlace(given[1]), .Rules.oneAction(given)) }
    if node.node.text != nil {
      guard let by = known(node, departmentNames) else { return nil }
      return RuleTest.Action(name: name, by: by, deed: deed(name, nil))
    }
    guard let details = EntryReader(node, findings) else { return nil }
    defer { details.finish() }
    let by = known(details.node("by"), departmentNames)
    return RuleTest.Action(name: name, by: by, deed: deed(name, details))
  }

  private func deed(_ name: String, _ details: EntryReader?) -> RuleTest.Deed {
    switch Self.moves[name] {
    case .accept?: return .accept
    case .takeBack?: return .takeBack
    case .returnItem?: return .returnItem(details.map { reply($0) } ?? Reply())
    case .answer(let role, _)?: return .answer(role, details.map { reply($0) } ?? Reply())
    case .request?, nil:
      let verb = Request.Verb(rawValue: name) ?? .note
      return .request(request(verb, details))
    }
  }

  /// The form that is handed in.
  private func reply(_ reader: EntryReader) -> Reply {
    var reply = Reply()
    reply.result = findings.word(reader.node("result"), of: Reply.Result.allCases)
    reply.summary = findings.text(reader.node("summary"))?.value
    reply.measure = findings.text(reader.node("measure"))?.value
    reply.agreement = findings.word(reader.node("agreement"), of: Reply.Agreement.allCases)
    reply.agreementDate = findings.date(reader.node("agreement_date"))
    reply.instalments = (reader.node("instalments")?.oneOrMore ?? []).compactMap { node in
      findings.date(node).map { Reply.Instalment(date: $0, note: "") }
    }
    reply.performed = findings.word(reader.node("performed"), of: Reply.Performed.allCases)
    reply.satisfied = findings.word(reader.node("satisfied"), of: Reply.Satisfied.allCases)
    reply.residualRisk = findings.flag(reader.node("residual_risk"))
    reply.returnReason = returnReason(reader.node("return_reason"))
    reply.decision = findings.word(reader.node("decision"), of: Reply.Verdict.allCases)
    reply.assignTo = known(reader.node("assign_to"), departmentNames)
    reply.reason = findings.text(reader.node("reason"))?.value
    for field in fields.keys.sorted() where !ReplyField.names.contains(field.rawValue) {
      if let text = findings.text(reader.node(field.rawValue)) { reply.extra[field.rawValue] = text.value }
    }
    return reply
  }

  private func returnReason(_ located: Located?) -> ReasonID? {
    guard let text = findings.text(located) else { return nil }
    let known = returnReasons.map(\.id.rawValue)
    if known.contains(text.value) { return ReasonID(text.value) }
    findings.error(
      .undefinedReason, text.place, .Rules.undefined(text.value, .reason),
      hint: findings.hint(for: text.value, among: known, titles: returnReasonNames.titles))
    return nil
  }

  /// The request's file. Who asks and when is filled in when the step comes.
  private func request(_ verb: Request.Verb, _ reader: EntryReader?) -> Request {
    var request = Request(verb: verb, by: "", at: Instant(seconds: 0))
    guard let reader else { return request }
    request.reason = findings.text(reader.node("reason"))?.value ?? ""
    request.department = known(reader.node("department"), departmentNames)
    request.pauseReason = findings.text(reader.node("pause_reason")).map { ReasonID($0.value) }
    request.extendBy = findings.limit(reader.node("extend_by"))
    request.level = known(reader.node("level"), levelNames)
    request.into = findings.text(reader.node("into")).map { CaseID($0.value) }
    request.stage = findings.text(reader.node("stage")).map { Stage($0.value) }
    request.procedure = findings.text(reader.node("procedure")).map { ProcedureID($0.value) }
    guard verb == .correct else { return request }
    let correctable = ["category", "area", "address", "people_count", "amount"] + fields.keys.map(\.rawValue)
    for field in correctable.sorted() {
      if let text = findings.text(reader.node(field)) { request.corrections[field] = text.value }
    }
    return request
  }
}
