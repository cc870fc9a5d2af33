/// What the intake says of files that it does not take: what is wrong, where, and how to mend it.
extension Message {
  // MARK: The entry itself

  public static let intakeSymlink = Message(
    zh: "这是一个符号链接（快捷方式），系统不会打开它所指向的文件。请把文件本身放入收件夹。",
    en: "This is a symbolic link; what it points to is never opened. Put the file itself into the inbox.")
  public static let intakeSpecialFile = Message(
    zh: "这是设备、管道或套接字，不是普通文件，系统不会打开它。请放入普通文件。",
    en: "This is a device, pipe or socket and is never opened. Put an ordinary file into the inbox.")
  public static func intakeHardLink(_ count: Int) -> Message {
    Message(
      zh: "此文件有 \(count) 个硬链接，内容可能在别处被改动。请复制一份（而不是链接）放入收件夹。",
      en:
        "This file has \(count) hard links, so its content can be changed elsewhere. Put a copy into the inbox."
    )
  }
  public static func intakeTooLarge(bytes: Int64, limit: Int) -> Message {
    Message(
      zh: "文件过大：\(bytes) 字节，上限为 \(limit) 字节（caseFileBytes）。请拆分后再放入；大的附件请与案件文件一起放在同一个文件夹里。",
      en: """
        The file is too large: \(bytes) bytes, at most \(limit) (caseFileBytes). Split it; put large attachments into \
        a folder together with the case file.
        """)
  }
  public static func intakeCrashedBefore(_ times: Int) -> Message {
    Message(
      zh: "读取此文件时程序已意外中断 \(times) 次，为不影响其他案件，先将它移到这里。请把文件交给系统管理员检查。",
      en: """
        The daemon stopped unexpectedly \(times) times while it read this file; it was put aside so that other cases \
        can go on. Please show it to the administrator.
        """)
  }

  // MARK: Characters

  public static let intakeEmpty = Message(
    zh: "文件里没有内容。请检查导出或保存是否成功，再重新放入。",
    en: "The file is empty. Check that it was exported or saved completely, and put it in again.")
  public static func intakeUnknownEncoding(utf8: Int, gb18030: Int) -> Message {
    Message(
      zh: """
        无法识别文字编码：第 \(utf8) 字节处不是 UTF-8，第 \(gb18030) 字节处不是 GB18030（GBK）。请用记事本打开，\
        另存为“UTF-8”编码后重新放入。
        """,
      en: """
        The character encoding is not known: not UTF-8 at byte \(utf8), not GB18030 (GBK) at byte \(gb18030). Save \
        the file as UTF-8 and put it in again.
        """)
  }
  public static func intakeTruncated(_ offset: Int) -> Message {
    Message(
      zh: "文件在第 \(offset) 字节处中断，最后一个字不完整，可能没有传完。请重新发送完整的文件。",
      en: "The file breaks off at byte \(offset) in the middle of a character. Send the whole file again.")
  }
  public static func intakeBrokenEncoding(_ offset: Int) -> Message {
    Message(
      zh: "文件开头标明了编码，但第 \(offset) 字节处的内容与之不符。请用记事本打开检查，另存为“UTF-8”后重新放入。",
      en:
        "The file's byte order mark names an encoding that byte \(offset) does not fit. Save it as UTF-8 again."
    )
  }
  public static func intakeNulByte(_ offset: Int) -> Message {
    Message(
      zh: "第 \(offset) 字节处是空字符（NUL），这不是文本文件，或文件已损坏。请重新导出。",
      en: "There is a NUL at byte \(offset): this is no text file, or it is damaged. Export it again.")
  }
  public static let intakeWorkbook = Message(
    zh: "这是 Excel 工作簿。请在 Excel 中选择“另存为 → CSV UTF-8（逗号分隔）”，把得到的 .csv 文件放入收件夹。",
    en:
      "This is an Excel workbook. Save it as “CSV UTF-8 (comma delimited)” and put the .csv file into the inbox."
  )
  public static let intakeOldWorkbook = Message(
    zh: "这是旧版 Excel 或 Word 文件。表格请另存为“CSV UTF-8”，文档请另存为纯文本（.txt），再放入收件夹。",
    en:
      "This is an old Excel or Word file. Save a table as “CSV UTF-8”, a document as plain text, and put that in."
  )
  public static let intakeDocument = Message(
    zh: "这是 Word 文档。请另存为纯文本（.txt）；或新建一个文件夹，把写有诉求的文本文件和此文档一起放入。",
    en: """
      This is a Word document. Save it as plain text, or put it as an attachment into a folder with a text file that \
      states the case.
      """)
  public static let intakeWebPage = Message(
    zh: "这是网页（HTML）或 XML 文件，有些系统把它当作 .xls 或 .csv 导出。请用 Excel 打开，另存为“CSV UTF-8”后重新放入。",
    en: """
      This is a web page or XML, which some systems export as .xls or .csv. Open it in a spreadsheet, save it as CSV \
      UTF-8 and put that in.
      """)
  public static let intakeAttachmentAlone = Message(
    zh: "这是 PDF、图片或压缩包，系统读不出其中的诉求。请新建一个文件夹，把写有诉求的文本文件和它一起放入。",
    en: """
      This is a PDF, picture or archive, and no case can be read from it. Put it into a folder together with a text \
      file that states the case.
      """)
}

/// Form: YAML, JSON, tables.
extension Message {
  public static func yamlSyntax(_ problem: String) -> Message {
    let what = Yaml.syntax(problem)
    return Message(
      zh: "\(what.zh)。常见原因：缩进不齐；冒号后没有空格；正文里有“: ”或“#”而没有加引号。",
      en: """
        \(what.en). Usual causes: uneven indentation, no space after a colon, or “: ” or “#” in a text without quotes.
        """)
  }
  public static func yamlTooManyValues(_ limit: Int) -> Message {
    Message(
      zh: "内容过多，超过 \(limit) 项（yamlCaseNodes）。请把案件分成几个文件，或改用 CSV 表格。",
      en:
        "There are more than \(limit) values (yamlCaseNodes). Divide the cases among several files or use CSV."
    )
  }
  public static func yamlValueTooLong(_ limit: Int) -> Message {
    Message(
      zh: "有一项内容超过 \(limit) 字节（yamlScalarBytes）。请缩短，或作为附件放在文件夹里。",
      en: "One value is longer than \(limit) bytes (yamlScalarBytes). Shorten it or attach it in a folder.")
  }
  public static func yamlControlCharacter(_ scalar: UInt32) -> Message {
    Message(
      zh: "含有看不见的控制字符（U+\(hex(scalar))）。请删除后重新放入。",
      en: "There is an invisible control character (U+\(hex(scalar))). Remove it and put the file in again.")
  }
  private static func hex(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
  public static let yamlAlias = Message(
    zh: "案件文件里不能使用 YAML 的锚点、引用或合并（& * <<）。如果正文以这些符号开头，请给正文加上引号。",
    en:
      "Anchors, aliases and merges (& * <<) are not allowed in a case. Quote a text that begins with such a sign."
  )
  public static let yamlTag = Message(
    zh: "案件文件里不能使用 YAML 标签（!）。如果正文以叹号开头，请给正文加上引号。",
    en: "Tags (!) are not allowed in a case. Quote a text that begins with an exclamation mark.")
  public static let yamlKeyNotText = Message(
    zh: "这里的名称不是文字。每一行应写成“名称: 内容”。",
    en: "The key here is not text. Each line should be “name: value”.")
  public static let yamlSecondDocument = Message(
    zh: "一个文件里有多份 YAML 文档（---）。请把每个案件单独存为一个文件，或写成列表。",
    en: "The file has several YAML documents (---). Use a file for each case, or a list.")
  public static let yamlTab = Message(
    zh: "缩进用了制表符（Tab）。请改用空格。",
    en: "There is a tab where YAML wants spaces. Indent with spaces.")
  public static let jsonUnexpectedEnd = Message(
    zh: "JSON 在这里中断，可能没有传完，或少了引号、括号。",
    en: "The JSON text ends here; a quote or bracket is missing, or the file is not whole.")
  public static let jsonUnexpectedCharacter = Message(
    zh: "JSON 在这里有不该出现的字符。常见原因：缺少逗号，或用了中文引号、中文逗号。",
    en:
      "There is an unexpected character in the JSON. A comma may be missing, or a quotation mark is a curly one."
  )
  public static let jsonBadNumber = Message(
    zh: "JSON 的数字写法不对。编号等以 0 开头的数字请加引号。", en: "This is no JSON number. Quote numbers that begin with 0.")
  public static let jsonBadEscape = Message(
    zh: "JSON 的转义（\\）写法不对。反斜杠请写成 \\\\。", en: "The JSON escape is not valid. Write a backslash as \\\\.")
  public static let jsonControlCharacter = Message(
    zh: "JSON 的文字里有换行或控制字符。换行请写成 \\n。",
    en: "There is a line break or control character in a JSON string. Write \\n.")
  public static let jsonTrailingContent = Message(
    zh: "JSON 结束之后还有内容。多个案件请写成数组 [ … ]。",
    en: "Something follows the JSON value. Put several cases into an array [ … ].")

  public static func intakeDuplicateKey(_ key: String) -> Message {
    Message(
      zh: "“\(key)”出现了两次，无法判断以哪个为准。请删去一个。",
      en: "“\(key)” stands twice, and it is not known which one counts. Remove one.")
  }
  public static func intakeTooDeep(_ limit: Int) -> Message {
    Message(
      zh: "嵌套超过 \(limit) 层（yamlDepth）。请按说明里的简单格式填写。",
      en: "The nesting is deeper than \(limit) levels (yamlDepth). Use the simple form of a case.")
  }
  public static func intakeTooManyValues(_ limit: Int) -> Message {
    Message(
      zh: "内容过多，超过 \(limit) 项（yamlNodes）。请分成几个文件。",
      en: "There are more than \(limit) values (yamlNodes). Divide them among several files.")
  }
  public static let intakeNotACase = Message(
    zh: "文件格式能读懂，但不是案件。请写成“名称: 内容”的形式，至少有 title（标题）或 text（内容）。",
    en: "The file can be read but is no case. Write “name: value” with at least a title or a text.")

  public static func csvWithoutHeader(_ found: [String]) -> Message {
    let seen = found.isEmpty ? "" : found.joined(separator: "、")
    return Message(
      zh: """
        表格前几行里找不到列名。需要有“诉求标题”或“诉求内容”（也可写 标题、内容、title、text）一列，以及至少另一个\
        认识的列\(seen.isEmpty ? "" : "；现在看到的是：\(seen)")。请把列名改好后重新放入。
        """,
      en: """
        No row with column names was found among the first rows. There must be a column for the title or the text \
        (诉求标题, 诉求内容, title, text) and one more known column\(seen.isEmpty ? "" : "; found: \(seen)").
        """)
  }
  public static func csvCells(found: Int, expected: Int) -> Message {
    Message(
      zh: "这一行有 \(found) 格，表头有 \(expected) 格。通常是内容里有逗号或换行而没有加引号；请改正这一行后单独放入。",
      en: """
        The row has \(found) cells and the header \(expected). A comma or line break in a text without quotes is the \
        usual cause; mend the row and put it in again.
        """)
  }
  public static let csvQuote = Message(
    zh: "这一行的引号不成对：内容里的英文引号要写成两个（\"\"）。请改正后单独放入。",
    en:
      "A quote in this row is not doubled: inside a quoted cell write \"\". Mend the row and put it in again."
  )
  public static let csvOpenQuote = Message(
    zh: "从这一行起有一个引号没有结束，直到文件末尾的内容都被当成一格。请补上引号后把这些行重新放入。",
    en:
      "A quote opened in this row is never closed, so all that follows became one cell. Close it and put it in again."
  )
  public static func csvTooManyRows(_ limit: Int) -> Message {
    Message(
      zh: "超过 \(limit) 行（csvRows）。请按每份不超过 \(limit) 行拆成几个文件，每份第一行都写上列名。",
      en: """
        There are more than \(limit) rows (csvRows). Split them into files of at most \(limit) rows, each with the row \
        of column names.
        """)
  }
  public static func csvTooManyColumns(_ found: Int, limit: Int) -> Message {
    Message(
      zh: "有 \(found) 列，上限为 \(limit) 列（csvColumns）。请删去不需要的列。",
      en:
        "There are \(found) columns, at most \(limit) are read (csvColumns). Remove those that are not needed."
    )
  }
}

/// Content, mail, folders.
extension Message {
  public static let intakeNoTitleNoText = Message(
    zh: "缺少标题（title、标题、诉求标题）和内容（text、内容、诉求内容）。至少要填写其中一项。",
    en: "Both the title (title, 标题) and the text (text, 内容) are missing. At least one is needed.")
  public static func intakeTitleTooLong(_ scalars: Int, limit: Int) -> Message {
    Message(
      zh: "标题有 \(scalars) 字，上限为 \(limit) 字（titleScalars）。请把详细情况写到内容（text）里。",
      en:
        "The title has \(scalars) characters, at most \(limit) (titleScalars). Put the details into the text."
    )
  }
  public static func intakeTextTooLong(_ scalars: Int, limit: Int) -> Message {
    Message(
      zh: "内容有 \(scalars) 字，上限为 \(limit) 字（textScalars）。请写明要点，其余材料作为附件放在文件夹里。",
      en:
        "The text has \(scalars) characters, at most \(limit) (textScalars). State the main points, attach the rest."
    )
  }
  public static func intakeTooManyFields(_ count: Int, limit: Int) -> Message {
    Message(
      zh: "另有 \(count) 个字段，上限为 \(limit) 个（fieldsPerCase）。请删去不需要的字段。",
      en:
        "There are \(count) further fields, at most \(limit) (fieldsPerCase). Remove those that are not needed."
    )
  }
  public static func intakeAutomaticMail(_ why: String) -> Message {
    Message(
      zh: "这是系统自动发出的邮件（\(why)），不是群众来信，因此没有立案。如确需受理，请把内容另存为文本文件放入。",
      en: """
        This mail was sent by a machine (\(why)) and is no case. If it must be taken, save its content as a text file \
        and put that in.
        """)
  }
  public static let intakeMailWithoutText = Message(
    zh: "邮件没有主题，也没有文字正文。请打开附件，把诉求写成文本文件后放入。",
    en: "The mail has neither a subject nor a text. Write the case into a text file and put that in.")
  public static func intakeMailTooDeep(_ limit: Int) -> Message {
    Message(
      zh: "邮件层层转发超过 \(limit) 层（mailDepth）。请把正文另存为文本文件放入。",
      en: "The mail's parts are nested deeper than \(limit) levels (mailDepth). Save its text as a file.")
  }
  public static func intakeMailTooManyParts(_ limit: Int) -> Message {
    Message(
      zh: "邮件的组成部分超过 \(limit) 个（mailParts）。请把正文另存为文本文件放入。",
      en: "The mail has more than \(limit) parts (mailParts). Save its text as a file and put that in.")
  }
  public static let intakeFolderWithoutCase = Message(
    zh: "文件夹里没有案件文件。请放入一个 case.yaml（或 .json、.txt、.eml）写明诉求，其余文件作为附件。",
    en: "The folder has no case file. Add a case.yaml (or .json, .txt, .eml) that states the case.")
  public static func intakeFolderWithManyCases(_ names: [String]) -> Message {
    let list = names.prefix(5).joined(separator: "、")
    return Message(
      zh: "文件夹里有多个可能的案件文件（\(list)）。请把案件文件命名为 case.yaml（或 case.txt 等），其余作为附件；多个案件请分开放。",
      en: """
        Several files in the folder may be the case (\(list)). Name the case file case.yaml (or case.txt, …) or use a \
        folder for each case.
        """)
  }
  public static func intakeFolderEntry(_ name: String) -> Message {
    Message(
      zh: "文件夹里的“\(name)”不是普通文件（子文件夹、链接或设备）。案件文件夹里只能放案件文件和附件，请整理后重新放入。",
      en: """
        “\(name)” in the folder is no ordinary file (a folder, link or device). A case folder holds the case file and \
        attachments only.
        """)
  }
  public static func intakeFolderHoldsManyRows(_ count: Int) -> Message {
    Message(
      zh: "文件夹里的案件文件含有 \(count) 个案件，无法判断附件属于哪一个。请每个案件一个文件夹。",
      en:
        "The case file in the folder holds \(count) cases; whose are the attachments? Use a folder for each case."
    )
  }
  public static func intakeAttachmentTooLarge(_ name: String, limit: Int) -> Message {
    Message(
      zh: "附件“\(name)”超过 \(limit) 字节（attachmentBytes）。请压缩或拆分后重新放入整个文件夹。",
      en: "The attachment “\(name)” is larger than \(limit) bytes (attachmentBytes). Make it smaller.")
  }
  public static func intakeTooManyAttachments(_ count: Int, limit: Int) -> Message {
    Message(
      zh: "附件有 \(count) 个，上限为 \(limit) 个（attachmentsPerCase）。请合并或打包后重新放入。",
      en: "There are \(count) attachments, at most \(limit) (attachmentsPerCase). Combine some of them.")
  }

  public static func intakeRowsRefused(_ count: Int) -> Message {
    Message(
      zh: "有 \(count) 行（或案件）没有立案，原因见下。请改正后把此文件重新放入收件夹；同一文件中其余各行已经立案。",
      en: """
        \(count) rows (or cases) were not taken in; the reasons are below. Mend them and put this file into the inbox \
        again; the other rows of the same file are cases already.
        """)
  }

  public static func intakeAllRowsRefused(_ count: Int) -> Message {
    Message(
      zh: "全部 \(count) 行（或案件）都没有立案，原因见下。请改正后把此文件重新放入收件夹。",
      en:
        "None of the \(count) rows (or cases) was taken in; the reasons are below. Mend them and put the file in again."
    )
  }

  /// The beginning of a reason: where in the file.
  public static func intakePlace(line: Int, column: Int) -> Message {
    Message(zh: "第 \(line) 行第 \(column) 列：", en: "Line \(line), column \(column): ")
  }
}
