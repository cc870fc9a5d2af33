/// What the log says of files that come in, and of what keeps them from being taken.
extension Message {
  public static func statusInboxWaiting(_ count: Int) -> Message {
    Message(
      zh: "收件夹里有 \(count) 个文件放了很久还收不了（还在写，或名称像没写完的），日志里有名字",
      en: "\(count) files of the inbox are written to, or called unfinished, for minutes; the log names them")
  }
  public static func fileStillWritten(minutes: Int) -> Message {
    Message(
      zh: "文件 \(minutes) 分钟了还有程序在写，等它写完再受理",
      en: "a file has been written to for \(minutes) minutes; it is taken when that ends")
  }
  public static func fileWaitsByName(minutes: Int) -> Message {
    Message(
      zh: "已放了 \(minutes) 分钟，但名称像是没写完的或程序自用的文件（.part、.tmp、~ 或以点开头），不会受理；写完后请改名，没用的请删除",
      en: """
        it has lain here for \(minutes) minutes under a name of unfinished files or of a program's own (.part, .tmp, ~, \
        a dot in front) and is not taken; rename it when it is complete, or remove it
        """)
  }
  public static func ruleFileStillWritten(seconds: Int) -> Message {
    Message(
      zh: "规则文件 \(seconds) 秒了还有程序在写，写完再读取新规则",
      en: "a rule file has been written to for \(seconds) s; the new rules are read when that ends")
  }
  public static func fileLeftSettling(seconds: Int) -> Message {
    Message(
      zh: "等了 \(seconds) 秒仍在变动，留在原处，下次再收",
      en: "it still changed after \(seconds) s and is left for the next run")
  }
  public static func fileLeftWritten(seconds: Int) -> Message {
    Message(
      zh: "等了 \(seconds) 秒仍有程序在写，留在原处，下次再收",
      en: "somebody still had it open for writing after \(seconds) s; it is left for the next run")
  }
  public static var fileLeftNamed: Message {
    Message(
      zh: "文件名像是还没写完（.part、.tmp 等），留在原处",
      en: "its name says that it is not finished (.part, .tmp, …); it is left")
  }
  public static func fileNotRemoved(_ reason: String) -> Message {
    Message(
      zh: "已受理的文件未能移出收件箱，稍后重试：\(reason)",
      en: "a recorded file could not be removed from the inbox, tried again later: \(reason)")
  }
  public static func filesNotRemoved(more: Int) -> Message {
    Message(
      zh: "还有 \(more) 个已受理的文件未能移出收件箱", en: "\(more) more recorded files could not be removed from the inbox")
  }
  /// For the entry's own reasons.
  public static func fileNotSetAside(_ fault: SystemFault) -> Message {
    Message(
      zh: "无法受理的文件未能移入 set-aside，已留在原处，改变之前不再提示：\(fault.message.zh)",
      en: """
        what could not be taken in could not be set aside either; it stays and is not reported again until it changes: \
        \(fault.message.en)
        """)
  }
  public static func setAsideClosed(_ fault: SystemFault) -> Message {
    Message(
      zh: "无法受理的文件未能移入 set-aside，因为 set-aside 放不进东西；文件留在收件箱，每次扫描都会再试：\(fault.message.zh)",
      en: """
        what could not be taken in could not be set aside, since nothing can be put into set-aside; it stays in the \
        inbox and is tried again at each scan: \(fault.message.en)
        """)
  }
  public static func intakePausedFor(_ fault: SystemFault) -> Message {
    Message(
      zh: "暂停受理，恢复后自动继续：\(fault.message[.zh])",
      en: "intake pauses and resumes by itself: \(fault.message[.en])")
  }
  public static func foldersNotWatched(_ reason: String) -> Message {
    Message(
      zh: "有文件夹无法监视，只能等定时扫描（请提高 sysctl fs.inotify.max_user_watches 和 max_user_instances）：\(reason)",
      en:
        "folders cannot be watched and wait for the periodic scan (raise sysctl fs.inotify.max_user_watches and max_user_instances): \(reason)"
    )
  }
}
