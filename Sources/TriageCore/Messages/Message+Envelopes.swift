/// Files whose cases lie deeper than at the top, are too many for one file, or stand behind the header of a mail.
extension Message {
  /// - Parameter keys: what stands at the top; `data.rows (0)` for an empty list.
  public static func intakeNoCaseInside(_ keys: [String]) -> Message {
    Message(
      zh: """
        文件里没有找到案件：看到的是 \(keys.joined(separator: "、"))。案件要有标题（title、标题、诉求标题）或内容（text、内容、诉求内容）；\
        多个案件请写成一个列表 [ … ]。
        """,
      en: """
        No case was found in the file; it has \(keys.joined(separator: ", ")). A case has a title (title, 标题) or a text \
        (text, 内容); write several cases as one list [ … ].
        """)
  }

  public static func intakeSeveralLists(_ places: [String]) -> Message {
    Message(
      zh: "文件里有几个列表，无法判断哪一个是案件：\(places.joined(separator: "、"))。请只把其中装着案件的那一个列表存成文件放入。",
      en: """
        There are several lists in the file, and it is not known which one holds the cases: \
        \(places.joined(separator: ", ")). Put only that list into the file.
        """)
  }

  /// - Parameter place: `data (2)`, the list and its length.
  public static func intakeListInside(_ place: String) -> Message {
    Message(
      zh: "这一行（项）本身不是案件，里面还有一个列表：\(place)。请把列表里的案件逐个写成一行（项），或把这一行单独存成 .json 文件放入。",
      en: """
        This line or item is no case itself; it holds a list: \(place). Write each case of the list as a line or item of \
        its own, or put this line into a .json file of its own.
        """)
  }

  /// - Parameter rows: that fit into a file for sure.
  public static func tableTooLarge(bytes: Int64, limit: Int, rows: Int) -> Message {
    Message(
      zh: """
        表格过大：\(bytes) 字节，一个文件的上限是 \(limit) 字节（caseFileBytes）。请按每份 \(rows) 行拆成几个文件，\
        每份的第一行都要有列名，再分别放入收件夹。在 Excel 中可把后面的行剪切到新的工作簿，另存为“CSV UTF-8”；在 Linux 上\
        （单元格里没有换行时）：tail -n +2 表.csv | split -l \(rows) --filter='(head -n 1 表.csv; cat) > $FILE.csv' - 表-
        """,
      en: """
        The table is too large: \(bytes) bytes, and a file has at most \(limit) (caseFileBytes). Split it into files of \
        \(rows) rows, each with the row of column names, and put them in one by one. In Excel cut the later rows into a \
        new workbook and save it as “CSV UTF-8”; on Linux (where no cell has a line break): \
        tail -n +2 table.csv | split -l \(rows) --filter='(head -n 1 table.csv; cat) > $FILE.csv' - table-
        """)
  }

  public static func intakeSeveralMails(_ count: Int) -> Message {
    Message(
      zh: "这是一个邮箱文件（mbox），里面有 \(count) 封邮件。请在邮件程序里把每封邮件单独另存为 .eml 文件，再放入收件夹。",
      en:
        "This is a mailbox (mbox) with \(count) mails. Save each mail as an .eml file of its own and put those in."
    )
  }

  public static let intakeMailUnclear = Message(
    zh: "文件里有邮件的信头（From、To、Received 等），但前面还有别的内容，分不清信头从哪里开始。请在邮件程序里把邮件另存为 .eml 文件，或只把正文存成文本文件放入。",
    en: """
      The file has header lines of a mail (From, To, Received …) among other lines, and where the header begins cannot be \
      told. Save the mail as an .eml file, or only its text as a text file.
      """)
}
