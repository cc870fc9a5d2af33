/// What events say about the items of a case and what departments did with them.
extension CaseEvent {
  public struct Accepted: Sendable, Equatable, Codable {
    public var item: ItemKey
    /// The item went straight from `new/` to `done/` or `returned/`.
    public var implied: Bool
    public init(item: ItemKey, implied: Bool) {
      self.item = item
      self.implied = implied
    }
  }

  public struct ItemStep: Sendable, Equatable, Codable {
    public var item: ItemKey
    public init(item: ItemKey) { self.item = item }
  }

  public struct Contacted: Sendable, Equatable, Codable {
    public var by: DepartmentID
    public var text: String
    public init(by: DepartmentID, text: String) {
      self.by = by
      self.text = text
    }
  }

  /// A filled-in form that was taken.
  public struct Answered: Sendable, Equatable, Codable {
    public var item: ItemKey
    public var reply: Reply
    public var approval: ItemKey?
    public init(item: ItemKey, reply: Reply, approval: ItemKey? = nil) {
      self.item = item
      self.reply = reply
      self.approval = approval
    }
  }

  /// The lead gave the case back (退回).
  public struct Returned: Sendable, Equatable, Codable {
    public var item: ItemKey
    public var by: DepartmentID
    public var reason: ReasonID
    public var text: String
    public var adjudication: ItemKey
    public init(item: ItemKey, by: DepartmentID, reason: ReasonID, text: String, adjudication: ItemKey) {
      self.item = item
      self.by = by
      self.reason = reason
      self.text = text
      self.adjudication = adjudication
    }
  }

  /// A request that waits for an approval.
  public struct Requested: Sendable, Equatable, Codable {
    public var request: Request
    /// The item that decides it.
    public var approval: ItemKey
    public init(request: Request, approval: ItemKey) {
      self.request = request
      self.approval = approval
    }
  }

  public struct Decided: Sendable, Equatable, Codable {
    public var request: Request
    public var granted: Bool
    public var by: DepartmentID
    public var reason: String
    public init(request: Request, granted: Bool, by: DepartmentID, reason: String) {
      self.request = request
      self.granted = granted
      self.by = by
      self.reason = reason
    }
  }

  /// A remark for the timeline (备注).
  public struct Noted: Sendable, Equatable, Codable {
    public var by: DepartmentID?
    public var text: String
    public init(by: DepartmentID?, text: String) {
      self.by = by
      self.text = text
    }
  }

  /// An assignment is over; its item goes to `closed/`.
  public struct Ended: Sendable, Equatable, Codable {
    public enum Why: String, Sendable, Codable {
      case answered, resolved, replaced, returned, withdrawn, merged, closed, decided, diverted
    }
    public var item: ItemKey
    public var why: Why
    /// What was typed into it and not handed in.
    public var typed: String?
    public init(item: ItemKey, why: Why, typed: String? = nil) {
      self.item = item
      self.why = why
      self.typed = typed
    }
  }

  public struct Attached: Sendable, Equatable, Codable {
    public var by: DepartmentID
    /// As the department named it.
    public var name: String
    /// Hex; the bytes are among the originals.
    public var sha256: String
    /// Bytes.
    public var size: Int
    public init(by: DepartmentID, name: String, sha256: String, size: Int) {
      self.by = by
      self.name = name
      self.sha256 = sha256
      self.size = size
    }
  }

  /// A queue was put right after what happened in it.
  public struct Mended: Sendable, Equatable, Codable {
    public enum What: String, Sendable, Codable {
      /// The item was gone and delivered again.
      case redelivered
      /// It lay in another department's folder and was put back.
      case putBack
      /// A copy went to `closed/`.
      case copyClosed
      /// The form was not valid and the item put back.
      case formRefused
    }
    public var item: ItemKey
    public var what: What
    public init(item: ItemKey, what: What) {
      self.item = item
      self.what = what
    }
  }
}
