/// The name of one thing of one kind, as written in the rulebook or made by the daemon.
///
/// `Kind` only keeps a department from being passed where a category is meant.
public struct Identifier<Kind>: Hashable, Sendable, Comparable, Codable, CodingKeyRepresentable,
  ExpressibleByStringLiteral, CustomStringConvertible
{
  public let rawValue: String

  public init(_ rawValue: String) { self.rawValue = rawValue }
  public init(stringLiteral value: String) { self.rawValue = value }

  public init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(String.self)
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }

  public var codingKey: any CodingKey { NameKey(stringValue: rawValue) }
  public init?<T: CodingKey>(codingKey: T) { rawValue = codingKey.stringValue }

  public var description: String { rawValue }
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

private struct NameKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

// Kinds of ids: they keep one sort of id from being taken for another.
public enum CaseKind {}
public enum DepartmentKind {}
public enum CategoryKind {}
public enum LevelKind {}
public enum ScaleKind {}
public enum ScaleValueKind {}
public enum AreaKind {}
public enum TagKind {}
public enum ChannelKind {}
public enum RuleKind {}
public enum LexiconKind {}
public enum FieldKind {}
public enum ReasonKind {}
public enum StageKind {}
public enum ProcedureKind {}

/// `ZZ20261121-0001`: prefix, day of intake in the rulebook's zone, running number of that day.
public typealias CaseID = Identifier<CaseKind>
public typealias DepartmentID = Identifier<DepartmentKind>
public typealias CategoryID = Identifier<CategoryKind>
public typealias LevelID = Identifier<LevelKind>
public typealias ScaleID = Identifier<ScaleKind>
public typealias ScaleValueID = Identifier<ScaleValueKind>
public typealias AreaID = Identifier<AreaKind>
public typealias TagID = Identifier<TagKind>
public typealias ChannelID = Identifier<ChannelKind>
/// Any entry of the rulebook that decides something: classification rule, route, deadline row, escalation.
public typealias RuleID = Identifier<RuleKind>
public typealias LexiconID = Identifier<LexiconKind>
/// A field of a case: `title`, `text`, `people_count`, … and what `fields.yaml` declares.
public typealias FieldID = Identifier<FieldKind>
/// A reason for a return or a pause, from the rulebook's lists.
public typealias ReasonID = Identifier<ReasonKind>
/// Another way for a case than this house: litigation, arbitration, discipline.
public typealias ProcedureID = Identifier<ProcedureKind>
/// A step with a deadline: `accept`, `contact`, `resolve`, `follow_up`, …
public typealias Stage = Identifier<StageKind>

extension Stage {
  public static let accept: Stage = "accept"
  public static let contact: Stage = "contact"
  public static let resolve: Stage = "resolve"
  public static let assist: Stage = "assist"
  public static let whistle: Stage = "whistle"
  public static let adjudicate: Stage = "adjudicate"
  public static let approve: Stage = "approve"
  public static let followUp: Stage = "follow_up"
  public static let `return`: Stage = "return"
  public static let redo: Stage = "redo"
  /// The first report from the scene (首次报告).
  public static let report: Stage = "report"
  public static let alert: Stage = "alert"
}
