/// Values of a case that stand for nobody and nothing, and dates as spreadsheets write them.
extension Message {
  static func unusable(_ why: UnusableValue, _ values: [String]) -> Message {
    let list = values.map { "“\($0)”" }
    let (zh, en) = (list.joined(separator: "、"), list.joined(separator: ", "))
    switch why {
    case .placeholder:
      return Message(
        zh: "\(zh)只是占位的字样，按没有填写处理。", en: "\(en): a placeholder; taken as not filled in.")
    case .rounded:
      return Message(
        zh: "\(zh)是表格软件缩写过的数字，原来的位数已经丢失，没有采用。请在导出前把这一列设为“文本”格式，再重新导出。",
        en: """
          \(en): a number that a spreadsheet has rounded; its digits are lost and it was not used. Format the column as \
          text before it is exported.
          """)
    case .errorMark:
      return Message(
        zh: "\(zh)是表格公式的出错标记，没有采用。请在表格里改正公式或加宽这一列，再重新导出。",
        en: """
          \(en): the error mark of a spreadsheet; it was not used. Mend the formula, or widen the column, and export \
          again.
          """)
    }
  }

  static func serialDate(_ field: Message, _ value: String, _ read: String, _ in1904: String) -> Message {
    Message(
      zh: """
        \(field.zh)“\(value)”是表格的日期序号，按 1900 日期系统读作 \(read)；如果该表格使用 1904 日期系统（旧版 Mac），则应为 \(in1904)。\
        请在导出前把这一列设为日期格式。
        """,
      en: """
        \(field.en) “\(value)” is the day number of a spreadsheet, read in the 1900 date system as \(read); in the 1904 \
        system (old Macs) it would be \(in1904). Format the column as a date before it is exported.
        """)
  }

  static func dateAmbiguous(_ field: Message, _ value: String) -> Message {
    Message(
      zh: "\(field.zh)“\(value)”分不清哪个是月、哪个是日，没有采用。请写成 2026-11-02 09:05 这样的形式。",
      en:
        "In \(field.en) “\(value)” either number may be the month; it was not used. Write it as 2026-11-02 09:05."
    )
  }
}

extension Message.Rules {
  public static func wantsMoney(_ found: String) -> Message {
    Message(
      zh: "这里应当是金额（元），最多到分，如 90 或 91.5，不加引号和逗号；现在是“\(found)”",
      en:
        "a sum in yuan is wanted here, to the cent, such as 90 or 91.5, without quotes and commas; this is '\(found)'"
    )
  }
  public static func moneyOutOfRange(_ found: String, _ from: Int, _ to: Int) -> Message {
    Message(
      zh: "\(found) 超出范围，应在 \(from) 到 \(to) 元之间",
      en: "\(found) is out of range, \(from) to \(to) yuan is wanted")
  }
}
