/// What is wrong with a phrase or pattern of the rulebook, and how to mend it.
extension Message {
  // What is wrong
  public static var patternEmpty: Message {
    Message(zh: "这里没有可以查找的文字：只有空白或看不见的字符", en: "nothing to look for: only white space or invisible marks")
  }
  public static func patternTooLong(limit: Int) -> Message {
    Message(zh: "太长：最多 \(limit) 个字", en: "too long: at most \(limit) characters")
  }
  public static func patternRepeatTooLarge(_ size: Int, limit: Int) -> Message {
    Message(
      zh: "重复次数 {…} 合计 \(size)，太大：最多 \(limit)（嵌套的相乘，并列的相加）",
      en: "the repeats {…} come to \(size): at most \(limit) (nested ones multiply, others add up)")
  }
  public static func patternTooLarge(_ size: Int, limit: Int) -> Message {
    Message(
      zh: "这个表达式展开后约有 \(size) 步，太大：最多 \(limit)，否则编译要很久",
      en:
        "this pattern has about \(size) steps when its repeats are written out: at most \(limit), or it takes too long to compile"
    )
  }
  public static func patternsTooLarge(_ size: Int, limit: Int) -> Message {
    Message(
      zh: "所有表达式展开后合计约 \(size) 步，太大：最多 \(limit)；这是其中最大的一个",
      en: "all patterns together have about \(size) steps: at most \(limit); this is the largest of them")
  }
  public static var patternMakeSmaller: Message {
    Message(
      zh: "请减少 {…} 的次数，或减少方括号、圆括号里并列的字词；并列的词可以写成 any: 词表，不限个数",
      en:
        "lower the repeats {…}, or shorten the lists inside [ ] and ( ); a list of words may be a phrase list under `any:`, as long as you like"
    )
  }
  public static var patternMatchesEmpty: Message {
    Message(zh: "这个表达式连空文字也能匹配，会处处命中", en: "this pattern matches the empty text, so it would hit everywhere")
  }
  public static func patternUnsupported(_ construct: String) -> Message {
    Message(zh: "不支持这种写法：\(construct)", en: "this construct is not supported: \(construct)")
  }
  public static func patternClassMemberExpands(_ sign: String) -> Message {
    Message(
      zh: "方括号里的“\(sign)”在匹配时会展开成几个字符，不能放在方括号里",
      en: "`\(sign)` stands for several characters when matching and cannot be in square brackets")
  }
  public static func patternSyntax(_ text: String) -> Message {
    Message(zh: "不是正确的正则表达式：\(text)", en: "not a regular expression: \(text)")
  }
  public static var patternTooComplex: Message {
    Message(zh: "这个表达式太复杂，无法编译", en: "this pattern is too complex to compile")
  }

  // How to mend it
  public static var patternWriteWords: Message {
    Message(zh: "请写上要查找的词，或删去这一项", en: "write the word to look for, or delete the entry")
  }
  public static var patternShorten: Message {
    Message(zh: "请缩短，或拆成几个词、几条表达式", en: "shorten it, or split it into several phrases or patterns")
  }
  public static func patternLowerRepeat(limit: Int) -> Message {
    Message(
      zh: "请改成 {0,\(limit)} 以内；要表示“前后都出现”，可用 all: 列出两个条件",
      en: "use {0,\(limit)} or less; to ask that two things both occur, list two conditions under `all:`")
  }
  public static var patternRequireSomething: Message {
    Message(
      zh: "请让其中至少一个字必须出现，例如把 * 改成 +", en: "let at least one character be required, for example + instead of *"
    )
  }
  public static var patternUseExcept: Message {
    Message(
      zh: "不要用前后断言：要排除的词写进词库的 except，否定词由 negated_by 处理",
      en:
        "no lookaround: put what is to be excluded into the lexicon's `except`; `negated_by` handles negation"
    )
  }
  public static var patternWriteOut: Message {
    Message(zh: "请把要匹配的文字直接写出来，例如 (甲|乙)", en: "write out what is to match, for example (a|b)")
  }
  public static var patternDropPossessive: Message {
    Message(zh: "去掉多余的 + 或 (?>，效果相同", en: "drop the extra + or the (?>: the result is the same")
  }
  public static var patternDropBoundary: Message {
    Message(zh: "中文没有词边界，请去掉 \\b", en: "drop \\b: Chinese text has no word boundaries")
  }
  public static var patternDropExtended: Message {
    Message(zh: "请去掉 x 选项，把表达式写在一行里", en: "drop the x flag and write the pattern without layout")
  }
  public static var patternSimplify: Message {
    Message(zh: "请换一种更简单的写法，或改用 any: 列出词语", en: "write it more simply, or list the phrases under `any:`")
  }
  public static func patternUseAlternation(_ sign: String) -> Message {
    Message(zh: "请改用 (…|\(sign)) 的写法", en: "use an alternation instead: (…|\(sign))")
  }
  public static var patternCheckBrackets: Message {
    Message(
      zh: "请检查括号是否成对；要查找括号、点、问号等符号本身，前面加 \\",
      en:
        "check that brackets are paired; to look for a bracket, dot or question mark itself, put \\ before it"
    )
  }
  public static var patternSplit: Message {
    Message(zh: "请减小 {…} 的次数，或拆成几条表达式", en: "lower the numbers in {…}, or split it into several patterns")
  }
}
