/// What is said of folders that may be shares, and of what only a person's word makes anew.
extension Message {
  public static let placeGone = Message(
    zh: """
      这个文件夹原来的标记 .triaged 不在，像是它的磁盘或共享盘没有挂上：什么也不从里面取，什么也不往里面写，等它回来。\
      确实不再用原来的，停止 triaged 后运行 triaged fsck --repair --folder 名称
      """,
    en: """
      the folder has lost its .triaged marker, its disk or share seems not to be mounted: nothing is taken from it or \
      written into it until it is back; if it is to be another one from now on, stop triaged and run triaged fsck --repair \
      --folder NAME
      """)
  public static let placeHung = Message(
    zh: "这个文件夹的共享盘没有回应：什么也不从里面取，什么也不往里面写，等它回来。请检查服务器和网络",
    en: """
      the share of this folder does not answer: nothing is taken from it or written into it until it does; see to its \
      server and the network
      """)
  public static let mountsUnknown = Message(
    zh: "读不到 /proc/self/mountinfo，不知道哪些文件夹是挂载的：新的共享盘没有挂上时将无法察觉。请让 triaged 能读 /proc",
    en: """
      /proc/self/mountinfo cannot be read, so that nobody knows which folders are mounts: a missing mount of a new share \
      will not be noticed; let triaged read /proc
      """)
  public static let placeBack = Message(zh: "文件夹已恢复", en: "the folder is back")
  public static func placeUnmarked(_ reason: String) -> Message {
    Message(
      zh: "这个文件夹在另一块盘上，但不能在里面放标记 .triaged：没有挂上时将无法察觉（\(reason)）",
      en:
        "the folder is on another disk and takes no .triaged marker, so that a missing mount will not be noticed: \(reason)"
    )
  }
  public static func placeNeeded(_ name: String, path: String) -> Message {
    Message(
      zh: "\(path) 的标记 .triaged 不在，像是没有挂上，现在不能处理。请先挂上；要重新建立，加上 --folder \(name)",
      en:
        "\(path) has lost its .triaged marker, it seems not to be mounted: mount it first, or add --folder \(name) to make it anew"
    )
  }
  public static let queueAhead = Message(
    zh: """
      队列目录的标记 .triaged 记着更新的台账：台账恢复成旧的那段时间，它没有挂上。投递暂停；\
      停止 triaged 后运行 triaged fsck --repair --after-restore
      """,
    en: """
      the queue's .triaged marker tells of a later ledger: an older one was put back while its share was away. Deliveries \
      wait; stop triaged and run triaged fsck --repair --after-restore
      """)
  public static func queuesNeeded(_ queues: [DepartmentID]) -> Message {
    let names = queues.map(\.rawValue)
    return Message(
      zh: """
        这些单位的队列没有挂上，看不到里面已经用过的编号：\(names.joined(separator: "、"))。请先挂上；确实找不回的，加上 \
        --queue 单位 重新建立
        """,
      en: """
        the queues of these departments are not mounted, and the numbers given in them cannot be seen: \
        \(names.joined(separator: ", ")); mount them first, or add --queue DEPARTMENT for one that is lost for good
        """)
  }
  public static func queueUnknown(_ id: DepartmentID, known: [DepartmentID]) -> Message {
    let names = known.map(\.rawValue)
    return Message(
      zh: "没有“\(id)”这个单位的队列；有的是 \(names.joined(separator: "、"))",
      en: "there is no queue of a department \(id); there are \(names.joined(separator: ", "))")
  }
  public static func folderUnknown(_ name: String, known: [String]) -> Message {
    Message(
      zh: "没有“\(name)”这个文件夹；可用的有 \(known.joined(separator: "、"))",
      en: "there is no folder \(name) of that kind; there are \(known.joined(separator: ", "))")
  }
  public static let wordNeedsRepair = Message(
    zh: "--queue、--queues-lost、--folder、--after-restore、--originals-lost 要与 --repair 一起用",
    en: "--queue, --queues-lost, --folder, --after-restore and --originals-lost go with --repair")
  public static func foldersGone(_ names: [String]) -> Message {
    Message(
      zh: "文件夹的标记 .triaged 不在或没有回应，像是没有挂上，已停用：\(names.joined(separator: "、"))",
      en:
        "folders without their .triaged marker, or that do not answer; their mounts seem to be gone, not used: \(names.joined(separator: ", "))"
    )
  }

  // MARK: After a restore

  public static func restoredCase(_ id: CaseID, channel: String) -> Message {
    let inbox = "inbox/" + (channel.isEmpty ? "CHANNEL" : channel) + "/"
    return Message(
      zh: "台账恢复成了较旧的备份，里面没有案件 \(id)。核对后把这个文件夹移到 \(inbox)，它会以新的编号重新受理；各单位原来的件和填写的内容作为附件一并收下。",
      en: """
        The ledger was put back from an older backup, which does not have case \(id). Look at it, then move this folder to \
        \(inbox): it is taken again under a new number, with what departments had and typed as attachments.
        """)
  }
  public static func restoredItem(_ id: CaseID) -> Message {
    Message(
      zh: "台账恢复成了较旧的备份，里面有案件 \(id)，但没有这一件。请对照 triaged show \(id)，需要的再办一次。",
      en: """
        The ledger was put back from an older backup, which has case \(id) but not this item. Compare with triaged show \
        \(id), and do again what is needed.
        """)
  }
  public static let restoredAlert = Message(
    zh: "台账恢复成了较旧的备份，里面没有这条预警；条件仍成立时规则会再次发出。",
    en:
      "The ledger was put back from an older backup, which does not have this alert; its rule raises it again where it still holds."
  )
  public static let caseAsideAfterRestore = Message(
    zh: "恢复后的台账里没有这个案件，已移入 set-aside 待重新受理",
    en: "the restored ledger does not have the case; it lies in set-aside, to be taken again")
  public static let itemReopened = Message(
    zh: "恢复后的台账里这一件还没有办结，已移回", en: "the restored ledger has the item open; it was moved back")
  public static func wentOnAfterRestore(cases: Int, items: Int) -> Message {
    Message(
      zh: "已按恢复后的台账继续：\(cases) 个案件、\(items) 个单件移入 set-aside，编号不会重复",
      en:
        "going on from the restored ledger: \(cases) cases and \(items) single items are in set-aside, no number comes twice"
    )
  }

  // MARK: Help

  public static let optionQueue = Message(
    zh: "与 --repair 一起：重新建立这个单位的队列（原来的共享盘不再用）；可写多次",
    en:
      "with --repair: make this department's queue anew, its old share is not coming back; may be given more than once"
  )
  public static let optionFolder = Message(
    zh: "与 --repair 一起：重新建立 inbox、queues、set-aside 或 reports；可写多次",
    en: "with --repair: make inbox, queues, set-aside or reports anew; may be given more than once")
  public static let optionAfterRestore = Message(
    zh: "与 --repair 一起：台账已恢复成较旧的备份；较新的件移入 set-aside 待重新受理，编号不重复",
    en:
      "with --repair: the ledger was put back from an older backup; newer items go to set-aside to be taken again, no number is given twice"
  )
  public static let optionQueuesLost = Message(
    zh: "与 --repair 一起：所有不在的队列（连同 queues）都重新建立，如换了新机器",
    en: "with --repair: make every queue that is not there anew, and queues/ itself: a new machine")
  public static let optionOriginalsLost = Message(
    zh: "与 --repair 一起：state/files 里的原始材料确实找不回来了，继续运行",
    en: "with --repair: the originals in state/files are lost for good, go on without them")
  public static let optionRestoreOriginals = Message(
    zh: "只取回 state/files 里缺少的原始材料，不动台账",
    en: "bring back only originals that are missing from state/files; the ledger stays as it is")
  public static func originalsRestored(_ copied: Int, missing: Int) -> Message {
    Message(
      zh: "取回 \(copied) 份原始材料" + (missing > 0 ? "；备份里也没有的 \(missing) 份" : ""),
      en: "\(copied) originals came back" + (missing > 0 ? "; \(missing) are not in the backup either" : ""))
  }
  public static let restoreThenAfter = Message(
    zh: "备份之后的记录不在台账里：请接着运行 triaged fsck --repair --after-restore，再启动 triaged。",
    en:
      "What was recorded after the backup is missing: run triaged fsck --repair --after-restore next, then start triaged."
  )

  // MARK: Events of the ledger

  public static func ledgerRestored(at: String, backup: String, events: Int64) -> Message {
    Message(
      zh: "\(at) 从 \(backup) 的备份恢复，到第 \(events) 条",
      en: "\(at) restored from a backup of \(backup), up to event \(events)")
  }
  public static func ledgerWentOn(at: String, cases: Int, items: Int) -> Message {
    Message(
      zh: "\(at) 恢复后继续，\(cases) 个案件、\(items) 个单件移入 set-aside",
      en: "\(at) went on after it, \(cases) cases and \(items) single items set aside")
  }
  public static func ledgerMadeAnew(at: String, name: String) -> Message {
    Message(zh: "\(at) 重新建立 \(name)", en: "\(at) \(name) made anew")
  }
  public static func ledgerOriginalsLost(at: String, count: Int) -> Message {
    Message(zh: "\(at) 放弃找不回的原始材料，共 \(count) 份", en: "\(at) \(count) originals given up as lost")
  }
}
