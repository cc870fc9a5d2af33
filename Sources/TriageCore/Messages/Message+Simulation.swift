/// `triaged simulate`: what it prints.
extension Message {
  public static let helpSimulate = Message(
    zh: "在虚拟时间里按情景文件演练几个月，使用真正的受理、台账、催办和单位收件夹。",
    en: "Run a scenario of months in virtual time, through the real intake, ledger, reminders and queues.")
  public static let argumentScenario = Message(zh: "情景文件（YAML）。", en: "The scenario's file (YAML).")
  public static let optionSimulateRoot = Message(
    zh: "在这个空目录里演练并保留结果；不写则用临时目录，结束后删除。",
    en: "Run in this empty directory and keep it; else a temporary one is used and removed.")
  public static let optionKeep = Message(zh: "保留临时目录。", en: "Keep the temporary directory.")

  public static func scenarioUnusable(errors: Int) -> Message {
    Message(zh: "情景不能使用：\(errors) 处错误", en: "the scenario cannot be used: \(errors) errors")
  }
  public static func simulationRootExists(_ path: String) -> Message {
    Message(
      zh: "目录不是空的：\(path)；演练需要一个空目录",
      en: "the directory is not empty: \(path); a simulation needs an empty one")
  }
  public static func simulationFailed(_ reason: Message) -> Message {
    Message(zh: "演练中断：\(reason.zh)", en: "the simulation broke off: \(reason.en)")
  }
  public static func simulationKept(_ path: String) -> Message {
    Message(zh: "演练的根目录保留在 \(path)", en: "the simulation's root is kept at \(path)")
  }
  public static func simulationProgress(_ day: String, percent: Int, cases: Int) -> Message {
    Message(zh: "\(day)  \(percent)%  来件 \(cases)", en: "\(day)  \(percent)%  \(cases) files sent")
  }
  public static func simulationHead(_ title: String, from: String, to: String, seed: UInt64) -> Message {
    Message(zh: "\(title)：\(from) 至 \(to)，种子 \(seed)", en: "\(title): \(from) to \(to), seed \(seed)")
  }
  public static func simulationTraffic(sent: Int, duplicates: Int, setAside: Int, moves: Int) -> Message {
    Message(
      zh: "来件 \(sent)（其中重复 \(duplicates)，搁置 \(setAside)），单位操作 \(moves) 次",
      en:
        "\(sent) files sent (\(duplicates) of them duplicates, \(setAside) set aside), \(moves) steps of departments"
    )
  }
  public static func simulationCourse(
    reminders: Int, escalations: Int, returns: Int, reopened: Int
  ) -> Message {
    Message(
      zh: "催办 \(reminders) 次，督办提级 \(escalations) 次，退回 \(returns) 次，重新办理 \(reopened) 次",
      en: "\(reminders) reminders, \(escalations) escalations, \(returns) returns, \(reopened) reopened")
  }
  public static let simulationClean = Message(
    zh: "自检：收件夹与台账一致，台账完整", en: "self-check: folders and ledger agree, the ledger is intact")
  public static let simulationNotClean = Message(
    zh: "自检：发现不一致（见上）", en: "self-check: found disagreements (above)")
}
