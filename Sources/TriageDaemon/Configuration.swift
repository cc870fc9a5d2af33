public import Logging
public import TriageCore

/// What the operator sets: `triaged.yaml`, with the command line's options over it.
public struct Configuration: Sendable {
  /// The directory with `inbox/`, `queues/`, `state/`.
  public var root: String
  /// The rulebook's directory.
  public var rules: String?
  public var language: Language
  /// Seconds that an inbox file must lie unchanged before it is read.
  public var settleInbox: Int
  /// The same for the files of some channels.
  public var settleChannels: [ChannelID: Int] = [:]
  /// Seconds that a form, a request or a file beside an answer must lie unchanged; nil: as long as inbox files, but no
  /// longer than two seconds.
  public var settleQueues: Int?
  /// Seconds that a wrong reply form may be mended in place before it is put back.
  public var settleReply: Int
  /// Seconds that the rule directory must lie unchanged before a change is read.
  public var settleRules: Int
  /// Seconds between two looks at all folders.
  public var rescan: Int
  public var logLevel: Logger.Level
  /// States of cases held in memory at most, each some ten kilobytes.
  var casesKept = Limits.casesKept
  /// Whether folders are watched for what happens in them.
  var watches = true

  /// Nanoseconds that a file of a queue must lie unchanged.
  var settleQueueFiles: Int64 { Int64(settleQueues ?? min(settleInbox, 2)) * 1_000_000_000 }

  /// Seconds that `run --once` waits for what is not complete, when all else is done.
  var onceWaits: Int64 {
    let longest = ([settleInbox, settleQueues ?? 0] + settleChannels.values).max() ?? 0
    return Int64(longest) * Limits.unseenPatience + Limits.onceWaitsFor
  }

  public static let packagedRoot = "/var/lib/triaged"

  public init(language: Language) {
    root = Self.packagedRoot
    self.language = language
    settleInbox = 2
    settleReply = 300
    settleRules = 2
    rescan = 30
    logLevel = .info
  }
}
