/// What the daemon says: its configuration, its log, its status line.
extension Message {
  // Configuration
  public static func configurationUnreadable(_ fault: SystemFault) -> Message {
    Message(
      zh: "配置文件无法读取：\(fault.message.zh)", en: "the configuration cannot be read: \(fault.message.en)")
  }
  public static func configurationNotYAML(_ reason: Message) -> Message {
    Message(zh: "配置文件不是正确的 YAML：\(reason.zh)", en: "the configuration is not valid YAML: \(reason.en)")
  }
  public static var configurationNotMapping: Message {
    Message(zh: "配置文件应由“键: 值”组成", en: "the configuration must be a list of `key: value`")
  }
  public static func configurationUnknownKey(_ key: String, known: [String], near: String?) -> Message {
    Message(
      zh: "没有“\(key)”这个配置项；" + (near.map { "是不是想写“\($0)”？" } ?? "")
        + "可用的有 \(known.joined(separator: "、"))",
      en: "unknown key `\(key)`; " + (near.map { "did you mean `\($0)`? " } ?? "")
        + "Known keys are \(known.joined(separator: ", "))")
  }
  public static func configurationWantsChannels(_ key: String) -> Message {
    Message(
      zh: "“\(key)”下面要按渠道写时长，如 {hotline: 30s}",
      en: "`\(key)` wants a time for each channel, as in {hotline: 30s}")
  }
  public static func configurationWantsMapping(_ key: String, keys: [String]) -> Message {
    Message(
      zh: "“\(key)”下面要分项写：\(keys.joined(separator: "、"))，如 {\(keys[0]): 2s}",
      en: "`\(key)` wants entries of its own: \(keys.joined(separator: ", ")), as in {\(keys[0]): 2s}")
  }
  public static func configurationWantsText(_ key: String) -> Message {
    Message(zh: "“\(key)”要填文字", en: "`\(key)` wants a text")
  }
  public static func configurationWantsOneOf(_ key: String, _ values: [String]) -> Message {
    Message(
      zh: "“\(key)”只能填 \(values.joined(separator: "、"))",
      en: "`\(key)` must be one of \(values.joined(separator: ", "))")
  }
  public static func configurationWantsSeconds(_ key: String, atLeast least: Int) -> Message {
    Message(
      zh: "“\(key)”要填时长，如 2s（2秒）、5min（5分钟）、1h（1小时），数字从 \(least) 到 100000",
      en: "`\(key)` wants a time such as 2s, 5min, 1h, with a number from \(least) to 100000")
  }
  public static var rulesMissing: Message {
    Message(
      zh: "没有指定规则目录：请在 triaged.yaml 写 rules: 目录，或用 --rules 指定",
      en: "no rulebook given: write `rules: DIR` in triaged.yaml, or use --rules")
  }
  public static func rulesUnusable(_ directory: String, errors: Int) -> Message {
    Message(
      zh: "规则目录 \(directory) 有 \(errors) 处错误，而且没有可以沿用的旧规则；请用 triaged check 查看并改正",
      en:
        "the rulebook \(directory) has \(errors) errors and there is no earlier one to go on with; see triaged check"
    )
  }
  public static func rootUnusable(_ path: String, _ fault: SystemFault) -> Message {
    Message(
      zh: "根目录 \(path) 不可用：\(fault.message.zh)", en: "the root \(path) cannot be used: \(fault.message.en)")
  }
  public static func rootHeld(pid: Int32?) -> Message {
    let who = pid.map(String.init) ?? "?"
    return Message(
      zh: "另一个 triaged（进程号 \(who)）正在使用这个根目录",
      en: "another triaged (pid \(who)) has this root")
  }

  // Log
  public static var daemonReady: Message { Message(zh: "已就绪", en: "ready") }
  public static var daemonStopping: Message { Message(zh: "正在停止", en: "stopping") }
  public static var daemonStopped: Message { Message(zh: "已停止", en: "stopped") }
  public static func clockJumped(seconds: Int64) -> Message {
    Message(
      zh: "系统时钟跳变了 \(seconds) 秒；时限按新的时间核对，已发的催办不会重发",
      en: "the clock jumped by \(seconds) s; deadlines are compared anew, nothing sent is sent again")
  }
  /// - Parameters: titles of the rulebook.
  public static func caseTaken(level: String, lead: String) -> Message {
    Message(zh: "已受理：\(level)，由\(lead)主办", en: "taken: \(level), lead \(lead)")
  }
  public static var caseDuplicate: Message { Message(zh: "重复件，已并入原案", en: "duplicate, joined to its case") }
  public static var fileSetAside: Message {
    Message(zh: "无法受理，已移入 set-aside", en: "could not be taken in, set aside")
  }
  public static func inboxUnreadable(_ fault: SystemFault) -> Message {
    Message(zh: "收件箱无法读取：\(fault.message.zh)", en: "the inbox cannot be read: \(fault.message.en)")
  }
  public static func channelUnreadable(_ fault: SystemFault) -> Message {
    Message(zh: "渠道目录无法读取：\(fault.message.zh)", en: "a channel's folder cannot be read: \(fault.message.en)")
  }
  public static func fileUnreadable(_ fault: SystemFault) -> Message {
    Message(
      zh: "文件无法读取，已留在原处，改变之前不再提示：\(fault.message.zh)",
      en: "a file cannot be read; it stays and is not reported again until it changes: \(fault.message.en)")
  }
  public static var strangeFileLeft: Message {
    Message(zh: "队列里有认不出的文件，已留在原处", en: "a file in a queue is no item and no request; it is left")
  }
  public static var intakePaused: Message {
    Message(zh: "磁盘已满或不可写，暂停受理，恢复后自动继续", en: "disk full or not writable: intake pauses and resumes by itself")
  }
  public static var intakeResumed: Message { Message(zh: "恢复受理", en: "intake resumes") }
  public static func caseEvent(_ event: CaseEvent) -> Message {
    let title = title(of: event)
    return Message(zh: "办理记录：\(title.zh)", en: "event: \(title.en)")
  }
  public static var commandRefused: Message {
    Message(zh: "单位的操作不能接受，已附说明", en: "a department's step was refused, with a note")
  }
  public static func effectFailed(_ reason: String) -> Message {
    Message(zh: "写入队列失败，稍后重试：\(reason)", en: "writing into the queue failed, tried again later: \(reason)")
  }
  public static var queueGone: Message {
    Message(
      zh: "队列目录的标记 .triaged 不在，像是共享盘没有挂上：投递暂停，等它回来",
      en: "the queue has lost its .triaged marker, its share seems to be gone: deliveries wait")
  }
  public static var queueBack: Message { Message(zh: "队列目录已恢复", en: "the queue is back") }
  public static func queueHung(seconds: Int) -> Message {
    Message(
      zh: "队列所在的共享盘 \(seconds) 秒没有响应：只有该单位的投递暂停",
      en: "the queue's share has not answered for \(seconds) s: only its deliveries wait")
  }
  public static var rulesLoaded: Message { Message(zh: "规则已生效", en: "rulebook in force") }
  public static func rulesRefused(errors: Int) -> Message {
    Message(
      zh: "新规则有 \(errors) 处错误，未采用；继续使用原来的规则，详见 RULES-REFUSED.txt",
      en:
        "the new rules have \(errors) errors and are refused; the last good ones stay, see RULES-REFUSED.txt")
  }
  public static func findingsLeftOut(_ count: Int) -> Message {
    Message(zh: "还有 \(count) 处未列出，请用 triaged check 查看", en: "\(count) more; see triaged check")
  }
  public static func statusLine(open: Int, waiting: Int, rulesRefused: Bool, paused: Bool) -> Message {
    Message(
      zh: "在办 \(open) 件，待投递 \(waiting)" + (rulesRefused ? "；新规则有误未采用" : "") + (paused ? "；磁盘已满，暂停受理" : ""),
      en: "\(open) open, \(waiting) effects waiting" + (rulesRefused ? "; new rules refused" : "")
        + (paused ? "; disk full, intake paused" : ""))
  }
  public static var attachmentsLeft: Message {
    Message(
      zh: "有附件过大、过多或不是普通文件，未收，留在原处",
      en:
        "attachments that are too large, too many or no regular files were not taken and stay where they are")
  }
  public static func ledgerFailed(_ reason: String) -> Message {
    Message(
      zh: "台账写入失败，守护进程退出以免出错：\(reason)",
      en: "the ledger failed; the daemon exits rather than guess: \(reason)")
  }
}
