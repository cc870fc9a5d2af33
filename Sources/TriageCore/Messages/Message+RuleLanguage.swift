/// What findings say of the rule language: settings, areas, conditions, rows.
extension Message.Rules {
  /// Kinds of things with names.
  public enum Thing: Sendable {
    case department, category, level, scaleValue, tag, lexicon, area, areaKind, field, channel, stage, rule,
      reason

    var inChinese: String {
      switch self {
      case .department: "部门"
      case .category: "类别"
      case .level: "级别"
      case .scaleValue: "分级值"
      case .tag: "标签"
      case .lexicon: "词表"
      case .area: "区域"
      case .areaKind: "区域类型"
      case .field: "字段"
      case .channel: "渠道"
      case .stage: "环节"
      case .rule: "规则"
      case .reason: "原因"
      }
    }
    var inEnglish: String {
      switch self {
      case .department: "department"
      case .category: "category"
      case .level: "level"
      case .scaleValue: "value of a scale"
      case .tag: "tag"
      case .lexicon: "lexicon"
      case .area: "area"
      case .areaKind: "kind of area"
      case .field: "field"
      case .channel: "channel"
      case .stage: "stage"
      case .rule: "rule"
      case .reason: "reason"
      }
    }
  }

  public static func undefined(_ name: String, _ thing: Thing) -> Message {
    Message(zh: "没有定义过的\(thing.inChinese)“\(name)”", en: "there is no \(thing.inEnglish) '\(name)'")
  }
  public static func unused(_ name: String, _ thing: Thing) -> Message {
    Message(zh: "\(thing.inChinese)“\(name)”没有被任何规则用到", en: "no rule uses the \(thing.inEnglish) '\(name)'")
  }

  // MARK: Settings

  public static func languageVersion(_ found: Int, _ known: Int) -> Message {
    Message(
      zh: "规则语言版本 \(found) 无法读取，本版本只认 rulebook: \(known)",
      en: "version \(found) of the rule language is not known, this program reads rulebook: \(known)")
  }
  public static func badPrefix(_ prefix: String) -> Message {
    Message(
      zh: "案件编号前缀“\(prefix)”应为 1 到 12 个英文字母",
      en: "the case id prefix '\(prefix)' must be 1 to 12 Latin letters")
  }
  public static func unknownZone(_ name: String) -> Message {
    Message(
      zh: "不认识的时区“\(name)”；中国大陆请写 Asia/Shanghai",
      en: "unknown time zone '\(name)'; write a full name like Asia/Shanghai")
  }
  public static func levelOrder(_ level: String, _ milder: String) -> Message {
    Message(
      zh: "级别“\(level)”的 score 应高于排在前面的“\(milder)”",
      en: "the score of level '\(level)' must be above that of '\(milder)' before it")
  }
  public static let levelOrderHint = Message(
    zh: "levels 从轻到重排列，score 逐级升高", en: "levels go from mild to severe, with rising scores")
  public static func reservedScale(_ id: String) -> Message {
    Message(
      zh: "“\(id)”是规则语言的关键词，不能作分级的 id", en: "'\(id)' is a word of the rule language and cannot name a scale")
  }
  public static func builtInField(_ id: String) -> Message {
    Message(zh: "字段“\(id)”是内置的，不必也不能再声明", en: "the field '\(id)' is built in and cannot be declared again")
  }

  // MARK: Areas and departments

  public static func ambiguousArea(_ name: String, _ areas: [String]) -> Message {
    Message(
      zh: "名称“\(name)”对应多个区域：\(list(areas, "、"))；只写这个名称的案件无法确定区域",
      en:
        "the name '\(name)' belongs to several areas: \(list(areas, ", ")); a case with only this name has no area"
    )
  }
  public static let ambiguousAreaHint = Message(
    zh: "请换用各不相同的标题或别名", en: "give them different titles or aliases")
  public static func badTemplate(_ text: String) -> Message {
    Message(zh: "模板“\(text)”写法有误", en: "the template '\(text)' is not well formed")
  }
  public static let badTemplateHint = Message(
    zh: "花括号里写 area. 加区域类型，例如 community@{area.community}",
    en: "write area. and a kind of area inside the braces, as in community@{area.community}")
  public static func templateWithoutArea(_ text: String) -> Message {
    Message(
      zh: "“\(text)”含有 {area.…}，但这一条没有 for_each_area，不知道用哪个区域填充",
      en: "'\(text)' has {area.…}, but without for_each_area there is no area to fill it")
  }
  public static func noAreaAbove(_ kind: String, _ area: String) -> Message {
    Message(
      zh: "区域“\(area)”及其上级中没有类型为“\(kind)”的区域", en: "there is no area of kind '\(kind)' at or above '\(area)'")
  }

  // MARK: Calendar

  public static func badHours(_ text: String) -> Message {
    Message(zh: "“\(text)”不是一段办公时间", en: "'\(text)' is no span of working hours")
  }
  public static let badHoursHint = Message(
    zh: "写作 '08:30-12:00'，起点早于终点", en: "write '08:30-12:00', the start before the end")
  public static func hoursOverlap(_ text: String) -> Message {
    Message(
      zh: "办公时间“\(text)”与前一段重叠或次序颠倒",
      en: "the working hours '\(text)' overlap those before them or are out of order")
  }
  public static let alwaysRest = Message(
    zh: "一周七天都休息，期限将无法计算", en: "every day of the week is a rest day: no deadline could be counted")
  public static func notAYear(_ text: String) -> Message {
    Message(zh: "“\(text)”不是年份", en: "'\(text)' is no year")
  }
  public static func badDays(_ text: String) -> Message {
    Message(zh: "“\(text)”不是日期或日期区间", en: "'\(text)' is no day and no span of days")
  }
  public static let badDaysHint = Message(
    zh: "写作 '2026-10-01' 或 '2026-10-01..2026-10-08'", en: "write '2026-10-01' or '2026-10-01..2026-10-08'")
  public static func dayOutsideYear(_ text: String, _ year: Int) -> Message {
    Message(zh: "“\(text)”不在 \(year) 年内", en: "'\(text)' is not in \(year)")
  }
  public static func dayOnAndOff(_ day: String) -> Message {
    Message(zh: "\(day) 同时列为放假和上班", en: "\(day) is both a day off and a working day")
  }
  public static func makeUpOnWorkingDay(_ day: String) -> Message {
    Message(zh: "\(day) 本来就是工作日，不必列入调休上班", en: "\(day) is a working day anyway and need not be under 'on'")
  }

  // MARK: Conditions

  public static let emptyCondition = Message(zh: "条件是空的", en: "the condition is empty")
  public static func conditionTooDeep(limit: Int) -> Message {
    Message(zh: "条件嵌套超过 \(limit) 层", en: "conditions are nested more than \(limit) deep")
  }
  public static let textInRow = Message(
    zh: "文字条件只能写在 classification 里：路由、时限等以后还要凭台账重新计算，台账里不保留全文",
    en:
      "text may be tested only under classification: rows are chosen again later from the ledger, which keeps no text for them"
  )
  public static let textInRowHint = Message(
    zh: "在 classification 里写一条规则，命中时给出标签（then: {tags: [名称]}），这里改用 tag: 名称",
    en: "let a classification rule give a tag (then: {tags: [name]}) and test it here with tag: name")
  public static func laterPhase(_ key: String) -> Message {
    Message(
      zh: "归类规则里不能用“\(key)”作条件：它要等所有归类规则算完才确定",
      en: "'\(key)' cannot be tested by a classification rule: it is decided only after all of them")
  }
  public static let laterPhaseHint = Message(
    zh: "改用 tag 在规则之间传递，或把这条写到 routes、deadlines 等里",
    en: "pass a tag from rule to rule, or move this to a row of routes or deadlines")
  public static let emptyText = Message(
    zh: "text 里要写 any、all、lexicon 或 matches 中的至少一个",
    en: "text needs at least one of any, all, lexicon, matches")
  public static func fieldIsNoText(_ field: String) -> Message {
    Message(zh: "字段“\(field)”不是文字，不能在其中找词", en: "the field '\(field)' is no text to look into")
  }
  public static func testWithoutField(_ key: String) -> Message {
    Message(zh: "“\(key)”前面缺少 field: 字段名", en: "'\(key)' needs 'field: NAME' beside it")
  }
  public static func fieldWithoutTest(_ field: String, _ tests: [String]) -> Message {
    Message(
      zh: "对字段“\(field)”没有写如何比较，要有其中一个：\(list(tests, "、"))",
      en: "nothing is said about the field '\(field)': one of \(list(tests, ", ")) is wanted")
  }
  public static func notComparable(_ field: String, _ type: String, _ test: String) -> Message {
    Message(
      zh: "字段“\(field)”的类型是 \(type)，不能用 \(test)",
      en: "the field '\(field)' is of type \(type) and cannot be tested with \(test)")
  }
  public static func phraseTooLong(limit: Int) -> Message {
    Message(zh: "词语超过 \(limit) 个字", en: "the phrase is longer than \(limit) characters")
  }
  public static let emptyPhrase = Message(zh: "词语里没有可以匹配的字", en: "the phrase has nothing to match")
  public static func patternTooLong(limit: Int) -> Message {
    Message(zh: "正则表达式超过 \(limit) 个字", en: "the pattern is longer than \(limit) characters")
  }
  public static func notCues(_ text: String) -> Message {
    Message(
      zh: "“\(text)”不行：写 default、none 或一个词语列表",
      en: "'\(text)' will not do: write default, none or a list of words")
  }

  // MARK: Rules and rows

  public static let givesNothing = Message(
    zh: "then 里什么也没写，这条规则不起作用", en: "'then' is empty: the entry does nothing")
  public static func rowGivesNothing(_ keys: [String]) -> Message {
    Message(
      zh: "这一条不起作用：至少要写 \(list(keys, "、")) 之一",
      en: "the entry does nothing: it needs one of \(list(keys, ", "))")
  }
  public static let deadlineGivesNothing = Message(
    zh: "这一条没有写任何环节的时限", en: "the entry names no stage and no other setting")
  public static func neverOnlyForReturn(_ stage: String) -> Message {
    Message(
      zh: "never 只能用于 return（不许退回），不能用于 \(stage)",
      en: "never is for return only (no returns), not for \(stage)")
  }
  public static let anchoredHint = Message(
    zh: "自定义环节要同时写 stage、from、within，例如 stage: confirm, from: reply.agreement_date, within: 30d",
    en:
      "a stage of your own needs stage, from and within: stage: confirm, from: reply.agreement_date, within: 30d"
  )
  public static func builtInStage(_ stage: String) -> Message {
    Message(
      zh: "“\(stage)”是内置环节，请直接写“\(stage): 时限”",
      en: "'\(stage)' is a built-in stage: write '\(stage): DURATION'")
  }
  public static func badSlot(_ text: String) -> Message {
    Message(zh: "“\(text)”不是催办时点", en: "'\(text)' is no time for a reminder")
  }
  public static let badSlotHint = Message(
    zh: "写作 50%、-1wd（到期前）、0（到期时）、2h（到期后）或 every 1wd max 10（到期后每隔）",
    en: "write 50%, -1wd (before), 0 (at expiry), 2h (after) or every 1wd max 10 (again and again after)")
  public static let badQuiet = Message(
    zh: "免打扰时段写作 ['20:00', '08:00']，或写 none", en: "quiet hours are ['20:00', '08:00'] or none")
  public static func endBeforeStart(_ from: String, _ to: String) -> Message {
    Message(zh: "结束 \(to) 早于开始 \(from)", en: "the end \(to) is before the start \(from)")
  }
  public static func badSeason(_ from: String, _ to: String) -> Message {
    Message(zh: "“\(from)”到“\(to)”不是有效的时段", en: "'\(from)' to '\(to)' is no season")
  }
  public static let badSeasonHint = Message(
    zh: "每年的时段写作 from: 01-01, to: 02-15；一次性的写作 from: 2026-01-01, to: 2026-02-15",
    en: "every year: from: 01-01, to: 02-15; once: from: 2026-01-01, to: 2026-02-15")
  public static func oneTrigger(_ triggers: [String]) -> Message {
    Message(
      zh: "on 里要写且只写一种情形：\(list(triggers, "、"))", en: "'on' needs exactly one of \(list(triggers, ", "))")
  }
  public static func tagCycle(_ rules: [String]) -> Message {
    Message(
      zh: "这些规则互相等待对方给出的标签：\(rules.joined(separator: " → "))",
      en: "these rules wait for each other's tags: \(rules.joined(separator: " → "))")
  }
  public static let tagCycleHint = Message(
    zh: "去掉其中一条的 tag 条件或 tags", en: "take the tag condition or the tags out of one of them")
}
