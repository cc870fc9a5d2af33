import TriageCore

/// Routes, `also` rows and requirements.
extension RulebookParser {
  func parseRoutes() -> [RouteRow] {
    entries("routes", RuleKind.self).compactMap { id, reader in
      defer { reader.finish() }
      let head = head(id, reader)
      let assist = departmentTemplates(reader.node("assist"))
      let watch = departmentTemplates(reader.node("watch"))
      guard let lead = departmentTemplate(reader.required("lead")) else { return nil }
      return RouteRow(head: head, lead: lead, assist: assist, watch: watch)
    }
  }

  func parseAlso() -> [AlsoRow] {
    entries("also", RuleKind.self).map { id, reader in
      defer { reader.finish() }
      let row = AlsoRow(
        head: RowHead(id: id, place: reader.place, when: when(reader, .row).condition),
        assist: departmentTemplates(reader.node("assist")), watch: departmentTemplates(reader.node("watch")))
      if !reader.has("assist"), !reader.has("watch") {
        findings.error(.givesNothing, reader.place, .Rules.rowGivesNothing(["assist", "watch"]))
      }
      return row
    }
  }

  func parseRequire() -> [RequireRow] {
    entries("require", RuleKind.self).map { id, reader in
      defer { reader.finish() }
      if let before = findings.text(reader.required("before")), before.value != Stage.resolve.rawValue {
        findings.error(.wrongValue, before.place, .Rules.notOneOf(before.value, [Stage.resolve.rawValue]))
      }
      let fields = reader.node("fields")?.oneOrMore.compactMap { replyField($0) } ?? []
      let approver = departmentNames.resolve(findings.text(reader.node("approve_by")), findings)
      if !reader.has("fields"), !reader.has("approve_by") {
        findings.error(.givesNothing, reader.place, .Rules.rowGivesNothing(["fields", "approve_by"]))
      }
      return RequireRow(head: head(id, reader), before: .resolve, fields: fields, approveBy: approver)
    }
  }

  /// `when`, its keys and `priority` of a row that is chosen among others.
  func head(_ id: RuleID, _ reader: EntryReader) -> RowHead {
    let when = when(reader, .row)
    let priority = findings.integer(reader.node("priority"), in: -1000...1000) ?? 0
    return RowHead(id: id, place: reader.place, when: when.condition, keys: when.keys, priority: priority)
  }

  /// A field of the reply form, or one that the rulebook declares.
  private func replyField(_ located: Located) -> String? {
    guard let text = findings.text(located) else { return nil }
    let known = ReplyField.names + fields.keys.map(\.rawValue).sorted()
    if known.contains(text.value) {
      fieldNames.use(FieldID(text.value))
      return text.value
    }
    findings.error(
      .undefinedField, text.place, .Rules.undefined(text.value, .field),
      hint: findings.hint(for: text.value, among: known, titles: fieldNames.titles))
    return nil
  }
}

/// Fields of a resolution's reply form that a row may demand.
enum ReplyField {
  static let names = [
    "result", "summary", "measure", "agreement", "agreement_date", "instalments", "performed", "satisfied",
    "residual_risk", "reason",
  ]
  static let dates = ["agreement_date"]
}
