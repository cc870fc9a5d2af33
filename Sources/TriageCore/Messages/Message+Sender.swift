/// What careless exports and hand-made files are told.
extension Message {
  public static func intakeDamagedText(_ offset: Int, line: Int) -> Message {
    Message(
      zh: "第 \(line) 行（第 \(offset) 字节处）有损坏的字：文件是 UTF-8 编码，但此处不是。请改正这个字，或重新导出后再放入。",
      en: """
        Line \(line) (byte \(offset)) holds a damaged character: the file is UTF-8, this place is not. Mend the \
        character, or export the file again, and put it in again.
        """)
  }
  public static let intakeWrappedJSON = Message(
    zh: "JSON 的前面或后面还有别的内容。请只保留从 { 或 [ 到与之配对的括号为止的部分，再重新放入。",
    en:
      "Something stands before or behind the JSON. Keep what lies between { or [ and its closing bracket only."
  )
  public static func csvSum(_ label: String) -> Message {
    Message(
      zh: "这是“\(label)”行，不是案件，未受理。如果确是案件，请改掉写有“\(label)”的那一格。",
      en: "This is a line of sums (“\(label)”) and no case. If it is a case, change the cell that says so.")
  }
  public static let csvSecondHeader = Message(
    zh: "这是另一个表头，不是案件，未受理。请把后面的行另存为一个表格。",
    en: "This is another header and no case. Save the rows below it as a table of their own.")
  public static func csvBelowSecondHeader(row: Int) -> Message {
    Message(
      zh: "此行在第 \(row) 行的另一个表头之下，各列的含义与文件开头的表头不同。请按那个表头另存为一个表格后重新放入。",
      en: """
        This row stands below another header (row \(row)) with columns of another meaning. Save it under that header \
        as a table of its own.
        """)
  }
  public static func intakeSeveralRecords(_ key: String, line: Int) -> Message {
    Message(
      zh: "第 \(line) 行又出现一个“\(key)”：一个文本文件只能写一件。请从这一行起另存为一个文件，或改用表格（CSV），每件一行。",
      en: """
        “\(key)” stands again in line \(line): a text file holds one case. Put what begins there into a file of its \
        own, or use a table (CSV) with a row for each case.
        """)
  }
}
