import Glibc

/// Reads whole files of the daemon's own: configuration, forms, notes. Never follows a link in the last place.
enum FileBytes {
  /// Nil, with `errno` set, where the file cannot be read, is no regular file (EINVAL) or is too large (EFBIG).
  static func read(path: String, limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer {
      let reason = errno
      close(descriptor)
      errno = reason
    }
    return read(descriptor: descriptor, limit: limit)
  }

  static func read(descriptor: Int32, limit: Int) -> [UInt8]? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else {
      errno = EINVAL
      return nil
    }
    guard status.st_size <= limit else {
      errno = EFBIG
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
    var filled = 0
    while true {
      let count = bytes.withUnsafeMutableBytes { room in
        Glibc.read(descriptor, room.baseAddress?.advanced(by: filled), room.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      filled += count
      // It grew while it was read: another look will see it whole.
      if filled == bytes.count {
        guard filled <= limit else {
          errno = EFBIG
          return nil
        }
        bytes.append(contentsOf: [UInt8](repeating: 0, count: 4096))
      }
    }
    bytes.removeSubrange(filled...)
    return bytes
  }
}
