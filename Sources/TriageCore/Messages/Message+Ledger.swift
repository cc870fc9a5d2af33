/// What the ledger says of itself.
extension Message {
  public static func ledgerReadOnly(path: String) -> Message {
    Message(
      zh: "台账 \(path) 所在的磁盘只能读，不能写（Read-only file system）；请检查磁盘，恢复可写后再启动",
      en:
        "the disk of the ledger \(path) can only be read (Read-only file system); mount it for writing again")
  }
  public static func ledgerRemoved(path: String) -> Message {
    Message(
      zh: "台账文件 \(path) 在运行中被删除或替换；已记录的内容已写入台账主文件，请重新启动",
      en:
        "the ledger's file \(path) was removed or replaced while it was in use; what was recorded is in the main file: start again"
    )
  }
  public static func verifyMoreFaults(_ count: Int) -> Message {
    Message(zh: "还有 \(count) 处问题未列出", en: "\(count) more faults are not listed")
  }
  public static let ledgerBusy = Message(
    zh: "台账正被另一个程序占用，稍后会自动重试。若一直如此，请查看是否有备份或数据库工具正开着台账文件。",
    en:
      "Another program is using the ledger; triaged will try again. If this goes on, see whether a backup or a database tool has the ledger's file open."
  )
  public static func ledgerDiskFull(path: String) -> Message {
    Message(
      zh: "磁盘已满，无法写入 \(path)。案件不会丢失：暂停收件，腾出空间后自动恢复。",
      en:
        "The disk is full: cannot write \(path). No case is lost: intake waits and goes on by itself once there is room."
    )
  }
  public static func ledgerIO(path: String, detail: Message) -> Message {
    Message(
      zh: "读写 \(path) 时磁盘出错（\(detail.zh)）。请检查磁盘和系统日志，然后重新启动 triaged；收件箱里的文件没有动。",
      en:
        "The disk failed at \(path) (\(detail.en)). Check the disk and the system's log, then start triaged again; the files in the inbox were not touched."
    )
  }
  public static func ledgerShortage(_ fault: SystemFault, path: String) -> Message {
    Message(
      zh: "无法打开或写入 \(path)：\(fault.message[.zh])。台账没有变动。",
      en: "\(path) could not be opened or written: \(fault.message[.en]). The ledger was not changed.")
  }
  public static func ledgerCorrupt(path: String, detail: String) -> Message {
    Message(
      zh: """
        台账文件 \(path) 已损坏（\(detail)）。请不要删除它：先试 triaged ledger rebuild，它只用文件里完好的事件重做台账；\
        做不成时，把它和同名的 -wal、-shm 文件移到别处，再用 triaged ledger restore 恢复最近的备份。
        """,
      en: """
        The ledger \(path) is damaged (\(detail)). Do not delete it: try triaged ledger rebuild first, which makes it \
        anew from its events where those are whole. Where it cannot, move the file, with its -wal and -shm files, to \
        another place and bring back the latest backup with triaged ledger restore.
        """)
  }
  public static func ledgerForeign(path: String) -> Message {
    Message(
      zh: "\(path) 是别的程序的数据库，不是 triaged 的台账。请检查 --root 是否写对。",
      en: "\(path) is a database of another program, not a ledger of triaged. Check --root.")
  }
  public static func ledgerNewer(found: Int, known: Int) -> Message {
    Message(
      zh: "台账由更新版本的 triaged 写成（结构版本 \(found)，本程序只认识到 \(known)）。请安装新版本，台账未被改动。",
      en:
        "The ledger was written by a newer triaged (schema \(found); this one knows \(known)). Install the newer version; the ledger was not changed."
    )
  }
  public static func ledgerOlder(found: Int, known: Int) -> Message {
    Message(
      zh: "台账还是旧结构（版本 \(found)，应为 \(known)）。请先启动一次 triaged run，它会自动升级台账。",
      en:
        "The ledger still has an older schema (\(found), not \(known)). Start triaged run once: it brings the ledger up to date."
    )
  }
  public static func ledgerOnNetwork(path: String, kind: String) -> Message {
    Message(
      zh: "\(path) 在网络文件系统（\(kind)）上，断电或断网时台账会损坏。请把 root 或其中的 state 放到本机磁盘；队列文件夹可以留在共享上。",
      en:
        "\(path) lies on a network file system (\(kind)), where the ledger would be damaged sooner or later. Put the root, or its state folder, on a local disk; queue folders may stay on the share."
    )
  }
  public static func ledgerNotPermitted(path: String) -> Message {
    Message(
      zh: "没有权限读写 \(path)。请检查文件和文件夹的属主与权限，以及磁盘是否只读。",
      en:
        "No permission to read or write \(path). Check who owns the file and its folder, and whether the disk is read-only."
    )
  }
  public static func ledgerMissing(path: String) -> Message {
    Message(
      zh: "找不到 \(path)。请检查 --root；新的根目录先运行一次 triaged run。",
      en: "There is no \(path). Check --root; in a new root, run triaged run once first.")
  }
  public static func ledgerNotDurable(level: Int) -> Message {
    Message(
      zh: "数据库没有接受最高的写盘保证（synchronous 为 \(level)，应为 2），断电可能丢失案件，因此不启动。请检查所装的 SQLite。",
      en:
        "The database did not accept full synchronisation (it says \(level), not 2): a power cut could lose cases, so triaged does not start. Check which SQLite is installed."
    )
  }
  public static func ledgerVersionMismatch(case id: CaseID, expected: Int, found: Int) -> Message {
    Message(
      zh: "案件 \(id) 在此期间有了新的记录（第 \(found) 条，而不是第 \(expected) 条），本次操作没有写入，将重新处理。",
      en:
        "Case \(id) went on meanwhile (event \(found), not \(expected)); this step was not recorded and will be taken anew."
    )
  }
  public static func ledgerUnknownCase(_ id: CaseID) -> Message {
    Message(zh: "台账里没有案件 \(id)。请核对编号。", en: "The ledger has no case \(id). Check the number.")
  }
  public static func ledgerInconsistent(_ detail: String) -> Message {
    Message(
      zh: "写入台账的内容自相矛盾（\(detail)），没有写入。这是程序的错误，请连同日志一起报告。",
      en:
        "What was to be recorded contradicts itself (\(detail)); nothing was recorded. This is a fault of triaged: please report it with the log."
    )
  }
  public static func ledgerUnreadableEvent(sequence: Int64, detail: String) -> Message {
    Message(
      zh: "台账第 \(sequence) 条记录无法读出（\(detail)）。请运行 triaged ledger verify 检查。",
      en: "Event \(sequence) of the ledger cannot be read (\(detail)). Run triaged ledger verify.")
  }
  public static func ledgerErased(case id: CaseID) -> Message {
    Message(
      zh: "案件 \(id) 的内容已按保存期限清除，只剩编号、时间和统计项。",
      en:
        "The contents of case \(id) were erased when its retention ended; number, times and statistics remain."
    )
  }
  public static func ledgerOriginalMissing(_ sha256: String) -> Message {
    Message(
      zh: "原始文件 \(sha256) 不在台账里，或已清除。请运行 triaged ledger verify；备份的 files/ 里可能还有。",
      en:
        "The original \(sha256) is not in the ledger, or was erased. Run triaged ledger verify; files/ of a backup may have it."
    )
  }
  public static func ledgerAlreadyThere(path: String) -> Message {
    Message(
      zh: "\(path) 已经存在，不会覆盖。请换一个位置，或先把它移走。",
      en: "\(path) exists and is not overwritten. Choose another place, or move it away first.")
  }
  public static func ledgerNoFolder(path: String) -> Message {
    Message(zh: "没有文件夹 \(path)。请先建好它，再重试。", en: "There is no folder \(path). Make it first, then try again.")
  }
  public static let backupNameMissing = Message(
    zh: "没有说备份写到哪里；请给出一个还不存在的文件夹",
    en: "no place for the backup was given; name a folder that does not exist yet")
  public static func backupInsideRoot(_ path: String, root: String) -> Message {
    Message(
      zh: "\(path) 在根目录 \(root) 里面：备份会被当成案件，或随根目录一起丢失。请写到别处。",
      en:
        "\(path) lies inside the root \(root): it would be taken for cases, or be lost with the root. Choose a place outside."
    )
  }
  public static func ledgerNotABackup(path: String, detail: String) -> Message {
    Message(
      zh: "\(path) 不是完整的备份（\(detail)）。备份文件夹里应有 ledger.sqlite、files/ 和 backup.json；以 .partial 结尾的是没有做完的备份。",
      en:
        "\(path) is no complete backup (\(detail)). A backup holds ledger.sqlite, files/ and backup.json; a folder that ends in .partial was not finished."
    )
  }

  // MARK: verify

  public static func verifyIntact(events: Int64, originals: Int, erased: Int, head: String) -> Message {
    Message(
      zh: "台账完好：\(events) 条记录，\(originals) 份原始材料，\(erased) 条内容已按期清除。末条校验值 \(head)。",
      en:
        "The ledger is intact: \(events) events, \(originals) originals, \(erased) payloads erased. Last hash \(head)."
    )
  }
  public static func verifyBroken(faults: Int) -> Message {
    Message(
      zh: "台账有 \(faults) 处与写入时不同。请保留现有文件，并与最近的备份比较。",
      en:
        "The ledger differs from what was written in \(faults) places. Keep its files and compare with the latest backup."
    )
  }
  public static func verifyBrokenChain(sequence: Int64) -> Message {
    Message(zh: "第 \(sequence) 条记录被改动过。", en: "Event \(sequence) was changed.")
  }
  public static func verifyMissingEvents(after: Int64, before: Int64) -> Message {
    Message(
      zh: "第 \(after) 条与第 \(before) 条之间缺少记录。", en: "Events are missing between \(after) and \(before).")
  }
  public static func verifyChangedPayload(sequence: Int64) -> Message {
    Message(zh: "第 \(sequence) 条记录的内容被改动过。", en: "The contents of event \(sequence) were changed.")
  }
  public static func verifyMissingPayload(sequence: Int64) -> Message {
    Message(
      zh: "第 \(sequence) 条记录的内容不见了，但该案并没有按期清除的记录。",
      en: "The contents of event \(sequence) are gone, though its case was not erased.")
  }
  public static func verifyChangedOriginal(sha256: String) -> Message {
    Message(zh: "原始材料 \(sha256) 被改动过。", en: "The original \(sha256) was changed.")
  }
  public static func verifyMissingOriginal(sha256: String) -> Message {
    Message(zh: "原始材料 \(sha256) 不见了。", en: "The original \(sha256) is gone.")
  }
  public static func verifyWrongVersion(case id: CaseID, columns: Int, events: Int) -> Message {
    Message(
      zh: "案件 \(id) 应有 \(columns) 条记录，实有 \(events) 条。",
      en: "Case \(id) should have \(columns) events and has \(events).")
  }
  public static func verifyDamagedFile(_ detail: String) -> Message {
    Message(zh: "数据库文件有损坏：\(detail)", en: "The database file is damaged: \(detail)")
  }
}
