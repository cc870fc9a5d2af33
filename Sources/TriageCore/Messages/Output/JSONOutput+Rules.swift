/// Commands about rules, cases that are not in a ledger, and time.
extension JSONOutput {
  public static let check = JSONOutput(
    .lines(
      "每条发现一个", "a finding each",
      [
        Field("file", "文件", "the file, seen from the rulebook's directory"),
        Field("line", "行", "line, from 1"),
        Field("column", "列", "column, from 1, in characters"),
        Field("severity", "error 错误，warning 警告", "error or warning"),
        Field("code", "发现的种类，不随语言变", "the kind of finding, in no language"),
        Field("message", "哪里不对", "what is wrong"),
        .optional("hint", "怎么改", "how to mend it"),
        .optional("witness", "能说明问题的案件文件", "a case file that shows it"),
        .optional("witness_options", "配合 explain 的选项", "the options of explain that it needs"),
        .optional("source", "那一行原文", "the line itself"),
      ]))

  public static let test = JSONOutput(
    .lines(
      "每个测试一个", "a test each",
      [
        Field("name", "测试名", "the test's name"),
        Field("file", "文件", "its file"),
        Field("line", "行", "its line"),
        Field("passed", "是否通过", "whether it passed"),
        Field(
          "failures[]", "没有通过的预期", "expectations that were not met",
          [
            Field("line", "行", "line"),
            Field("message", "哪里不符", "what differs"),
            Field("because[]", "原因", "why"),
          ]),
        Field(
          "timeline[]", "没有通过时的经过", "what happened, where it failed",
          [Field("at", "时间", "when"), Field("text", "事情", "what")]),
      ]),
    .object(
      "最后一行：覆盖情况", "the last line: coverage",
      [
        Field("passed", "通过数", "tests passed"),
        Field("failed", "未通过数", "tests failed"),
        Field("percent", "覆盖率", "percent of rules and rows that tests reach"),
        Field(
          "coverage[]", "按种类", "by kind",
          [
            Field("table", "种类", "the kind"),
            Field("covered", "已覆盖", "how many are reached"),
            Field("all", "总数", "of how many"),
            Field("uncovered[]", "未覆盖的编号", "ids of the others"),
          ]),
      ]))

  public static let explain = JSONOutput(
    .lines(
      "每个案件一个", "a case each",
      [
        Field("file", "文件或案件编号", "the file, or the case's number"),
        Field("taken_at", "受理时间", "time of taking"),
        Field(
          "case{}", "案件本身", "the case as it was read",
          [
            .optional("source_id", "来源编号", "number at its source"),
            Field("channel", "渠道", "channel"),
            .optional("received_at", "来件时间", "when it was received"),
            Field("title", "标题", "title"),
            Field("text", "正文", "text"),
            .optional("area", "区域原文", "area as written"),
            .optional("address", "地址", "address"),
            .optional("people_count", "涉及人数", "people concerned"),
            .optional("amount", "涉及金额（元）", "money at stake, yuan"),
            Field("handled", "是否已当场处理", "settled on the spot"),
            .optional("result", "当场处理结果", "with what result"),
          ]),
        Field("category", "类别编号", "category"),
        .optional("second_category", "第二类别", "second category"),
        Field("votes{…}", "各类别得票", "votes by category"),
        Field("level", "级别编号", "level"),
        Field("score", "得分", "score"),
        Field("scales{…}", "其他分级", "value by scale"),
        Field("tags[]", "标签", "tags"),
        .optional("area", "认出的区域编号", "the area that was recognised"),
        Field("lead", "牵头单位编号", "department that leads"),
        Field("assist[]", "协办单位", "departments that help"),
        Field("watch[]", "抄送单位", "departments that are told"),
        .optional("route", "分流规则；没有则走兜底", "route; missing for the fallback"),
        Field(
          "deadlines[]", "期限", "deadlines",
          [
            Field("stage", "环节", "stage"),
            Field("due", "到期时间", "when it is due"),
            Field("provisional", "是否暂定", "over a year whose holidays are unknown"),
            .optional("department", "单位", "whose it is"),
          ]),
        Field(
          "fired[]", "生效的规则", "rules that fired",
          [
            Field("rule", "规则编号", "rule"),
            Field("file", "文件", "its file"),
            Field("line", "行", "its line"),
            Field(
              "because[]", "依据", "what made it true",
              [
                .optional("field", "栏目", "field"),
                .optional("phrase", "词语", "phrase"),
                .optional("start", "起始字符，从 0 数", "first character of the field, from 0"),
                .optional("end", "结束字符，不含", "character behind the last"),
                .optional("strength", "strong 或 weak", "strong or weak"),
                .optional("other", "区域、渠道、标签等", "area, channel, tag, number of repeats"),
              ]),
            Field(
              "gives{}", "给出的结果", "what it gives",
              [
                Field("votes{…}", "类别票数", "votes by category"),
                Field("score", "分数", "score"),
                .optional("level", "级别下限", "floor of the level"),
                Field("scales{…}", "其他分级", "value by scale"),
                Field("tags[]", "标签", "tags"),
                Field("on_the_spot", "当场化解", "settled on the spot"),
              ]),
            Field("in_title", "是否命中标题", "a hit lies in the title"),
          ]),
        .optional(
          "same_matter{}", "同一事项的旧案", "earlier cases of the matter",
          [
            Field("filings[]", "受理时间", "when they were taken"),
            Field(
              "links[]", "关联", "links",
              [Field("to", "案件编号", "case"), Field("why", "原因", "why")]),
          ]),
        Field("notes[]", "受理时发现的异常", "what was odd about it, in words"),
        Field("rulebook", "规则指纹", "digest of the rulebook"),
      ]),
    .lines(
      "加 --why-not 时，每个案件一个", "with --why-not, a case each",
      [
        Field("file", "文件或案件编号", "the file, or the case's number"),
        Field("rule", "规则编号", "rule"),
        Field("fired", "其实生效了", "it did fire"),
        Field(
          "because[]", "没有满足的条件", "conditions that failed",
          [
            Field("reason", "原因", "why"),
            Field("alternative", "几个里满足一个即可", "one of several would do"),
            .optional(
              "nearest{}", "最接近的地方", "where the text comes nearest",
              [
                Field("field", "栏目", "field"),
                Field("start", "起始字符，从 0 数", "first character, from 0"),
                Field("end", "结束字符，不含", "character behind the last"),
                Field("found", "原文", "what stands there"),
                Field("phrase", "要找的词语", "phrase looked for"),
              ]),
          ]),
      ]))

  public static let due = JSONOutput(.object("这个期限", "the deadline", deadline))

  private static let pauses: [Field] = [
    Field(
      "parts[]", "各次暂停", "each of them",
      [
        Field("from", "起", "from"),
        Field("until", "止", "until"),
        Field("seconds", "计入的秒数", "seconds of it that count"),
      ]),
    Field("seconds", "合计秒数", "seconds in all"),
    Field("day_length", "一个工作日的秒数", "seconds of a working day"),
    Field("days", "期限顺延的天数", "days by which the deadline moves"),
    Field("rest", "不足一天、留待下次的秒数", "seconds kept for the next pause"),
  ]

  /// As `DeadlineReport` prints it.
  static let deadline: [Field] = [
    .optional("stage", "环节", "stage"),
    .optional("department", "单位", "whose it is"),
    Field("start", "起算时间", "start"),
    Field("limit", "时长", "limit, such as 5wd"),
    Field("due", "到期时间", "when it is due"),
    Field("provisional", "是否暂定", "over a year whose holidays are unknown"),
    .optional("row", "依据的规则", "row of the rulebook"),
    .optional("pauses{}", "本环节的暂停", "pauses of the stage", pauses),
    .optional(
      "further_pauses[]", "延期部分按另一种日子计算的暂停", "those of extensions in other days",
      pauses + [Field("limit", "延期的时长", "the extension")]),
    .optional(
      "arithmetic[]", "逐段算式", "each span counted or skipped",
      [
        Field("from", "起", "from"),
        Field("until", "止", "until"),
        Field("reason", "为何计或不计", "why it counts or not"),
        Field("counted", "计入多少", "how much of it counts"),
        .optional("name", "节假日名称", "name of the holiday"),
      ]),
  ]

  public static let calendarImport = JSONOutput(
    .lines(
      "每年一个", "a year each",
      [
        Field("year", "年份", "year"),
        Field(
          "what", "written 已写入，same 已有，shown 未给规则目录",
          "written, same (known already), shown (no rulebook given)"),
        .optional("file", "写入的规则文件", "rule file written"),
        Field("off[]", "休息日", "days off"),
        Field("on[]", "调休上班日", "rest days that are worked"),
      ]))

  public static let schema = JSONOutput(
    .object("JSON Schema 2020-12，多行", "a JSON Schema 2020-12, on many lines", []))

  public static let initial = JSONOutput(
    .object(
      "建立的规则", "the rulebook made",
      [
        Field("directory", "规则目录", "its directory"),
        Field("files[]", "规则文件", "its rule files"),
      ]))
}
