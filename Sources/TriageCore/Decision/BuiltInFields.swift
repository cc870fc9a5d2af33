/// The fields that every case has, beside those that `fields.yaml` declares. Contact data is none of them: no rule
/// may look at a person (DESIGN.md section 12).
extension FieldID {
  public static let title: FieldID = "title"
  public static let text: FieldID = "text"
  /// The area as written, before it was recognised.
  public static let area: FieldID = "area"
  public static let address: FieldID = "address"
  public static let channel: FieldID = "channel"
  public static let sourceID: FieldID = "source_id"
  public static let receivedAt: FieldID = "received_at"
  public static let peopleCount: FieldID = "people_count"
  public static let amount: FieldID = "amount"
  public static let handled: FieldID = "handled"
  public static let result: FieldID = "result"
}

extension Rulebook {
  /// The built-in fields with their types.
  public static let builtInFields: [FieldID: FieldType] = [
    .title: .text, .text: .text, .area: .text, .address: .text, .channel: .text, .sourceID: .text,
    .receivedAt: .date, .peopleCount: .number, .amount: .number, .handled: .flag, .result: .text,
  ]

  /// The type of a built-in or declared field; nil for one that no rule may name.
  public func type(of field: FieldID) -> FieldType? { Self.builtInFields[field] ?? fields[field] }

  /// What the case says in this field, read as the type that the rulebook declares for it where it can be.
  public func value(of field: FieldID, in input: CaseInput) -> FieldValue? {
    switch field {
    case .title: input.title.isEmpty ? nil : .text(input.title)
    case .text: input.text.isEmpty ? nil : .text(input.text)
    case .area: input.area.map(FieldValue.text)
    case .address: input.address.map(FieldValue.text)
    case .channel: .text(input.channel.rawValue)
    case .sourceID: input.sourceID.map(FieldValue.text)
    case .receivedAt: input.receivedAt.map { .date(calendar.zone.civil(at: $0).date) }
    case .peopleCount: input.peopleCount.map { .number(Double($0)) }
    case .amount: input.amount.map(FieldValue.number)
    case .handled: .flag(input.handled)
    case .result: input.result.map(FieldValue.text)
    default:
      input.fields[field].map { value in fields[field].map { value.read(as: $0) } ?? value }
    }
  }
}
