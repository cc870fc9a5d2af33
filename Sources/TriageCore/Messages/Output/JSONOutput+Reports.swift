/// Commands that compute from what a root holds: replays, reminders, reports, simulations.
extension JSONOutput {
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
