import TriageCore

/// Renders items: the one readable YAML file by which a department gets a task (DESIGN.md section 4, "Items").
///
/// Made once for a rulebook and a language; rendering is on the path of every case. What the citizen wrote appears
/// only quoted or as a block literal, so that it can neither end its place nor pass for a line of the form. Contact
/// data is written here and nowhere else.
struct ItemDocument: Sendable {
  let rulebook: Rulebook
  let language: Language
  let titles: RulebookTitles
  let form: ReplyFormDocument
  let guides: [Role: [UInt8]]

  init(_ rulebook: Rulebook, _ language: Language) {
    self.rulebook = rulebook
    self.language = language
    titles = RulebookTitles(rulebook)
    form = ReplyFormDocument(rulebook, language)
    guides = Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0, Self.guide($0, language)) })
  }

  /// The file that an item is delivered as, under the rules in force.
  /// - Parameter files: names of what lies in `attachments/CASE-ID/` with it.
  func render(
    _ state: CaseState, _ assignment: Assignment, files: [String] = []
  ) -> (name: String, bytes: [UInt8]) {
    let item = ItemID(state.id, assignment.key.role, assignment.key.ordinal)
    var writer = TextWriter(capacity: 2048 + state.input.text.utf8.count)
    if let guide = guides[assignment.key.role] { writer.raw(guide) }
    let facts = state.facts(under: rulebook)
    head(item, state, assignment, facts, &writer)
    due(state, assignment, &writer)
    reasons(state, assignment, &writer)
    matter(state, facts, files, &writer)
    form.render(assignment.key.role, facts, &writer)
    return ("\(item).yaml", writer.bytes)
  }

  private static func guide(_ role: Role, _ language: Language) -> [UInt8] {
    var writer = TextWriter()
    let isAlert = role == .alert
    writer.comment((isAlert ? Message.alertOpening : .itemOpening)[language])
    writer.comment(Message.itemHowToAccept[language])
    writer.comment((isAlert ? Message.alertHowToAnswer : .itemHowToAnswer)[language])
    if role == .lead || role == .assist { writer.comment(Message.itemHowToReturn[language]) }
    if role == .lead { writer.comment(Message.itemHowToAsk[language]) }
    if role == .lead || role == .assist { writer.comment(Message.itemAttachments[language]) }
    return writer.bytes
  }

  private func head(
    _ item: ItemID, _ state: CaseState, _ assignment: Assignment, _ facts: CaseFacts,
    _ writer: inout TextWriter
  ) {
    writer.raw("item: ")
    writer.line(item.description)
    writer.raw("case: ")
    writer.line(state.id.rawValue)
    writer.raw("role: ")
    writer.raw(assignment.key.role.rawValue)
    writer.remark(Message.title(of: assignment.key.role)[language])
    writer.pair("department", titles[assignment.department], id: assignment.department.rawValue)
    if state.lead != assignment.department {
      writer.pair("lead", titles[state.lead], id: state.lead.rawValue)
    }
    writer.pair("title", state.input.title)
    writer.pair("category", titles[facts.category], id: facts.category.rawValue)
    if let second = facts.secondCategory {
      writer.pair("second_category", titles[second], id: second.rawValue)
    }
    writer.pair("level", titles[facts.level], id: facts.level.rawValue)
    for scale in rulebook.scales {
      guard let value = facts.scales[scale.id] else { continue }
      let title = scale.values.first { $0.id == value }?.title ?? value.rawValue
      writer.pair(scale.id.rawValue, title, id: value.rawValue)
    }
  }

  /// Deadlines that this department has to keep, and the citizen's.
  func due(_ state: CaseState, _ assignment: Assignment, _ writer: inout TextWriter) {
    let running = state.deadlines(on: assignment.key)
    guard !running.isEmpty else { return }
    writer.raw("due:")
    writer.remark("\(Message.itemDue[language]) (\(rulebook.calendar.zone.identifier))")
    for entry in running {
      writer.raw("  ")
      writer.raw(entry.set.stage.rawValue)
      writer.raw(": ")
      writer.raw(entry.set.deadline.due.clockText(in: rulebook.calendar.zone))
      let name = entry.set.stage == .return ? Message.itemReturnUntil : rulebook.title(of: entry.set.stage)
      let stage = name[language]
      writer.remark(
        entry.set.deadline.provisional ? "\(stage) \(Message.itemProvisional[language])" : stage)
    }
  }

  /// What was reported, where, by whom.
  private func matter(_ state: CaseState, _ facts: CaseFacts, _ files: [String], _ writer: inout TextWriter) {
    let input = state.input
    writer.pair("received", (input.receivedAt ?? state.takenAt).clockText(in: rulebook.calendar.zone))
    writer.pair("channel", titles[input.channel], id: input.channel.rawValue)
    if let source = input.sourceID { writer.pair("source_id", source) }
    if let area = facts.area {
      writer.pair("area", titles[area], id: area.rawValue)
    } else if let area = input.area {
      writer.pair("area", area)
    }
    if let address = input.address { writer.pair("address", address) }
    if let people = input.peopleCount { writer.line("people_count: \(people)") }
    if let amount = input.amount { writer.line("amount: \(amount.plainText)") }
    // Below a key of their own: a field of the source may be called 处理结果 and is not the answer.
    if !input.fields.isEmpty { writer.raw("fields:\n") }
    for (field, value) in input.fields.sorted(by: { $0.key < $1.key }) {
      writer.raw("  ")
      writer.scalarKey(field.rawValue)
      writer.quoted(value.plainText)
      writer.newline()
    }
    for note in input.notes where note.isAboutValues {
      writer.comment(Message.intakeNote(note, in: rulebook)[language])
    }
    contact(input.contact, &writer)
    list(files, of: state.id, &writer)
    writer.comment(Message.itemCaseText[language])
    writer.raw("text:")
    writer.block(input.text)
  }

  /// What came with the case and where it lies.
  private func list(_ files: [String], of id: CaseID, _ writer: inout TextWriter) {
    guard !files.isEmpty else { return }
    writer.raw("attachments:")
    writer.remark(Message.itemFiles(files.count, folder: "attachments/\(id)")[language])
    for file in files { bullet(file, &writer) }
  }

  private func contact(_ contact: Contact?, _ writer: inout TextWriter) {
    guard let contact, contact.name != nil || contact.phone != nil || contact.other != nil else { return }
    writer.raw("contact:")
    writer.remark((contact.confidential ? Message.itemConfidential : Message.itemContact)[language])
    for (key, value) in [("name", contact.name), ("phone", contact.phone), ("other", contact.other)] {
      guard let value else { continue }
      writer.raw("  ")
      writer.pair(key, value)
    }
  }
}

extension TextWriter {
  mutating func comment(_ text: String) {
    raw("# ")
    visible(text)
    newline()
  }

  /// A comment that ends the line.
  mutating func remark(_ text: String) {
    raw("  # ")
    visible(text)
    newline()
  }

  /// `key: "value"`, with the id as a comment where it says more.
  mutating func pair(_ key: String, _ value: String, id: String? = nil) {
    raw(key)
    raw(": ")
    quoted(value)
    if let id, id != value { remark(id) } else { newline() }
  }

  /// A key from outside, which may hold anything.
  mutating func scalarKey(_ key: String) {
    let plain = key.utf8.allSatisfy {
      $0 >= 0x80 || $0 == UInt8(ascii: "_") || ($0 >= 48 && $0 <= 57) || ($0 | 32 >= 97 && $0 | 32 <= 122)
    }
    if plain && !key.isEmpty { raw(key) } else { quoted(key) }
    raw(": ")
  }
}
