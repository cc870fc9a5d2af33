import TriageCore

/// Reads a file of `requests/`: case and verb from its name (CASE-ID + anything + VERB, any extension), the rest from
/// its content, which may be `key: value` lines or just a few words.
struct RequestForm {
  private let rulebook: Rulebook
  private let names: RulebookNames
  /// What stands between the case id and the verb, and the content: where a department or a case may be named.
  private var words = ""
  private var problems: [FormProblem] = []

  /// - Returns: the case that it is about, and what is asked.
  /// - Parameter at: when the file was taken; a grant counts from it.
  static func parse(
    name: EntryName, _ bytes: [UInt8], by department: DepartmentID, at: Instant, rulebook: Rulebook
  ) -> Result<(CaseID, Request), FormProblems> {
    guard bytes.count <= Limits.requestBytes else {
      return .failure(FormProblems(.formTooLarge(Limits.requestBytes)))
    }
    guard let (caseID, end) = ItemNaming.caseID(at: name.bytes[...]) else {
      return .failure(FormProblems(.requestNoCase))
    }
    let rest = ClerkText.decode(Array(name.bytes[end...])) ?? ""
    guard let verb = verb(in: rest) else {
      let verbs = Request.Verb.allCases.map { Message.title(of: $0) }
      return .failure(FormProblems(.requestNoVerb(verbs)))
    }
    guard let text = ClerkText.decode(bytes) else { return .failure(FormProblems(.formUnreadable)) }
    var parser = RequestForm(rulebook)
    let request = parser.read(Request(verb: verb, by: department, at: at), rest, text)
    guard parser.problems.isEmpty else { return .failure(FormProblems(parser.problems)) }
    return .success((spelled(caseID, rulebook), request))
  }

  private init(_ rulebook: Rulebook) {
    self.rulebook = rulebook
    names = RulebookNames(rulebook)
  }

  /// The verb that stands last: in `… 延期的备注.txt` it is 备注. 完成 and 报告 are words of every day: in `… 联系完成.txt` it is
  /// 联系.
  static func verb(in rest: String) -> Request.Verb? {
    let folded = FormWords.fold(rest)
    var best: (end: String.Index, verb: Request.Verb)?
    for (word, verb) in FormWords.verbs {
      var from = folded.startIndex
      while let range = folded.range(ofText: word, from: from) {
        let isBetter = best.map {
          (verb.isPlain ? 0 : 1, range.upperBound) > ($0.verb.isPlain ? 0 : 1, $0.end)
        }
        if isBetter ?? true { best = (range.upperBound, verb) }
        from = range.upperBound
      }
    }
    return best?.verb
  }

  /// A clerk may type the prefix in small letters.
  private static func spelled(_ id: CaseID, _ rulebook: Rulebook) -> CaseID {
    let prefix = rulebook.caseIDPrefix
    let start = id.rawValue.prefix(prefix.count)
    return start.lowercased() == prefix.lowercased()
      ? CaseID(prefix + id.rawValue.dropFirst(prefix.count)) : id
  }

  private mutating func read(_ empty: Request, _ rest: String, _ text: String) -> Request {
    var request = empty
    let content = RequestContent(text, verb: request.verb, rulebook)
    words = rest + "\n" + text
    request.reason = content.reason
    for (key, line, value) in content.values { take(key, line, value, &request) }
    request.corrections = content.corrections.reduce(into: [:]) { table, entry in
      if let value = corrected(entry.field, entry.value, entry.line) { table[entry.field] = value }
    }
    complete(&request)
    return request
  }

  private mutating func problem(_ message: Message, line: Int? = nil) {
    problems.append(FormProblem(line: line, message: message))
  }

  private mutating func take(
    _ key: FormWords.RequestKey, _ line: Int, _ value: String, _ request: inout Request
  ) {
    switch key {
    case .reason, .told: break
    case .department:
      switch names.department(value) {
      case .success(let department): request.department = department
      case .failure(let message): problem(message, line: line)
      }
    case .by:
      request.extendBy = TimeLimit(lenient: value).flatMap { $0.count > 0 ? $0 : nil }
      if request.extendBy == nil { problem(.requestBadLimit(value), line: line) }
    case .pauseReason: request.pauseReason = pauseReason(value)
    case .level:
      request.level = names.level(value)
      if request.level == nil { problem(.requestUnknownLevel(value, known: levels), line: line) }
    case .into: request.into = RequestContent.caseID(in: value)
    case .stage:
      request.stage = names.stage(value)
      if request.stage == nil { problem(.requestUnknownStage(value, known: names.stageTitles), line: line) }
    case .procedure:
      request.procedure = names.procedure(value)
      if request.procedure == nil {
        problem(.requestUnknownProcedure(value, known: rulebook.procedures), line: line)
      }
    }
  }

  /// What the verb cannot do without, looked for in the free words too.
  private mutating func complete(_ request: inout Request) {
    switch request.verb {
    case .note where request.reason.isEmpty: problem(.requestEmpty)
    case .report where request.reason.isEmpty: problem(.requestEmpty)
    case .contact, .note, .resume, .report: break
    case .complete: request.stage = request.stage ?? names.stageMentioned(in: words)
    case .divert:
      request.procedure = request.procedure ?? names.procedureMentioned(in: words)
      if request.procedure == nil && problems.isEmpty {
        problem(.requestUnknownProcedure("", known: rulebook.procedures))
      }
    case .whistle, .assign:
      if request.department == nil && problems.isEmpty {
        request.department = names.departmentMentioned(in: words)
      }
      if request.department == nil && problems.isEmpty { problem(.requestNoDepartment) }
    case .pause:
      request.pauseReason = request.pauseReason ?? pauseReason(words)
      if request.pauseReason == nil { problem(.requestNoPauseReason) }
    case .merge:
      request.into = request.into ?? RequestContent.caseID(in: words)
      if request.into == nil { problem(.requestNoTarget) }
    case .correct where request.corrections.isEmpty && problems.isEmpty: problem(.requestNoCorrection)
    case .extend, .lower, .withdraw, .raise, .correct: break
    }
    let needsReason: Set<Request.Verb> = [
      .extend, .pause, .lower, .withdraw, .whistle, .assign, .raise, .divert,
    ]
    if needsReason.contains(request.verb) && request.reason.isEmpty && problems.isEmpty {
      problem(.requestNoReason)
    }
  }

  private var levels: [String] { rulebook.levels.map { "\($0.title) \($0.id)" } }

  /// By id, by the title that the rulebook's reasons have, or by the field's usual word.
  private func pauseReason(_ text: String) -> ReasonID? {
    let folded = FormWords.fold(text)
    let allowed = Set(rulebook.deadlines.compactMap(\.pause).flatMap(\.reasons)).sorted()
    if let exact = allowed.first(where: { FormWords.fold($0.rawValue) == folded }) { return exact }
    let found = allowed.filter { reason in
      FormText.words(text).contains { FormWords.fold($0) == FormWords.fold(reason.rawValue) }
        || (FormWords.pauseReasons[reason.rawValue] ?? []).contains { folded.contains($0) }
        || rulebook.pauseReasons.contains { $0.id == reason && folded.contains(FormWords.fold($0.title)) }
    }
    return found.count == 1 ? found[0] : nil
  }

  private mutating func corrected(_ field: String, _ value: String, _ line: Int) -> String? {
    // 3人, 1,234.50元: numbers as cases may have them.
    if field == FieldID.peopleCount.rawValue { return ValueReading.count(value).map(String.init) ?? value }
    if field == FieldID.amount.rawValue {
      return ValueReading.amount(value, unit: "").flatMap { Money(yuan: $0) }?.description ?? value
    }
    guard field == "category" else { return value }
    if let category = names.category(value) { return category.rawValue }
    problem(.requestUnknownCategory(value, known: rulebook.categories.map(\.title)), line: line)
    return nil
  }
}

extension Request.Verb {
  /// Its word is used for other things too.
  fileprivate var isPlain: Bool { self == .complete || self == .report }
}

extension String {
  /// Without Foundation: the first place of `word` at or after `from`.
  func range(ofText word: String, from: Index) -> Range<Index>? {
    var start = from
    while start < endIndex {
      if self[start...].hasPrefix(word) { return start..<index(start, offsetBy: word.count) }
      start = index(after: start)
    }
    return nil
  }
}
