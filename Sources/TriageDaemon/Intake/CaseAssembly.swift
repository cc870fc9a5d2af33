import TriageCore

/// Puts a case together from the names and values of a file, whatever the format.
///
/// Nothing that was written is lost: a name that no field takes is kept among `fields`, a value that could not be
/// read is noted with its words. The text is stored as written; folding is for matching.
struct CaseAssembly {
  let context: IntakeContext
  /// What the rest of the table says about long numbers.
  var longNumbers = UnusableText.LongNumbers.unknown
  private(set) var input: CaseInput
  /// What stands for each field so far, by `CaseField.rawValue`.
  private var slots: [Slot?]
  /// Values that name nobody and nothing; noted where the field stayed empty.
  private var unusable: [(field: CaseField, why: UnusableValue, words: String)] = []

  private struct Slot {
    var name: FieldName
    var key: String
    var value: CaseValue
  }

  init(_ context: IntakeContext) {
    self.context = context
    input = CaseInput(channel: context.channel)
    slots = Array(repeating: nil, count: CaseField.allCases.count)
  }

  mutating func note(_ note: IntakeNote) { input.notes.append(note) }

  /// Takes one name and its value. Of two names for one field the better known one counts.
  mutating func take(_ key: String, _ value: CaseValue) {
    guard let name = FieldName.find(key) else { return keep(key, value) }
    take(key, value, as: name)
  }

  /// For a name that was looked up already, as a table's header is for all its rows.
  mutating func take(_ key: String, _ value: CaseValue, as name: FieldName) {
    switch name.field {
    case .ignored: return
    case .contact: takeContact(value)
    case .fields: takeFields(value)
    case .channel:
      if let text = value.text(), text != context.channel.rawValue {
        note(.valueIgnored(field: key, value: text))
      }
    case .identityNumber:
      // Without the number itself: the note lives as long as the case.
      if let text = value.text(), !ValueReading.isEmpty(text) { note(.valueIgnored(field: key, value: "")) }
    default: takeValue(Slot(name: name, key: key, value: value))
    }
  }

  private mutating func takeValue(_ slot: Slot) {
    guard let text = slot.value.text() else { return }
    let field = slot.name.field
    let trimmed = ValueReading.trimmed(text)
    guard !trimmed.isEmpty else { return }
    var slot = slot
    if field.sense == .number {
      let number = UnusableText.withoutFraction(Self.withoutSpreadsheetMarks(trimmed))
      if number != trimmed { slot.value = .scalar(number) }
    }
    if let why = UnusableText.reason(slot.value.text() ?? "", for: field, longNumbers: longNumbers) {
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
    if field == .contactOther {
      slots[field.rawValue]?.value = .scalar(
        [standing.value, slot.value].compactMap { $0.text() }.joined(separator: "；"))
    } else if field.isContact {
      if let text = loser.value.text() { addContactOther("\(loser.key)：\(text)") }
    } else {
      keep(loser.key, loser.value)
    }
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
      case .contactName, .contactPhone, .contactOther, .confidential, .identityNumber:
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
    let id = FieldID(name)
    guard let type = context.fields[id] else {
      if !isNamedField { note(.unknownField(name)) }
      input.fields[id] = Self.untyped(value)
      return
    }
    if let typed = Self.typed(value, text: text, type: type, zone: context.zone) {
      input.fields[id] = typed
      if type == .date { noteDate(name, text) }
    } else {
      note(.valueIgnored(field: name, value: text))
      if type == .date { noteDate(name, text) }
    }
  }

  /// Says how a date was read that a spreadsheet wrote, or why it was not.
  private mutating func noteDate(_ field: String, _ text: String) {
    switch Instant.reading(text, zone: context.zone) {
    case .instant, .unreadable: return
    case .ambiguous: note(.dateAmbiguous(field: field, value: text))
    case .serial(let instant):
      let later = instant + Int64(Self.days1904) * 86_400
      note(
        .serialDate(
          field: field, value: text, read: instant.clockText(in: context.zone),
          in1904: later.clockText(in: context.zone)))
    }
  }

  /// The 1904 date system begins so many days later.
  private static let days1904 = 1_462

  private static func untyped(_ value: CaseValue) -> FieldValue? {
    if case .list(let items) = value { return .list(items.compactMap { $0.text() }) }
    return value.text().map { .text($0) }
  }

  private static func typed(_ value: CaseValue, text: String, type: FieldType, zone: Zone) -> FieldValue? {
    switch type {
    case .text: return .text(text)
    case .number: return ValueReading.number(text).map { .number($0) }
    case .flag: return ValueReading.flag(text).map { .flag($0) }
    case .date: return Instant.reading(text, zone: zone).instant.map { .date(zone.civil(at: $0).date) }
    case .list:
      if case .list(let items) = value { return .list(items.compactMap { $0.text() }) }
      let separators: Set<Unicode.Scalar> = [",", "，", "、", ";", "；", "\n"]
      let parts = text.unicodeScalars.split { separators.contains($0) }
      return .list(parts.map { ValueReading.trimmed(String($0)) }.filter { !$0.isEmpty })
    }
  }
}

// MARK: The finished case

extension CaseAssembly {
  /// The case, or what is missing for it to be one.
  mutating func finish() throws(IntakeRefusal) -> CaseInput {
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
    return input
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

  /// Spreadsheets keep long numbers whole as `="2020…"` or with a `'` in front.
  static func withoutSpreadsheetMarks(_ id: String) -> String {
    let bytes = Array(id.utf8)
    if bytes.count > 3, bytes.starts(with: [0x3D, 0x22]), bytes.last == 0x22 {
      return String(decoding: bytes[2..<(bytes.count - 1)], as: UTF8.self)
    }
    if bytes.count > 1, bytes.first == 0x27 { return String(decoding: bytes.dropFirst(), as: UTF8.self) }
    return id
  }

  private mutating func flag(_ field: CaseField) -> Bool? {
    guard let slot = slots[field.rawValue], let text = slot.value.text() else { return nil }
    if let flag = ValueReading.flag(text) { return flag }
    note(.valueIgnored(field: slot.key, value: text))
    return nil
  }

  private mutating func fillNumbers() {
    if let slot = slots[CaseField.peopleCount.rawValue], let text = slot.value.text() {
      input.peopleCount = ValueReading.count(text)
      if input.peopleCount == nil { note(.valueIgnored(field: slot.key, value: text)) }
    }
    if let slot = slots[CaseField.amount.rawValue], let text = slot.value.text() {
      input.amount = ValueReading.amount(text, unit: slot.name.unit)
      if input.amount == nil { note(.valueIgnored(field: slot.key, value: text)) }
    }
  }

  /// A time that is missing, unreadable, ahead of the taking or absurdly old is left out; the taking then counts.
  private mutating func fillReceivedAt() {
    guard let text = trimmedText(.receivedAt) else {
      note(.receivedAtReplaced(nil))
      return
    }
    let oldest = context.now + -Int64(Limits.receivedAtDays) * 86_400
    let reading = Instant.reading(text, zone: context.zone)
    if let instant = reading.instant, instant <= context.now, instant >= oldest {
      input.receivedAt = instant
    } else {
      note(.receivedAtReplaced(text))
    }
    noteDate(FieldID.receivedAt.rawValue, text)
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

/// Looks for a short text in a long one by its bytes; Foundation's search costs fifty times as much.
enum ByteSearch {
  /// Offset in UTF-8 of the first place.
  static func first(_ needle: String, in text: String) -> Int? {
    var text = text
    var needle = needle
    return text.withUTF8 { hay in
      needle.withUTF8 { part in
        guard let start = hay.baseAddress, let wanted = part.baseAddress else { return nil }
        return find(wanted, part.count, in: start, hay.count)
      }
    }
  }

  private static func find(
    _ part: UnsafePointer<UInt8>, _ length: Int, in text: UnsafePointer<UInt8>, _ count: Int
  ) -> Int? {
    guard length > 0, count >= length else { return nil }
    // Chinese shares first bytes, so the last byte of the first character is compared first.
    let probe = min(2, length - 1)
    let wanted = part[probe]
    var at = 0
    while at <= count - length {
      if text[at + probe] == wanted {
        var same = 0
        while same < length, text[at + same] == part[same] { same += 1 }
        if same == length { return at }
      }
      at += 1
    }
    return nil
  }
}
