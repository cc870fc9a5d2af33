import TriageCore

/// Renders the `reply:` form at the foot of an item: the fields that the role needs, each below a comment that says
/// what may stand there. `ReplyForm` reads it back.
struct ReplyFormDocument: Sendable {
  private let rulebook: Rulebook
  private let language: Language
  /// The forms without what depends on the case, ready to be copied.
  private var returnReasons: String

  init(_ rulebook: Rulebook, _ language: Language) {
    self.rulebook = rulebook
    self.language = language
    let reasons = rulebook.returnReasons.map { "\($0.id) \($0.title)" }.joined(separator: " | ")
    returnReasons = Message.formReturnReason[language] + (language == .zh ? "：" : ": ") + reasons
  }

  func render(_ role: Role, _ facts: CaseFacts, _ writer: inout TextWriter) {
    writer.comment(Message.formOpening[language])
    writer.raw("reply:\n")
    switch role {
    case .lead: lead(facts, &writer)
    case .assist:
      field("summary", .formSummary, required: true, &writer)
      field("result", .formResult, &writer)
      field("measure", .formMeasure, &writer)
      returning(facts, &writer)
    case .approve:
      field("decision", .formDecision, required: true, &writer)
      field("reason", .formReason, &writer)
    case .adjudicate:
      field("assign_to", .formAssignTo, required: true, &writer)
      field("reason", .formReason, required: true, &writer)
    case .followUp:
      field("performed", .formPerformed, required: true, &writer)
      field("satisfied", .formSatisfied, required: true, &writer)
      field("residual_risk", .formResidualRisk, &writer)
      field("summary", .formSummary, &writer)
    }
  }

  private func lead(_ facts: CaseFacts, _ writer: inout TextWriter) {
    let required = rulebook.requirements(before: .resolve, for: facts).flatMap(\.fields)
    let own: [(String, Message)] = [
      ("result", .formResult), ("summary", .formSummary), ("measure", .formMeasure),
      ("agreement", .formAgreement), ("agreement_date", .formAgreementDate),
      ("instalments", .formInstalments), ("residual_risk", .formResidualRisk),
    ]
    for (key, hint) in own {
      field(key, hint, required: key == "result" || required.contains(key), &writer)
    }
    for key in required where Message.title(ofReplyField: key) == nil {
      field(key, .formDeclared(key, type: rulebook.fields[FieldID(key)]), required: true, &writer)
    }
    returning(facts, &writer)
  }

  private func returning(_ facts: CaseFacts, _ writer: inout TextWriter) {
    if rulebook.limit(of: .return, for: facts)?.limit == .never {
      writer.raw("  ")
      writer.comment(Message.formReturnNever[language])
      return
    }
    writer.raw("  ")
    writer.comment(returnReasons)
    writer.raw("  return_reason:\n")
    field("reason", .formReason, &writer)
  }

  private func field(_ key: String, _ hint: Message, required: Bool = false, _ writer: inout TextWriter) {
    writer.raw("  # ")
    if required {
      writer.raw(language == .zh ? "【" : "[")
      writer.raw(Message.formRequired[language])
      writer.raw(language == .zh ? "】" : "] ")
    }
    writer.visible(hint[language])
    writer.newline()
    writer.raw("  ")
    writer.raw(key)
    writer.raw(":\n")
  }
}
