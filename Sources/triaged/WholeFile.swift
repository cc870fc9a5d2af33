import Foundation

/// Files that the user names on the command line: links are followed, pipes read to their end.
enum WholeFile {
  /// Nil, with `errno` set, where the file cannot be read or is larger than `limit` bytes.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer {
      let reason = errno
      close(descriptor)
      errno = reason
    }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count == 0 { return all }
      guard count > 0 else { return nil }
      all += buffer[..<count]
      if all.count > limit {
        errno = EFBIG
        return nil
      }
    }
  }
}
