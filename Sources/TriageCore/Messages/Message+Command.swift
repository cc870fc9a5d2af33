/// The command line: help texts, and what commands print besides data.
extension Message {
  // Help
  public static let helpTriaged = Message(
    zh: "按规则分派矛盾纠纷与投诉：受理、分类、定级、派单、催办、督办、销号、回访。",
    en:
      "Rule-driven triage of disputes and complaints: intake, classification, routing, deadlines, follow-up.")
  public static let helpRun = Message(
    zh: "运行守护进程：看守收件箱和各单位队列。", en: "Run the daemon: watch the inbox and the departments' queues.")
  public static let helpCheck = Message(
    zh: "检查规则，指出错误所在的文件、行、列和改法。",
    en: "Check a rulebook; findings name file, line, column and how to mend.")
  public static let helpTest = Message(zh: "运行规则自带的测试。", en: "Run the rulebook's own tests.")
  public static let helpExplain = Message(
    zh: "说明一个案件为何这样分派，或某条规则为何没有生效。",
    en: "Tell why a case is decided as it is, or why a rule did not fire.")
  public static let helpDue = Message(
    zh: "计算一个时限，可列出逐段算式。", en: "Work out one deadline, with its arithmetic.")
  public static let helpStatus = Message(zh: "现场概况：数量与健康状况。", en: "Counts and health of the root.")
  public static let helpCases = Message(zh: "查找案件。", en: "Search cases.")
  public static let helpShow = Message(zh: "查看一个案件的全部经过。", en: "Show one case and its timeline.")
  public static let helpAct = Message(
    zh: "代单位移动条目或提出请求，与手工操作完全相同。",
    en: "Do a department's move for it, exactly as by hand.")
  public static let helpInit = Message(zh: "新建一套可以修改的规则。", en: "Make a new rulebook to start from.")
  public static let helpFsck = Message(
    zh: "核对队列目录与台账是否一致，台账与其事件是否一致。",
    en: "Compare the queue folders with the ledger, and the ledger with its own events.")
  public static let helpLedger = Message(
    zh: "台账：校验、备份、恢复、重做。", en: "The ledger: verify, backup, restore, rebuild.")
  public static let helpVerify = Message(
    zh: "校验台账：文件、事件链、规则、原件，并按事件重算每个案件的各项数据。",
    en: "Verify the ledger: file, chain, rulebooks, originals, and every row made anew from the events.")
  public static let helpBackup = Message(
    zh: "备份台账和原件到一个新目录。", en: "Back up ledger and originals into a new directory.")
  public static let helpRestore = Message(zh: "把备份恢复到一个空的根目录。", en: "Restore a backup into an empty root.")

  public static let optionConfig = Message(
    zh: "配置文件 triaged.yaml。", en: "The configuration file triaged.yaml.")
  public static let optionRoot = Message(
    zh: "根目录（含 inbox/、queues/、state/）。", en: "The root directory (inbox/, queues/, state/).")
  public static let optionRules = Message(zh: "规则目录。", en: "The rulebook's directory.")
  public static let optionOnce = Message(
    zh: "处理完现有的一切就退出；有没收进来的（包括没传完的 .part、.tmp），列出名字，退出码 1；编辑器留下的 x~ 和隐藏文件只列名字。",
    en: """
      Take in all that is there, perform what is due, and exit; what is left is named, with status 1 (a broken-off \
      .part or .tmp too; an editor's x~ and hidden files are only named).
      """)
  public static let optionAtRun = Message(
    zh: "演示和测试用：让守护进程的时钟从这一刻走起。",
    en: "For demonstrations and tests: the daemon's clock starts at this time.")
  public static let optionAtFsck = Message(
    zh: "演示和测试用：按这一时刻核对和修复，默认现在。",
    en: "For demonstrations and tests: compare and mend as at this time; default: now.")
  public static let optionFormat = Message(zh: "输出格式：text 或 json。", en: "Output format: text or json.")
  public static let optionLanguage = Message(zh: "语言：zh 或 en。", en: "Language: zh or en.")
  public static let optionStrict = Message(zh: "警告也算失败。", en: "Warnings fail too.")
  public static let optionAt = Message(zh: "受理时间，默认现在。", en: "The time of taking; default: now.")
  public static let optionWhyNot = Message(
    zh: "说明这条规则为何没有生效。", en: "Tell why this rule did not fire.")
  public static let optionChannel = Message(zh: "渠道，默认 direct。", en: "The channel; default: direct.")
  public static let optionFrom = Message(
    zh: "起算时间，如 2026-09-30T16:00。", en: "The start, such as 2026-09-30T16:00.")
  public static let optionCalendarOf = Message(
    zh: "用这个单位的日历计算；不写则用中心的日历。", en: "Count in this department's calendar; without it in the rulebook's.")
  public static func usageDepartmentUnknown(_ id: String) -> Message {
    Message(zh: "规则中没有单位“\(id)”", en: "the rulebook has no department “\(id)”")
  }
  public static let optionArithmetic = Message(zh: "列出逐段算式。", en: "Show each span counted or skipped.")
  public static let optionRepair = Message(
    zh: "修复可以无损修复的不一致（守护进程须停止）。",
    en: "Mend what can be mended without loss (the daemon must be stopped).")
  public static let argumentDuration = Message(
    zh: "时长：2h、4wh、5wd、30d、eod，也可写 2小时、4个工作小时、5个工作日、30天。",
    en: "A duration: 2h, 4wh, 5wd, 30d, eod; also 2小时, 4个工作小时, 5个工作日, 30天.")
  public static let optionPause = Message(
    zh: "暂停计时的时段，如 2026-10-13T14:00..2026-10-14T09:00；可以写多次。",
    en: "A time in which the clock stands, such as 2026-10-13T14:00..2026-10-14T09:00; may be repeated.")
  public static func usageBadPause(_ text: String) -> Message {
    Message(
      zh: "看不懂暂停时段“\(text)”；写成 2026-10-13T14:00..2026-10-14T09:00",
      en: "`\(text)` is no time of a pause; write 2026-10-13T14:00..2026-10-14T09:00")
  }
  public static let argumentFiles = Message(
    zh: "案件文件；给出 --root 时也可以是台账里的案件编号。", en: "Case files; with --root also numbers of cases in the ledger.")
  public static let argumentCase = Message(zh: "案件编号。", en: "The case's number.")

  // Results
  public static func usageBadTime(_ text: String) -> Message {
    Message(
      zh: "看不懂时间“\(text)”；写成 2026-09-30T16:00 或 2026-09-30T16:00:00+08:00",
      en: "`\(text)` is no time; write 2026-09-30T16:00 or 2026-09-30T16:00:00+08:00")
  }
  public static func usageBadDuration(_ text: String) -> Message {
    Message(
      zh: "看不懂时长“\(text)”；写成 2h、4wh、5wd、30d 或 eod，也可写 5个工作日、30天",
      en: "`\(text)` is no duration; write 2h, 4wh, 5wd, 30d or eod")
  }
  public static func usageNegativeDuration(_ text: String) -> Message {
    Message(zh: "时长“\(text)”不能是负数", en: "the duration `\(text)` must not be negative")
  }
  public static func usageFileUnreadable(_ path: String, _ fault: SystemFault) -> Message {
    Message(zh: "无法读取 \(path)：\(fault.message.zh)", en: "cannot read \(path): \(fault.message.en)")
  }
  public static func ruleUnknown(_ id: String, near: String?) -> Message {
    Message(
      zh: "没有编号为“\(id)”的规则" + (near.map { "；是不是想写“\($0)”？" } ?? ""),
      en: "there is no rule `\(id)`" + (near.map { "; did you mean `\($0)`?" } ?? ""))
  }
  public static func explainDraft(errors: Int, _ directory: String) -> Message {
    Message(
      zh: "注意：规则有 \(errors) 处错误（见 triaged check \(directory)），守护进程不会采用；以下是按它会怎么判",
      en:
        "note: the rules have \(errors) errors (triaged check \(directory) shows them) and no daemon takes them; this is what they would decide"
    )
  }
  public static func checkSummary(errors: Int, warnings: Int, rules: Int, phrases: Int) -> Message {
    Message(
      zh: "\(errors) 处错误，\(warnings) 处警告；分类规则 \(rules) 条，词语 \(phrases) 个",
      en: "\(errors) errors, \(warnings) warnings; \(rules) classification rules, \(phrases) phrases")
  }
  public static func checkSummaryUnusable(errors: Int, warnings: Int) -> Message {
    Message(
      zh: "\(errors) 处错误，\(warnings) 处警告；改正错误之前，守护进程不会采用这套规则",
      en:
        "\(errors) errors, \(warnings) warnings; the daemon will not take this rulebook until the errors are mended"
    )
  }
  public static let noRulesYet = Message(
    zh: "这个根目录还没有采用过规则", en: "no rulebook has been in force in this root yet")
  public static func caseUnknown(_ id: String) -> Message {
    Message(zh: "台账里没有案件 \(id)", en: "the ledger has no case \(id)")
  }
  public static let noCases = Message(zh: "没有符合条件的案件", en: "no case matches")
  public static func casesCut(_ shown: Int, of all: Int) -> Message {
    Message(
      zh: "共 \(all) 件，只显示最新的 \(shown) 件；全部显示用 --limit \(all)，或加上单位、级别、类别等条件",
      en:
        "\(shown) of \(all) shown, the newest; --limit \(all) shows all, or narrow it by department, level, category, …"
    )
  }
  public static func usageBadLimit(_ limit: Int) -> Message {
    Message(zh: "--limit 至少是 1，不能是 \(limit)", en: "--limit must be at least 1, not \(limit)")
  }
  public static func initDone(_ directory: String) -> Message {
    Message(
      zh: "已在 \(directory) 建立规则，下一步：triaged check \(directory)",
      en: "made a rulebook in \(directory); next: triaged check \(directory)")
  }
  public static func initExists(_ directory: String) -> Message {
    Message(zh: "\(directory) 已经有内容，不会覆盖", en: "\(directory) is not empty; nothing is overwritten")
  }
  public static func initNoSample(_ path: String) -> Message {
    Message(
      zh: "找不到示范规则（查找了 \(path)）；请用 --from 指定",
      en: "the sample rulebook was not found (looked in \(path)); give it by --from")
  }
  public static let optionInitFrom = Message(
    zh: "以这个目录为样本，默认用随程序安装的示范规则。",
    en: "Copy this rulebook; default: the sample installed with the program.")
  public static let argumentSearch = Message(
    zh: "在标题、案件编号、来源编号里查找的文字。", en: "Text to find in title, case number or source number.")
  public static let optionDepartment = Message(zh: "单位编号。", en: "A department's id.")
  public static let optionChannelFilter = Message(zh: "渠道编号。", en: "A channel's id.")
  public static let optionOpen = Message(zh: "只看在办案件。", en: "Open cases only.")
  public static let optionOverdue = Message(zh: "只看已超期的在办案件。", en: "Open cases past a deadline only.")
  public static let optionLimit = Message(zh: "最多显示多少件。", en: "At most so many.")
  public static let listSeparator = Message(zh: "、", en: ", ")
  public static let argumentDirectory = Message(zh: "目录。", en: "The directory.")

  // Status
  public static func statusRoot(_ root: String, running: Bool) -> Message {
    Message(
      zh: "根目录 \(root)：守护进程\(running ? "正在运行" : "没有运行")",
      en: "root \(root): the daemon is \(running ? "running" : "not running")")
  }
  public static func statusRules(_ digest: String, refused: Bool) -> Message {
    Message(
      zh: "规则 \(digest)" + (refused ? "；新规则有误，未采用（见 RULES-REFUSED.txt）" : ""),
      en: "rulebook \(digest)" + (refused ? "; the new rules are refused (see RULES-REFUSED.txt)" : ""))
  }
  public static func statusCalendar(daysLeft days: Int) -> Message {
    Message(
      zh: days > 0
        ? "节假日数据还有 \(days) 天到期，之后的时限只能暂定；国务院通知发布后请用 triaged calendar import 补充"
        : "节假日数据已到期，时限都是暂定的；请用 triaged calendar import 补充",
      en: days > 0
        ? "the holiday data end in \(days) days, deadlines after that are provisional; see triaged calendar import"
        : "the holiday data have ended, all deadlines are provisional; see triaged calendar import")
  }
  public static func statusCases(_ cases: Int, open: Int, overdue: Int) -> Message {
    Message(
      zh: "案件 \(cases) 件，在办 \(open) 件，其中超期 \(overdue) 件",
      en: "\(cases) cases, \(open) open, \(overdue) of them past a deadline")
  }
  public static func statusWork(waiting: Int, setAside: Int) -> Message {
    Message(
      zh: "待投递 \(waiting) 项，set-aside 里 \(setAside) 个文件待人工处理",
      en: "\(waiting) effects waiting, \(setAside) files set aside for a person to look at")
  }
  public static let statusDiskReadOnly = Message(
    zh: "台账所在的磁盘现在只能读，不能写", en: "the ledger's disk can only be read at present, not written")
  public static func statusDiskLow(megabytes: Int64) -> Message {
    Message(zh: "台账所在的磁盘只剩 \(megabytes) MB", en: "only \(megabytes) MB are free on the ledger's disk")
  }
  public static func statusHung(_ count: Int) -> Message {
    Message(zh: "\(count) 个队列的共享盘没有响应", en: "\(count) queues on shares that do not answer")
  }

  // Moves and checks
  public static let argumentVerb = Message(
    zh:
      "accept（签收）、done（办结）、return（退回），或请求：contact、note、resume、whistle、extend、pause、lower、withdraw、assign、correct、raise、merge。",
    en:
      "accept, done, return, or a request: contact, note, resume, whistle, extend, pause, lower, withdraw, assign, correct, raise, merge."
  )
  public static let argumentItem = Message(
    zh: "条目编号：案件编号，或 编号.角色-序号。", en: "The item: a case number, or NUMBER.ROLE-N.")
  public static let optionActAs = Message(
    zh: "以哪个单位的名义，默认条目所在单位。", en: "In whose name; default: who has the item.")
  public static let optionSet = Message(zh: "填写表单的一栏，可重复。", en: "Fill in one field of the form; repeatable.")
  public static let optionText = Message(zh: "请求的内容。", en: "What the request says.")
  public static func verbUnknown(_ verb: String, known: [String]) -> Message {
    Message(
      zh: "没有“\(verb)”这个动作；可用的有 \(known.joined(separator: "、"))",
      en: "there is no `\(verb)`; known are \(known.joined(separator: ", "))")
  }
  public static func usageBadPair(_ text: String) -> Message {
    Message(zh: "“\(text)”应写成 栏目=内容", en: "`\(text)` must be field=value")
  }
  public static func actFailed(_ why: Message) -> Message { why }
  public static func actNoItem(_ item: String) -> Message {
    Message(
      zh: "该单位的队列里没有可以办理的条目 \(item)", en: "the department has no item \(item) that can be worked on")
  }
  public static func actNoField(_ field: String) -> Message {
    Message(zh: "表单里没有“\(field)”这一栏", en: "the form has no field `\(field)`")
  }
  public static func folderFinding(_ what: String) -> Message {
    switch what {
    case "queue-gone":
      Message(
        zh: "队列目录或其标记不在（共享盘没有挂上？确实不再用原来的：fsck --repair --queue 单位）",
        en:
          "the queue or its marker is gone (a share not mounted? if it is not coming back: fsck --repair --queue NAME)"
      )
    case "queue-ahead":
      Message(
        zh: "队列的标记记着更新的台账，请运行 triaged fsck --repair --after-restore",
        en: "its marker tells of a later ledger, run triaged fsck --repair --after-restore")
    case "folder-gone":
      Message(zh: "文件夹或其标记不在（没有挂上？）", en: "the folder or its marker is gone (not mounted?)")
    case "queue-failed": Message(zh: "队列目录无法读取", en: "the queue cannot be read")
    case "missing": Message(zh: "台账里有，队列里没有", en: "in the ledger, not in the queue")
    case "copy": Message(zh: "多余的副本", en: "a second copy")
    case "misplaced": Message(zh: "放错了文件夹", en: "in the wrong folder")
    case "foreign": Message(zh: "属于别的单位", en: "belongs to another department")
    case "not-closed": Message(zh: "任务已结束，还没有移到 closed", en: "ended and not in closed/")
    case "waiting": Message(zh: "等守护进程处理", en: "waits for the daemon")
    case "in-subfolder":
      Message(
        zh: "放进了自建的文件夹里，守护进程会取出来；请直接放进 new、accepted、done、returned、requests",
        en:
          "in a folder of the department's own; the daemon takes it out: put files right into the queue's folders"
      )
    case "refused":
      Message(
        zh: "已退给单位，等单位按旁边的 .problem.txt 改正",
        en: "refused; the department is to mend it, as the .problem.txt beside it says")
    case "pending": Message(zh: "还没有投递", en: "not yet performed")
    default: Message(zh: "认不出的文件", en: "not an item")
    }
  }
  /// What `--repair` did about it.
  public static func folderMend(_ what: String) -> Message {
    switch what {
    case "queue-gone", "queue-failed": Message(zh: "已恢复", en: "is back")
    case "missing": Message(zh: "已重新送达", en: "delivered again")
    case "copy", "not-closed": Message(zh: "已移到 closed", en: "moved to closed/")
    case "misplaced", "foreign": Message(zh: "已放回", en: "put back")
    case "waiting": Message(zh: "已处理", en: "dealt with")
    case "pending": Message(zh: "已投递", en: "performed")
    default: Message(zh: "已修复", en: "mended")
    }
  }
  public static func fsckMended(_ count: Int) -> Message {
    Message(zh: "修复了 \(count) 处", en: "\(count) mended")
  }
  public static func fsckSummary(_ disagreements: Int, notes: Int) -> Message {
    Message(
      zh: disagreements == 0 ? "队列与台账一致" + (notes > 0 ? "（另有 \(notes) 条提示）" : "") : "\(disagreements) 处不一致",
      en: disagreements == 0
        ? "folders and ledger agree" + (notes > 0 ? " (\(notes) notes)" : "")
        : "\(disagreements) disagreements")
  }
  public static func backupDone(_ directory: String, events: Int, files: Int) -> Message {
    Message(
      zh: "已备份到 \(directory)：\(events) 条事件，\(files) 个文件",
      en: "backed up to \(directory): \(events) events, \(files) files")
  }
  public static func restoreDone(_ root: String) -> Message {
    Message(
      zh: "已恢复到 \(root)；启动守护进程后会重新投递在办条目",
      en: "restored into \(root); the daemon delivers the open items again when it starts")
  }

  // Explanation
  public static func explainDecided(_ at: String, rulebook: String) -> Message {
    Message(zh: "受理时间 \(at)，规则 \(rulebook)", en: "taken at \(at), rulebook \(rulebook)")
  }
  public static func explainSecond(_ title: String) -> Message {
    Message(zh: "，第二类别 \(title)", en: ", second category \(title)")
  }
  public static let explainVotes = Message(zh: "得票", en: "votes")
  public static let explainTitleWeight = Message(zh: "×3（标题）", en: "×3 (title)")
  public static func explainScore(_ score: Int) -> Message {
    Message(zh: "得分 \(score)", en: "score \(score)")
  }
  /// - Parameter floors: the rules that hold the level above the band; empty where the band decides.
  public static func explainLevel(score: Int, band: String, floors: [String]) -> Message {
    floors.isEmpty
      ? Message(zh: "总分 \(score)，在“\(band)”档", en: "the score \(score) lies in the band of \(band)")
      : Message(
        zh: "总分 \(score) 只到“\(band)”档，由规则 \(floors.joined(separator: "、")) 定为不低于此级",
        en: "the score \(score) reaches \(band) only; the floor is given by \(floors.joined(separator: ", "))"
      )
  }
  public static let explainArea = Message(zh: "区域", en: "area")
  public static func explainHistory(_ earlier: Int) -> Message {
    Message(
      zh: "同一事项此前已有 \(earlier) 件", en: "earlier cases about the same matter: \(earlier)")
  }
  public static func explainNow(phase: Message, level: String, lead: String) -> Message {
    Message(
      zh: "以上是当时的决定；目前：\(phase.zh)，级别 \(level)，牵头 \(lead)",
      en: "this is what was decided; now: \(phase.en), level \(level), lead \(lead)")
  }
  public static func explainRulebookGone(_ digest: String) -> Message {
    Message(
      zh: "当时的规则 \(digest) 不在台账里，或本版本已读不懂，无法解释",
      en: "the rulebook \(digest) of that decision is not in the ledger or cannot be read by this version")
  }
  public static func explainNeitherFileNorCase(_ name: String) -> Message {
    Message(
      zh: "“\(name)”既不是文件，也不是台账里的案件编号", en: "“\(name)” is neither a file nor a case of the ledger")
  }
  public static func explainNearest(
    field: FieldID, start: Int, end: Int, found: String, phrase: String
  ) -> Message {
    let name = fieldName(field)
    return Message(
      zh: "最接近的是\(name.zh)第 \(start + 1)–\(end) 字“\(found)”，规则要的是“\(phrase)”",
      en: "nearest: \(name.en), characters \(start + 1)–\(end), “\(found)” for “\(phrase)”")
  }
  public static let explainTags = Message(zh: "标签", en: "tags")
  public static func explainRoute(_ route: RuleID) -> Message {
    Message(zh: "按路由 \(route)", en: "by route \(route)")
  }
  public static let explainFallback = Message(
    zh: "没有路由适用，由兜底单位承接", en: "no route applies: the fallback takes it")
  public static let explainAssist = Message(zh: "协办", en: "assist")
  public static let explainWatch = Message(zh: "知会", en: "told")
  public static let explainFired = Message(zh: "生效的规则:", en: "rules that fired:")
  public static let explainDeadlines = Message(zh: "时限:", en: "deadlines:")
  public static func explainDidFire(_ rule: RuleID) -> Message {
    Message(zh: "规则 \(rule) 已经生效", en: "rule \(rule) did fire")
  }
  public static func explainDidNotFire(_ rule: RuleID) -> Message {
    Message(zh: "规则 \(rule) 没有生效，因为:", en: "rule \(rule) did not fire, because:")
  }

  public static let dueProvisional = Message(
    zh: "暂定：跨入了还没有放假安排的年份，补上通知后可能改变",
    en: "provisional: it touches a year without a holiday notice and may change when the notice comes")

  // Tables
  public static let columnCase = Message(zh: "编号", en: "case")
  public static let columnTitle = Message(zh: "标题", en: "title")
  public static let columnCategory = Message(zh: "类别", en: "category")
  public static let columnChannel = Message(zh: "渠道", en: "channel")
  /// - Parameter what: the column that is asked for.
  public static func filterUnknown(_ id: String, _ what: Message, known: [String]) -> Message {
    Message(
      zh: "没有\(what.zh)“\(id)”；有的是 \(known.joined(separator: "、"))",
      en: "there is no \(what.en) \(id); there are \(known.joined(separator: ", "))")
  }
  public static let columnLevel = Message(zh: "级别", en: "level")
  public static let columnLead = Message(zh: "牵头单位", en: "lead")
  public static let columnWhy = Message(zh: "依据", en: "why")
  public static let columnPhase = Message(zh: "状态", en: "phase")
  public static let columnAcceptBy = Message(zh: "签收期限", en: "accept by")
  public static let columnResolveBy = Message(zh: "办结期限", en: "resolve by")
  public static let provisionalMark = Message(zh: "（暂定）", en: " (provisional)")
}
