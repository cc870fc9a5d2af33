/// Reports and lists.
extension Message {
  public static let helpReport = Message(
    zh: "日、周、月、季报告：指标、清单、各单位及时率、以案定补",
    en: "report of a day, week, month or quarter: indicators, lists, timeliness of units, subsidies")
  public static let optionPeriod = Message(
    zh: "day（日）、week（周）、month（月）或 quarter（季）", en: "day, week, month or quarter")
  public static let optionReportAt = Message(
    zh: "截止时刻，取它所在的日、周、月、季；默认现在", en: "report as of this time, on the period it lies in; default now")
  public static let optionPrevious = Message(
    zh: "上一个完整的日、周、月、季", en: "the whole period before that one")
  public static let optionList = Message(zh: "只要这一份清单（全部行）", en: "only this list, all its rows")
  public static let optionReportFormat = Message(zh: "text、json 或 csv", en: "text, json or csv")

  public static func unknownList(_ id: String, _ known: [String]) -> Message {
    let names = known.prefix(30)
    return known.isEmpty
      ? Message(zh: "规则库里没有清单", en: "the rulebook has no lists")
      : Message(
        zh: "没有清单“\(id)”；有：\(names.joined(separator: "、"))",
        en: "there is no list '\(id)'; there are: \(names.joined(separator: ", "))")
  }

  public enum Report {
    public static func heading(_ centre: String) -> Message {
      Message(zh: "\(centre)矛盾纠纷工作报告", en: "Report of \(centre)")
    }
    public static func span(_ from: String, _ to: String) -> Message {
      Message(zh: "\(from) 至 \(to)", en: "\(from) to \(to)")
    }
    public static func summary(taken: Int, resolved: Int, closed: Int, open: Int, overdue: Int) -> Message {
      Message(
        zh: "受理 \(taken) 件，办结 \(resolved) 件，销号 \(closed) 件；在办 \(open) 件，其中超期 \(overdue) 件",
        en: "\(taken) taken, \(resolved) resolved, \(closed) closed; \(open) open, \(overdue) of them overdue"
      )
    }
    public static func erased(_ count: Int) -> Message {
      Message(zh: "另有 \(count) 件已匿名归档，未计入", en: "\(count) more were anonymised and are not counted")
    }

    public static let indicators = Message(zh: "指标", en: "Indicators")
    public static let categories = Message(zh: "按类别", en: "By category")
    public static let levels = Message(zh: "按级别", en: "By level")
    public static let departments = Message(zh: "按责任单位", en: "By department")
    public static let channels = Message(zh: "按渠道", en: "By channel")
    public static let topics = Message(zh: "高频问题", en: "What came up most")
    public static let units = Message(zh: "各单位办理情况", en: "Work of each unit")
    public static let subsidy = Message(zh: "以案定补", en: "Subsidies")
    public static let total = Message(zh: "合计", en: "total")

    public static let name = Message(zh: "名称", en: "name")
    public static let value = Message(zh: "数值", en: "value")
    public static let basis = Message(zh: "件数", en: "cases")
    public static let target = Message(zh: "目标", en: "target")
    public static let isMet = Message(zh: "达标", en: "met")
    public static let taken = Message(zh: "受理", en: "taken")
    public static let assigned = Message(zh: "交办", en: "assigned")
    public static let resolved = Message(zh: "办结", en: "resolved")
    public static let returned = Message(zh: "退回", en: "returned")
    public static let open = Message(zh: "在办", en: "open")
    public static let overdue = Message(zh: "超期", en: "overdue")
    public static let acceptInTime = Message(zh: "及时签收", en: "accepted in time")
    public static let resolveInTime = Message(zh: "按期办结", en: "resolved in time")
    public static let otherInTime = Message(zh: "其他环节按时", en: "other steps in time")
    public static let unit = Message(zh: "单位", en: "unit")
    public static let amount = Message(zh: "每件（元）", en: "each (yuan)")
    public static let sum = Message(zh: "金额（元）", en: "sum (yuan)")
    public static let section = Message(zh: "部分", en: "section")
    public static let item = Message(zh: "项目", en: "item")
    public static let closed = Message(zh: "销号", en: "closed")
    public static let area = Message(zh: "区域", en: "area")
    public static let takenAt = Message(zh: "受理时间", en: "taken at")
    public static let result = Message(zh: "结果", en: "result")

    public static func met(_ isMet: Bool?) -> Message {
      switch isMet {
      case true: Message(zh: "是", en: "yes")
      case false: Message(zh: "否", en: "no")
      default: Message(zh: "", en: "")
      }
    }

    public static func listHeading(_ title: String, _ count: Int) -> Message {
      Message(zh: "\(title)（\(count) 件）", en: "\(title) (\(count) cases)")
    }
    public static func listCount(_ count: Int, overdue: Int) -> Message {
      count == 0
        ? Message(zh: "没有这样的案件。", en: "There are no such cases.")
        : Message(zh: "共 \(count) 件，其中超期 \(overdue) 件。", en: "\(count) cases, \(overdue) of them overdue.")
    }
    public static func listShortened(_ shown: Int) -> Message {
      Message(
        zh: "只列出前 \(shown) 件；全部：triaged report --list 清单id",
        en: "only the first \(shown) are shown; all of them: triaged report --list ID")
    }
    public static func written(_ list: String) -> Message {
      Message(zh: "已生成清单：\(list)", en: "list written: \(list)")
    }
    public static func notTold(_ list: String, _ fault: SystemFault) -> Message {
      Message(
        zh: "清单“\(list)”读不出来，还没送到单位，稍后再试：\(fault.message.zh)",
        en:
          "list '\(list)' cannot be read to be given to its departments, tried again later: \(fault.message.en)"
      )
    }
    public static func notWritten(_ list: String, _ reason: String) -> Message {
      Message(
        zh: "清单“\(list)”写不下去：\(reason)；稍后再试",
        en: "list '\(list)' could not be written: \(reason); tried again later")
    }
  }
}
