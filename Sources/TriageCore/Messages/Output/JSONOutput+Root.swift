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

  public static let replay = JSONOutput(
    .lines(
      "加 --cases 时，每个有变化的案件一个", "with --cases, a case that changes each",
      [
        Field("case", "案件编号", "the case's number"),
        Field("taken_at", "受理时间", "time of taking"),
        Field("before{}", "原来", "under the rules that decided it", replaySide),
        Field("after{}", "换新规则后", "under the new ones", replaySide),
        Field(
          "deadlines[]", "变化的期限", "deadlines that change",
          [
            Field("stage", "环节", "stage"),
            .optional("before", "原来", "before"),
            .optional("after", "以后", "after"),
          ]),
        Field(
          "escalations[]", "变化的督办次数", "escalations that change",
          [
            Field("rule", "规则", "rule"), Field("before", "原来", "before"),
            Field("after", "以后", "after"),
          ]),
        Field("dropped_deeds", "新规则下不成立的办理动作", "deeds that the new rules leave no room for"),
      ]),
    .object(
      "最后一行：汇总", "the last line: the sum",
      [
        Field("cases", "回放件数", "cases replayed"),
        Field("erased", "已匿名，略过", "erased ones left out"),
        .optional("first", "最早受理时间", "first taking"),
        .optional("last", "最晚受理时间", "last taking"),
        Field("moved", "换单位或级别的件数", "cases that change department or level"),
        Field("moved_percent", "百分比", "percent of them"),
        Field("changed", "有任何变化的件数", "cases that change in any way"),
        Field("dropped_deeds", "不成立的办理动作", "deeds without room"),
        Field("departments[]", "牵头单位变化", "changes of the lead", replayMove),
        Field("raised[]", "级别升高", "levels raised", replayMove),
        Field("lowered[]", "级别降低", "levels lowered", replayMove),
        Field("categories[]", "类别变化", "changes of the category", replayMove),
        Field(
          "deadlines[]", "受理时的期限变化", "deadlines at the taking",
          [
            Field("stage", "环节", "stage"),
            Field("earlier", "提前", "earlier"),
            Field("later", "推后", "later"),
            Field("added", "新增", "added"),
            Field("removed", "取消", "removed"),
          ]),
        Field(
          "escalations[]", "督办次数变化", "escalations",
          [
            Field("rule", "规则", "rule"),
            Field("before", "原来", "before"),
            Field("after", "以后", "after"),
            Field("gained", "新增督办的案件", "cases that gain one"),
            Field("lost", "不再督办的案件", "cases that lose one"),
          ]),
        Field(
          "reminders[]", "催办量", "reminders",
          [
            Field("department", "单位", "department"),
            Field("before", "原来", "before"),
            Field("after", "以后", "after"),
            .optional("worst_before{}", "原来最多的一天", "the worst day before", replayDay),
            .optional("worst_after{}", "以后最多的一天", "the worst day after", replayDay),
          ]),
      ]))

  private static let replaySide: [Field] = [
    Field("lead", "牵头单位", "department that leads"),
    Field("level", "级别", "level"),
    Field("category", "类别", "category"),
    .optional("route", "分流规则", "route"),
    Field("reminders", "催办次数", "reminders"),
  ]
  private static let replayMove: [Field] = [
    Field("from", "从", "from"), Field("to", "到", "to"), Field("cases", "件数", "cases"),
  ]
  private static let replayDay: [Field] = [Field("day", "日期", "day"), Field("cases", "件数", "cases")]

  public static let reminders = JSONOutput(
    .lines(
      "每单位每天一个", "a department and day each",
      [
        Field("department", "单位编号", "department"),
        Field("title", "单位名称", "its title"),
        Field("day", "日期", "day"),
        Field("at_once", "即时催办", "reminders at once"),
        Field("digest", "汇总里的条数", "lines of the digest"),
        Field("escalations", "督办", "escalations"),
        Field("visits", "回访", "visits due"),
        Field("overdue", "超期", "overdue by then"),
      ]))

  public static let report = JSONOutput(
    .object("一个时段的报告", "the report of a period", centreReport),
    .lines("加 --list 时，每个案件一个", "with --list, a case each", listRow))

  /// As `ReportJSON` prints it.
  private static let centreReport: [Field] = [
    Field(
      "period{}", "时段", "the period",
      [
        Field("from", "起", "from"), Field("to", "止，不含", "until, exclusive"),
        Field("at", "截至", "as of"),
      ]),
    Field(
      "sums{}", "合计", "sums",
      [
        Field("taken", "受理", "taken"),
        Field("resolved", "办结", "resolved"),
        Field("closed", "销号", "closed"),
        Field("open", "期末在办", "open at the end"),
        Field("overdue", "其中超期", "overdue ones of them"),
        Field("erased", "已匿名，未计", "erased, not counted"),
      ]),
    Field("categories[]", "按类别", "by category", volume),
    Field("levels[]", "按级别", "by level", volume),
    Field("departments[]", "按单位", "by department", volume),
    Field("channels[]", "按渠道", "by channel", volume),
    Field(
      "topics[]", "最多的事项", "what came up most",
      [
        Field("category", "类别", "category"),
        .optional("area", "区域", "area"),
        Field("title", "名称", "title"),
        Field("taken", "受理", "taken"),
      ]),
    Field(
      "units[]", "各单位", "departments' work",
      [
        Field("department", "单位编号", "department"),
        Field("title", "名称", "title"),
        Field("assigned", "派单", "items to lead"),
        Field("resolved", "办结", "resolved"),
        Field("returned", "退回", "returned"),
        Field("accept{}", "签收及时", "accepted in time", timeliness),
        Field("resolve{}", "办结及时", "resolved in time", timeliness),
        Field("other{}", "其他及时", "all else in time", timeliness),
        Field("open", "在办", "open"),
        Field("overdue", "超期", "overdue"),
      ]),
    Field(
      "indicators[]", "指标", "indicators",
      [
        Field("id", "编号", "id"),
        Field("title", "名称", "title"),
        Field("measure", "rate 比率，count 数量", "rate or count"),
        Field("count", "符合数", "cases for which it holds"),
        Field("of", "总数", "of so many"),
        .optional("value", "值（百分比或数量）", "value, percent or number"),
        .optional("target", "目标", "target"),
        .optional("target_is", "at_least 不低于，at_most 不高于", "at_least or at_most"),
        .optional("met", "是否达标", "whether it is met"),
      ]),
    Field(
      "lists[]", "清单", "lists",
      [
        Field("id", "编号", "id"),
        Field("title", "名称", "title"),
        Field("total", "总数；cases 只有前面的", "how many there are; cases may hold fewer"),
        Field("cases[]", "案件", "its cases", listRow),
      ]),
    Field(
      "subsidies[]", "补贴", "subsidies",
      [
        Field("id", "编号", "id"),
        Field("title", "名称", "title"),
        Field("amount", "每件（元）", "yuan a case"),
        Field("cases", "件数", "cases"),
        Field("sum", "合计（元）", "yuan in all"),
      ]),
    Field(
      "subsidy_units[]", "各单位补贴", "subsidies by department",
      [
        Field("department", "单位编号", "department"),
        Field("title", "名称", "title"),
        Field("cases", "件数", "cases"),
        Field("sum", "合计（元）", "yuan in all"),
      ]),
    Field("rulebook", "规则指纹", "digest of the rulebook"),
  ]

  private static let volume: [Field] = [
    Field("id", "编号", "id"),
    Field("title", "名称", "title"),
    Field("taken", "受理", "taken in the period"),
    Field("resolved", "办结", "resolved in it"),
    Field("open", "期末在办", "open at its end"),
    Field("overdue", "其中超期", "overdue ones of them"),
  ]
  private static let timeliness: [Field] = [
    Field("due", "应完成", "fell due"), Field("met", "及时", "done in time"),
  ]
  private static let listRow: [Field] = [
    Field("case", "案件编号", "the case's number"),
    Field("title", "标题", "title"),
    Field("category", "类别", "category"),
    Field("level", "级别", "level"),
    Field("lead", "牵头单位", "department that leads"),
    .optional("area", "区域", "area"),
    Field("phase", "阶段", "where it stands"),
    Field("taken_at", "受理时间", "time of taking"),
    .optional("stage", "下一个期限的环节", "stage of its next deadline"),
    .optional("due", "到期时间", "when that is due"),
    Field("overdue", "是否超期", "it is past"),
    .optional("result", "办理结果", "result"),
  ]

  public static let simulate = JSONOutput(
    .object(
      "模拟结果", "what it came to",
      [
        Field("scenario", "场景", "the scenario"),
        Field("from", "起", "first day"),
        Field("to", "止", "last day"),
        Field("seed", "随机种子", "seed"),
        Field("sent", "来件", "files sent"),
        Field("moves", "单位的动作", "moves of clerks"),
        Field("duplicates", "重复件", "duplicates"),
        Field("set_aside", "未能受理", "set aside"),
        Field("forms_refused", "表单有误", "forms not valid"),
        Field("events{…}", "各类事件数", "events by kind"),
        Field("report{}", "全程报告，与 report 相同", "as report prints it", centreReport),
        Field("folders[]", "目录与台账不一致之处", "where folders and ledger disagree"),
        Field("faults[]", "台账的问题", "faults of the ledger"),
      ]))
}
