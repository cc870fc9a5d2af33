import TriageCore

/// Deadline rows and reminder rows.
extension RulebookParser {
  static let limitStages: [Stage] = [
    .accept, .contact, .report, .resolve, .assist, .whistle, .adjudicate, .approve, .return, .redo, .alert,
  ]

  func parseDeadlines() -> [DeadlineRow] {
    entries("deadlines", RuleKind.self).map { id, reader in
      defer { reader.finish() }
      var row = DeadlineRow(head: head(id, reader))
      for stage in Self.limitStages {
        if let node = reader.node(stage.rawValue) { row.limits[stage] = stageLimit(node, stage) }
      }
      row.followUp = reader.node("follow_up").map { $0.oneOrMore.compactMap { findings.limit($0) } }
      row.extend = reader.node("extend").flatMap { extensionRule($0) }
      row.pause = reader.node("pause").flatMap { pauseRule($0) }
      row.waitForAssist = findings.flag(reader.node("wait_for_assist"))
      row.followUpBy = departmentTemplate(reader.node("follow_up_by"))
      row.anchored = anchored(reader)
      if Set(reader.keys).subtracting(["id", "when", "priority"]).isEmpty {
        findings.error(.givesNothing, reader.place, .Rules.deadlineGivesNothing)
      }
      return row
    }
  }

  private func stageLimit(_ node: Located, _ stage: Stage) -> DeadlineRow.Limit? {
    if node.node.text == "never" {
      if stage == .return { return .never }
      findings.error(.wrongValue, node.place, .Rules.neverOnlyForReturn(stage.rawValue))
      return nil
    }
    return findings.limit(node).map(DeadlineRow.Limit.within)
  }

  private func extensionRule(_ located: Located) -> DeadlineRow.Extension? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    let times = findings.integer(reader.required("times"), in: 0...100)
    let by = findings.limit(reader.required("by"))
    guard let times, let by else { return nil }
    return DeadlineRow.Extension(times: times, by: by)
  }

  private func pauseRule(_ located: Located) -> DeadlineRow.Pause? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    let reasons = reader.required("reasons")?.oneOrMore.compactMap { pauseReason($0) }
    let max = findings.limit(reader.required("max"))
    guard let reasons, let max else { return nil }
    return DeadlineRow.Pause(reasons: reasons.sorted(), max: max)
  }

  /// Reasons need no declaration; once some are declared, others are slips.
  private func pauseReason(_ located: Located) -> ReasonID? {
    if pauseReasons.isEmpty { return identifier(located, ReasonKind.self)?.value }
    return pauseReasonNames.resolve(findings.text(located), findings)
  }

  /// `stage: confirm, from: reply.agreement_date, within: 30d`.
  private func anchored(_ reader: EntryReader) -> DeadlineRow.Anchored? {
    let stageNode = reader.node("stage")
    let fromNode = reader.node("from")
    let withinNode = reader.node("within")
    let titleText = stageNode == nil ? nil : findings.text(reader.node("title"))
    if let titleText { refuseBlank(titleText) }
    if stageNode == nil, fromNode == nil, withinNode == nil { return nil }
    for key in ["stage", "from", "within"] where !reader.has(key) {
      findings.error(.missingKey, reader.place, .Rules.missingKey(key), hint: .Rules.anchoredHint)
    }
    let stage = identifier(stageNode, StageKind.self)
    let within = findings.limit(withinNode)
    guard let stage, let within, let from = findings.text(fromNode) else { return nil }
    if Self.limitStages.contains(stage.value) || stage.value == .followUp {
      findings.error(.wrongValue, stage.place, .Rules.builtInStage(stage.value.rawValue))
      return nil
    }
    let dates = ReplyField.dates + fields.filter { $0.value == .date }.map(\.key.rawValue).sorted()
    let field = String(from.value.dropFirst("reply.".count))
    guard from.value.hasPrefix("reply."), dates.contains(field) else {
      findings.error(.wrongValue, from.place, .Rules.notOneOf(from.value, dates.map { "reply." + $0 }))
      return nil
    }
    anchoredStages.insert(stage.value)
    return DeadlineRow.Anchored(
      stage: stage.value, replyField: field, within: within, title: titleText?.value)
  }

  /// The name of a stage that deadlines can have.
  func stage(_ located: Located?) -> Stage? {
    guard let text = findings.text(located) else { return nil }
    let known = Set(Self.limitStages + [.followUp]).union(anchoredStages).subtracting([.return])
    if known.contains(Stage(text.value)) { return Stage(text.value) }
    let names = known.map(\.rawValue).sorted()
    findings.error(
      .undefinedStage, text.place, .Rules.undefined(text.value, .stage),
      hint: findings.hint(for: text.value, among: names, titles: stageTitles(known)))
    return nil
  }

  private func stageTitles(_ stages: Set<Stage>) -> KnownTitles {
    var titles = KnownTitles()
    for stage in stages.sorted() { titles.add(Message.title(of: stage).zh, of: stage.rawValue) }
    return titles
  }

  func parseReminders() -> [ReminderRow] {
    entries("reminders", RuleKind.self).map { id, reader in
      defer { reader.finish() }
      let slots = reader.node("at")?.oneOrMore.compactMap { slot($0) } ?? []
      if !reader.has("at") { _ = reader.required("at") }
      return ReminderRow(
        head: head(id, reader), at: slots, quiet: reader.node("quiet").flatMap { quiet($0) },
        digest: findings.time(reader.node("digest")),
        stages: reader.node("stages").map { $0.oneOrMore.compactMap { stage($0) } },
        maxPerDay: findings.integer(reader.node("max_per_day"), in: 1...10_000))
    }
  }

  /// `50%`, `-1wd`, `0`, `+2h`, `every 1wd max 10`.
  private func slot(_ located: Located) -> ReminderRow.Slot? {
    guard let text = findings.text(located) else { return nil }
    let value = String(String.UnicodeScalarView(text.value.unicodeScalars.map(\.halfWidth)))
    if value == "0" { return .expiry }
    if value.hasSuffix("%"), let percent = Int(value.dropLast()), (1...99).contains(percent) {
      return .percent(percent)
    }
    if let repeated = Self.every(value) { return repeated }
    if let limit = TimeLimit(lenient: text.value), limit.count != 0, limit != .endOfDay {
      return .offset(limit)
    }
    findings.error(.wrongValue, text.place, .Rules.badSlot(text.value), hint: .Rules.badSlotHint)
    return nil
  }

  /// `every 1wd max 10`, `every 2 天 max 3`.
  private static func every(_ text: String) -> ReminderRow.Slot? {
    let words = text.split(separator: " ")
    guard words.count >= 4, words[0] == "every", words[words.count - 2] == "max",
      let limit = TimeLimit(lenient: words[1..<(words.count - 2)].joined(separator: " ")), limit.count > 0,
      limit != .endOfDay, let max = Int(words[words.count - 1]), (1...1000).contains(max)
    else { return nil }
    return .every(limit, max: max)
  }

  /// `['20:00', '08:00']`, or `none`: send at once.
  private func quiet(_ located: Located) -> ReminderRow.Quiet?? {
    if located.node.text == "none" { return .some(nil) }
    guard let items = located.node.items, items.count == 2 else {
      findings.error(.wrongValue, located.place, .Rules.badQuiet)
      return nil
    }
    let times = items.compactMap { findings.time(Located(file: located.file, node: $0)) }
    guard times.count == 2 else { return nil }
    return .some(ReminderRow.Quiet(from: times[0], until: times[1]))
  }
}
