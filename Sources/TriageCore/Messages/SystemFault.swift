/// Why the operating system refused a call: what a person can mend is told from what the file is.
///
/// Made of the numbers of errno(3) on Linux (asm-generic/errno-base.h, errno.h), since the core calls nothing itself, and
/// said in both languages, which strerror(3) is not.
public enum SystemFault: Sendable, Equatable {
  /// EMFILE.
  case tooManyOpenFiles
  /// ENFILE.
  case systemTooManyOpenFiles
  /// ENOMEM.
  case outOfMemory
  /// EAGAIN, ENOBUFS: a limit of the moment.
  case busy
  /// ENOSPC.
  case diskFull
  /// EDQUOT.
  case quotaReached
  /// EROFS.
  case readOnly
  /// EACCES, EPERM.
  case notPermitted
  /// EIO.
  case ioError
  /// ENOTCONN, ESTALE, EHOSTDOWN, EHOSTUNREACH, ETIMEDOUT.
  case shareGone
  /// ENOENT.
  case notThere
  /// EEXIST, ENOTEMPTY.
  case existsAlready
  /// ENOTDIR.
  case noFolder
  /// EISDIR.
  case isFolder
  /// EBUSY, ETXTBSY.
  case inUse
  /// EXDEV.
  case otherDisk
  /// ELOOP.
  case linkLoop
  /// ENAMETOOLONG.
  case nameTooLong
  /// EFBIG.
  case fileTooLarge
  /// What is not listed here, by its number.
  case number(Int32)
  /// What a library said in its own words.
  case words(String)

  /// - Parameter code: of errno(3).
  public init(_ code: Int32) {
    self =
      switch code {
      case 24: .tooManyOpenFiles
      case 23: .systemTooManyOpenFiles
      case 12: .outOfMemory
      case 11, 105: .busy
      case 28: .diskFull
      case 122: .quotaReached
      case 30: .readOnly
      case 1, 13: .notPermitted
      case 5: .ioError
      case 107, 110, 112, 113, 116: .shareGone
      case 2: .notThere
      case 17, 39: .existsAlready
      case 20: .noFolder
      case 21: .isFolder
      case 16, 26: .inUse
      case 18: .otherDisk
      case 40: .linkLoop
      case 36: .nameTooLong
      case 27: .fileTooLarge
      default: .number(code)
      }
  }

  /// The process or the machine lacks something at present; it tells nothing of the file.
  public var isShortage: Bool {
    switch self {
    case .tooManyOpenFiles, .systemTooManyOpenFiles, .outOfMemory, .busy: true
    default: false
    }
  }

  /// What it is, and how to mend it.
  public var message: Message {
    switch self {
    case .tooManyOpenFiles:
      Message(
        zh: "打开的文件太多（EMFILE）：请提高 LimitNOFILE（ulimit -n）",
        en: "too many open files (EMFILE): raise LimitNOFILE= of the service (ulimit -n)")
    case .systemTooManyOpenFiles:
      Message(
        zh: "全系统打开的文件太多（ENFILE）：请提高 sysctl fs.file-max",
        en: "too many open files in the whole system (ENFILE): raise sysctl fs.file-max")
    case .outOfMemory:
      Message(
        zh: "内存不足（ENOMEM）：请提高 MemoryMax、LimitAS（ulimit -v），或释放内存",
        en: "out of memory (ENOMEM): raise MemoryMax= and LimitAS= of the service (ulimit -v), or free some")
    case .busy:
      Message(
        zh: "系统资源暂时不足（EAGAIN），稍后重试", en: "a resource is short at present (EAGAIN), tried again later")
    case .diskFull: Message(zh: "磁盘已满（ENOSPC）：请腾出空间", en: "the disk is full (ENOSPC): make room")
    case .quotaReached:
      Message(zh: "磁盘配额用尽（EDQUOT）：请提高配额", en: "the disk quota is used up (EDQUOT): raise it")
    case .readOnly:
      Message(
        zh: "文件系统是只读的（EROFS）：请以可写方式重新挂载",
        en: "the file system is read-only (EROFS): mount it for writing")
    case .notPermitted:
      Message(
        zh: "没有权限（EACCES）：请检查文件和文件夹的属主与权限",
        en: "no permission (EACCES): see to the owner and mode of the file and its folder")
    case .ioError:
      Message(
        zh: "磁盘读写出错（EIO）：请检查磁盘和系统日志",
        en: "the disk failed (EIO): see to the disk and the system's log")
    case .shareGone:
      Message(
        zh: "共享盘没有响应：请检查服务器和挂载", en: "the share does not answer: see to its server and its mount")
    case .notThere: Message(zh: "没有这个文件或文件夹（ENOENT）", en: "there is no such file or folder (ENOENT)")
    case .existsAlready: Message(zh: "已经有同名的文件或文件夹（EEXIST）", en: "there is one of that name already (EEXIST)")
    case .noFolder: Message(zh: "路径中有一段不是文件夹（ENOTDIR）", en: "a part of the path is no folder (ENOTDIR)")
    case .isFolder: Message(zh: "这是文件夹，不是文件（EISDIR）", en: "it is a folder, not a file (EISDIR)")
    case .inUse: Message(zh: "正在被使用（EBUSY）：请关闭使用它的程序", en: "it is in use (EBUSY): close what uses it")
    case .otherDisk: Message(zh: "两处不在同一块盘上（EXDEV）", en: "the two places are on different disks (EXDEV)")
    case .linkLoop: Message(zh: "链接互相指向，没有尽头（ELOOP）", en: "the links lead in a circle (ELOOP)")
    case .nameTooLong:
      Message(zh: "名称过长（ENAMETOOLONG）：请改短", en: "the name is too long (ENAMETOOLONG): shorten it")
    case .fileTooLarge: Message(zh: "文件过大（EFBIG）", en: "the file is too large (EFBIG)")
    case .number(let code):
      Message(
        zh: "系统拒绝了（\(Self.names[code].map { $0 + "，" } ?? "")错误号 \(code)）",
        en: "the system refused it (\(Self.names[code].map { $0 + ", " } ?? "")errno \(code))")
    case .words(let words): Message(zh: "系统报错“\(words)”", en: words)
    }
  }

  /// What the call was that it refused, and the words.
  public func message(of call: String) -> Message {
    Message(zh: "\(call)：\(message.zh)", en: "\(call): \(message.en)")
  }

  private static let names: [Int32: String] = [
    4: "EINTR", 6: "ENXIO", 9: "EBADF", 14: "EFAULT", 19: "ENODEV", 22: "EINVAL", 25: "ENOTTY", 29: "ESPIPE",
    31: "EMLINK", 32: "EPIPE", 35: "EDEADLK", 37: "ENOLCK", 38: "ENOSYS", 71: "EPROTO", 75: "EOVERFLOW",
    84: "EILSEQ", 95: "EOPNOTSUPP", 104: "ECONNRESET", 111: "ECONNREFUSED",
  ]
}
