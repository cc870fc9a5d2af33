import Glibc
import Logging
public import TriageCore
import TriageRules

extension Configuration {
  /// One thing wrong with a configuration file, and where.
  public struct Problem: Sendable, Equatable {
    public var place: SourcePlace
    public var message: Message
  }

  /// Everything that is wrong with a configuration file, by place. The program ends with status 78.
  public struct Problems: Error, Sendable, Equatable {
    public var list: [Problem]
  }

  /// Reads the file over the defaults; an unknown key is an error, as everywhere.
  ///
  /// - Throws: all problems at once; what is right has been set nevertheless.
  public mutating func read(file: String) throws(Problems) {
    var reader = ConfigurationReader(file: file)
    reader.read(into: &self)
    guard reader.problems.isEmpty else { throw Problems(list: reader.problems) }
  }
}

/// The path from `triaged.yaml` to a configuration. It stops at nothing but a text that is no YAML.
private struct ConfigurationReader {
  let file: String
  private(set) var problems: [Configuration.Problem] = []

  private static let keys = ["root", "rules", "language", "settle", "rescan", "log"]
  private static let settleKeys = ["inbox", "channels", "queues", "reply", "rules"]

  init(file: String) { self.file = file }

  mutating func read(into configuration: inout Configuration) {
    let start = YamlMark(line: 1, column: 1)
    guard let bytes = FileBytes.read(path: file, limit: 1 << 20) else {
      return add(start, .configurationUnreadable(SystemFault(errno)))
    }
    let document: YamlDocument
    do {
      document = try YamlReader.read(bytes, limits: .ruleFile)
    } catch {
      return add(error.mark, .configurationNotYAML(error.message))
    }
    guard let root = document.root, !root.isNull else { return }
    guard let entries = root.entries else { return add(root.mark, .configurationNotMapping) }
    for entry in entries { set(entry, in: &configuration) }
  }

  private mutating func add(_ mark: YamlMark, _ message: Message) {
    problems.append(
      Configuration.Problem(
        place: SourcePlace(file: file, line: mark.line, column: mark.column), message: message))
  }

  private mutating func set(_ entry: YamlEntry, in configuration: inout Configuration) {
    switch entry.key {
    case "root": if let path = text(entry) { configuration.root = path }
    case "rules": if let path = text(entry) { configuration.rules = path }
    case "language":
      if let language = one(of: Language.allCases, entry) { configuration.language = language }
    case "log": if let level = one(of: Logger.Level.allCases, entry) { configuration.logLevel = level }
    // Without a pause the daemon would look at all folders for ever.
    case "rescan": if let seconds = seconds(entry, atLeast: 1) { configuration.rescan = seconds }
    case "settle": settle(entry, in: &configuration)
    default: unknown(entry, among: Self.keys)
    }
  }

  private mutating func settle(_ entry: YamlEntry, in configuration: inout Configuration) {
    guard let entries = entry.value.entries else {
      return add(entry.value.mark, .configurationWantsMapping(entry.key, keys: Self.settleKeys))
    }
    for entry in entries {
      switch entry.key {
      case "inbox": if let seconds = seconds(entry) { configuration.settleInbox = seconds }
      case "channels": channels(entry, in: &configuration)
      case "queues": if let seconds = seconds(entry) { configuration.settleQueues = seconds }
      case "reply": if let seconds = seconds(entry) { configuration.settleReply = seconds }
      case "rules": if let seconds = seconds(entry) { configuration.settleRules = seconds }
      default: unknown(entry, among: Self.settleKeys)
      }
    }
  }

  private mutating func channels(_ entry: YamlEntry, in configuration: inout Configuration) {
    guard let entries = entry.value.entries else {
      return add(entry.value.mark, .configurationWantsChannels(entry.key))
    }
    for entry in entries {
      if let seconds = seconds(entry) { configuration.settleChannels[ChannelID(entry.key)] = seconds }
    }
  }

  private mutating func unknown(_ entry: YamlEntry, among known: [String]) {
    let near = Suggestion.nearest(to: entry.key, among: known)
    add(entry.keyMark, .configurationUnknownKey(entry.key, known: known, near: near))
  }

  private mutating func text(_ entry: YamlEntry) -> String? {
    if let text = entry.value.text, !text.isEmpty, !entry.value.isNull { return text }
    add(entry.value.mark, .configurationWantsText(entry.key))
    return nil
  }

  private mutating func one<Choice: RawRepresentable<String>>(of choices: [Choice], _ entry: YamlEntry)
    -> Choice?
  {
    if let choice = entry.value.text.flatMap(Choice.init(rawValue:)) { return choice }
    add(entry.value.mark, .configurationWantsOneOf(entry.key, choices.map(\.rawValue)))
    return nil
  }

  /// `2s`, `5min`, `1h`, 2秒, 5分钟, 1小时: wall-clock times, unlike the limits of rules.
  private mutating func seconds(_ entry: YamlEntry, atLeast least: Int = 0) -> Int? {
    let units = [("min", 60), ("s", 1), ("h", 3600), ("分钟", 60), ("秒", 1), ("小时", 3600)]
    if let text = entry.value.text {
      for (unit, factor) in units where text.hasSuffix(unit) {
        if let count = Int(ValueReading.trimmed(String(text.dropLast(unit.count)))),
          (least...100_000).contains(count)
        {
          return count * factor
        }
      }
    }
    add(entry.value.mark, .configurationWantsSeconds(entry.key, atLeast: least))
    return nil
  }
}
