public import TriageCore
public import TriageLedger

/// What one look at the inbox found.
public struct InboxSnapshot: Sendable {
  /// Complete files and case folders, the oldest first.
  public var ready: [InboxCandidate] = []
  /// What can never be taken in, to be set aside as it is.
  public var oddities: [InboxOddity] = []
  /// Channel folders that could not be listed, each reported when it begins and when it changes.
  public var unreadable: [UnreadableFolder] = []
  /// Entries that may still be written to, and names that wait.
  public var waiting: [InboxWait] = []
  /// When something that waits may be ready, if nothing happens to it until then; by the clock of the scan.
  public var nextLook: Int64?

  /// A channel that gave no listing.
  public struct UnreadableFolder: Sendable, Equatable {
    public var channel: ChannelID
    /// errno(3).
    public var code: Int32
  }
}

/// An entry that is not taken in yet.
public struct InboxWait: Sendable, Equatable {
  /// Why it waits.
  public enum Reason: Sendable {
    case settling
    /// Somebody has it open for writing.
    case written
    /// It bears the name of a file that is still being brought here, or a file in its case folder does.
    case upload
    /// It bears a name that programs give to files of their own.
    case named
  }
  /// Below the inbox, for logs.
  public var shownPath: String
  public var reason: Reason
  /// It has waited for very long by now; said once.
  public var isOverdue: Bool
}

/// An entry of the inbox, as it was seen: which folder, which name, which file.
public struct InboxCandidate: Sendable {
  public let channel: ChannelID
  /// Identity, with the path relative to the inbox.
  public let file: InboxFile
  /// Held open, so that a channel folder that is swapped for a link leads nowhere.
  let folder: OpenFolder
  let name: EntryName
  let entry: InboxEntry
  /// Of a case folder: what lay in it.
  let contents: [InboxContent]

  /// `file`, and what an earlier version recorded of it.
  var files: [InboxFile] {
    InboxIdentity.all(path: file.path, entry.stamp, contents: contents, isFolder: file.isFolder)
  }

  /// The path below the inbox for logs and reasons.
  public var shownPath: String { EntryName(bytes: file.path).shown }
}

/// One file in a case folder.
struct InboxContent: Sendable, Hashable {
  let name: EntryName
  let stamp: FileStamp
}

/// An entry that can never be a case, and why.
public struct InboxOddity: Sendable {
  public let candidate: InboxCandidate
  public let refusal: IntakeRefusal
}
