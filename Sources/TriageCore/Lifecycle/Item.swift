/// What a department is asked to do with a case.
public enum Role: String, Sendable, Codable, CaseIterable {
  case lead, assist, approve
  case followUp = "follow_up"
  case adjudicate
  /// To look at a list of cases as a whole.
  case alert
}

/// The name of one queue item: the case's for the first lead item, else `CASE-ID.ROLE-N`, where N counts the
/// items of that case and role over its life. An alert has one item, which bears the alert's name. It is the file's
/// stem and what `item:` in its head says.
public struct ItemID: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  public let caseID: CaseID
  public let role: Role
  /// From 1.
  public let ordinal: Int

  public init(_ caseID: CaseID, _ role: Role, _ ordinal: Int) {
    self.caseID = caseID
    self.role = role
    self.ordinal = ordinal
  }

  /// Reads `ZZ20261121-0001`, `ZZ20261121-0001.assist-2` and `ALERT-20261121-1`.
  public init?(_ name: String) {
    guard let dot = name.firstIndex(of: ".") else {
      if name.isEmpty { return nil }
      let id = CaseID(name)
      self.init(id, id.isAlert ? .alert : .lead, 1)
      return
    }
    let tail = name[name.index(after: dot)...]
    guard let dash = tail.lastIndex(of: "-"), let role = Role(rawValue: String(tail[..<dash])),
      let ordinal = Int(tail[tail.index(after: dash)...]), ordinal > 0, dot > name.startIndex
    else { return nil }
    self.init(CaseID(String(name[..<dot])), role, ordinal)
  }

  /// The item inside its case.
  public var key: ItemKey { ItemKey(role, ordinal) }

  public var description: String {
    (role == .lead || role == .alert) && ordinal == 1
      ? caseID.rawValue : "\(caseID.rawValue).\(role.rawValue)-\(ordinal)"
  }

  /// By case, role and number; the first lead item, which bears the case's own name, before all others.
  public static func < (a: Self, b: Self) -> Bool {
    if a.caseID != b.caseID { return a.caseID < b.caseID }
    if (a.role == .lead) != (b.role == .lead) { return a.role == .lead }
    return a.role == b.role ? a.ordinal < b.ordinal : a.role.rawValue < b.role.rawValue
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let item = ItemID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an item id")
    }
    self = item
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension CaseID {
  /// Begins the name of every alert; a rulebook's prefix has no hyphen, so that no case has such a name.
  public static let alertPrefix = "ALERT-"

  /// `ALERT-20261121-2`: the second alert of that day.
  public static func alert(on day: CivilDate, number: Int) -> CaseID {
    CaseID("\(alertPrefix)\(day.compact)-\(number)")
  }

  public var isAlert: Bool { rawValue.hasPrefix(Self.alertPrefix) }
}

/// An item by role and ordinal, inside one case: what events name, since the case id is given at recording.
public struct ItemKey: Hashable, Sendable, Codable {
  public var role: Role
  public var ordinal: Int
  public init(_ role: Role, _ ordinal: Int) {
    self.role = role
    self.ordinal = ordinal
  }
}

/// One department's task on one case.
public struct Assignment: Sendable, Equatable, Codable {
  /// What the department has done with it.
  public enum Status: String, Sendable, Codable {
    /// Delivered or to be delivered to `new/`.
    case new
    /// The item lies in `accepted/`.
    case accepted
    /// The item lies in `done/`: answered, waiting for approval or taken.
    case done
    /// The item lies in `returned/`, waiting for adjudication.
    case returned
    /// The item lies in `closed/`.
    case ended
  }
  public var key: ItemKey
  public var department: DepartmentID
  public var openedAt: Instant
  public var acceptedAt: Instant?
  public var endedAt: Instant?
  public var status: Status
  /// Why it was made, for the head of the item.
  public var cause: Cause

  /// Why a department got an item.
  public enum Cause: Sendable, Equatable, Codable {
    case routed(RuleID?)
    case assisting
    /// Called in by the lead (吹哨).
    case whistled(by: DepartmentID, reason: String)
    case adjudicated(by: DepartmentID, reason: String)
    case reassigned(by: DepartmentID, reason: String)
    case escalated(by: RuleID)
    case raised
    case reopened(why: String)
    /// To decide on a return.
    case returned(by: DepartmentID, reason: ReasonID, text: String)
    /// To decide on a request.
    case asked(Request)
    /// To approve a resolution.
    case resolution(Reply)
    /// To visit after close-out: the number of the visit.
    case followUp(number: Int)
  }

  public init(
    key: ItemKey, department: DepartmentID, openedAt: Instant, acceptedAt: Instant? = nil,
    endedAt: Instant? = nil, status: Status = .new, cause: Cause
  ) {
    self.key = key
    self.department = department
    self.openedAt = openedAt
    self.acceptedAt = acceptedAt
    self.endedAt = endedAt
    self.status = status
    self.cause = cause
  }
}
