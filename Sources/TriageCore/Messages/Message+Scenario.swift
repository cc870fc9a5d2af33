/// Scenarios of `triaged simulate`: what may be wrong with one.
extension Message {
  public enum Scenario {
    public static let empty = Message(zh: "这个文件是空的", en: "this file is empty")
    public static func badDays(most: Int) -> Message {
      Message(
        zh: "“to”不能早于“from”，一次最多模拟 \(most) 天",
        en: "'to' must not be before 'from', and at most \(most) days are simulated")
    }
    public static let endsBeforeItBegins = Message(zh: "结束早于开始", en: "this ends before it begins")
    public static func badRulebook(_ directory: String, errors: Int) -> Message {
      Message(
        zh: "规则 \(directory) 有 \(errors) 处错误；请先运行 triaged check \(directory)",
        en: "the rulebook \(directory) has \(errors) errors; run 'triaged check \(directory)' first")
    }
    public static func notALocalTime(_ text: String) -> Message {
      Message(
        zh: "“\(text)”不是时间；应写成 2026-03-02 或 2026-03-02T09:00",
        en: "'\(text)' is no time; write 2026-03-02 or 2026-03-02T09:00")
    }
    public static func notAShare(_ text: String) -> Message {
      Message(
        zh: "“\(text)”不是比例；应写成 0% 到 100%，例如 3%",
        en: "'\(text)' is no share; write 0% to 100%, as in 3%")
    }
    public static func badRate(most: Int) -> Message {
      Message(zh: "每天的件数应大于 0，不超过 \(most)", en: "cases a day must be more than 0 and at most \(most)")
    }
    public static let badWeight = Message(zh: "权重应大于 0", en: "a weight must be more than 0")
    public static let badDelays = Message(
      zh: "用时分布应当比例越大、用时越长，并且全部用钟表时间（h、d）或全部用工作时间（wh、wd）",
      en:
        "times must grow with their shares, and all be of the clock (h, d) or all be working time (wh, wd)")
    public static let slotUnclosed = Message(zh: "“{”没有配对的“}”", en: "'{' without its '}'")
    public static func slotUnknown(_ slot: String) -> Message {
      Message(zh: "不认识的空位“{\(slot)}”", en: "unknown slot '{\(slot)}'")
    }
    public static func slotsKnown(_ slots: [String]) -> Message {
      let all = slots.map { "{\($0)}" }
      return Message(
        zh: "可用的有：\(all.joined(separator: "、"))、{2..30}（数字范围）",
        en: "known are: \(all.joined(separator: ", ")), {2..30} (a range of numbers)")
    }
    public static func notARange(_ text: String) -> Message {
      Message(
        zh: "“\(text)”不是数字或范围；应写成 5 或 5..30", en: "'\(text)' is no number and no range; write 5 or 5..30")
    }
    public static func notDays(_ text: String) -> Message {
      Message(
        zh: "“\(text)”不是日期或起止日期；应写成 2026-07-06 或 2026-07-06..2026-07-17",
        en: "'\(text)' is no day and no range of days; write 2026-07-06 or 2026-07-06..2026-07-17")
    }
    public static func noTexts(_ category: String) -> Message {
      Message(
        zh: "类别“\(category)”有来件，却没有一条普通（非 severe）的文字模板",
        en: "cases of '\(category)' come in, and there is no text for it that is not severe")
    }
    public static func patternNamesNobody(_ pattern: String) -> Message {
      Message(zh: "没有哪个单位的编号符合“\(pattern)”", en: "no department's id is like '\(pattern)'")
    }
  }
}
