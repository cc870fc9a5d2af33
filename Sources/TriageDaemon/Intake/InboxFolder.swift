import Glibc

/// A folder of the inbox held open while its files are read, maybe by several threads at once.
///
/// `OpenFolder` is confined to its thread by what its callers do with it, not by what it holds: its only property
/// is a descriptor that never changes, each call is one system call, and listing opens a description of its own.
extension OpenFolder: @unchecked Sendable {}

/// What an entry of the inbox is, from one lstat(2).
struct InboxEntry: Hashable {
  enum Kind: Hashable { case file, folder, odd(IntakeRefusal.EntryKind) }

  let stamp: FileStamp
  let links: UInt64
  let kind: Kind

  init(_ st: stat) {
    stamp = FileStamp(st)
    links = UInt64(st.st_nlink)
    kind =
      switch st.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .odd(.symlink)
      case S_IFIFO: .odd(.fifo)
      case S_IFSOCK: .odd(.socket)
      case S_IFCHR, S_IFBLK: .odd(.device)
      default: .odd(.unknown)
      }
  }

  /// The entry itself, not what it points to; nil when it went away meanwhile or cannot be looked at.
  init?(_ name: EntryName, in folder: OpenFolder) {
    var st = stat()
    guard name.withPath({ fstatat(folder.descriptor, $0, &st, AT_SYMLINK_NOFOLLOW) }) == 0 else { return nil }
    self.init(st)
  }
}
