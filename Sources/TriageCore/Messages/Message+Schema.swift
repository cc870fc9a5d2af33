extension Message {
  public static let helpSchema = Message(
    zh: "打印规则文件的 JSON Schema，供编辑器补全和查错。",
    en: "Prints the JSON Schema of rule files, with which editors complete and check them.")
  public static let helpSchemaUse = Message(
    zh:
      "VS Code 装上 YAML 插件（redhat.vscode-yaml）后：triaged schema --rules 目录 > 目录/.schema.json，再在规则文件第一行写 # yaml-language-server: $schema=.schema.json",
    en:
      "In VS Code with the YAML extension (redhat.vscode-yaml): triaged schema --rules DIR > DIR/.schema.json, and as the first line of a rule file: # yaml-language-server: $schema=.schema.json"
  )
  public static let optionSchemaFormat = Message(zh: "输出格式：只有 json。", en: "Output format: json only.")
  public static let optionSchemaRules = Message(
    zh: "加上这个规则库里的名称供选择。", en: "Add the names that this rulebook defines, to choose from.")
}

/// What the JSON Schema says of the keys of rule files, for whoever edits them.
extension Message {
  public enum Schema {
    public static let title = Message(zh: "triaged 规则文件", en: "a rule file of triaged")

    /// - Parameter key: of that mapping; keys that mean the same everywhere are described once.
    public static func about(_ mapping: String, _ key: String) -> Message {
      find(mapping + "." + key) ?? find("*." + key) ?? dueDay(key) ?? Message(zh: key, en: key)
    }

    public static func about(_ mapping: String) -> Message {
      find(mapping) ?? Message(zh: mapping, en: mapping)
    }

    /// Whether there is more to say of the key than its name.
    public static func describes(_ mapping: String, _ key: String) -> Bool {
      find(mapping + "." + key) != nil || find("*." + key) != nil || dueDay(key) != nil
    }

    private static func dueDay(_ key: String) -> Message? {
      guard key.hasSuffix("_due") else { return nil }
      let stage = String(key.dropLast("_due".count))
      return Message(zh: "环节 \(stage) 的到期日；none 没有在计时", en: "when '\(stage)' is due; none: it does not run")
    }

    private static func find(_ name: String) -> Message? {
      table[name].map { Message(zh: $0.zh, en: $0.en) }
    }

    private static let table = Dictionary(
      uniqueKeysWithValues: (settings + rows + tests + mappings).map { ($0.0, (zh: $0.1, en: $0.2)) })

    private static let mappings: [(String, String, String)] = [
      ("case_id", "案件编号", "case ids"),
      ("level", "级别", "a level"),
      ("scale", "分级", "a scale"),
      ("scale_value", "分级的一档", "a value of a scale"),
      ("category", "类别", "a category"),
      ("fallback", "兜底", "the fallback"),
      ("area", "辖区", "an area"),
      ("department", "单位", "a department"),
      ("for_each_area", "每个辖区一个", "one for each area"),
      ("calendar", "工作日历", "the working calendar"),
      ("department_calendar", "单位自己的作息", "a department's own hours"),
      ("year", "一年的放假和调休", "days off and on"),
      ("holidays", "一年的放假安排", "the holidays of a year"),
      ("channel", "渠道", "a channel"),
      ("reason", "理由", "a reason"),
      ("procedure", "其他程序", "another procedure"),
      ("field", "字段", "a field"),
      ("lexicon", "词表", "a lexicon"),
      ("rule", "归类规则", "a classification rule"),
      ("gives", "给出", "what a rule gives"),
      ("season", "有效期", "a season"),
      ("rule_condition", "归类规则的条件", "a condition of a classification rule"),
      (
        "row_condition", "行的条件：看类别、级别、标签等，不看文字",
        "a condition of a row: category, level, tags and so on, no text"
      ),
      ("text_condition", "文字条件", "a condition on text"),
      ("quantity", "数量条件", "a condition on a quantity in the text"),
      ("area_condition", "辖区条件", "a condition on the area"),
      ("repeat", "反复反映", "repeated filings"),
      ("route", "路由", "a route"),
      ("also", "协办与知会", "helpers and watchers"),
      ("deadline", "时限", "a deadline row"),
      ("extend", "延期", "extensions"),
      ("pause", "中止", "pauses"),
      ("require", "办结要求", "a requirement"),
      ("reminder", "催办", "a reminder row"),
      ("escalation", "升级步骤", "an escalation step"),
      ("trigger", "情况", "an occasion"),
      ("cluster", "扎堆", "a cluster of cases"),
      ("actions", "动作", "actions"),
      ("test", "测试", "a test"),
      ("test_case", "案件", "a case"),
      ("expect", "期望", "expectations"),
      ("step", "一步", "a step"),
      ("step_expect", "这一步之后的期望", "expectations after a step"),
      ("deed", "交上来的内容", "what is handed in"),
      ("list", "清单", "a list"),
      ("indicator", "指标", "an indicator"),
      ("subsidy", "以案定补", "a subsidy"),
      ("selection", "条件：案件的类别、级别等，以及办到哪一步", "a condition on cases and on how they stand"),
    ]
  }
}
