import Glibc
public import Logging
public import TriageCore
import TriageRules

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
    return Int64(longest) * Readiness.unseenPatience + Limits.onceWaitsFor
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

  /// What is wrong with a configuration file, and where. The program ends with status 78.
  public struct Problem: Error, Sendable {
    public var place: SourcePlace
    public var message: Message
  }

  /// Reads the file over the defaults; an unknown key is an error, as everywhere.
  public mutating func read(file: String) throws(Problem) {
    func problem(_ mark: YamlMark, _ message: Message) -> Problem {
      Problem(place: SourcePlace(file: file, line: mark.line, column: mark.column), message: message)
    }
    let start = YamlMark(line: 1, column: 1)
    guard let bytes = FileBytes.read(path: file, limit: 1 << 20) else {
      throw problem(start, .configurationUnreadable(String(cString: strerror(errno))))
    }
    let document: YamlDocument
    do {
      document = try YamlReader.read(bytes, limits: .ruleFile)
    } catch {
      throw problem(error.mark, .configurationNotYAML("\(error.reason)"))
    }
    guard let root = document.root, !root.isNull else { return }
    guard let entries = root.entries else { throw problem(root.mark, .configurationNotMapping) }
    for entry in entries {
      guard try set(entry, problem) else {
        throw problem(entry.keyMark, .configurationUnknownKey(entry.key, known: Self.keys))
      }
    }
  }

  private static let keys = ["root", "rules", "language", "settle", "rescan", "log"]
  private static let settleKeys = ["inbox", "channels", "queues", "reply", "rules"]

  private mutating func set(
    _ entry: YamlEntry, _ problem: (YamlMark, Message) -> Problem
  ) throws(Problem) -> Bool {
    let value = entry.value
    func text() throws(Problem) -> String {
      guard let text = value.text, !text.isEmpty else {
        throw problem(value.mark, .configurationWantsText(entry.key))
      }
      return text
    }
    switch entry.key {
    case "root": root = try text()
    case "rules": rules = try text()
    case "language":
      guard let language = Language(rawValue: try text()) else {
        throw problem(value.mark, .configurationWantsOneOf(entry.key, Language.allCases.map(\.rawValue)))
      }
      self.language = language
    case "log":
      guard let level = Logger.Level(rawValue: try text()) else {
        throw problem(value.mark, .configurationWantsOneOf(entry.key, Logger.Level.allCases.map(\.rawValue)))
      }
      logLevel = level
    case "rescan": rescan = try Self.seconds(entry, problem)
    case "settle":
      for inner in value.entries ?? [] {
        switch inner.key {
        case "inbox": settleInbox = try Self.seconds(inner, problem)
        case "queues": settleQueues = try Self.seconds(inner, problem)
        case "channels":
          guard let channels = inner.value.entries else {
            throw problem(inner.value.mark, .configurationWantsSeconds("channels"))
          }
          for channel in channels {
            settleChannels[ChannelID(channel.key)] = try Self.seconds(channel, problem)
          }
        case "reply": settleReply = try Self.seconds(inner, problem)
        case "rules": settleRules = try Self.seconds(inner, problem)
        default:
          throw problem(
            inner.keyMark, .configurationUnknownKey(inner.key, known: Self.settleKeys))
        }
      }
    default: return false
    }
    return true
  }

  /// `2s`, `5min`, `1h`: wall-clock times, unlike the limits of rules.
  private static func seconds(
    _ entry: YamlEntry, _ problem: (YamlMark, Message) -> Problem
  ) throws(Problem) -> Int {
    let units = [("min", 60), ("s", 1), ("h", 3600)]
    if let text = entry.value.text {
      for (unit, factor) in units where text.hasSuffix(unit) {
        if let count = Int(text.dropLast(unit.count)), (0...100_000).contains(count) { return count * factor }
      }
    }
    throw problem(entry.value.mark, .configurationWantsSeconds(entry.key))
  }
}
