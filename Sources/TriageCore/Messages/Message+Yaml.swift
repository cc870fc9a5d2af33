/// What is said of a file that is no YAML that triaged reads.
extension Message {
  public enum Yaml {
    public static func tooLarge(limit: Int) -> Message {
      Message(zh: "文件超过 \(limit) 字节的上限", en: "the file is larger than the limit of \(limit) bytes")
    }
    public static func tooDeep(limit: Int) -> Message {
      Message(zh: "嵌套超过 \(limit) 层的上限", en: "it is nested deeper than the limit of \(limit)")
    }
    public static func tooManyNodes(limit: Int) -> Message {
      Message(zh: "条目超过 \(limit) 个的上限", en: "it has more than the limit of \(limit) values")
    }
    public static func scalarTooLong(limit: Int) -> Message {
      Message(zh: "一段文字超过 \(limit) 字节的上限", en: "a text is longer than the limit of \(limit) bytes")
    }
    public static func notUTF8(byteOffset: Int) -> Message {
      Message(
        zh: "文件不是 UTF-8 编码（从第 \(byteOffset) 个字节起，从 0 数）",
        en: "the file is not UTF-8, from byte \(byteOffset) on (counted from 0)")
    }
    public static let utf16 = Message(zh: "文件是 UTF-16 编码", en: "the file is UTF-16")
    public static let saveAsUTF8 = Message(
      zh: "在编辑器里“另存为”，编码选 UTF-8（记事本默认可能是 ANSI，即 GBK）",
      en: "save it again with the encoding UTF-8 (Notepad may offer ANSI, which is GBK)")
    public static func controlCharacter(_ scalar: UInt32, byteOffset: Int) -> Message {
      let code =
        "U+" + String(repeating: "0", count: max(0, 4 - String(scalar, radix: 16).count))
        + String(scalar, radix: 16, uppercase: true)
      return Message(
        zh: "第 \(byteOffset) 个字节处有不可见的控制字符 \(code)，请删除",
        en: "there is a control character \(code) at byte \(byteOffset); remove it")
    }
    public static func alias(_ sign: String) -> Message {
      Message(zh: "不支持 YAML 的引用写法“\(sign)”", en: "YAML references ('\(sign)') are not taken")
    }
    public static let aliasHint = Message(
      zh: "把内容直接写出来；如果只是普通文字，请加上引号", en: "write the value out; if it is just text, put it in quotes")
    public static func tag(_ tag: String) -> Message {
      Message(zh: "不支持 YAML 的类型标记“\(tag)”", en: "YAML tags ('\(tag)') are not taken")
    }
    public static let tagHint = Message(
      zh: "删除以 ! 开头的标记；如果是文字，请加上引号", en: "remove what begins with '!'; if it is text, put it in quotes")
    public static func duplicateKey(_ key: String, first: SourcePlace) -> Message {
      let file = first.file.isEmpty ? "" : first.file + ":"
      return Message(
        zh: "键“\(key)”在同一处写了两次，第一次在 \(file)\(first.line):\(first.column)",
        en: "the key '\(key)' is there twice, first at \(file)\(first.line):\(first.column)")
    }
    public static let keyNotText = Message(
      zh: "键必须是一段文字，不能是列表或一组键值", en: "a key must be a text, not a list or a mapping")
    public static let keyNotTextHint = Message(
      zh: "如果要写文字里的 { 或 [，请给整段文字加引号", en: "if '{' or '[' belongs to a text, put the text in quotes")
    public static let secondDocument = Message(
      zh: "文件里有第二个 YAML 文档（由“---”分开）", en: "the file has a second YAML document (after '---')")
    public static let secondDocumentHint = Message(
      zh: "删除“---”，或拆成两个文件", en: "remove the '---' or make two files of it")
    public static let tab = Message(zh: "这里用了制表符（Tab）缩进", en: "there is a tab where YAML wants spaces")
    public static let tabHint = Message(zh: "请换成空格", en: "use spaces")
    public static func syntax(_ problem: String) -> Message {
      Message(zh: "YAML 写法有误：\(translated(problem))", en: "this is not YAML: \(problem)")
    }
    public static func syntaxContext(line: Int, column: Int) -> Message {
      Message(
        zh: "出错的这一段从第 \(line) 行第 \(column) 列开始；检查那里的缩进、引号和括号是否配对",
        en:
          "the part that breaks begins at line \(line), column \(column): look at its indentation, quotes and brackets"
      )
    }
    public static func fullWidth(_ sign: Unicode.Scalar, _ meant: String) -> Message {
      Message(
        zh: "这里用了中文全角符号“\(sign)”；请换成英文半角的“\(meant)”",
        en: "this is a full-width '\(sign)'; write an ASCII '\(meant)' here")
    }
    public static let fullWidthHint = Message(
      zh: "键和值之间、列表各项之间要用英文标点；如果它是文字的一部分，请给整段文字加引号",
      en:
        "keys, values and entries are set apart by ASCII signs; if it belongs to a text, put the text in quotes"
    )
    public static let openQuote = Message(
      zh: "这里开始的引号没有配对的结束引号", en: "the quote that opens here is not closed")
    public static let openQuoteHint = Message(
      zh: "在这段文字末尾补上同样的英文引号；文字里本身有单引号时写两个 ''",
      en: "close it with the same quote at the end of the text; a ' inside '…' is written twice")
    public static let openBracket = Message(
      zh: "这里开始的括号没有配对的右括号", en: "the bracket that opens here is not closed")
    public static let openBracketHint = Message(
      zh: "在这一条末尾补上 ] 或 }", en: "close it with ] or } at the end of the entry")
    public static let entryWithoutDash = Message(
      zh: "这是列表的第一项，开头却没有“- ”；后面的各项都有",
      en: "this is the first entry of a list, and it does not begin with '- ' as those after it do")
    public static let entryWithoutDashHint = Message(
      zh: "在这一项开头补上“- ”，与后面各项对齐", en: "begin it with '- ', in line with the other entries")
    public static let outOfMemory = Message(zh: "内存不足，无法读取", en: "there is not enough memory to read it")

    /// libyaml's words for the slips that occur, in Chinese; what is rare stays as libyaml says it.
    private static func translated(_ problem: String) -> String {
      switch problem {
      case "did not find expected key": "这里应当是“键: 值”（多为缩进不齐，或上一行的引号没有结束）"
      case "did not find expected '-' indicator": "这里应当是以“- ”开头的列表项（多为缩进不齐）"
      case "did not find expected ',' or ']'": "列表里缺少英文逗号“,”或右方括号“]”"
      case "did not find expected ',' or '}'": "缺少英文逗号“,”或右花括号“}”"
      case "mapping values are not allowed in this context": "这里不能再出现“键: 值”（多为上一行缩进不对，或文字里的冒号需要加引号）"
      case "could not find expected ':'": "缺少冒号“: ”"
      case "found character that cannot start any token": "这个字符不能作为开头，请给文字加引号"
      case "found unexpected end of stream": "文件提前结束（多为引号或括号没有配对）"
      case "block sequence entries are not allowed in this context": "这里不能以“- ”开头"
      case "found unknown escape character": "双引号里的反斜杠转义不对；正则表达式请用单引号"
      case "found unexpected document indicator": "这里不应出现“---”或“...”"
      case "did not find expected node content": "这里缺少内容"
      default: problem
      }
    }
  }
}
