/// What is wrong with a form as a whole, and with what lies beside it.
extension Message {
  public static func formTwoAnswers(lines: [Int]) -> Message {
    let numbers = lines.map(String.init)
    return Message(
      zh: "一个文件里有 \(lines.count) 份不同的答复（reply 在第 \(numbers.joined(separator: "、")) 行），不知道以哪份为准；请只留一份",
      en:
        "there are \(lines.count) different answers in one file (reply: on lines \(numbers.joined(separator: ", "))); keep one"
    )
  }

  public static func formOfSeveralItems(_ items: [String]) -> Message {
    Message(
      zh: "一个文件里有多件案件的内容（\(items.joined(separator: "、"))）；一件一个文件，请把别的案件的内容删掉，各交各的",
      en:
        "there are several items in one file (\(items.joined(separator: ", "))); one file an item: remove what belongs to the others and hand each in by itself"
    )
  }

  public static func formReasonMissing(known: [String]) -> Message {
    Message(
      zh: "请写明退回理由：在 return_reason 后面填其中一个：\(known.joined(separator: "、"))",
      en:
        "a reason for the return is missing: fill in return_reason with one of: \(known.joined(separator: ", "))"
    )
  }

  // Documents and folders in the place of forms
  public static let problemDocumentFoot = Message(
    zh: "请把填写的内容写进文本文件（名字以案件编号开头，例如“编号.yaml”），放在这里；这个文件不会被删，可以作为附件放进 attachments。要一份空白的表，把这个文件移走即可，系统会重新送来。",
    en:
      "Write what you filled in into a text file whose name begins with the case's id, such as ID.yaml, and put it here. This document is kept; it may go into attachments/. For a blank form move the document away: it is delivered again."
  )
  public static let requestIsFolder = Message(
    zh: "这是一个文件夹；请把请求写成一个文件，名字写“案件编号 动作”，直接放进 requests",
    en:
      "this is a folder; write the request as one file named \"CASE-ID VERB\" and put it right into requests/"
  )
  public static func queueFolderShut(_ reason: String) -> Message {
    Message(
      zh: "队列里有一个文件夹打不开，里面的文件暂时办不了，其他文件夹照常：\(reason)",
      en: "a folder of a queue cannot be opened; what lies in it waits, the others are served: \(reason)")
  }

  // What lies beside an answer
  public static func attachmentsNotPermitted(_ places: [String]) -> Message {
    Message(
      zh: "系统没有权限读取附件：\(places.joined(separator: "、"))；请放开权限（或复制一份放进去），或请管理员处理",
      en:
        "the daemon has no permission for the attachments \(places.joined(separator: ", ")); give it, put a copy there, or ask the administrator"
    )
  }
  public static func attachmentsHeading(_ subject: String) -> Message {
    Message(
      zh: "案件 \(subject) 的答复已经受理，但是下面的材料没有收，还在原处：",
      en: "The answer on \(subject) was taken; these files beside it were not, and are where they were:")
  }
  public static let attachmentsFoot = Message(
    zh: "需要补交的，改好后放在 attachments 里本案的文件夹，随下一次答复一起收；没有下一次的，请在 requests 里写备注说明。",
    en:
      "What is still needed put into the case's folder in attachments/: it is taken with the next answer. Where there is none, say so in a note (requests/)."
  )
  public static func attachmentLeft(_ place: String, _ why: Message) -> Message {
    Message(zh: "\(place)：\(why.zh)", en: "\(place): \(why.en)")
  }
  public static func attachmentTooLarge(_ limit: Int) -> Message {
    Message(
      zh: "超过 \(limit >> 20) MB，请压缩或分成几个", en: "larger than \(limit >> 20) MB; make it smaller or split it")
  }
  public static func attachmentsTooMany(_ limit: Int) -> Message {
    Message(zh: "一次最多收 \(limit) 个文件", en: "more than \(limit) files at once")
  }
  public static let attachmentOdd = Message(
    zh: "不是普通文件（快捷方式、链接等），请放文件本身", en: "no regular file but a link or the like; put the file itself there")
  public static let attachmentEmpty = Message(
    zh: "是空文件，可能没有复制完整", en: "the file is empty; perhaps copying it failed")
  public static let attachmentTooDeep = Message(
    zh: "文件夹套得太深，请放到上一层", en: "too many folders deep; put it one level up")
}
