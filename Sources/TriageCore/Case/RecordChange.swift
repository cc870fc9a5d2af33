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

/// All that a record has said so far, through all its arrivals.
public struct ArrivedRecord: Sendable, Equatable {
  private let first: CaseInput
  /// The news of its later arrivals, in their order.
  private var later: [RecordChange] = []
  /// As it was said last; nil where an arrival changed it and did not note how.
  private var contact: Contact?

  public init(_ first: CaseInput) {
    self.first = first
    contact = first.contact
  }

  /// What it says that is new when it comes again, whatever types the rulebook gives to fields meanwhile. What it leaves
  /// out is no news: exports differ in their columns.
  public func changes(in again: CaseInput) -> [RecordChange] {
    var known: [FieldID: (words: String, mayBeRead: Bool)] = [:]
    for statement in first.statements {
      known[statement.field] = (statement.words, first.written == nil && statement.read != nil)
    }
    // Earlier versions told what the type had read.
    for change in later { known[change.field] = (change.value ?? "", true) }
    var changes = again.statements.filter { statement in
      guard let before = known[statement.field] else { return true }
      return before.words != statement.words && !(before.mayBeRead && before.words == statement.read)
    }.map { RecordChange(field: $0.field, value: $0.words) }
    if let said = again.contact, said != contact { changes.append(RecordChange(field: .contact, value: nil)) }
    return changes
  }

  /// It came again.
  public mutating func add(_ arrival: CaseEvent.DuplicateArrived) {
    let changes = arrival.changes ?? []
    later += changes
    if changes.contains(where: { $0.field == .contact }) { contact = arrival.contact }
  }
}

extension CaseInput {
  /// Whether a record without a number of its source says enough to be known again by what it says: two calls may be
  /// equal to the word, but not at the same time, about the same place or from the same person.
  public var isToldByContent: Bool {
    guard sourceID == nil else { return false }
    return receivedAt != nil || address != nil
      || [contact?.name, contact?.phone, contact?.other].contains { $0 != nil }
  }

  fileprivate struct Statement {
    var field: FieldID
    /// As the source has it.
    var words: String
    /// As a rulebook's type reads it; nil without such a type.
    var read: String?
  }

  /// All that the record says beside title, text and contact.
  fileprivate var statements: [Statement] {
    var all: [Statement] = []
    func add(_ field: FieldID, _ value: String?) {
      if let value { all.append(Statement(field: field, words: value)) }
    }
    add(.area, area)
    add(.address, address)
    add(.peopleCount, peopleCount.map(String.init))
    add(.amount, amount.map { Money(yuan: $0)?.description ?? "\($0)" })
    add(.handled, handled ? "✓" : nil)
    add(.result, result)
    for (field, words) in fieldWords {
      let read = fields[field].flatMap { $0.isTyped ? $0.plainText : nil }
      all.append(Statement(field: field, words: words, read: read))
    }
    return all
  }

  /// The further fields as the source has them, by name; in records of before that was kept, as a type read them.
  public var fieldWords: [(field: FieldID, words: String)] {
    var words = written ?? [:]
    for (field, value) in fields where words[field] == nil { words[field] = value.plainText }
    return words.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension FieldID {
  /// How to reach whoever filed the case.
  public static let contact: FieldID = "contact"
}
