/// The stored form of events: a kind and a JSON body. The names are part of the ledger's format and never change.
extension CaseEvent {
  /// The stored name of the kind.
  public var kind: String {
    switch self {
    case .taken: "taken"
    case .duplicateArrived: "duplicate_arrived"
    case .linked: "linked"
    case .assigned: "assigned"
    case .accepted: "accepted"
    case .takenBack: "taken_back"
    case .contacted: "contacted"
    case .reported: "reported"
    case .resolved: "resolved"
    case .answered: "answered"
    case .returned: "returned"
    case .requested: "requested"
    case .decided: "decided"
    case .noted: "noted"
    case .ended: "ended"
    case .deadlineSet: "deadline_set"
    case .deadlineEnded: "deadline_ended"
    case .paused: "paused"
    case .resumed: "resumed"
    case .leadChanged: "lead_changed"
    case .levelChanged: "level_changed"
    case .corrected: "corrected"
    case .reminded: "reminded"
    case .escalated: "escalated"
    case .reopened: "reopened"
    case .closed: "closed"
    case .noticed: "noticed"
    case .mended: "mended"
    case .attached: "attached"
    case .diverted: "diverted"
    case .alertRaised: "alert_raised"
    case .listed: "listed"
    }
  }

  /// Encodes the body without the kind.
  public func encodeBody(with encode: (any Encodable) throws -> [UInt8]) rethrows -> [UInt8] {
    switch self {
    case .taken(let body): try encode(body)
    case .duplicateArrived(let body): try encode(body)
    case .linked(let body): try encode(body)
    case .assigned(let body): try encode(body)
    case .accepted(let body): try encode(body)
    case .takenBack(let body): try encode(body)
    case .contacted(let body): try encode(body)
    case .resolved(let body): try encode(body)
    case .answered(let body): try encode(body)
    case .returned(let body): try encode(body)
    case .requested(let body): try encode(body)
    case .decided(let body): try encode(body)
    case .noted(let body): try encode(body)
    case .ended(let body): try encode(body)
    case .deadlineSet(let body): try encode(body)
    case .deadlineEnded(let body): try encode(body)
    case .paused(let body): try encode(body)
    case .resumed(let body): try encode(body)
    case .leadChanged(let body): try encode(body)
    case .levelChanged(let body): try encode(body)
    case .corrected(let body): try encode(body)
    case .reminded(let body): try encode(body)
    case .escalated(let body): try encode(body)
    case .reopened(let body): try encode(body)
    case .closed(let body): try encode(body)
    case .noticed(let body): try encode(body)
    case .mended(let body): try encode(body)
    case .attached(let body): try encode(body)
    case .reported(let body): try encode(body)
    case .diverted(let body): try encode(body)
    case .alertRaised(let body): try encode(body)
    case .listed(let body): try encode(body)
    }
  }

  /// - Throws: what `decode` throws; `UnknownEventKind` for a kind of a newer version.
  public init(kind: String, decodeBody: BodyDecoder) throws {
    switch kind {
    case "taken": self = .taken(try decodeBody(Taken.self))
    case "duplicate_arrived": self = .duplicateArrived(try decodeBody(DuplicateArrived.self))
    case "linked": self = .linked(try decodeBody(Linked.self))
    case "assigned": self = .assigned(try decodeBody(Assignment.self))
    case "accepted": self = .accepted(try decodeBody(Accepted.self))
    case "taken_back": self = .takenBack(try decodeBody(ItemStep.self))
    case "contacted": self = .contacted(try decodeBody(Contacted.self))
    case "resolved": self = .resolved(try decodeBody(Answered.self))
    case "answered": self = .answered(try decodeBody(Answered.self))
    case "returned": self = .returned(try decodeBody(Returned.self))
    case "requested": self = .requested(try decodeBody(Requested.self))
    case "decided": self = .decided(try decodeBody(Decided.self))
    case "noted": self = .noted(try decodeBody(Noted.self))
    case "ended": self = .ended(try decodeBody(Ended.self))
    case "deadline_set": self = .deadlineSet(try decodeBody(DeadlineSet.self))
    case "deadline_ended": self = .deadlineEnded(try decodeBody(DeadlineEnded.self))
    case "paused": self = .paused(try decodeBody(Paused.self))
    case "resumed": self = .resumed(try decodeBody(Resumed.self))
    case "lead_changed": self = .leadChanged(try decodeBody(LeadChanged.self))
    case "level_changed": self = .levelChanged(try decodeBody(LevelChanged.self))
    case "corrected": self = .corrected(try decodeBody(Corrected.self))
    case "reminded": self = .reminded(try decodeBody(Reminded.self))
    case "escalated": self = .escalated(try decodeBody(Escalated.self))
    case "reopened": self = .reopened(try decodeBody(Reopened.self))
    case "closed": self = .closed(try decodeBody(Closed.self))
    case "noticed": self = .noticed(try decodeBody(Noticed.self))
    case "mended": self = .mended(try decodeBody(Mended.self))
    case "attached": self = .attached(try decodeBody(Attached.self))
    case "reported": self = .reported(try decodeBody(Contacted.self))
    case "diverted": self = .diverted(try decodeBody(Diverted.self))
    case "alert_raised": self = .alertRaised(try decodeBody(AlertRaised.self))
    case "listed": self = .listed(try decodeBody(Listed.self))
    default: throw UnknownEventKind(kind: kind)
    }
  }

  /// Decodes the body's bytes as the type asked for.
  public struct BodyDecoder {
    private let decode: (any Decodable.Type) throws -> any Decodable
    public init(_ decode: @escaping (any Decodable.Type) throws -> any Decodable) { self.decode = decode }
    func callAsFunction<T: Decodable>(_ type: T.Type) throws -> T {
      guard let body = try decode(type) as? T else { throw UnknownEventKind(kind: "\(type)") }
      return body
    }
  }
}

/// The ledger holds an event that this version does not know: it was written by a newer one.
public struct UnknownEventKind: Error, Sendable, Equatable {
  public let kind: String
}
