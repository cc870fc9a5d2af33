/// What `run --once` says of what it leaves for the next run, and what is said of queues that cannot be used.
extension Message {
  public static let roundStopped = Message(
    zh: "收到停止信号，没有做完就结束；余下的留待下次，什么也没有丢",
    en: "asked to stop before all was done; the rest is left for the next run, nothing is lost")
  public static let fileLeftUntaken = Message(
    zh: "还没有受理，留在原处，下次再收", en: "it was not taken yet and is left for the next run")
  public static func filesLeftUntaken(more: Int) -> Message {
    Message(zh: "还有 \(more) 个文件没有受理，留在原处", en: "\(more) more files were not taken yet and are left")
  }
  /// - Parameter deliveries: that wait for the queue.
  public static func queueLeft(deliveries: Int) -> Message {
    Message(
      zh: deliveries > 0 ? "队列现在不能用，\(deliveries) 项投递留待下次" : "队列现在不能用，其中单位所做的留待下次查看",
      en: deliveries > 0
        ? "its queue cannot be used at present; \(deliveries) deliveries and moves wait for the next run"
        : "its queue cannot be used at present; what the department did there is looked at in the next run")
  }
  public static func statusFailing(_ count: Int) -> Message {
    Message(
      zh: "\(count) 个队列建不了或写不进去（原因见日志，多是权限或盘满），其投递等着重试",
      en:
        "\(count) queues cannot be made or written (the log says why, most often rights or a full disk); their deliveries are tried again"
    )
  }
  public static func rulesStillWritten(_ file: String, seconds: Int) -> Message {
    Message(
      zh: "规则文件还有程序在写，或刚刚写过，最多等 \(seconds) 秒再读取：\(file)",
      en: """
        a rule file is still being written, or was a moment ago; the rules are read when that ends, or in \
        \(seconds) s: \(file)
        """)
  }
  public static func rulesLeftWritten(_ file: String) -> Message {
    Message(
      zh: "规则文件仍有程序在写，继续使用原来的规则，写完再读取：\(file)",
      en:
        "a rule file is still being written; the last good rules stay in force, the new ones are read when that ends: \(file)"
    )
  }
  public static func rulesReadWritten(_ file: String) -> Message {
    Message(
      zh: "规则文件仍有程序在写，又没有可以沿用的旧规则，先照现在的样子读取，写完再读一次：\(file)",
      en:
        "a rule file is still being written and there are no earlier rules to go on with: it is read as it is, and again when that ends: \(file)"
    )
  }
}
