import Glibc

/// Tells systemd what the daemon is doing: sd_notify(3) over the socket in NOTIFY_SOCKET, without libsystemd.
///
/// Says nothing, and costs nothing, where there is no such socket.
public struct Notifier: Sendable {
  private let path: String?
  /// Seconds between keep-alive messages that the watchdog needs, half of WATCHDOG_USEC; nil: no watchdog.
  public let watchdogInterval: Double?

  public init() {
    path = Self.environment("NOTIFY_SOCKET")
    let forUs = Self.environment("WATCHDOG_PID").map { $0 == String(getpid()) } ?? true
    watchdogInterval =
      forUs ? Self.environment("WATCHDOG_USEC").flatMap(Double.init).map { $0 / 2_000_000 } : nil
  }

  /// The start, or a reload, is over.
  public func ready(status: String) { send("READY=1\nSTATUS=\(status)") }
  /// One line for `systemctl status`.
  public func status(_ text: String) { send("STATUS=\(text)") }
  /// The start goes on: it has another minute from now.
  public func starting() { send("EXTEND_TIMEOUT_USEC=60000000") }
  /// The end has begun.
  public func stopping() { send("STOPPING=1") }
  /// The watchdog is fed, where there is one.
  public func alive() { if watchdogInterval != nil { send("WATCHDOG=1") } }

  /// MONOTONIC_USEC is what Type=notify-reload of systemd 253 wants; 252 ignores it.
  public func reloading() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    send("RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private func send(_ text: String) {
    guard let path, !path.isEmpty else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { room in
      for (index, byte) in bytes.enumerated() where index < room.count { room[index] = byte }
      // An abstract socket is written with @ for the leading zero byte.
      if bytes.first == UInt8(ascii: "@") { room[0] = 0 }
    }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
    // One line, whatever the status holds: a line break would start another assignment.
    let message = Array(text.utf8)
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
        sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), plain, length)
      }
    }
  }
}
