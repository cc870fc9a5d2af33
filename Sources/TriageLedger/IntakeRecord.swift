public import TriageCore

/// One thing of the inbox, ready to be recorded: where it lay, its bytes, the cases in it.
public struct IntakeRecord: Sendable {
  /// What will be removed from the inbox after the hand-over; nil for a case that did not come as a file.
  public var inbox: InboxFile?
  public var original: Original
  public var attachments: [Attachment]
  /// In the order of the file. Empty when every part of the file was refused: the file is still kept and removed.
  public var cases: [PreparedCase]

  /// A file that came with a case, under the name it had.
  public struct Attachment: Sendable, Equatable {
    public var name: String
    public var original: Original
    public init(name: String, original: Original) {
      self.name = name
      self.original = original
    }
  }

  public init(
    inbox: InboxFile?, original: Original, attachments: [Attachment] = [], cases: [PreparedCase]
  ) {
    self.inbox = inbox
    self.original = original
    self.attachments = attachments
    self.cases = cases
  }
}

/// The bytes of a case as they came.
public struct Original: Sendable, Equatable {
  /// Hex, lower case.
  public var sha256: String
  public var size: Int
  /// Nil: they lie in `state/files` already, fsynced (`OriginalStore.store`).
  public var bytes: [UInt8]?
  public init(sha256: String, size: Int, bytes: [UInt8]?) {
    self.sha256 = sha256
    self.size = size
    self.bytes = bytes
  }
}

/// The identity of a file or folder of the inbox: what the removal checks, and what tells a file that was recorded
/// and not yet removed from a new one.
public struct InboxFile: Hashable, Sendable, Codable {
  /// Relative to the inbox. Bytes, since names need not be UTF-8.
  public var path: [UInt8]
  public var device: UInt64
  public var inode: UInt64
  public var size: Int64
  public var mtimeNanos: Int64
  public var isFolder: Bool

  public init(
    path: [UInt8], device: UInt64, inode: UInt64, size: Int64, mtimeNanos: Int64, isFolder: Bool = false
  ) {
    self.path = path
    self.device = device
    self.inode = inode
    self.size = size
    self.mtimeNanos = mtimeNanos
    self.isFolder = isFolder
  }

  public init(
    path: String, device: UInt64, inode: UInt64, size: Int64, mtimeNanos: Int64, isFolder: Bool = false
  ) {
    self.init(
      path: Array(path.utf8), device: device, inode: inode, size: size, mtimeNanos: mtimeNanos,
      isFolder: isFolder)
  }

  /// Whatever number the machine gives to the file system, which changes with each mount and each start.
  public static func == (one: InboxFile, other: InboxFile) -> Bool {
    one.inode == other.inode && one.size == other.size && one.mtimeNanos == other.mtimeNanos
      && one.isFolder == other.isFolder && one.path == other.path
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(inode)
    hasher.combine(mtimeNanos)
    hasher.combine(path)
  }

  /// Names the removal in the outbox; `Ledger.deferDone` takes it. Printable ASCII, one for each identity.
  public var key: String {
    var key = "\(Self.keyPrefix)\(device)/\(inode)/\(size)/\(mtimeNanos)/"
    for byte in path {
      if byte > 0x20, byte < 0x7f, byte != UInt8(ascii: "%") {
        key.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        key += "%" + Hex.string([byte])
      }
    }
    return key
  }

  static let keyPrefix = "remove/"
}

/// One case of a record, decided as if it were the first of its matter, with its event encoded (`Ledger.encode(.taken(…))`, made in parallel).
public struct PreparedCase: Sendable {
  public var taken: CaseEvent.Taken
  public var body: [UInt8]
  public var clues: MatterClues
  public init(taken: CaseEvent.Taken, body: [UInt8], clues: MatterClues) {
    self.taken = taken
    self.body = body
    self.clues = clues
  }
}

/// What became of one prepared case.
public enum IntakeOutcome: Sendable, Equatable {
  case taken(CaseID)
  /// No second case; the arrival is an event of the first.
  case duplicate(of: CaseID)

  public var caseID: CaseID {
    switch self {
    case .taken(let id), .duplicate(let id): id
    }
  }
}
