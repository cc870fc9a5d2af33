import TriageCore

/// Renders the `reply:` form at the foot of an item: the fields that the role needs, each below a comment that says
/// what may stand there. `ReplyForm` reads it back.
struct ReplyFormDocument: Sendable {
  private struct Piece {
    let key: String
    let optional: [UInt8]
    let required: [UInt8]
  }

  private let rulebook: Rulebook
  private let language: Language
  /// The forms of the roles whose form is always the same.
  private var forms: [Role: [UInt8]] = [:]
  private var opening: [UInt8] = []
  private var leadPieces: [Piece] = []
  private var assistPart: [UInt8] = []
  private var returnPart: [UInt8] = []
  private var noReturnPart: [UInt8] = []

  init(_ rulebook: Rulebook, _ language: Language) {
    self.rulebook = rulebook
    self.language = language
    var writer = TextWriter()
    writer.comment(Message.formOpening[language])
    writer.raw("reply:\n")
    opening = writer.bytes
    for role in [Role.approve, .adjudicate, .followUp, .alert] {
      forms[role] = opening + Self.fields(of: role).flatMap { field($0, $1, required: $2) }
    }
    leadPieces = Self.leadFields.map { key, hint in
      Piece(key: key, optional: field(key, hint), required: field(key, hint, required: true))
    }
    assistPart = Self.fields(of: .assist).flatMap { field($0, $1, required: $2) }
    renderReturnParts()
  }

  private mutating func renderReturnParts() {
    let reasons = rulebook.returnReasons.map { "\($0.id) \($0.title)" }.joined(separator: " | ")
    var writer = TextWriter()
    writer.raw("  ")
    writer.comment(Message.formReturnReason[language] + (language == .zh ? "：" : ": ") + reasons)
    writer.raw("  return_reason:\n")
    writer.raw(field("reason", .formReason))
    returnPart = writer.bytes
    writer = TextWriter()
    writer.raw("  ")
    writer.comment(Message.formReturnNever[language])
    writer.raw(field("reason", .formReason))
    noReturnPart = writer.bytes
  }

  /// The form of an alert, which asks nothing of a case.
  func renderAlert(_ writer: inout TextWriter) { writer.raw(forms[.alert] ?? opening) }

  func render(_ role: Role, _ facts: CaseFacts, _ writer: inout TextWriter) {
    if let form = forms[role] { return writer.raw(form) }
    writer.raw(opening)
    if role == .lead { lead(facts, &writer) } else { writer.raw(assistPart) }
    let isFinal = rulebook.limit(of: .return, for: facts)?.limit == .never
    writer.raw(isFinal ? noReturnPart : returnPart)
  }

  private func lead(_ facts: CaseFacts, _ writer: inout TextWriter) {
    let required = rulebook.requirements(before: .resolve, for: facts).flatMap(\.fields)
    for piece in leadPieces {
      writer.raw(piece.key == "result" || required.contains(piece.key) ? piece.required : piece.optional)
    }
    // The days from which a row counts a stage (仲裁受理之日) are asked for where the row is the case's.
    let anchors = rulebook.anchored(for: facts).map(\.1.replyField).filter { !required.contains($0) }
    for key in required + Set(anchors).sorted() where Message.title(ofReplyField: key) == nil {
      let wording = Message.formDeclared(key, type: rulebook.fields[FieldID(key)])
      writer.raw(field(key, wording, required: required.contains(key)))
    }
  }

  private static let leadFields: [(String, Message)] = [
    ("result", .formResult), ("summary", .formSummary), ("measure", .formMeasure),
    ("agreement", .formAgreement),
    ("agreement_date", .formAgreementDate), ("instalments", .formInstalments),
    ("residual_risk", .formResidualRisk),
  ]

  private static func fields(of role: Role) -> [(String, Message, Bool)] {
    switch role {
    case .lead: []
    case .assist:
      [("summary", .formSummary, true), ("result", .formResult, false), ("measure", .formMeasure, false)]
    case .approve: [("decision", .formDecision, true), ("reason", .formReason, false)]
    case .adjudicate: [("assign_to", .formAssignTo, true), ("reason", .formReason, true)]
    case .alert: [("summary", .formSummary, true), ("measure", .formMeasure, false)]
    case .followUp:
      [
        ("performed", .formPerformed, true), ("satisfied", .formSatisfied, true),
        ("residual_risk", .formResidualRisk, false), ("summary", .formSummary, false),
      ]
    }
  }

  private func field(_ key: String, _ hint: Message, required: Bool = false) -> [UInt8] {
    var writer = TextWriter()
    writer.raw("  # ")
    if required {
      let mark = Message.formRequired[language]
      writer.raw(language == .zh ? "【\(mark)】" : "[\(mark)] ")
    }
    writer.visible(hint[language])
    writer.newline()
    writer.raw("  ")
    writer.raw(key)
    writer.raw(":\n")
    return writer.bytes
  }
}
