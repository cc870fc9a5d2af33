/// What is said when the ledger is not the one that belongs to its root, and of what a person does about it.
extension Message {
  private static let tracesNamed = 4

  public static func ledgerGone(path: String, traces: [String]) -> Message {
    let named = traces.prefix(tracesNamed)
    let more = traces.count - named.count
    return Message(
      zh: """
        台账 \(path) 不见了或是空的，但这个根目录里有过台账：\(named.joined(separator: "、"))\(more > 0 ? "等 \(traces.count) 处" : "")。\
        为免编号重来、旧件与新件混在一起，没有启动，什么也没有改。若台账所在的磁盘没有挂上，请先挂上；\
        否则用 triaged ledger restore 备份目录 恢复，再运行 triaged fsck --repair --after-restore。\
        确实要从头开始的，先把 queues、set-aside 和 state 移走。
        """,
      en: """
        The ledger \(path) is gone or empty, but this root had one: \(named.joined(separator: ", "))\
        \(more > 0 ? " and \(more) more" : ""). Nothing was started or changed: numbers would begin anew, and old items pass \
        for new ones. If the ledger's disk is not mounted, mount it; else bring the ledger back with triaged ledger \
        restore BACKUP, then run triaged fsck --repair --after-restore. Only to begin from nothing, move queues, set-aside \
        and state away first.
        """)
  }
  public static func ledgerOfOtherRoot(path: String, place: String) -> Message {
    Message(
      zh: """
        \(place) 属于另一个根目录，不属于台账 \(path)。没有启动，什么也没有改。请检查 --root、挂载的共享盘和台账文件是否放对了；\
        台账若是丢失后重新生成的，把它移走，再用 triaged ledger restore 备份目录 恢复原来的。
        """,
      en: """
        \(place) belongs to another root, not to the ledger \(path). Nothing was started or changed. Check --root, what is \
        mounted where, and whether the ledger's file is the right one; if it was made anew after a loss, move it away and \
        bring the old one back with triaged ledger restore BACKUP.
        """)
  }
  public static func ledgerBehind(path: String, place: String, known: Int64, found: Int64) -> Message {
    Message(
      zh: """
        台账 \(path) 落后了：\(place) 记着台账已到第 \(known) 条，\
        现在\(found < known ? "只到第 \(found) 条" : "第 \(known) 条却是另一条")。这是旧的副本，或者末尾被截掉了。\
        没有启动，什么也没有改。请找回较新的台账文件；只有较旧的备份时，用 triaged ledger restore 备份目录 恢复，\
        再运行 triaged fsck --repair --after-restore：较新的件移入 set-aside 待重新受理，编号不重复。
        """,
      en: """
        The ledger \(path) is behind: \(place) says that it had come to event \(known), \
        \(found < known ? "now it ends at \(found)" : "now event \(known) is another one"). It is an older copy, or was cut at \
        its end. Nothing was started or changed. Find the newer file; if there is only an older backup, bring it back with \
        triaged ledger restore BACKUP, then run triaged fsck --repair --after-restore: newer items go to set-aside to be \
        taken again, and no number is given twice.
        """)
  }
  public static func ledgerOriginalsGone(path: String, count: Int) -> Message {
    Message(
      zh: """
        \(path) 里应有 \(count) 份原始材料，一份也没有。没有启动，什么也没有改。若它所在的磁盘没有挂上，请先挂上；\
        否则用 triaged ledger restore --originals 备份目录 取回。确实找不回来的，运行 triaged fsck --repair --originals-lost 后继续。
        """,
      en: """
        \(path) should hold \(count) originals and holds none. Nothing was started or changed. If its disk is not mounted, \
        mount it; else bring them back with triaged ledger restore --originals BACKUP. If they are lost for good, run \
        triaged fsck --repair --originals-lost to go on without them.
        """)
  }
  public static func verifyChangedLedgerEvent(sequence: Int64) -> Message {
    Message(
      zh: "台账自身的第 \(sequence) 条事件（恢复、重建）被改动过。",
      en: "Event \(sequence) of the ledger itself (a restore, something made anew) was changed.")
  }
}
