import Glibc
import TriageCore

/// Reads the rule files of a directory tree, whole and once: what changes while it is read is read again.
///
/// Dot files, `*~`, `*.swp` and `*.md` are ignored; a dot folder too, as editors and version control keep them.
/// Links are followed, loops are found by device and inode. What desktops leave behind by themselves is warned of; any
/// other file is an error, so that a misspelt `routes.yml` is not silently missed.
struct RulebookDirectory {
  /// One rule file; `path` is relative to the rulebook's directory, with `/`; that of a base begins with `../`.
  struct File: Sendable, Equatable {
    var path: String
    var bytes: [UInt8]
  }

  struct Identity: Hashable, Sendable {
    var device: UInt64
    var inode: UInt64
  }

  /// What tells whether a file changed between two looks.
  struct Stamp: Hashable, Sendable {
    var path: String
    var identity: Identity
    var size: Int64
    var seconds: Int
    var nanoseconds: Int
    /// Of the last change of the inode: a copy may keep its old times.
    var changedSeconds: Int
    var changedNanoseconds: Int
  }

  private static let attempts = 5

  let root: String
  /// Before the path of each file: nothing, or the way from the rulebook to its base.
  let prefix: String
  /// Where the directory is named, for findings about it as a whole.
  let origin: SourcePlace
  let findings: Findings
  private(set) var stamps: [Stamp] = []
  /// Whole paths of the folders that were visited.
  private(set) var folders: [String] = []
  private var seen: [Identity] = []

  init(root: String, base: Base? = nil, findings: Findings) {
    self.root = root
    prefix = base.map { $0.path + "/" } ?? ""
    origin = base?.place ?? SourcePlace(file: root, line: 1, column: 1)
    self.findings = findings
  }

  /// A rulebook that another extends: how its files are shown, and where it is named.
  struct Base {
    var path: String
    var place: SourcePlace
  }

  /// - Returns: the files sorted by path, as they were at one time.
  /// - Parameter afterReading: called between the two looks that must agree; tests change files there.
  static func read(
    _ root: String, base: Base? = nil, into findings: Findings, afterReading: () -> Void = {}
  ) -> [File] {
    for _ in 0..<attempts {
      let scratch = Findings()
      var walk = RulebookDirectory(root: root, base: base, findings: scratch)
      walk.visit("")
      let files = walk.readFiles()
      afterReading()
      var second = RulebookDirectory(root: root, base: base, findings: Findings())
      second.visit("")
      if walk.stamps == second.stamps {
        findings.take(scratch)
        return files
      }
    }
    findings.error(
      .directoryChanged, base?.place ?? SourcePlace(file: root, line: 1, column: 1),
      Message.Rules.directoryChanged)
    return []
  }

  mutating func visit(_ folder: String) {
    let path = folder.isEmpty ? root : root + "/" + folder
    var status = stat()
    guard stat(path, &status) == 0, let stream = opendir(path) else {
      findings.error(.directoryUnreadable, place(folder), .Rules.directoryUnreadable(SystemFault(errno)))
      return
    }
    defer { closedir(stream) }
    let identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    if seen.contains(identity) {
      findings.error(.directoryLoop, place(folder), .Rules.directoryLoop)
      return
    }
    folders.append(path)
    seen.append(identity)
    defer { seen.removeLast() }
    for name in Self.names(in: stream) where !Self.isIgnored(name) {
      entry(name, folder.isEmpty ? name : folder + "/" + name)
    }
  }

  private static func names(in stream: OpaquePointer) -> [String] {
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.sorted()
  }

  private static func isIgnored(_ name: String) -> Bool {
    name.hasPrefix(".") || name.hasSuffix("~") || name.hasSuffix(".swp") || name.hasSuffix(".md")
      || name == RulebookLoader.refusedName
  }

  private mutating func entry(_ name: String, _ path: String) {
    var status = stat()
    let isThere = stat(root + "/" + path, &status) == 0
    if Leavings.isLeft(name, isFolder: isThere && status.st_mode & S_IFMT == S_IFDIR) {
      findings.warning(.fileIgnored, place(path), .Rules.fileIgnored(name), hint: .Rules.fileIgnoredHint)
      return
    }
    guard isThere else {
      findings.error(.fileUnreadable, place(path), .Rules.fileUnreadable(SystemFault(errno)))
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: visit(path)
    case S_IFREG where path.hasSuffix(".yaml"):
      stamps.append(
        Stamp(
          path: path,
          identity: Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)),
          size: Int64(status.st_size), seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
          changedSeconds: status.st_ctim.tv_sec, changedNanoseconds: status.st_ctim.tv_nsec))
    default:
      findings.error(
        .fileKind, place(path), .Rules.fileKind,
        hint: Self.meantName(path) ?? .Rules.fileKindHint)
    }
  }

  /// A rule file that an editor named its own way: `areas.yml`, `areas.yaml.txt`, `AREAS.YAML`.
  private static func meantName(_ path: String) -> Message? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".yaml.txt", ".yml.txt", ".yaml", ".yml"] where name.lowercased().hasSuffix(ending) {
      let stem = name.dropLast(ending.count)
      if !stem.isEmpty { return .Rules.fileKindRename(stem + ".yaml") }
    }
    return nil
  }

  private func readFiles() -> [File] {
    let wanted = stamps.sorted { $0.path < $1.path }
    if wanted.count > Limits.ruleFiles {
      findings.error(.tooManyFiles, place(""), .Rules.tooManyFiles(limit: Limits.ruleFiles))
      return []
    }
    return wanted.compactMap { stamp in
      guard stamp.size <= Limits.ruleFileBytes else {
        findings.error(.fileTooLarge, place(stamp.path), .Rules.fileTooLarge(limit: Limits.ruleFileBytes))
        return nil
      }
      return read(stamp)
    }
  }

  /// The whole file, or a finding. What was a file a moment ago may be a pipe by now: opening must not wait for one, and
  /// no more is read than the limit, however it grows.
  private func read(_ stamp: Stamp) -> File? {
    let descriptor = open(root + "/" + stamp.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      findings.error(.fileUnreadable, place(stamp.path), .Rules.fileUnreadable(SystemFault(errno)))
      return nil
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= Limits.ruleFileBytes {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 {
        findings.error(.fileUnreadable, place(stamp.path), .Rules.fileUnreadable(SystemFault(errno)))
        return nil
      }
      if count == 0 { return File(path: prefix + stamp.path, bytes: bytes) }
      bytes += buffer[..<count]
    }
    findings.error(.fileTooLarge, place(stamp.path), .Rules.fileTooLarge(limit: Limits.ruleFileBytes))
    return nil
  }

  private func place(_ path: String) -> SourcePlace {
    path.isEmpty ? origin : SourcePlace(file: prefix + path, line: 1, column: 1)
  }
}
