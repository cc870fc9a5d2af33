import CLinux
import Glibc

/// How the daemon of a root is, for the commands that only look.
///
/// A running daemon says it by record locks on `state/lock`: for each sign it holds as many bytes, from a place of the
/// sign's own, as the number and one more. That needs no room on the disk, so that the daemon can say that there is
/// none, or that the disk may not be written any more; and what a dead daemon said is gone with it. Where none runs,
/// `state/metrics.prom` holds what the last one left.
public struct DaemonHealth: Sendable, Equatable {
  public var isRunning: Bool
  public var isIntakePaused: Bool
  public var areRulesRefused: Bool
  public var queuesGone: Int
  public var queuesHung: Int
  public var queuesFailing: Int
  /// Files of the inbox that have been written to, or bear the names of unfinished ones, for minutes.
  public var inboxWaiting: Int
  /// Folders of the root whose mounts are gone, by their names.
  public var foldersGone: [String]
  /// When it last looked at all folders, seconds since 1970; nil: not yet.
  public var lastScan: Int64?

  /// What a daemon says of itself. The numbers are places in the lock file and never change.
  enum Sign: Int64, CaseIterable {
    case intakePaused = 1
    case rulesRefused = 2
    case queuesGone = 3
    case queuesHung = 4
    case lastScan = 5
    case inboxGone = 6
    case setAsideGone = 7
    case reportsGone = 8
    case channelsGone = 9
    case queuesFailing = 10
    case inboxWaiting = 11

    var start: Int64 { rawValue * DaemonHealth.room }

    var gauge: Metrics.Gauge {
      switch self {
      case .intakePaused: .intakePaused
      case .rulesRefused: .rulesRefused
      case .queuesGone: .queuesGone
      case .queuesHung: .queuesHung
      case .lastScan: .lastScan
      case .inboxGone: .inboxGone
      case .setAsideGone: .setAsideGone
      case .reportsGone: .reportsGone
      case .channelsGone: .channelsGone
      case .queuesFailing: .queuesFailing
      case .inboxWaiting: .filesStillWritten
      }
    }
  }

  /// Bytes between the places of two signs: wide enough for seconds since 1970.
  static let room: Int64 = 1 << 40

  public init(of layout: RootLayout) {
    let descriptor = clinux_openat(AT_FDCWD, layout.lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0)
    defer { if descriptor >= 0 { close(descriptor) } }
    let isRunning = descriptor >= 0 && clinux_ofd_locked(descriptor, 0, 1) > 0
    let file = MetricsFile.read(layout.metrics)
    func value(_ sign: Sign) -> Int64 {
      let held = isRunning ? clinux_ofd_locked(descriptor, sign.start, Self.room) : 0
      // A daemon that is just starting has said nothing yet; one of an older version holds the whole file.
      if held > 0, held < Self.room { return held - 1 }
      return file[sign.gauge.rawValue].map { Int64($0) } ?? 0
    }
    self.isRunning = isRunning
    isIntakePaused = value(.intakePaused) == 1
    areRulesRefused = value(.rulesRefused) == 1
    queuesGone = Int(value(.queuesGone))
    queuesHung = Int(value(.queuesHung))
    queuesFailing = Int(value(.queuesFailing))
    inboxWaiting = Int(value(.inboxWaiting))
    let folders: [(String, Sign)] = [
      ("inbox", .inboxGone), ("set-aside", .setAsideGone), ("reports", .reportsGone),
    ]
    // Which of its folders they are is in the log, and `fsck` names them.
    foldersGone = folders.filter { value($0.1) == 1 }.map(\.0)
    if value(.channelsGone) > 0 { foldersGone.append("inbox/*") }
    let scan = value(.lastScan)
    lastScan = scan > 0 ? scan : nil
  }
}

/// The values of `state/metrics.prom`.
enum MetricsFile {
  static func read(_ path: String) -> [String: Double] {
    guard let bytes = FileBytes.read(path: path, limit: 1 << 20) else { return [:] }
    var values: [String: Double] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: " ")
      if parts.count == 2 { values[String(parts[0])] = Double(parts[1]) }
    }
    return values
  }
}
