/// What events say about how a case came in.
extension CaseEvent {
  /// The case as it was taken in, with everything that was decided then.
  public struct Taken: Sendable, Equatable, Codable {
    public var input: CaseInput
    public var decision: Decision
    public var history: CaseHistory
    public var assignments: [Assignment]
    public var deadlines: [DeadlineSet]
    /// SHA-256 of the original, hex; the row number in it for a CSV.
    public var original: String
    public var row: Int?
    /// What came with it, in order; nil in events of before this was noted.
    public var enclosures: [Enclosure]?
    /// A record without a number of its source is known again by all that it says (`CaseInput.isToldByContent`); nil: by
    /// its number, or by its file and its place in it, as in events of before.
    public internal(set) var isKnownByContent: Bool?
    public init(
      input: CaseInput, decision: Decision, history: CaseHistory, assignments: [Assignment],
      deadlines: [DeadlineSet], original: String, row: Int? = nil, enclosures: [Enclosure]? = nil
    ) {
      self.input = input
      self.decision = decision
      self.history = history
      self.assignments = assignments
      self.deadlines = deadlines
      self.original = original
      self.row = row
      self.enclosures = enclosures
      isKnownByContent = input.isToldByContent ? true : nil
    }
  }

  /// A file that came with a record (a photograph beside a form, a part of a mail): the bytes are among the originals.
  public struct Enclosure: Sendable, Equatable, Codable {
    /// As the sender named it.
    public var name: String
    /// Hex.
    public var sha256: String
    /// Bytes.
    public var size: Int
    public init(name: String, sha256: String, size: Int) {
      self.name = name
      self.sha256 = sha256
      self.size = size
    }
  }

  public struct DuplicateArrived: Sendable, Equatable, Codable {
    public var channel: ChannelID
    public var original: String
    public var row: Int?
    /// As in `Taken`.
    public var enclosures: [Enclosure]?
    /// What the record says by now that it did not say before; nil in events of before this was noted.
    public var changes: [RecordChange]?
    /// How to reach whoever filed it by now, where that is among the changes; nil in events of before this was noted.
    public var contact: Contact?
    public init(
      channel: ChannelID, original: String, row: Int? = nil, enclosures: [Enclosure]? = nil,
      changes: [RecordChange]? = nil, contact: Contact? = nil
    ) {
      self.channel = channel
      self.original = original
      self.row = row
      self.enclosures = enclosures
      self.changes = changes
      self.contact = contact
    }
  }

  /// A relation to an earlier case; neither of them ends by it.
  public struct Linked: Sendable, Equatable, Codable {
    public enum Why: String, Sendable, Codable {
      /// A duplicate of a closed case.
      case duplicateOfClosed
      /// The same source id with other text.
      case sameSourceID
      case nearSameText
      case reference
      case merged
    }
    public var to: CaseID
    public var why: Why
    public init(to: CaseID, why: Why) {
      self.to = to
      self.why = why
    }
  }
}
