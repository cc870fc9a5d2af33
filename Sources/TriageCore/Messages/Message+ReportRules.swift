/// What findings say of lists, indicators and subsidies.
extension Message.Rules {
  public static func notACadence(_ text: String) -> Message {
    Message(zh: "“\(text)”不是清单的时间", en: "'\(text)' does not say when a list is made")
  }
  public static let cadenceHint = Message(
    zh: "写作 daily 08:30（每日）、mon 09:00（每周一）、month 1 09:00（每月 1 日）或 quarter 5 09:00（每季首月 5 日）",
    en:
      "write daily 08:30, mon 09:00, month 1 09:00 (day of the month) or quarter 5 09:00 (day of its first month)"
  )
  public static let rateWithoutWhere = Message(
    zh: "比率要有 where：写明其中哪些算数", en: "a rate needs 'where': which of the cases count")
  public static let stageOnlyOfDue = Message(
    zh: "stage 只能和 of: due 一起写（到期的是哪个环节）", en: "'stage' belongs to 'of: due' and says which step fell due")
  public static let twoTargets = Message(
    zh: "target（不低于）和 at_most（不高于）只能写一个",
    en: "write either 'target' (at least) or 'at_most', not both")
  public static func badTarget(_ text: String, isRate: Bool) -> Message {
    isRate
      ? Message(
        zh: "“\(text)”不是比率的目标；请写百分数，如 90%",
        en: "'\(text)' is no target of a rate; write a percentage like 90%")
      : Message(
        zh: "“\(text)”不是件数的目标；请写数字，如 5", en: "'\(text)' is no target of a count; write a number like 5")
  }
  public static func tierWithoutDepartments(_ kind: String) -> Message {
    Message(zh: "没有哪个部门是按“\(kind)”这类区域设的", en: "no department is made for areas of kind '\(kind)'")
  }
  public static func tierWithoutDepartmentsHint(_ kind: String) -> Message {
    Message(
      zh: "用 for_each_area: {kind: \(kind)} 给每个区域设一个部门",
      en: "make one for each of them with for_each_area: {kind: \(kind)}")
  }
}
