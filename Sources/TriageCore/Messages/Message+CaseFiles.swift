/// Words about the files of cases, and about what departments are told from day to day.
extension Message {
  // Items
  public static func itemFiles(_ count: Int, folder: String) -> Message {
    Message(
      zh: "随案材料 \(count) 份，在 \(folder) 文件夹里",
      en: "\(count) \(count == 1 ? "file" : "files") in the folder \(folder)")
  }

  // Notices
  public static func noticeFilesCame(_ count: Int) -> Message {
    Message(
      zh: "反映人又送来材料 \(count) 份，已放进 attachments 下以本案编号命名的文件夹",
      en: count == 1
        ? "a file came after the case; it is in the folder attachments, in the folder named after the case"
        : "\(count) files came after the case; they are in the folder attachments, in the folder named after the case"
    )
  }
  /// One line of the file of a day: several cases stand in it.
  public static func noticeLine(_ id: CaseID, _ title: String, at time: String, _ notice: Message) -> Message
  {
    Message(zh: "\(id) \(title)：\(notice.zh)（\(time)）", en: "\(id) \(title): \(notice.en) (\(time))")
  }
  public static let digestNotices = Message(zh: "通知", en: "Notices")
  /// Before a mark by which the daemon knows its own file.
  public static let sealNote = Message(
    zh: "本文件由系统随时更新，请不要在里面写字；要回复请用案件文件或 requests",
    en: "kept up to date by the daemon; please write into the case's file or into requests/ instead"
  )

  // Copies
  /// - Parameter differs: other words stood in the one that was put aside.
  public static func copyNote(_ item: String, copy: String, kept: String, aside: String, differs: Bool)
    -> Message
  {
    let start = Message(
      zh: """
        案件 \(item) 有两个文件，系统以 \(kept) 为准。
        另一个（原来是 \(copy)）没有删除，已移到 \(aside)。

        """,
      en: """
        There were two files of \(item); the one that counts is \(kept).
        The other one (\(copy)) was not deleted: it is now \(aside).

        """)
    let end =
      differs
      ? Message(
        zh: "两个文件填写的内容不一样：移走的那个没有作为答复，里面的内容已记入案件的办理记录。如果应以它为准，请改正还没有交回的文件；已经办结的，请用 requests 里的备注说明。",
        en:
          "Not the same was filled in: what was put aside is no answer, and its words are noted on the case. If it should have counted, correct the file that is still with you; once the case is resolved say so in a note (requests/)."
      )
      : Message(
        zh: "里面有要用的内容，请抄到 \(kept) 的 reply 里；本说明会自动消失。",
        en: "What you need of it please copy into the reply of \(kept). This note will go away by itself.")
    return Message(zh: start.zh + end.zh, en: start.en + end.en)
  }

  // Problem notes
  public static func problemMendHere(seconds: Int64) -> Message {
    let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
    let time =
      rest == 0
      ? Message(zh: "\(minutes) 分钟", en: "\(minutes) min") : Message(zh: "\(seconds) 秒", en: "\(seconds) s")
    return Message(
      zh: "可以就在这里改好并保存，保存后会自动重新受理，本说明自动消失；\(time.zh)内没有改好，文件会放回原来的文件夹，填写的内容都还在。",
      en:
        "Change it where it lies and save it: it is looked at again and this note goes away. After \(time.en) without a change it goes back to the folder it came from, with all you typed."
    )
  }
  public static let formNotPermitted = Message(
    zh: "系统没有读取这个文件的权限；请把内容另存为新文件，或请管理员放开权限",
    en:
      "the daemon may not read this file; save it as a new file, or ask the administrator for the permission")

  // Log
  public static func nameBlocked(_ name: String, given: String) -> Message {
    Message(
      zh: "“\(name)”这个名字被文件夹、链接或别人的文件占用，已改名为“\(given)”放入；请移走占用的东西",
      en:
        "something else bears the name \"\(name)\"; delivered as \"\(given)\". Please remove what is in the way"
    )
  }
  public static let attachmentLost = Message(
    zh: "随案材料的原件读不出来，没有放进单位的文件夹；请用 triaged ledger verify 查看，并从备份恢复",
    en:
      "the original of a file of this case cannot be read and was not delivered; see triaged ledger verify, and restore it from a backup"
  )

  // show --extract
  public static let optionExtract = Message(
    zh: "把随案材料和原始来件写到这个目录", en: "write the files of the case and its original into this directory")
  public static func extracted(_ count: Int, into path: String) -> Message {
    Message(
      zh: "已写入 \(path)：\(count) 个文件", en: "\(count) \(count == 1 ? "file" : "files") written to \(path)")
  }
  public static func notExtracted(_ path: String, _ fault: SystemFault) -> Message {
    Message(zh: "无法写入 \(path)：\(fault.message.zh)", en: "\(path) cannot be written: \(fault.message.en)")
  }
}
