import TriageCore

/// Reads what a department filled into the `reply:` form of an item.
///
/// What cannot be understood is a problem with its line and the way to mend it; what no field takes is kept in
/// `extra`. Whether a step needs more than was filled in is not judged here: `Lifecycle` does.
struct ReplyForm {
  private let rulebook: Rulebook
  private var reply = Reply()
  private var problems: [FormProblem] = []

  static func parse(_ bytes: [UInt8], rulebook: Rulebook) -> Result<Reply, FormProblems> {
    guard bytes.count <= Limits.replyBytes else {
      return .failure(FormProblems(.formTooLarge(Limits.replyBytes)))
    }
    guard let text = ClerkText.decode(bytes) else { return .failure(FormProblems(.formUnreadable)) }
    let sheet = FormSheet(text, declared: declaredFields(rulebook))
    guard sheet.items.count < 2 else {
      return .failure(FormProblems(.formOfSeveralItems(sheet.items.sorted().map(\.description))))
    }
    let (filled, form) = (sheet.filled, sheet.form)
    guard filled.count < 2 else {
      return .failure(FormProblems(.formTwoAnswers(lines: filled.map(\.line))))
    }
    guard form.hasForm || form.isFilled else { return .failure(FormProblems(.formMissing)) }
    var parser = ReplyForm(rulebook: rulebook)
    for entry in form.entries where !entry.value.isEmpty { parser.take(entry) }
    return parser.problems.isEmpty ? .success(parser.reply) : .failure(FormProblems(parser.problems))
  }

  /// What stands in a form, as far as the files of one item are told apart by it.
  struct Filling: Sendable, Hashable {
    /// Of all that was typed.
    let digest: Int
    /// What an answer or a decision needs.
    let isAnswer: Bool
    /// The reason for a return.
    let isReturn: Bool
  }

  /// Nil where nothing stands in the form.
  static func filling(_ bytes: [UInt8]) -> Filling? {
    guard let text = ClerkText.decode(bytes) else { return nil }
    let forms = FormSheet(text, declared: []).filled.map(\.entries)
    guard !forms.isEmpty else { return nil }
    let fields = Set(
      forms.flatMap(\.entries).compactMap { entry -> FormWords.Field? in
        if case .field(let field) = entry.key, !entry.value.isEmpty { field } else { nil }
      })
    return Filling(
      digest: forms.map(\.digest).hashValue,
      isAnswer: !fields.isDisjoint(with: [.result, .decision, .performed, .satisfied, .assignTo]),
      isReturn: fields.contains(.returnReason))
  }

  /// What was typed into a form that was not handed in, for the timeline; nil when nothing was.
  static func typed(_ bytes: [UInt8], rulebook: Rulebook) -> String? {
    guard bytes.count <= Limits.replyBytes, let text = ClerkText.decode(bytes) else { return nil }
    let filled = FormSheet(text, declared: declaredFields(rulebook)).filled
    let lines = filled.flatMap(\.entries.entries).compactMap { entry -> String? in
      guard !entry.value.isEmpty else { return nil }
      return switch entry.key {
      case .field(let field): "\(field.rawValue): \(entry.value)"
      case .declared(let name), .other(let name): "\(name): \(entry.value)"
      }
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private static func declaredFields(_ rulebook: Rulebook) -> [FieldID] {
    rulebook.fields.keys.sorted() + rulebook.require.flatMap(\.fields).map { FieldID($0) }
  }

  private init(rulebook: Rulebook) { self.rulebook = rulebook }

  private mutating func take(_ entry: FormEntry) {
    switch entry.key {
    case .field(let field): take(field, entry)
    case .declared(let name): takeDeclared(name, entry)
    case .other(let name): keep(name, entry.value)
    }
  }

  private mutating func take(_ field: FormWords.Field, _ entry: FormEntry) {
    switch field {
    case .result:
      choose(
        \.result, FormWords.results, field, entry,
        Reply.Result.allCases.map { Message(zh: Message.title(of: $0).zh, en: $0.rawValue) })
    case .agreement:
      choose(
        \.agreement, FormWords.agreements, field, entry,
        Reply.Agreement.allCases.map { Message(zh: Message.title(of: $0).zh, en: $0.rawValue) })
    case .performed:
      choose(
        \.performed, FormWords.performances, field, entry,
        Reply.Performed.allCases.map { Message(zh: Message.title(of: $0).zh, en: $0.rawValue) })
    case .satisfied:
      choose(
        \.satisfied, FormWords.satisfactions, field, entry,
        Reply.Satisfied.allCases.map { Message(zh: Message.title(of: $0).zh, en: $0.rawValue) })
    case .decision:
      choose(
        \.decision, FormWords.verdicts, field, entry,
        Reply.Verdict.allCases.map { Message(zh: Message.title(of: $0).zh, en: $0.rawValue) })
    case .residualRisk:
      choose(
        \.residualRisk, FormWords.flags, field, entry,
        [Message(zh: "有", en: "yes"), Message(zh: "无", en: "no")])
    case .summary: join(\.summary, entry)
    case .measure: join(\.measure, entry)
    case .reason: join(\.reason, entry)
    case .agreementDate: takeDate(entry)
    case .instalments: takeInstalments(entry)
    case .returnReason: takeReturnReason(entry)
    case .assignTo: takeDepartment(entry)
    }
  }

  private mutating func problem(_ entry: FormEntry, _ message: Message) {
    problems.append(FormProblem(line: entry.line, message: message))
  }

  private mutating func keep(_ name: String, _ value: String) {
    reply.extra[name] = reply.extra[name].map { $0 + "\n" + value } ?? value
  }

  private mutating func join(_ path: WritableKeyPath<Reply, String?>, _ entry: FormEntry) {
    reply[keyPath: path] = reply[keyPath: path].map { $0 + "\n" + entry.value } ?? entry.value
  }

  private mutating func set<Value: Equatable>(
    _ path: WritableKeyPath<Reply, Value?>, _ value: Value, _ field: FormWords.Field, _ entry: FormEntry
  ) {
    if let before = reply[keyPath: path], before != value {
      problem(entry, .formTwice(title(field), first: "\(before)", second: entry.value))
    }
    reply[keyPath: path] = value
  }

  private mutating func choose<Value: Hashable>(
    _ path: WritableKeyPath<Reply, Value?>, _ words: [String: Value], _ field: FormWords.Field,
    _ entry: FormEntry, _ allowed: [Message]
  ) {
    if let value = words[FormWords.fold(entry.value)] { return set(path, value, field, entry) }
    // `已化解，双方签字`, `settled 已化解`; but not the whole list of the hint.
    let found = FormText.words(entry.value).map { words[FormWords.fold($0)] }
    let distinct = Set(found.compactMap { $0 })
    guard let first = found.first, let value = first, distinct.count == 1 else {
      return problem(entry, .formBadChoice(title(field), entry.value, allowed: allowed))
    }
    set(path, value, field, entry)
    if found.contains(where: { $0 == nil }) { keep(field.rawValue, entry.value) }
  }

  private func title(_ field: FormWords.Field) -> Message {
    Message.title(ofReplyField: field.rawValue) ?? Message(zh: field.rawValue, en: field.rawValue)
  }

  private mutating func takeDate(_ entry: FormEntry) {
    guard let date = FormDate.read(entry.value, rulebook.calendar.zone) else {
      return problem(entry, .formBadDate(title(.agreementDate), entry.value))
    }
    set(\.agreementDate, date, .agreementDate, entry)
  }

  private mutating func takeInstalments(_ entry: FormEntry) {
    let separators: Set<Unicode.Scalar> = ["\n", "；", ";"]
    for part in entry.value.unicodeScalars.split(whereSeparator: { separators.contains($0) }) {
      let text = FormText.trim(Substring(part))
      guard !text.isEmpty else { continue }
      if let (date, note) = FormDate.leading(text, rulebook.calendar.zone) {
        reply.instalments.append(Reply.Instalment(date: date, note: note))
      } else {
        problem(entry, .formBadInstalment(text))
      }
    }
  }

  private mutating func takeReturnReason(_ entry: FormEntry) {
    let names = RulebookNames(rulebook)
    guard let reason = names.returnReason(entry.value) else {
      let known = rulebook.returnReasons.map { "\($0.id) \($0.title)" }
      return problem(entry, .formUnknownReason(entry.value, known: known))
    }
    set(\.returnReason, reason, .returnReason, entry)
  }

  private mutating func takeDepartment(_ entry: FormEntry) {
    switch RulebookNames(rulebook).department(entry.value) {
    case .success(let department): set(\.assignTo, department, .assignTo, entry)
    case .failure(let message): problem(entry, message)
    }
  }

  private mutating func takeDeclared(_ name: String, _ entry: FormEntry) {
    let title = Message(zh: name, en: name)
    let value = FormText.value(entry.value, free: false)
    switch rulebook.fields[FieldID(name)] {
    case .number where Double(FormWords.fold(value)) == nil: problem(entry, .formBadNumber(title, value))
    case .flag where FormWords.flags[FormWords.fold(value)] == nil:
      problem(
        entry,
        .formBadChoice(title, value, allowed: [Message(zh: "是", en: "yes"), Message(zh: "否", en: "no")]))
    case .date where FormDate.read(value, rulebook.calendar.zone) == nil:
      problem(entry, .formBadDate(title, value))
    default: keep(name, entry.value)
    }
  }
}
