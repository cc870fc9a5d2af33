/// What the evaluator says: why a rule fired, why another did not, which rows were beaten.
extension Message {
  /// One reason of a rule that fired. It names the rulebook's phrase, never the citizen's words.
  public static func reason(_ reason: FiredRule.Reason, in rulebook: Rulebook) -> Message {
    switch reason {
    case .text(let field, let phrase, let start, let end, let weak):
      let place = fieldName(field)
      return Message(
        zh: "\(place.zh)第 \(start + 1)–\(end) 字\(weak ? "（语气较弱）" : "")：“\(phrase)”",
        en: "\(place.en), characters \(start + 1)–\(end)\(weak ? " (weak)" : ""): “\(phrase)”")
    case .field(let field):
      let name = fieldName(field)
      return Message(zh: "\(name.zh)符合条件", en: "\(name.en) meets the condition")
    case .area(let area):
      let title = rulebook.title(of: area)
      return Message(zh: "区域为“\(title)”", en: "the area is “\(title)”")
    case .channel(let channel):
      let title = rulebook.title(of: channel)
      return Message(zh: "渠道为“\(title)”", en: "the channel is “\(title)”")
    case .tag(let tag): return Message(zh: "已有标签“\(tag)”", en: "the tag “\(tag)” was given")
    case .repeated(let count):
      return Message(zh: "同一事项第 \(count) 次反映", en: "filing number \(count) of the same matter")
    case .time: return Message(zh: "受理时间符合条件", en: "the time of taking meets the condition")
    case .absence: return Message(zh: "没有出现应排除的情形", en: "nothing that the rule excludes is there")
    }
  }

  /// A row that matched and did not decide.
  public static func beaten(_ why: BeatenRow.Why) -> Message {
    switch why {
    case .lowerPriority:
      Message(zh: "优先级（priority）低于选中的一条", en: "its priority is lower than that of the row chosen")
    case .lessSpecific:
      Message(zh: "条件不如选中的一条具体", en: "it is less specific than the row chosen")
    case .unfilled(let template):
      Message(
        zh: "“\(template)”无法确定：案件没有相应层级的区域，或没有这个部门",
        en:
          "“\(template)” cannot be filled: the case has no area of that kind, or there is no such department")
    }
  }

  /// What the intake or the rulebook found odd about a case.
  public static func intakeNote(_ note: IntakeNote, in rulebook: Rulebook) -> Message {
    switch note {
    case .unknownField(let field):
      return Message(
        zh: "规则中没有字段“\(field)”，内容已保留；如需使用，请在 fields.yaml 中声明。",
        en: "The rulebook has no field “\(field)”; its value was kept. Declare it in fields.yaml to use it.")
    case .formatMismatch(let suffix, let content):
      return Message(
        zh: "扩展名是 \(suffix)，内容实为 \(content)，已按内容读取。",
        en: "The extension says \(suffix), the content is \(content); it was read as its content.")
    case .encoding(let name):
      return Message(zh: "文件编码为 \(name)，已转换。", en: "The file was in \(name) and was converted.")
    case .receivedAtReplaced(nil):
      return Message(
        zh: "没有收件时间（received_at），按受理时间计算。",
        en: "There is no received_at; the time of taking counts.")
    case .receivedAtReplaced(let written?):
      return Message(
        zh: "收件时间“\(written)”无法使用（格式不对、晚于受理时间或过早），按受理时间计算；请写成 2026-11-02 09:05 这样的形式。",
        en:
          """
          received_at “\(written)” cannot be used (unreadable, in the future or too old); the time of taking counts. Write \
          it as 2026-11-02 09:05.
          """
      )
    case .valueIgnored(let field, let value):
      let name = fieldName(FieldID(field))
      return Message(
        zh: "\(name.zh)的内容“\(value)”无法识别，未采用。",
        en: "The value “\(value)” of \(name.en) could not be read and was not used.")
    case .doubled(let field, let used, let unused, _):
      let name = fieldName(FieldID(field))
      return Message(
        zh: "两处都是\(name.zh)：用了“\(used)”，没有用“\(unused)”（已保留）。",
        en: "Two values are \(name.en): “\(used)” was used, “\(unused)” was not (it is kept).")
    case .commentCut(let field, let words):
      let (zh, en) = words.isEmpty ? ("", "") : ("：\(words)", ": \(words)")
      return Message(
        zh: "“\(field)”后面 # 起的内容按 YAML 注释处理，未采用\(zh)。如是正文，请给整个值加引号。",
        en: """
          What follows # behind “\(field)” is a comment in YAML and was not used\(en). Quote the value to keep it.
          """)
    case .unusable(let why, let values): return unusable(why, values)
    case .serialDate(let field, let value, let read, let in1904):
      return serialDate(fieldName(FieldID(field)), value, read, in1904)
    case .dateAmbiguous(let field, let value):
      return dateAmbiguous(fieldName(FieldID(field)), value)
    case .undeclaredChannel(let channel):
      return Message(
        zh: "规则中没有渠道“\(channel)”，案件已照常受理；请在规则中声明该渠道。",
        en:
          "The rulebook has no channel “\(channel)”; the case was taken. Declare the channel in the rulebook."
      )
    case .areaRead(let field):
      return field == .address
        ? Message(zh: "区域按地址识别。", en: "The area was read from the address.")
        : Message(zh: "区域按诉求文字识别。", en: "The area was read from the words of the case.")
    case .areaUnknown(let text):
      return Message(
        zh: "没有找到区域“\(text)”；可在 areas.yaml 中为相应区域增加别名（aliases）。",
        en: "No area “\(text)” was found; add an alias to the right area in areas.yaml.")
    case .areaAmbiguous(let text, let candidates):
      let titles = candidates.map { "\(rulebook.title(of: $0)) (\($0))" }
      return Message(
        zh: "区域“\(text)”可能是：\(titles.joined(separator: "、"))；请用“更正”指明。",
        en: "The area “\(text)” may be: \(titles.joined(separator: ", ")). Say which by a correction.")
    }
  }

  /// A field's name as users know it.
  public static func fieldName(_ field: FieldID) -> Message {
    switch field {
    case .title: Message(zh: "标题", en: "the title")
    case .text: Message(zh: "正文", en: "the text")
    case .area: Message(zh: "区域", en: "the area")
    case .address: Message(zh: "地址", en: "the address")
    case .channel: Message(zh: "渠道", en: "the channel")
    case .sourceID: Message(zh: "来件编号", en: "the source's number")
    case .receivedAt: Message(zh: "收件时间", en: "the time of receipt")
    case .peopleCount: Message(zh: "涉及人数", en: "the number of people")
    case .amount: Message(zh: "涉及金额", en: "the amount")
    case .handled: Message(zh: "是否已当场处理", en: "whether it was handled on the spot")
    case .result: Message(zh: "办理结果", en: "the result")
    default: Message(zh: "字段“\(field)”", en: "the field “\(field)”")
    }
  }
}
