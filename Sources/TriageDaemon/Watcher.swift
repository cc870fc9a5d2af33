import Glibc

/// inotify on the folders that people and systems write into. It only says "look now" (promise 10): lost events,
/// overflow and shares without events cost no more than the time until the next scan.
final class Watcher {
  let descriptor: Int32
  private var folders: [Int32: String] = [:]
  private var watched: [String: Int32] = [:]

  init() {
    descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Watches exactly these folders from now on. A folder that cannot be watched is left to the scan.
  func watch(_ paths: Set<String>) {
    guard descriptor >= 0 else { return }
    for (path, watch) in watched where !paths.contains(path) {
      inotify_rm_watch(descriptor, watch)
      watched[path] = nil
      folders[watch] = nil
    }
    // IN_CREATE: link(2) raises neither IN_CLOSE_WRITE nor IN_MOVED_TO.
    let mask = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ONLYDIR)
    for path in paths where watched[path] == nil {
      let watch = inotify_add_watch(descriptor, path, mask)
      guard watch >= 0 else { continue }
      watched[path] = watch
      folders[watch] = path
    }
  }

  /// The folders in which something happened since the last call; nil when events were lost and all must be looked at.
  func drain() -> Set<String>? {
    guard descriptor >= 0 else { return [] }
    var touched: Set<String> = []
    var overflow = false
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      var offset = 0
      buffer.withUnsafeBytes { bytes in
        while offset + MemoryLayout<inotify_event>.size <= count {
          let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          offset += MemoryLayout<inotify_event>.size + Int(event.len)
          if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { overflow = true }
          if event.mask & UInt32(IN_IGNORED) != 0, let path = folders.removeValue(forKey: event.wd) {
            watched[path] = nil
          } else if let path = folders[event.wd] {
            touched.insert(path)
          }
        }
      }
    }
    return overflow ? nil : touched
  }
}
