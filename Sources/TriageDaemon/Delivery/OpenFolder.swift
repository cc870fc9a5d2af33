import CLinux
import Glibc
import TriageCore

/// What a file system call refused; the daemon logs it and tries again later, nothing is lost by it.
struct FileFailure: Error, Sendable, Equatable {
  let call: String
  /// errno(3).
  let code: Int32

  var takesNothing: Bool { code == ENOSPC || code == EDQUOT || code == EROFS }
  var isOfPermission: Bool { code == EACCES || code == EPERM }
  /// It speaks of one folder: that may not be entered, or something else lies in its place.
  var isOfOneFolder: Bool { isOfPermission || code == ENOTDIR || code == ELOOP }
  /// The folder is not there, or its share is dead.
  var isOfAbsence: Bool { [ENOENT, ENOTCONN, ESTALE, ENODEV, EHOSTDOWN].contains(code) }
}

/// Identity and content stamp of a file: what must be the same for the file to be the one seen.
struct FileStamp: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64
  var size: Int64
  var mtimeNanos: Int64
  var ctimeNanos: Int64
  let isRegular: Bool
  let isFolder: Bool

  init(_ st: stat) {
    device = UInt64(st.st_dev)
    inode = UInt64(st.st_ino)
    size = Int64(st.st_size)
    mtimeNanos = Int64(st.st_mtim.tv_sec) * 1_000_000_000 + Int64(st.st_mtim.tv_nsec)
    ctimeNanos = Int64(st.st_ctim.tv_sec) * 1_000_000_000 + Int64(st.st_ctim.tv_nsec)
    isRegular = st.st_mode & S_IFMT == S_IFREG
    isFolder = st.st_mode & S_IFMT == S_IFDIR
  }

  func isSameFile(as other: FileStamp) -> Bool { device == other.device && inode == other.inode }
  func isUnchanged(from other: FileStamp) -> Bool {
    isSameFile(as: other) && size == other.size && mtimeNanos == other.mtimeNanos
  }
}

/// An open directory: everything below a queue is reached from here by name, never by a path that somebody could
/// turn into a link (openat(2), `O_NOFOLLOW`). Confined to the thread that opened it.
final class OpenFolder {
  let descriptor: Int32

  /// Follows links: for the folder of a department, which only the administrator can replace.
  init(path: String) throws(FileFailure) {
    descriptor = clinux_openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw FileFailure(call: "open", code: errno) }
  }

  init(_ name: String, in parent: OpenFolder) throws(FileFailure) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    descriptor = clinux_openat(parent.descriptor, name, flags, 0)
    guard descriptor >= 0 else { throw FileFailure(call: "openat", code: errno) }
  }

  /// Of any name, UTF-8 or not.
  init(_ name: EntryName, in parent: OpenFolder) throws(FileFailure) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    descriptor = name.withPath { clinux_openat(parent.descriptor, $0, flags, 0) }
    guard descriptor >= 0 else { throw FileFailure(call: "openat", code: errno) }
  }

  deinit { close(descriptor) }

  func stamp() throws(FileFailure) -> FileStamp {
    var st = stat()
    guard fstat(descriptor, &st) == 0 else { throw FileFailure(call: "fstat", code: errno) }
    return FileStamp(st)
  }

  /// The entry itself, not what it points to; nil when there is none.
  func stamp(of name: EntryName) throws(FileFailure) -> FileStamp? {
    var st = stat()
    let result = name.withPath { fstatat(descriptor, $0, &st, AT_SYMLINK_NOFOLLOW) }
    if result == 0 { return FileStamp(st) }
    if errno == ENOENT { return nil }
    throw FileFailure(call: "fstatat", code: errno)
  }

  /// All names but `.` and `..`, in the folder's order.
  func names() throws(FileFailure) -> [EntryName] {
    // A new description: readdir(3) moves the offset of the one it reads.
    let copy = clinux_openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard copy >= 0 else { throw FileFailure(call: "openat", code: errno) }
    guard let stream = fdopendir(copy) else {
      let code = errno
      close(copy)
      throw FileFailure(call: "fdopendir", code: code)
    }
    defer { closedir(stream) }
    var names: [EntryName] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: UInt8.self)
      let bytes = Array(UnsafeBufferPointer(start: start, count: strlen(start.withCChars)))
      if bytes != [46] && bytes != [46, 46] { names.append(EntryName(bytes: bytes)) }
    }
    // readdir(3) tells an error from the end by errno alone; a listing cut short would look like deletions.
    guard errno == 0 else { throw FileFailure(call: "readdir", code: errno) }
    return names
  }

  /// Makes the folder unless it is there; says whether it was made. The mode is narrowed by the umask.
  @discardableResult
  func makeFolder(_ name: String, mode: mode_t = 0o770) throws(FileFailure) -> Bool {
    try makeFolder(EntryName(name), mode: mode)
  }

  @discardableResult
  func makeFolder(_ name: EntryName, mode: mode_t = 0o770) throws(FileFailure) -> Bool {
    if name.withPath({ mkdirat(descriptor, $0, mode) }) == 0 { return true }
    guard errno == EEXIST else { throw FileFailure(call: "mkdirat", code: errno) }
    return false
  }

  /// Makes names in this folder durable.
  func sync() throws(FileFailure) {
    guard fsync(descriptor) == 0 else { throw FileFailure(call: "fsync", code: errno) }
  }

  func remove(_ name: EntryName) throws(FileFailure) {
    guard name.withPath({ unlinkat(descriptor, $0, 0) }) == 0 || errno == ENOENT else {
      throw FileFailure(call: "unlinkat", code: errno)
    }
  }
}

extension OpenFolder {
  /// Removes an empty folder.
  func removeFolder(_ name: EntryName) throws(FileFailure) {
    guard name.withPath({ unlinkat(descriptor, $0, AT_REMOVEDIR) }) == 0 else {
      throw FileFailure(call: "unlinkat", code: errno)
    }
  }
}

extension UnsafePointer<UInt8> {
  fileprivate var withCChars: UnsafePointer<CChar> {
    UnsafeRawPointer(self).assumingMemoryBound(to: CChar.self)
  }
}
