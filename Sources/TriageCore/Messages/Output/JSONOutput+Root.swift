/// Commands about a root and its ledger.
extension JSONOutput {
  public static let status = JSONOutput(
    .object(
      "概况", "health and counts",
      [
        Field("root", "根目录", "the root"),
        Field("running", "守护进程是否在运行", "a daemon runs"),
        Field("rulebook", "在用规则的指纹", "digest of the rulebook in force"),
        Field("rules_refused", "新规则有误，未采用", "changed rules are refused"),
        .optional("findings", "哪里有误", "what is wrong with them"),
        .optional("calendar_days_left", "节假日数据还剩几天", "days until the holiday data end"),
        Field("intake_paused", "磁盘已满或不可写，暂停受理", "disk full or not writable: nothing is taken in"),
        Field("queues_gone", "共享盘不在的队列数", "queues whose share is gone"),
        Field("queues_hung", "共享盘不响应的队列数", "queues whose share does not answer"),
        Field("queues_failing", "建不了或写不进的队列数", "queues that cannot be made or written"),
        Field(
          "inbox_waiting", "收件夹里放了很久还收不了的文件数",
          "files of the inbox that have been written to, or called unfinished, for minutes"),
        Field(
          "folders_gone[]", "共享盘不在的目录；inbox/* 是其中的渠道",
          "folders of the root whose share is gone; inbox/*: channels"),
        .optional("ledger", "台账与根目录不符之处", "how the ledger is not the root's"),
        .optional("disk_free_bytes", "台账所在磁盘的剩余字节", "room on the ledger's disk, bytes"),
        Field("disk_read_only", "该磁盘只能读", "that disk can only be read"),
        Field("cases", "案件数", "cases"),
        Field("open", "在办数", "open ones"),
        Field("overdue", "在办且超期", "open ones past a deadline"),
        Field("phases{…}", "按阶段", "cases by phase"),
        Field("levels{…}", "在办，按级别", "open cases by level"),
        Field("open_alerts", "未答复的预警", "alerts not answered"),
        Field("effects_waiting", "待投递", "deliveries and moves that wait"),
        Field("set_aside", "等人处理的文件", "files set aside for a person"),
        Field("events", "事件数", "events in the ledger"),
        .optional("last_scan", "上次巡查时间", "when all folders were last looked at"),
      ]))

  public static let cases = JSONOutput(
    .lines("每个案件一个，新的在前", "a case each, the newest first", oneCase))

  /// As `CaseReport` prints it.
  static let oneCase: [Field] = [
    Field("id", "案件编号", "the case's number"),
    .optional("source_id", "来源编号", "number at its source"),
    Field("channel", "渠道", "channel"),
    Field("title", "标题", "title"),
    Field("category", "类别编号", "category"),
    Field("level", "级别编号", "level"),
    Field("lead", "牵头单位编号", "department that leads"),
    .optional("area", "区域编号", "area"),
    Field("phase", "阶段", "where it stands"),
    Field("taken_at", "受理时间", "time of taking"),
    Field("why[]", "生效规则的名称", "titles of the rules that fired"),
    .optional("route", "分流规则", "route; missing for the fallback"),
    .optional("accept_due", "签收期限", "accept by"),
    .optional("resolve_due", "办结期限", "resolve by"),
    Field("provisional", "有暂定的期限", "a running deadline is provisional"),
    Field(
      "deadlines[]", "全部期限", "all deadlines",
      [
        Field("stage", "环节", "stage"),
        .optional("department", "单位", "whose it is"),
        Field("due", "到期时间", "when it is due"),
        Field("provisional", "是否暂定", "over a year whose holidays are unknown"),
        .optional("ended", "怎样结束；仍在计时则没有", "how it ended; missing while it runs"),
      ]),
  ]

  public static let show = JSONOutput(
    .object(
      "案件全貌", "the whole case",
      [
        Field("case{}", "与 cases 相同", "as cases prints it", oneCase),
        Field(
          "items[]", "条目", "items",
          [
            Field("item", "条目编号", "item"),
            Field("department", "单位", "department"),
            Field("role", "角色", "role"),
            Field("status", "状态", "status"),
          ]),
        Field(
          "links[]", "关联案件", "links to other cases",
          [Field("from", "案件", "case"), Field("to", "案件", "case"), Field("why", "原因", "why")]),
        Field("attachments[]", "附件名", "names of attachments"),
        .optional("original", "原件 SHA-256", "SHA-256 of the original"),
        Field("deadlines[]", "期限和算式", "deadlines with their arithmetic", deadline),
        Field(
          "timeline[]", "全部经过", "everything that happened",
          [
            Field("sequence", "事件序号", "number of the event"),
            Field("at", "时间", "when"),
            Field("kind", "种类，不随语言变", "its kind, in no language"),
            Field("text", "事情", "what happened"),
            .optional("notes[]", "受理时发现的异常", "what was odd about the case as it came"),
          ]),
      ]),
    .lines(
      "加 --extract 时，每个文件一个", "with --extract, a file each", [Field("file", "写到哪里", "where it was written")]))

  public static let act = JSONOutput(
    .object(
      "所做的动作", "what was done",
      [
        Field("verb", "动作", "the verb"),
        Field("item", "条目编号", "the item"),
        Field("department", "单位", "department in whose name"),
        Field("file", "文件现在的位置", "where its file lies now"),
      ]))

  public static let fsck = JSONOutput(
    .lines(
      "每处一个；一致时没有输出", "a finding each; none where all agrees",
      [
        Field("department", "单位；台账的问题为空", "department; empty for the ledger's faults"),
        Field("subject", "条目或文件；台账的问题是说明", "the item or file; of the ledger what it is"),
        Field("what", "哪里不对，不随语言变", "what is wrong, in no language"),
        Field("mended", "--repair 已修复", "--repair put it right"),
      ]))

  public static let ledgerVerify = JSONOutput(
    .object("校验结果", "what was found", verified))

  /// As `VerifyJSON` prints it.
  private static let verified: [Field] = [
    Field("events", "事件数", "events"),
    Field("originals", "原件数", "originals"),
    Field("erased_payloads", "依法抹去的内容", "payloads erased with their cases"),
    Field("head", "最后一个事件的哈希", "hash of the last event"),
    Field("cases_recomputed", "按事件重算的案件", "cases made anew from their events"),
    Field("erased_cases", "已匿名，无从重算", "erased ones, which cannot be"),
    Field("timers_not_recomputed", "无从重算的计时", "timers that cannot be"),
    Field("texts_not_recomputed", "无从重算的文本特征", "keys of texts that cannot be"),
    Field("attachments_not_recomputed", "无从重算的附件", "attachments that cannot be"),
    Field(
      "faults[]", "问题", "faults",
      [
        Field("text", "哪里不对", "what is wrong"),
        .optional("case", "案件编号", "case"),
        .optional("table", "表", "table"),
        .optional("column", "列", "column"),
        .optional("stored", "存着的值", "what is stored"),
        .optional("recomputed", "重算的值", "what the events say"),
      ]),
    Field("more_faults", "未列出的问题数", "faults beyond those listed"),
  ]

  public static let ledgerRebuild = JSONOutput(
    .object(
      "重建的台账", "the ledger made anew",
      [
        Field("cases", "案件数", "cases"),
        Field("events", "事件数", "events"),
        Field("erased", "照原样带过来的已匿名案件", "erased cases taken over as they were"),
        Field("enclosures", "照原样带过来的附件", "attachments taken over"),
        Field("sketches", "照原样带过来的文本特征", "keys of texts taken over"),
        Field("dropped_rulebooks[]", "丢弃的规则", "rulebooks left out"),
        Field("dropped_effects[]", "丢弃的投递", "deliveries left out"),
        Field("kept", "旧台账存放处", "where the old ledger is kept"),
        Field("verify{}", "校验结果，与 verify 相同", "as verify prints it", verified),
      ]))

  public static let ledgerBackup = JSONOutput(
    .object(
      "做成的备份", "the backup made",
      [
        Field("directory", "备份目录", "its directory"),
        Field("events", "事件数", "events in it"),
        Field("head", "最后一个事件的哈希", "hash of the last one"),
        Field("files", "单独存放的原件数", "originals in files of their own"),
      ]))

  public static let ledgerRestore = JSONOutput(
    .object(
      "恢复的台账", "what was restored",
      [
        Field("root", "根目录", "the root"),
        Field("events", "事件数", "events"),
        Field("head", "最后一个事件的哈希", "hash of the last one"),
        Field("files", "单独存放的原件数", "originals in files of their own"),
      ]),
    .object(
      "加 --originals 时", "with --originals",
      [
        Field("root", "根目录", "the root"),
        Field("files", "补回的原件", "originals brought back"),
        Field("missing", "备份里也没有的", "those that the backup lacks too"),
      ]))
}
