import Glibc
public import Logging
public import TriageCore

/// The daemon's log: one line a transition, case id first, stable keys, never a citizen's words or contact data.
///
/// Lines go to standard error; under systemd they carry the priority prefix of sd-daemon(3) and no time of their own.
public struct Journal: Sendable {
  private let logger: Logger
  public let language: Language

  public init(level: Logger.Level, language: Language) {
    self.language = language
    var logger = Logger(label: "triaged") { _ in StandardErrorLog() }
    logger.logLevel = level
    self.logger = logger
  }

  /// A message is made only where it is written: of most transitions there is one for each case.
  public func debug(
    _ message: @autoclosure () -> Message, _ values: @autoclosure () -> [String: String] = [:]
  ) {
    write(.debug, message, values)
  }
  public func info(
    _ message: @autoclosure () -> Message, _ values: @autoclosure () -> [String: String] = [:]
  ) {
    write(.info, message, values)
  }
  public func notice(
    _ message: @autoclosure () -> Message, _ values: @autoclosure () -> [String: String] = [:]
  ) {
    write(.notice, message, values)
  }
  public func warning(
    _ message: @autoclosure () -> Message, _ values: @autoclosure () -> [String: String] = [:]
  ) {
    write(.warning, message, values)
  }
  public func error(
    _ message: @autoclosure () -> Message, _ values: @autoclosure () -> [String: String] = [:]
  ) {
    write(.error, message, values)
  }

  /// Whether transitions are written at all.
  var writesTransitions: Bool { logger.logLevel <= .info }

  private func write(_ level: Logger.Level, _ message: () -> Message, _ values: () -> [String: String]) {
    guard logger.logLevel <= level else { return }
    var values = values()
    // People name files after those who bring them.
    values["file"] = values["file"].map(PrivateNumbers.masked)
    logger.log(level: level, "\(message()[language])", metadata: values.mapValues { .string($0) })
  }
}

/// Writes each entry as one line with one write(2), so that lines of several threads never mix.
struct StandardErrorLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info
  private let underJournal = getenv("JOURNAL_STREAM") != nil

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let keys = metadata.merging(event.metadata ?? [:]) { $1 }
    var line = underJournal ? "<\(priority(event.level))>" : "\(Self.time()) \(event.level) "
    if let id = keys["case"] { line += "\(id) " }
    line += "\(event.message)"
    for (key, value) in keys.sorted(by: { $0.key < $1.key }) where key != "case" {
      line += " \(key)=\(value)"
    }
    let bytes = Array((Self.printable(line) + "\n").utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }

  /// The numbers of syslog(3).
  private func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }

  private static func time() -> String {
    Instant(seconds: Int64(Glibc.time(nil))).iso8601(in: .utc)
  }

  /// Control and direction characters would let a file name forge lines or hide text.
  static func printable(_ text: String) -> String {
    var writer = TextWriter()
    writer.visible(String(text.unicodeScalars.prefix(4_000)))
    return writer.text
  }
}
