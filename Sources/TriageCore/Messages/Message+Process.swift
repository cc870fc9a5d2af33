/// What is said of the limits of the process.
extension Message {
  public static func memoryLimitTooSmall(megabytes: Int, needed: Int) -> Message {
    Message(
      zh: "内存上限（LimitAS、LimitDATA，ulimit -v、-d）只有 \(megabytes) MB，不够用：至少要 \(needed) MB，请提高后再启动",
      en:
        "the memory limit (LimitAS=, LimitDATA=, ulimit -v, -d) of \(megabytes) MB is too small: at least \(needed) MB are needed; raise it and start again"
    )
  }
  public static func openFileLimitTooSmall(_ count: Int, needed: Int) -> Message {
    Message(
      zh: "能同时打开的文件（LimitNOFILE，ulimit -n）只有 \(count) 个，不够用：至少要 \(needed) 个，请提高后再启动",
      en:
        "only \(count) files may be open at once (LimitNOFILE=, ulimit -n), which is too few: at least \(needed) are needed; raise it and start again"
    )
  }
  public static var memoryUsedUp: Message {
    Message(
      zh: "内存已到上限（LimitAS、LimitDATA，ulimit -v、-d），程序结束；已受理的都在台账里，请提高上限后再启动",
      en:
        "the memory limit (LimitAS=, LimitDATA=, ulimit -v, -d) is used up and the program ends; what was recorded is in the ledger; raise the limit and start again"
    )
  }
  public static var threadsUsedUp: Message {
    Message(
      zh: "系统不再给新的线程（内存上限 LimitAS，或 TasksMax、ulimit -u 太小），程序结束；已受理的都在台账里，请提高上限后再启动",
      en:
        "no thread can be started (the memory limit LimitAS=, or TasksMax=, ulimit -u, is too small) and the program ends; what was recorded is in the ledger; raise the limit and start again"
    )
  }
  public static func stopNotAnswered(seconds: Int) -> Message {
    Message(
      zh: "收到停止信号 \(seconds) 秒后仍停不下来（可能是磁盘或共享盘没有响应），直接结束；已受理的都在台账里",
      en:
        "asked to stop and could not within \(seconds) s (a disk or a share may not answer): ended hard; what was recorded is in the ledger"
    )
  }
}
