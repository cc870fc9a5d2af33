import Glibc

extension MountTable {
  static func isLink(_ path: String) -> Bool {
    var found = stat()
    return lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether a path is a mount point, or a link; nil where the table could not be read, so that nobody knows.
  static func isElsewhere(_ path: String, _ mounts: Set<String>?) -> Bool? {
    // The table first: a share that does not answer hangs whoever asks it what it is.
    if mounts?.contains(path) == true || isLink(path) { return true }
    return mounts == nil ? nil : false
  }
}
