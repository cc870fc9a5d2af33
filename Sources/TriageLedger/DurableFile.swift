import CLinux
import Glibc
import TriageCore

/// Files that are on the disk when the call returns: write to a temporary name, fsync, rename, fsync the folder.
///
/// A failed fsync is not tried again on the same descriptor, since the kernel may have dropped the pages: the file
/// is removed and the error goes up.
enum DurableFile {
  static func read(_ path: String) throws(LedgerError) -> [UInt8] {
    let file = try Descriptor(path, O_RDONLY | O_CLOEXEC)
    var bytes: [UInt8] = []
    try file.forEachChunk { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Writes a new file; one of that name is replaced.
  static func write(_ bytes: [UInt8], to path: String) throws(LedgerError) {
    let temporary = path + ".partial"
    do throws(LedgerError) {
      let file = try Descriptor(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode: 0o640)
      try bytes.withUnsafeBufferPointer { (buffer) throws(LedgerError) in
        try file.write(UnsafeRawBufferPointer(buffer))
      }
      try file.sync()
      try rename(temporary, to: path)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Copies a file durably under a name that must be free.
  static func copy(_ source: String, to path: String) throws(LedgerError) {
    if exists(path) { throw .alreadyThere(path) }
    let temporary = path + ".partial"
    do throws(LedgerError) {
      let input = try Descriptor(source, O_RDONLY | O_CLOEXEC)
      let output = try Descriptor(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode: 0o640)
      try input.forEachChunk { (chunk) throws(LedgerError) in try output.write(chunk) }
      try output.sync()
      try rename(temporary, to: path)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Makes the content of a file durable that somebody else wrote.
  static func sync(_ path: String) throws(LedgerError) {
    try Descriptor(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC).sync()
  }

  static func rename(_ from: String, to path: String) throws(LedgerError) {
    if Glibc.rename(from, path) != 0 { throw LedgerError.system("rename", path) }
    try syncFolder(parent(of: path))
  }

  /// A second name for a file, which must be free.
  static func link(_ path: String, as name: String) throws(LedgerError) {
    if Glibc.link(path, name) != 0 { throw LedgerError.system("link", name) }
    try syncFolder(parent(of: name))
  }

  static func syncFolder(_ path: String) throws(LedgerError) {
    try Descriptor(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC).sync()
  }

  /// Makes the folder and makes its entry durable; one that exists is left as it is.
  static func makeFolder(_ path: String) throws(LedgerError) {
    if mkdir(path, 0o750) == 0 { return try syncFolder(parent(of: path)) }
    if errno != EEXIST { throw LedgerError.system("mkdir", path) }
  }

  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// The names in a folder without `.` and `..`; empty where there is no folder.
  static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension LedgerError {
  /// The error of the system call that just failed, from errno.
  static func system(_ call: String, _ path: String) -> LedgerError {
    system(call, path, errno)
  }

  static func system(_ call: String, _ path: String, _ code: Int32) -> LedgerError {
    let fault = SystemFault(code)
    if fault.isShortage { return .shortage(fault, path: path) }
    switch code {
    case ENOSPC, EDQUOT: return .diskFull(path)
    case EROFS: return .readOnly(path)
    case EACCES, EPERM: return .notPermitted(path)
    case ENOENT: return .missing(path)
    default: return .io(path: path, detail: fault.message(of: call))
    }
  }
}

extension DurableFile {
  /// Why SQLite could not open a database or what belongs to it; it says no more than that it could not.
  static func whyNotOpened(_ path: String) -> LedgerError {
    // The database, its log, its shared memory and its journal.
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    for _ in 0..<4 {
      let descriptor = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else { return LedgerError.system("open", path) }
      opened.append(descriptor)
    }
    return .notPermitted(path)
  }
}
