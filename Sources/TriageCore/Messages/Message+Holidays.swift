/// What `triaged calendar import` says.
extension Message {
  public static let helpCalendar = Message(zh: "节假日数据。", en: "Holiday data.")
  public static let helpCalendarImport = Message(
    zh: "读入节假日文件（iCalendar，或列为 date,kind,name（日期、类型、名称）的 CSV），写成规则文件；不给 --rules 时只打印。",
    en:
      "Reads a holiday file (iCalendar, or CSV with date,kind,name or 日期,类型,名称) and writes it as a rule file; without --rules it prints."
  )
  public static let argumentHolidayFile = Message(
    zh: "节假日文件（.ics 或 .csv）。", en: "The holiday file (.ics or .csv).")
  public static func holidayFileHead(_ source: String) -> Message {
    Message(
      zh: "由 triaged calendar import 从 \(source) 写入；再次导入同一年会改写本文件，本地另有的停办日请写在 calendar 的 overlay 里。",
      en:
        "Written by triaged calendar import from \(source); importing the year again rewrites it. Local days belong into overlay: of the calendar."
    )
  }
  public static let holidayFileUnknown = Message(
    zh: "既不是 iCalendar 文件（以 BEGIN:VCALENDAR 开头），也不是列名含 date,kind（日期、类型）的 CSV",
    en:
      "neither an iCalendar file (it begins with BEGIN:VCALENDAR) nor CSV with the columns date,kind (日期, 类型)"
  )
  public static func holidayBadDate(_ text: String) -> Message {
    Message(
      zh: "“\(text)”不是日期；请写成 2027-01-01（2027/1/1、2027年1月1日、20270101 也可以），一行一天，不能写“几日至几日”",
      en:
        "“\(text)” is no date; write 2027-01-01 (2027/1/1, 2027年1月1日 and 20270101 are read too), one day in each row and no range"
    )
  }
  public static func holidayAmbiguousDate(_ text: String) -> Message {
    Message(
      zh: "“\(text)”分不清哪个是月、哪个是日；请写成 2027-01-02（年-月-日）",
      en: "in “\(text)” either number may be the month; write 2027-01-02 (year-month-day)")
  }
  public static let holidayBadQuote = Message(
    zh: "引号不成对；请改正这一行的引号", en: "a quote is not closed or not doubled; mend the quotes of this row")
  public static func holidaySerialDays(_ count: Int) -> Message {
    Message(
      zh: "有 \(count) 个日期是表格的日期序号，按 1900 日期系统读取；如果表格用的是 1904 日期系统（旧版 Mac），请先把该列设为日期格式再导出",
      en: """
        \(count) dates are day numbers of a spreadsheet and were read in the 1900 date system; if the sheet used the 1904 \
        system (old Macs), format the column as dates and export it again
        """)
  }
  public static func holidayBadKind(_ text: String) -> Message {
    Message(
      zh: "“\(text)”不是日期类型；放假写 holiday（或 放假、节假日），调休上班写 makeup_workday（或 补班、上班）",
      en: """
        “\(text)” is no kind of day; write holiday (or 放假) for a day off, makeup_workday (or 补班) for a rest day that is \
        worked
        """)
  }
  public static func holidayTooLong(_ summary: String) -> Message {
    Message(zh: "“\(summary)”长达两个月以上，不像节假日", en: "“\(summary)” lasts more than two months: no holiday")
  }
  public static func holidayOnAndOff(_ day: String) -> Message {
    Message(zh: "\(day) 既是放假日又是上班日", en: "\(day) is both off and worked")
  }
  public static let holidayNoYear = Message(
    zh: "文件里没有完整的一年（至少要有元旦和国庆节的放假日）",
    en: "the file has no whole year (New Year's Day and National Day must be days off in it)")
  public static func holidayYearIncomplete(_ year: Int) -> Message {
    Message(zh: "\(year) 年不完整，未导入", en: "\(year) is incomplete and was left out")
  }
  public static func holidayYearImpossible(_ year: Int, _ years: ClosedRange<Int>) -> Message {
    Message(
      zh: "\(year) 年不可能是对的（只收 \(years.lowerBound) 到 \(years.upperBound) 年）；请检查文件里的年份",
      en:
        "\(year) cannot be right (from \(years.lowerBound) to \(years.upperBound)); check the years in the file"
    )
  }
  public static func holidayYearTooFree(_ year: Int, days: Int) -> Message {
    Message(
      zh: "注意：\(year) 年的周一至周五里有 \(days) 天放假，比国务院的通知多得多；请核对",
      en:
        "note: \(days) days from Monday to Friday are off in \(year), far more than a notice has; please compare"
    )
  }
  public static func holidayYearWithoutMakeUp(_ year: Int) -> Message {
    Message(
      zh: "注意：\(year) 年没有一个调休上班日；国务院的通知几乎每年都有，只知道节日的软件导出的表会漏掉，期限会因此算晚；请对照通知补上",
      en: """
        note: \(year) has no make-up working day; the State Council's notice has some almost every year, and tables made by \
        programs that know the holidays alone lack them, which makes deadlines late; compare it with the notice
        """)
  }
  public static func holidaysIgnored(_ count: Int) -> Message {
    Message(
      zh: "有 \(count) 个条目既没写放假也没写上班，未采用", en: "\(count) entries say neither off nor worked and were left out")
  }
  public static func holidaySame(_ year: Int) -> Message {
    Message(zh: "\(year) 年：规则里已有，内容相同", en: "\(year): the rulebook has it, with the same days")
  }
  public static func holidayDiffers(_ year: Int, _ place: String, days: [String]) -> Message {
    let shown = days.prefix(8).joined(separator: " ") + (days.count > 8 ? " …" : "")
    return Message(
      zh: "\(year) 年已写在 \(place)，与文件不同的日子：\(shown)。请先核对并删去那一段，再导入",
      en:
        "\(year) is written at \(place), and differs on: \(shown). Compare, remove it there, and import again"
    )
  }
  public static func holidayWritten(_ year: Int, _ file: String, off: Int, on: Int) -> Message {
    Message(
      zh: "\(year) 年：放假 \(off) 天，调休上班 \(on) 天，已写入 \(file)",
      en: "\(year): \(off) days off, \(on) make-up working days, written to \(file)")
  }
  public static func holidayCannotWrite(_ file: String, _ fault: SystemFault) -> Message {
    Message(zh: "无法写入 \(file)：\(fault.message.zh)", en: "cannot write \(file): \(fault.message.en)")
  }
}
