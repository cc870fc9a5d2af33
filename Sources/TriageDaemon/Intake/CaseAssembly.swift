import TriageCore

/// Puts a case together from the names and values of a file, whatever the format.
///
/// Nothing that was written is lost: a name that no field takes is kept among `fields`, a value that could not be
/// read is noted with its words. The text is stored as written; folding is for matching.
struct CaseAssembly {
  let context: IntakeContext
  /// What the rest of the table says about long numbers.
  var longNumbers = UnusableText.LongNumbers.unknown
  /// Asks the rest of the column about the date that is taken next; asked only where it does not tell its order itself.
  var dateOrder: (() -> DateOrder?)?
  private(set) var input: CaseInput
  /// What stands for each field so far, by `CaseField.rawValue`.
  private var slots: [Slot?]
  /// Values that name nobody and nothing; noted where the field stayed empty.
  private var unusable: [(field: CaseField, why: UnusableValue, words: String)] = []

  /// What stood under other names of titles.
  private var furtherTitles: [Slot] = []
  /// The best of several texts; nil where the text was not joined.
  private var oneText: CaseValue?
  /// The text as earlier versions read it.
  var formerTexts: [String] = []

  private struct Slot {
    var name: FieldName
    var key: String
    var value: CaseValue
    var dateOrder: (() -> DateOrder?)?

    /// `人数：50`, for notes.
    var words: String {
      let value = ValueReading.trimmed(value.text() ?? "").shortened(to: Limits.notedScalars)
      return "\(ValueReading.trimmed(key))：\(value)"
    }
  }

  init(_ context: IntakeContext) {
    self.context = context
    input = CaseInput(channel: context.channel)
    slots = Array(repeating: nil, count: CaseField.allCases.count)
  }

  mutating func note(_ note: IntakeNote) { input.notes.append(note) }

  private mutating func noteIgnored(_ key: String, _ value: String) {
    note(.valueIgnored(field: key, value: value.shortened(to: Limits.notedScalars)))
  }

  /// Takes one name and its value. Of two names for one field the better known one counts.
  mutating func take(_ key: String, _ value: CaseValue) {
    guard let name = FieldName.find(key) else { return keep(key, value) }
    take(key, value, as: name)
  }

  /// For a name that was looked up already, as a table's header is for all its rows.
  mutating func take(_ key: String, _ value: CaseValue, as name: FieldName) {
    switch name.field {
    case .ignored, .recipient: return
    case .sender: takeSender(key, value)
    case .contact: takeContact(value)
    case .fields: takeFields(value)
    case .channel:
      if let text = value.text(), text != context.channel.rawValue { noteIgnored(key, text) }
    case .identityNumber:
      // Without the number itself: the note lives as long as the case.
      if let text = value.text(), !ValueReading.isEmpty(text) { note(.valueIgnored(field: key, value: "")) }
    default: takeValue(Slot(name: name, key: key, value: value, dateOrder: dateOrder))
    }
  }

  private mutating func takeValue(_ slot: Slot) {
    guard let text = slot.value.text() else { return }
    let field = slot.name.field
    let trimmed = ValueReading.trimmed(text)
    var slot = slot
    var value = SpreadsheetText.bare(trimmed)
    guard !value.isEmpty else { return }
    if let sense = field.sense, sense != .words {
      if sense == .number { value = UnusableText.withoutFraction(value) }
      if value != trimmed { slot.value = .scalar(value) }
    }
    let why =
      (field == .sourceID ? IdentityText.reason(slot.value, value) : nil)
      ?? UnusableText.reason(value, for: field, key: slot.key, longNumbers: longNumbers)
    if let why {
      // Of a number that reaches a person not even a part goes beyond the contact.
      let isPartOfContact = field.isContact && why == .rounded
      unusable.append((field, why, isPartOfContact ? slot.key : "\(slot.key)：\(trimmed)"))
      return
    }
    guard !ValueReading.isEmpty(text) else { return }
    guard let standing = slots[field.rawValue] else {
      slots[field.rawValue] = slot
      return
    }
    let better = slot.name.rank < standing.name.rank
    if better { slots[field.rawValue] = slot }
    let loser = better ? standing : slot
    guard loser.value != slots[field.rawValue]?.value else { return }
    switch field {
    case .text:
      if better || oneText == nil { oneText = better ? slot.value : standing.value }
      // The words of all of them, in the order of the file.
      let texts = [standing.value, slot.value].compactMap { $0.text(joining: "\n") }
      slots[field.rawValue]?.value = .scalar(texts.joined(separator: "\n"))
      return
    case .title:
      furtherTitles.append(loser)
      return
    case .confidential:
      // Whoever asks for it in one place gets it.
      if [standing, slot].contains(where: { $0.value.text().flatMap(ValueReading.flag) == true }) {
        slots[field.rawValue]?.value = .scalar("是")
      }
      return
    default: break
    }
    if field == .contactOther {
      slots[field.rawValue]?.value = .scalar(
        [standing.value, slot.value].compactMap { $0.text() }.joined(separator: "；"))
    } else if field.isContact {
      if let text = loser.value.text() { addContactOther("\(loser.key)：\(text)") }
    } else {
      let used = slots[field.rawValue] ?? slot
      note(
        .doubled(
          field: field.id, used: used.words, unused: loser.words,
          kept: FieldID(ValueReading.trimmed(loser.key))))
      keep(loser.key, loser.value, isNamedField: true)
    }
  }

  /// `"from": "wechat"` and 12345热线 reach nobody. The value is not kept: it may be a person's name.
  private mutating func takeSender(_ key: String, _ value: CaseValue) {
    guard let text = value.text(), !ValueReading.isEmpty(text) else { return }
    let digits = text.utf8.count { (0x30...0x39).contains($0) }
    if text.utf8.contains(UInt8(ascii: "@")) || digits >= 7 {
      takeValue(Slot(name: FieldName(field: .contactOther, rank: 0), key: key, value: value))
    } else {
      note(.valueIgnored(field: key, value: ""))
    }
  }

  /// The words of further titles, so that rules see them: each on a line of its own in front of the text.
  private mutating func joinTitles() {
    guard !furtherTitles.isEmpty else { return }
    let title = slots[CaseField.title.rawValue]?.value.text(joining: "\n") ?? ""
    let text = slots[CaseField.text.rawValue]?.value.text(joining: "\n") ?? ""
    let others = furtherTitles.compactMap { $0.value.text(joining: "\n") }.map(ValueReading.trimmed)
      .filter { ByteSearch.first($0, in: title) == nil && ByteSearch.first($0, in: text) == nil }
    guard !others.isEmpty else { return }
    oneText = oneText ?? .scalar(text)
    let joined = (others + [text]).filter { !$0.isEmpty }.joined(separator: "\n")
    slots[CaseField.text.rawValue] = Slot(
      name: FieldName(field: .text, rank: 0), key: "text", value: .scalar(joined))
  }

  private mutating func takeContact(_ value: CaseValue) {
    guard case .map(let pairs) = value else {
      guard let text = value.text(), !ValueReading.isEmpty(text) else { return }
      let digits = text.utf8.filter { (0x30...0x39).contains($0) }.count
      let field: CaseField = digits >= 7 ? .contactPhone : .contactName
      take("contact", value, as: FieldName(field: field, rank: 0))
      return
    }
    for pair in pairs {
      switch FieldName.find(pair.key)?.field {
      case .contactName, .contactPhone, .contactOther, .confidential, .identityNumber, .sender:
        take(pair.key, pair.value)
      default:
        guard let text = pair.value.text(), !ValueReading.isEmpty(text) else { continue }
        addContactOther("\(pair.key)：\(text)")
      }
    }
  }

  private mutating func addContactOther(_ text: String) {
    let others = [slots[CaseField.contactOther.rawValue]?.value.text(), text].compactMap { $0 }
    slots[CaseField.contactOther.rawValue] = Slot(
      name: FieldName(field: .contactOther, rank: 0), key: "contact",
      value: .scalar(others.joined(separator: "；")))
  }

  private mutating func takeFields(_ value: CaseValue) {
    guard case .map(let pairs) = value else {
      if value != .null { keep("fields", value) }
      return
    }
    for pair in pairs { keep(pair.key, pair.value, isNamedField: true) }
  }

  /// Keeps what no field takes, typed where the rulebook declares the field.
  mutating func keep(_ key: String, _ value: CaseValue, isNamedField: Bool = false) {
    let name = ValueReading.trimmed(key)
    guard !name.isEmpty, let text = value.text(), !ValueReading.isEmpty(text) else { return }
    let bare = SpreadsheetText.bare(ValueReading.trimmed(text))
    guard !bare.isEmpty else { return }
    let id = FieldID(name)
    if UnusableText.isErrorMark(bare) {
      unusable.append((.fields, .errorMark, "\(name)：\(bare)"))
      return write(text, as: nil, of: id)
    }
    guard let type = context.fields[id] else {
      if !isNamedField { note(.unknownField(name)) }
      input.fields[id] = Self.untyped(value)
      return
    }
    let typed: FieldValue?
    switch type {
    case .date: typed = date(name, bare)
    case .text: typed = .text(text)
    case .number: typed = ValueReading.number(bare).map { .number($0) }
    case .flag: typed = ValueReading.flag(bare).map { .flag($0) }
    case .list: typed = Self.list(value, bare)
    }
    if typed == nil, type != .date { noteIgnored(name, bare) }
    write(text, as: typed, of: id)
  }

  /// Keeps a value beside its words, by which the record is known again.
  private mutating func write(_ words: String, as value: FieldValue?, of id: FieldID) {
    if let value { input.fields[id] = value }
    input.written = input.written ?? [:]
    input.written?[id] = value?.plainText == words ? nil : words
  }

  private mutating func date(_ name: String, _ text: String) -> FieldValue? {
    let written = Self.time(ValueReading.trimmed(text), dateOrder)
    if let day = written.day(in: context.zone) {
      noteSerial(name, text, written)
      return .date(day)
    }
    if written == .ambiguous {
      note(.dateAmbiguous(field: name, value: text))
    } else {
      noteIgnored(name, text)
    }
    return nil
  }

  private static func time(_ text: String, _ order: (() -> DateOrder?)?) -> WrittenTime {
    let written = WrittenTime(text)
    guard written == .ambiguous, let order = order?() else { return written }
    return WrittenTime(text, order: order)
  }

  /// Says how the day number of a spreadsheet was read.
  private mutating func noteSerial(_ field: String, _ text: String, _ written: WrittenTime) {
    guard written.isSerial, let instant = written.instant(in: context.zone) else { return }
    let later = instant + Int64(Self.days1904) * 86_400
    note(
      .serialDate(
        field: field, value: text, read: instant.clockText(in: context.zone),
        in1904: later.clockText(in: context.zone)))
  }

  /// The 1904 date system begins so many days later.
  private static let days1904 = 1_462

  private static func untyped(_ value: CaseValue) -> FieldValue? {
    if case .list(let items) = value { return .list(items.compactMap { $0.text() }) }
    return value.text().map { .text($0) }
  }

  private static func list(_ value: CaseValue, _ text: String) -> FieldValue {
    if case .list(let items) = value { return .list(items.compactMap { $0.text() }) }
    let separators: Set<Unicode.Scalar> = [",", "，", "、", ";", "；", "\n"]
    let parts = text.unicodeScalars.split { separators.contains($0) }
    return .list(parts.map { ValueReading.trimmed(String($0)) }.filter { !$0.isEmpty })
  }
}

// MARK: The finished case

extension CaseAssembly {
  /// The case, or what is missing for it to be one.
  /// - Parameter row: of a table or list.
  mutating func finish(row: Int? = nil) throws(IntakeRefusal) -> DecodedCase {
    joinTitles()
    input.title = ValueReading.trimmed(slots[CaseField.title.rawValue]?.value.text(joining: "\n") ?? "")
    input.text = ValueReading.trimmed(slots[CaseField.text.rawValue]?.value.text(joining: "\n") ?? "")
    if input.title.isEmpty, input.text.isEmpty { throw .noTitleNoText }
    try checkLengths()
    input.sourceID = trimmedText(.sourceID)
    input.area = trimmedText(.area)
    input.address = trimmedText(.address)
    input.result = trimmedText(.result)
    input.handled = flag(.handled) ?? false
    fillNumbers()
    fillReceivedAt()
    fillContact()
    fillReference()
    noteUnusable()
    if input.fields.count > Limits.fieldsPerCase { throw .tooManyFields(input.fields.count) }
    let former = formerTexts + [oneText].compactMap { $0?.text(joining: "\n") }
    return DecodedCase(
      input: input, row: row, formerTexts: former.map(ValueReading.trimmed).filter { $0 != input.text })
  }

  private func checkLengths() throws(IntakeRefusal) {
    // A scalar takes at least one byte, so most texts need no counting.
    if input.title.utf8.count > Limits.titleScalars {
      let scalars = input.title.unicodeScalars.count
      if scalars > Limits.titleScalars { throw .titleTooLong(scalars: scalars) }
    }
    if input.text.utf8.count > Limits.textScalars {
      let scalars = input.text.unicodeScalars.count
      if scalars > Limits.textScalars { throw .textTooLong(scalars: scalars) }
    }
  }

  private func trimmedText(_ field: CaseField) -> String? {
    guard let text = slots[field.rawValue]?.value.text() else { return nil }
    let trimmed = ValueReading.trimmed(text)
    return trimmed.isEmpty ? nil : trimmed
  }

  /// One note a kind; none for a field that another name filled.
  private mutating func noteUnusable() {
    for why in [UnusableValue.rounded, .errorMark, .placeholder] {
      let values = unusable.filter { $0.why == why && slots[$0.field.rawValue] == nil }.map(\.words)
      if !values.isEmpty { note(.unusable(why, values: values)) }
    }
  }

  private mutating func flag(_ field: CaseField) -> Bool? {
    guard let slot = slots[field.rawValue], let text = slot.value.text() else { return nil }
    let bare = SpreadsheetText.bare(ValueReading.trimmed(text))
    if let flag = ValueReading.flag(bare) { return flag }
    noteIgnored(slot.key, text)
    return nil
  }

  private mutating func fillNumbers() {
    if let slot = slots[CaseField.peopleCount.rawValue], let text = slot.value.text() {
      input.peopleCount = ValueReading.count(text)
      if input.peopleCount == nil { noteIgnored(slot.key, text) }
    }
    if let slot = slots[CaseField.amount.rawValue], let text = slot.value.text() {
      input.amount = ValueReading.amount(text, unit: slot.name.unit)
      if input.amount == nil { noteIgnored(slot.key, text) }
    }
  }

  /// A time that is missing, unreadable, ahead of the taking or absurdly old is left out; the taking then counts.
  private mutating func fillReceivedAt() {
    guard let text = trimmedText(.receivedAt) else {
      note(.receivedAtReplaced(nil))
      return
    }
    let oldest = context.now + -Int64(Limits.receivedAtDays) * 86_400
    let written = Self.time(text, slots[CaseField.receivedAt.rawValue]?.dateOrder)
    if let instant = written.instant(in: context.zone), instant <= context.now, instant >= oldest {
      input.receivedAt = instant
      noteSerial(FieldID.receivedAt.rawValue, text, written)
    } else if written == .ambiguous {
      note(.dateAmbiguous(field: FieldID.receivedAt.rawValue, value: text))
    } else {
      note(.receivedAtReplaced(text.shortened(to: Limits.notedScalars)))
    }
  }

  private mutating func fillContact() {
    let wish = flag(.confidential) ?? false
    let contact = Contact(
      name: trimmedText(.contactName), phone: trimmedText(.contactPhone), other: trimmedText(.contactOther),
      confidential: wish || Self.asksForConfidence(input.text))
    if contact != Contact() { input.contact = contact }
  }

  /// What hotline clerks append to the text when the caller wants to stay unnamed (domain.md 4.3).
  private static func asksForConfidence(_ text: String) -> Bool {
    // One search for what they share: most texts have none of them.
    guard ByteSearch.first("保密", in: text) != nil else { return false }
    return ["信息需要保密", "信息保密", "要求保密"].contains { ByteSearch.first($0, in: text) != nil }
  }

  /// A repeated call names the first order in its text: 市民反复催单，已电子催单工单编号：2020…; kept for linking.
  private mutating func fillReference() {
    guard ByteSearch.first("催单", in: input.text) != nil,
      let place = ByteSearch.first("工单编号", in: input.text)
    else { return }
    let rest = input.text.utf8.dropFirst(place + "工单编号".utf8.count)
    let number = rest.prefix(8).drop { !(0x30...0x39).contains($0) }.startIndex
    let digits = String(decoding: rest[number...].prefix { (0x30...0x39).contains($0) }, as: UTF8.self)
    guard digits.utf8.count >= 8 else { return }
    if let why = UnusableText.reason(digits, for: .sourceID) {
      note(.unusable(why, values: ["工单编号：\(digits)"]))
    } else {
      input.fields["reference"] = .text(digits)
    }
  }
}
