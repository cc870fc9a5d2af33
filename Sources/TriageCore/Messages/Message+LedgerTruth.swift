/// What is said of a ledger that is not as it was written, and of its making anew.
extension Message {
  // MARK: verify

  public static func verifyDiffers(
    case id: CaseID, table: String, column: String, stored: String?, recomputed: String?
  ) -> Message {
    let (was, should) = (shown(stored), shown(recomputed))
    return Message(
      zh: "\(id)：\(table).\(column) 存的是 \(was)，按事件应为 \(should)。",
      en: "\(id): \(table).\(column) holds \(was); its events say \(should).")
  }
  /// Keys and prints are long and say nothing to people.
  private static func shown(_ value: String?) -> String {
    guard let value else { return "NULL" }
    let scalars = value.unicodeScalars
    if scalars.count <= 80 { return value }
    return String(String.UnicodeScalarView(scalars.prefix(80))) + "…"
  }

  public static func verifyChangedRulebook(digest: String) -> Message {
    Message(
      zh: "台账里存的规则 \(digest.prefix(12)) 与它的校验值不符。triaged fsck --repair --rules 目录 会用同一份规则的文件补上。",
      en: """
        The stored text of rulebook \(digest.prefix(12)) is not that of its digest. triaged fsck --repair --rules DIR \
        puts it right from the files of the same rules.
        """)
  }
  public static func verifyNotErased(case id: CaseID, sequence: Int64) -> Message {
    Message(
      zh: "案件 \(id) 标记为已清除，第 \(sequence) 条记录的内容却还在。",
      en: "Case \(id) counts as erased, yet the contents of event \(sequence) are there.")
  }
  public static func verifyNumberingBehind(day: String, last: Int64, given: Int64) -> Message {
    Message(
      zh: "\(day) 的编号记到 \(last)，实际已经用到 \(given)。",
      en: "The numbering of \(day) stands at \(last), and number \(given) was given.")
  }
  public static func verifyUnreadableCase(case id: CaseID, detail: String) -> Message {
    Message(
      zh: "案件 \(id) 的事件读不成一个案件（\(detail)）。", en: "The events of \(id) do not make a case (\(detail)).")
  }
  public static func verifyNearKeys(stored: Int, recomputed: Int) -> Message {
    Message(
      zh: "相近文本的索引有 \(stored) 条，应为 \(recomputed) 条。",
      en: "The index of near-same texts has \(stored) entries, not \(recomputed).")
  }
  /// How much was compared with the events.
  public static func verifyRecomputed(cases: Int) -> Message {
    Message(
      zh: "\(cases) 个案件的各项数据已按事件重算核对。",
      en: "The rows of \(cases) cases were made anew from their events and compared.")
  }
  /// What could not be; nil where everything could.
  public static func verifyNotRecomputed(
    erased: Int, timers: Int, sketches: Int, enclosures: Int
  ) -> Message? {
    let parts: [(Int, Message)] = [
      (erased, Message(zh: "\(erased) 个案件内容已清除", en: "\(erased) erased cases")),
      (
        timers,
        Message(
          zh: "\(timers) 个案件的下次提醒时间是按别的规则算的", en: "the timers of \(timers) cases (counted under other rules)")
      ),
      (
        sketches,
        Message(
          zh: "\(sketches) 个案件当时的规则已不在", en: "\(sketches) texts (the rulebook of their day is not there)")
      ),
      (
        enclosures,
        Message(zh: "\(enclosures) 个附件是旧版本收的", en: "\(enclosures) attachments (taken in by an older triaged)")
      ),
    ]
    let said = parts.filter { $0.0 > 0 }.map(\.1)
    if said.isEmpty { return nil }
    return Message(
      zh: "无法重算、按原样保留：" + said.map(\.zh).joined(separator: "，") + "。",
      en: "Not recomputed, kept as they are: " + said.map(\.en).joined(separator: ", ") + ".")
  }
  /// How to go on from faults that can be mended.
  public static let verifyMend = Message(
    zh: "停止守护进程后，triaged fsck --repair 或 triaged ledger rebuild 可以按事件重做这些数据。",
    en:
      "With the daemon stopped, triaged fsck --repair or triaged ledger rebuild makes this anew from the events."
  )
  /// How to go on from those that cannot.
  public static let verifyRestore = Message(
    zh: "事件本身已损坏，无法重做：请用 triaged ledger restore 恢复最近的备份。",
    en:
      "What was written once is damaged and cannot be made anew: bring back the latest backup with triaged ledger restore."
  )

  // MARK: Start

  public static func startRefused(_ fault: Message) -> Message {
    Message(
      zh: """
        台账有损坏，不启动：\(fault.zh)\
        先看 triaged ledger verify；能重算的用 triaged fsck --repair 或 triaged ledger rebuild，其余用 \
        triaged ledger restore 恢复备份。
        """,
      en: """
        The ledger is damaged, triaged does not start: \(fault.en) Look at triaged ledger verify; triaged fsck --repair \
        or triaged ledger rebuild mend what can be made anew, triaged ledger restore brings back a backup.
        """)
  }

  // MARK: rebuild

  public static let helpRebuild = Message(
    zh: "按事件重做台账（守护进程须停止）；旧文件留在旁边。",
    en: "Make the ledger anew from its events (the daemon must be stopped); the old file stays beside it.")
  public static func rebuildDone(cases: Int, events: Int64, kept: String) -> Message {
    Message(
      zh: "台账已重做：\(cases) 个案件，\(events) 条记录。旧文件：\(kept)（确认无误后可以删除）",
      en:
        "The ledger was made anew: \(cases) cases, \(events) events. The old file: \(kept) (delete it once all is well)"
    )
  }
  public static func rebuildTookOver(erased: Int, enclosures: Int, sketches: Int) -> Message? {
    let parts: [(Int, Message)] = [
      (erased, Message(zh: "\(erased) 个已清除案件的各项数据", en: "the rows of \(erased) erased cases")),
      (enclosures, Message(zh: "\(enclosures) 个附件的名称", en: "the names of \(enclosures) attachments")),
      (sketches, Message(zh: "\(sketches) 个案件的文本索引", en: "the text index of \(sketches) cases")),
    ]
    let said = parts.filter { $0.0 > 0 }.map(\.1)
    if said.isEmpty { return nil }
    return Message(
      zh: "事件里没有、从旧文件照搬：" + said.map(\.zh).joined(separator: "，"),
      en: "Not in the events, taken over from the old file: " + said.map(\.en).joined(separator: ", "))
  }
  public static func rebuildDroppedRulebook(_ digest: String) -> Message {
    Message(
      zh: "规则 \(digest.prefix(12)) 的文本已损坏，没有带过来；旧文件里还有",
      en: "The text of rulebook \(digest.prefix(12)) is damaged and was left out; the old file still has it")
  }
  public static func rebuildDroppedEffect(_ key: String) -> Message {
    Message(zh: "待办 \(key) 不指向任何条目，没有带过来", en: "The order \(key) names nothing and was left out")
  }
  public static func ledgerPrimaryDamaged(path: String, faults: Int, first: Message) -> Message {
    Message(
      zh: """
        \(path) 里不能重算的部分有 \(faults) 处损坏（\(first.zh)），台账没有改动。请先看 triaged ledger verify，再用 \
        triaged ledger restore 恢复最近的备份。
        """,
      en: """
        \(path) is damaged in \(faults) places that cannot be made anew (\(first.en)); the ledger was not changed. Look \
        at triaged ledger verify, then bring back the latest backup with triaged ledger restore.
        """)
  }

  // MARK: fsck

  public static func mendedRulebook(_ digest: String) -> Message {
    Message(
      zh: "已修复：规则 \(digest.prefix(12)) 的文本按规则目录补上",
      en: "mended: the text of rulebook \(digest.prefix(12)), from the files"
    )
  }
  public static func mended(_ fault: Message) -> Message {
    Message(zh: "已修复：" + fault.zh, en: "mended: " + fault.en)
  }
}
