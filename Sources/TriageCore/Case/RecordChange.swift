/// Something that a record says when it comes again, and did not say, or said otherwise, before.
///
/// The same record (channel, source id and text) makes no second case; what else it says by now is told of the first.
public struct RecordChange: Sendable, Equatable, Codable {
  public var field: FieldID
  /// As the source has it; nil for how to reach somebody, which stands in the original alone.
  public var value: String?
  public init(field: FieldID, value: String?) {
    self.field = field
    self.value = value
  }
}

extension CaseInput {
  /// What this record says that is new. What it leaves out is no news: exports differ in their columns.
  /// - Parameters:
  ///   - first: the record as it came first.
  ///   - told: the news of its later arrivals, in their order.
  public func changes(since first: CaseInput, told: [RecordChange]) -> [RecordChange] {
    var known: [FieldID: String] = [:]
    for statement in first.statements + told { known[statement.field] = statement.value ?? "" }
    var changes = statements.filter { known[$0.field] != $0.value }
    let isToldOfContact = told.contains { $0.field == .contact }
    if let contact, contact != first.contact, !isToldOfContact {
      changes.append(RecordChange(field: .contact, value: nil))
    }
    return changes
  }

  /// All that the record says beside title, text and contact.
  private var statements: [RecordChange] {
    var all: [RecordChange] = []
    func add(_ field: FieldID, _ value: String?) {
      if let value { all.append(RecordChange(field: field, value: value)) }
    }
    add(.area, area)
    add(.address, address)
    add(.peopleCount, peopleCount.map(String.init))
    add(.amount, amount.map { Money(yuan: $0)?.description ?? "\($0)" })
    add(.handled, handled ? "✓" : nil)
    add(.result, result)
    for (field, value) in fields.sorted(by: { $0.key < $1.key }) { add(field, value.words) }
    return all
  }
}

extension FieldID {
  /// How to reach whoever filed the case.
  public static let contact: FieldID = "contact"
}

extension FieldValue {
  /// As it was written, whatever type a rulebook gives the field.
  public var words: String {
    switch self {
    case .text(let text): text
    case .number(let number):
      number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    case .flag(let flag): flag ? "✓" : "✗"
    case .date(let date): "\(date)"
    case .list(let items): items.joined(separator: "、")
    }
  }
}
