/// What a rulebook's findings say: files, YAML values and the language. Each says what is wrong; the hints say how to
/// mend it.
extension Message {
  public enum Rules {
    /// The shape of a YAML value, for "… is wanted, this is …".
    public enum NodeKind: Sendable {
      case text, list, mapping

      fileprivate var zh: String {
        switch self {
        case .text: "一段文字"
        case .list: "一个列表"
        case .mapping: "一组“键: 值”"
        }
      }
      fileprivate var en: String {
        switch self {
        case .text: "a text"
        case .list: "a list"
        case .mapping: "a mapping of keys to values"
        }
      }
    }

    public static let hint = Message(zh: "提示：", en: "hint: ")

    // MARK: Directory and files

    public static func directoryUnreadable(_ fault: SystemFault) -> Message {
      Message(
        zh: "无法读取规则目录：\(fault.message.zh)", en: "the rulebook's directory cannot be read: \(fault.message.en)"
      )
    }
    public static let directoryLoop = Message(
      zh: "这个链接指回了上级目录，形成循环；请删除该链接",
      en: "this link leads back to a directory above it; remove the link")
    public static let directoryChanged = Message(
      zh: "读取期间规则目录一直在变化；请等保存完成后再试",
      en: "the rulebook's directory kept changing while it was read; try again once everything is saved")
    public static func fileUnreadable(_ fault: SystemFault) -> Message {
      Message(zh: "无法读取这个文件：\(fault.message.zh)", en: "this file cannot be read: \(fault.message.en)")
    }
    public static let fileKind = Message(
      zh: "规则目录中只应有 .yaml 文件，这个文件不会被读取",
      en: "only .yaml files belong into a rulebook; this one would not be read")
    public static let fileKindHint = Message(
      zh: "移走该文件，或改名为以“.”开头、以“.md”结尾（会被忽略）",
      en: "move it elsewhere, or give it a name that begins with a dot or ends in .md (both are ignored)")
    public static func fileTooLarge(limit: Int) -> Message {
      Message(
        zh: "文件超过 \(limit >> 20) MiB 的上限；请拆成几个文件",
        en: "the file is larger than the limit of \(limit >> 20) MiB; split it into several")
    }
    public static func tooManyFiles(limit: Int) -> Message {
      Message(zh: "规则文件超过 \(limit) 个的上限", en: "there are more than \(limit) rule files")
    }

    // MARK: Keys and values

    public static func unknownKey(_ key: String) -> Message {
      Message(zh: "不认识的键“\(key)”", en: "unknown key '\(key)'")
    }
    public static func didYouMean(_ name: String) -> Message {
      Message(zh: "您是不是要写“\(name)”？", en: "did you mean '\(name)'?")
    }
    public static func knownKeys(_ keys: [String]) -> Message {
      Message(zh: "这里可以写：\(list(keys, "、"))", en: "known here: \(list(keys, ", "))")
    }
    public static func knownNames(_ names: [String]) -> Message {
      names.isEmpty
        ? Message(zh: "规则库里还没有定义任何一个", en: "the rulebook defines none")
        : Message(zh: "已定义的有：\(list(names, "、"))", en: "defined are: \(list(names, ", "))")
    }
    public static func missingKey(_ key: String) -> Message {
      Message(zh: "缺少必填的“\(key)”", en: "'\(key)' is missing")
    }
    public static func missingKeyHint(_ key: String) -> Message {
      Message(zh: "在这一条里加上“\(key): …”", en: "add '\(key): …' to this entry")
    }
    public static func missingSettingHint(_ key: String) -> Message {
      Message(
        zh: "在 rulebook.yaml 里（或另一个规则文件里）加上“\(key): …”",
        en: "add '\(key): …' to rulebook.yaml or to another rule file")
    }
    public static func emptyValue(_ key: String) -> Message {
      Message(zh: "“\(key)”没有内容", en: "'\(key)' has no value")
    }
    public static func wantsMapping(_ found: NodeKind) -> Message {
      Message(
        zh: "这里应当是一组“键: 值”，现在是\(found.zh)",
        en: "a mapping of keys to values is wanted here, this is \(found.en)")
    }
    public static func wantsList(_ found: NodeKind) -> Message {
      Message(
        zh: "这里应当是一个列表（每行以“- ”开头），现在是\(found.zh)",
        en: "a list is wanted here (lines that begin with '- '), this is \(found.en)")
    }
    public static func wantsText(_ found: NodeKind) -> Message {
      Message(zh: "这里应当是一段文字，现在是\(found.zh)", en: "a text is wanted here, this is \(found.en)")
    }
    public static func wantsNumber(_ found: String) -> Message {
      Message(
        zh: "这里应当是一个数字（不加引号），现在是“\(found)”", en: "a number without quotes is wanted here, this is '\(found)'")
    }
    public static func wantsFlag(_ found: String) -> Message {
      Message(zh: "这里只能写 true 或 false，现在是“\(found)”", en: "true or false is wanted here, this is '\(found)'")
    }
    public static let fullWidthColon = Message(
      zh: "这里用了中文全角冒号“：”；请换成英文半角冒号加一个空格“: ”",
      en: "this has a full-width colon '：'; write an ASCII colon and a space ': '")
    public static func fullWidthComma(_ phrase: String) -> Message {
      Message(
        zh: "“\(phrase)”里有中文标点，整段会被当成一个词",
        en: "'\(phrase)' has full-width punctuation and counts as one phrase")
    }
    public static let fullWidthCommaHint = Message(
      zh: "几个词之间用英文逗号“, ”分开；如果就是一句话，请加引号",
      en: "separate several with an ASCII comma ', '; if it is one text, put it in quotes")
    public static func fullWidthQuotes(_ phrase: String) -> Message {
      Message(
        zh: "\(phrase) 用了中文引号，引号会被当成词的一部分",
        en: "\(phrase) has full-width quotes, which become part of the phrase")
    }
    public static let fullWidthQuotesHint = Message(
      zh: "删除引号，或换成英文单引号 '…'", en: "remove them, or write ASCII quotes '…'")
    public static func outOfRange(_ number: Int, _ from: Int, _ to: Int) -> Message {
      Message(
        zh: "\(number) 超出范围，应在 \(from) 到 \(to) 之间",
        en: "\(number) is out of range, \(from) to \(to) is wanted")
    }
    public static func notOneOf(_ word: String, _ known: [String]) -> Message {
      Message(
        zh: "“\(word)”不行，这里只能写：\(list(known, "、"))",
        en: "'\(word)' will not do, one of these is wanted: \(list(known, ", "))")
    }
    public static func needsQuotes(_ word: String) -> Message {
      Message(
        zh: "没有加引号的 \(word) 可能被当成数字、时间或是非值",
        en: "\(word) without quotes may be read as a number, a time or a yes/no")
    }
    public static func needsQuotesHint(_ word: String) -> Message {
      Message(zh: "加上引号：'\(word)'", en: "put it in quotes: '\(word)'")
    }
    public static func notALimit(_ text: String) -> Message {
      Message(zh: "“\(text)”不是时限", en: "'\(text)' is no duration")
    }
    public static let limitHint = Message(
      zh: "时限写作 2h（2小时）、4wh（4个工作小时）、5wd（5个工作日）、30d（30天）或 eod（当日下班）；“月”和“半”没有固定长短，请写成天数或小时数",
      en: """
        durations are 2h (hours), 4wh (working hours), 5wd (working days), 30d (calendar days) or eod (close of business); \
        months and halves have no fixed length: write days or hours
        """
    )
    public static func notPositive(_ text: String) -> Message {
      Message(zh: "时限“\(text)”必须大于零", en: "the duration '\(text)' must be more than nothing")
    }
    public static func notATime(_ text: String) -> Message {
      Message(zh: "“\(text)”不是时刻；请写作 '08:30'", en: "'\(text)' is no time of day; write '08:30'")
    }
    public static func notADate(_ text: String) -> Message {
      Message(zh: "“\(text)”不是日期；请写作 2026-10-01", en: "'\(text)' is no date; write 2026-10-01")
    }
    public static func duplicateID(_ id: String, _ first: SourcePlace) -> Message {
      Message(zh: "“\(id)”重复了，第一次出现在 \(at(first))", en: "'\(id)' is there twice, first at \(at(first))")
    }
    public static func duplicateSection(_ key: String, _ first: SourcePlace) -> Message {
      Message(
        zh: "“\(key)”在整个规则库中只能写一次，已写在 \(at(first))",
        en: "'\(key)' may stand only once in a rulebook, it is at \(at(first))")
    }
    public static func badID(_ id: String) -> Message {
      Message(zh: "“\(id)”不能用作 id", en: "'\(id)' cannot be an id")
    }
    public static let badIDHint = Message(
      zh: "id 会成为文件夹名：不要有空格和 / \\ : * ? \" < > | { } , 等符号，不以“.”“-”开头，不超过 100 字节",
      en:
        "ids become names of folders: no spaces, none of / \\ : * ? \" < > | { } ,  no '.' or '-' at the start, at most 100 bytes"
    )

    static func list(_ names: [String], _ separator: String) -> String {
      let shown = names.prefix(30).joined(separator: separator)
      return names.count > 30 ? shown + " …" : shown
    }
    static func at(_ place: SourcePlace) -> String { "\(place.file):\(place.line):\(place.column)" }
  }
}
