/// A case as it arrived: what the citizen or the clerk wrote, before any rule looked at it.
///
/// It holds the dispute and not the person: `contact` is there only so that the departments that act can reach
/// somebody, and never leaves their items (DESIGN.md section 12).
public struct CaseInput: Sendable, Equatable, Codable {
  public var channel: ChannelID
  /// The number that the sending system gave the case; with the channel it tells a duplicate.
  public var sourceID: String?
  /// When the citizen filed it, if the source says so; not later than the taking (notes say when it was replaced).
  public var receivedAt: Instant?
  public var title: String
  public var text: String
  /// The area as written; the evaluator finds the rulebook's area for it.
  public var area: String?
  public var address: String?
  public var peopleCount: Int?
  /// Yuan.
  public var amount: Double?
  public var contact: Contact?
  /// The case was settled on the spot by who took it, with `result` as the outcome.
  public var handled: Bool
  public var result: String?
  /// Fields that the rulebook declares (`fields.yaml`) or that no part knows; kept as written.
  public var fields: [FieldID: FieldValue]
  /// What the source has for fields that the rulebook's type reads otherwise, or cannot read; nil where no field had a
  /// type, and in records of before this was kept.
  public var written: [FieldID: String]?
  /// What the reader had to assume or could not use, for the timeline.
  public var notes: [IntakeNote]

  public init(
    channel: ChannelID, sourceID: String? = nil, receivedAt: Instant? = nil, title: String = "",
    text: String = "", area: String? = nil, address: String? = nil, peopleCount: Int? = nil,
    amount: Double? = nil, contact: Contact? = nil, handled: Bool = false, result: String? = nil,
    fields: [FieldID: FieldValue] = [:], notes: [IntakeNote] = []
  ) {
    self.channel = channel
    self.sourceID = sourceID
    self.receivedAt = receivedAt
    self.title = title
    self.text = text
    self.area = area
    self.address = address
    self.peopleCount = peopleCount
    self.amount = amount
    self.contact = contact
    self.handled = handled
    self.result = result
    self.fields = fields
    self.notes = notes
  }
}

/// How to reach whoever filed the case. Erasable; never in logs, metrics, reports, worklists.
public struct Contact: Sendable, Equatable, Codable {
  public var name: String?
  public var phone: String?
  /// Whatever else the source gives to reach somebody (second number, e-mail).
  public var other: String?
  /// The citizen asked for confidentiality.
  public var confidential: Bool

  public init(name: String? = nil, phone: String? = nil, other: String? = nil, confidential: Bool = false) {
    self.name = name
    self.phone = phone
    self.other = other
    self.confidential = confidential
  }
}

/// A value of a case's field, typed as far as the source or the declaration types it.
public enum FieldValue: Sendable, Equatable, Codable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case date(CivilDate)
  case list([String])
}

extension FieldValue {
  /// In words that need no language, whatever type a rulebook gives the field. Keys of records are made of it: it never
  /// changes (DESIGN.md section 7).
  public var plainText: String {
    switch self {
    case .text(let text): text
    case .number(let number): number.plainText
    case .flag(let flag): flag ? "✓" : "✗"
    case .date(let date): date.description
    case .list(let items): items.joined(separator: "、")
    }
  }

  /// Whether a type made it of what was written.
  var isTyped: Bool {
    switch self {
    case .text, .list: false
    case .number, .flag, .date: true
    }
  }
}

extension Double {
  /// As people write it: a whole number without `.0`, and without an exponent up to 10^15.
  public var plainText: String {
    guard magnitude < 1e15, self == rounded() else { return String(self) }
    return String(Int64(self))
  }
}

/// Something that the intake noticed about one case, for its timeline.
public enum IntakeNote: Sendable, Equatable, Codable {
  case unknownField(String)
  /// The extension says one format, the content another.
  case formatMismatch(extension: String, content: String)
  case encoding(String)
  /// `received_at` was missing, in the future, absurdly old or unreadable, and the time of taking was used.
  case receivedAtReplaced(String?)
  case valueIgnored(field: String, value: String)
  /// Two names for one field, each as `name：value`: one was used. The other is kept under its name, `kept`; nil in notes
  /// of before that was noted.
  case doubled(field: String, used: String, unused: String, kept: FieldID? = nil)
  /// What stood behind a `#` beside a value of a YAML case, and so was no part of it; empty beside what is about a person.
  case commentCut(field: String, words: String)
  /// Values that say nothing and were not used, each as `name：value`; of a contact's number the name alone.
  case unusable(UnusableValue, values: [String])
  /// The day number of a spreadsheet was read as a time; `read` and `in1904` as clocks show them (`2026-11-01 09:36`).
  case serialDate(field: String, value: String, read: String, in1904: String)
  /// The day and the month of a date cannot be told apart.
  case dateAmbiguous(field: String, value: String)
  case undeclaredChannel(String)
  case areaUnknown(String)
  case areaAmbiguous(String, candidates: [AreaID])
  /// `area` did not tell; the area was read from the address, or from title and text (`text`).
  case areaRead(from: FieldID)
}

extension IntakeNote {
  /// What the source wrote was not used, or read in a way that may be wrong: whoever works on the case should know.
  public var isAboutValues: Bool {
    switch self {
    case .valueIgnored(_, let value): !value.isEmpty
    case .doubled(let field, _, _, _):
      field == FieldID.peopleCount.rawValue || field == FieldID.amount.rawValue
    case .unusable, .serialDate, .dateAmbiguous, .receivedAtReplaced(.some), .commentCut: true
    case .unknownField, .formatMismatch, .encoding, .receivedAtReplaced(nil), .undeclaredChannel,
      .areaUnknown,
      .areaAmbiguous, .areaRead:
      false
    }
  }
}

/// Why a value stands for nobody and nothing.
public enum UnusableValue: String, Sendable, Equatable, Codable {
  /// 无, N/A, 000000, test: somebody had to write something.
  case placeholder
  /// `2.02606E+13`, or digits of which a spreadsheet kept fifteen: the rest is lost.
  case rounded
  /// `#N/A`, `#REF!`, `####`: a formula failed or a column was too narrow.
  case errorMark = "error_mark"
}
