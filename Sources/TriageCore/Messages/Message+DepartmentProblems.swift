/// What is wrong with a form, a request or a step, and how to mend it.
extension Message {
  // Problem notes
  public static func problemHeading(_ file: String) -> Message {
    Message(zh: "“\(file)”还不能受理，请按下面的提示修改：", en: "\(file) cannot be taken yet. Please change this:")
  }
  public static let problemItemFoot = Message(
    zh: "文件已放回原来的文件夹，填写的内容都还在。改好并保存后，再移到 done（退回则移到 returned）即可，本说明会自动消失。",
    en:
      "The file is back where it came from and keeps all you typed. Change it, save it and move it again; this note will go away."
  )
  public static let problemRequestFoot = Message(
    zh: "改好并保存后会自动重新受理；不需要了就把两个文件都删掉。",
    en: "Once changed and saved it is looked at again. To drop the request, delete both files.")
  public static func problemLine(_ line: Int, _ message: Message) -> Message {
    Message(zh: "第 \(line) 行：\(message.zh)", en: "line \(line): \(message.en)")
  }

  // Forms
  public static let formUnreadable = Message(
    zh: "文件不是文字，或编码无法识别；请用记事本打开，另存为 UTF-8 编码",
    en: "the file is no text or its encoding is not known; open it in an editor and save it as UTF-8")
  public static func formTooLarge(_ limit: Int) -> Message {
    Message(
      zh: "文件超过 \(limit / 1024) KB；附件请放进 attachments 文件夹",
      en: "the file is larger than \(limit / 1024) KB; put attachments into attachments/")
  }
  public static let formMissing = Message(
    zh: "找不到 reply 部分，或一项也没有填写；请在文件最后写上“reply:”，下面按“办理结果：已化解”这样逐行填写",
    en:
      "there is no reply part, or nothing is filled in; write reply: at the end and below it lines such as result: settled"
  )
  public static func formBadChoice(_ field: Message, _ value: String, allowed: [Message]) -> Message {
    Message(
      zh: "“\(field.zh)”填的“\(value)”认不出；可以填：\(allowed.map(\.zh).joined(separator: "、"))",
      en: "\(field.en) cannot be \"\(value)\"; it may be: \(allowed.map(\.en).joined(separator: ", "))")
  }
  public static func formBadDate(_ field: Message, _ value: String) -> Message {
    Message(
      zh: "“\(field.zh)”填的“\(value)”不是日期；请写成 2026-10-01 或 2026年10月1日",
      en: "\(field.en): \"\(value)\" is no day; write it as 2026-10-01")
  }
  public static func formBadNumber(_ field: Message, _ value: String) -> Message {
    Message(zh: "“\(field.zh)”填的“\(value)”不是数字", en: "\(field.en): \"\(value)\" is no number")
  }
  public static func formBadInstalment(_ value: String) -> Message {
    Message(
      zh: "分期履行“\(value)”缺少日期；每期一行，先写日期，例如 2026-11-01 支付2000元",
      en: "the instalment \"\(value)\" has no day; one a line, the day first, such as 2026-11-01 pays 2000")
  }
  public static func formTwice(_ field: Message, first: String, second: String) -> Message {
    Message(
      zh: "“\(field.zh)”填了两次而且不一样（“\(first)”和“\(second)”），请只留一个",
      en: "\(field.en) is given twice, \"\(first)\" and \"\(second)\"; keep one")
  }
  public static func formUnknownDepartment(_ value: String, near: [String]) -> Message {
    Message(
      zh: "没有“\(value)”这个单位" + (near.isEmpty ? "，请写单位名称或编号" : "；是不是：\(near.joined(separator: "、"))"),
      en: "there is no department \"\(value)\""
        + (near.isEmpty ? "; give its name or id" : "; perhaps \(near.joined(separator: ", "))"))
  }
  public static func formAmbiguousDepartment(_ value: String, _ ids: [String]) -> Message {
    Message(
      zh: "有多个单位叫“\(value)”，请写编号：\(ids.joined(separator: "、"))",
      en: "several departments are called \"\(value)\"; give the id: \(ids.joined(separator: ", "))")
  }
  public static func formUnknownReason(_ value: String, known: [String]) -> Message {
    Message(
      zh: "没有“\(value)”这个理由；可以填：\(known.joined(separator: "、"))",
      en: "there is no reason \"\(value)\"; it may be: \(known.joined(separator: ", "))")
  }

  // Requests
  public static let requestNoCase = Message(
    zh: "文件名要以案件编号开头，例如“ZZ20261121-0001 备注.txt”",
    en: "the file's name must begin with the case's id, such as \"ZZ20261121-0001 note.txt\"")
  public static func requestNoVerb(_ verbs: [Message]) -> Message {
    Message(
      zh: "文件名里没有写要做什么；编号后面请写其中一个：\(verbs.map(\.zh).joined(separator: "、"))",
      en:
        "the file's name does not say what is wanted; after the id write one of: \(verbs.map(\.en).joined(separator: ", "))"
    )
  }
  public static let requestEmpty = Message(
    zh: "文件是空的，请写上内容或理由", en: "the file is empty; write what is to be noted, or the reason")
  public static let requestNoReason = Message(zh: "请写明理由", en: "please give a reason")
  public static let requestNoDepartment = Message(
    zh: "请写明是哪个单位，例如“部门：派出所”", en: "say which department, such as \"department: police\"")
  public static let requestNoCorrection = Message(
    zh: "请写明要更正什么，例如“类别：物业纠纷”“区域：一社区”“地址：幸福路12号”",
    en: "say what to correct, such as \"category: property\", \"area: c1\", \"address: …\"")
  public static let requestNoTarget = Message(
    zh: "请写明并入哪一件，例如“并入：ZZ20261121-0001”",
    en: "say which case to merge into, such as \"into: ZZ20261121-0001\"")
  public static func requestUnknownLevel(_ value: String, known: [String]) -> Message {
    Message(
      zh: "没有“\(value)”这个级别；可以填：\(known.joined(separator: "、"))",
      en: "there is no level \"\(value)\"; it may be: \(known.joined(separator: ", "))")
  }
  public static func requestUnknownCategory(_ value: String, known: [String]) -> Message {
    Message(
      zh: "没有“\(value)”这个类别；可以填：\(known.joined(separator: "、"))",
      en: "there is no category \"\(value)\"; it may be: \(known.joined(separator: ", "))")
  }
  public static let requestNoPauseReason = Message(
    zh: "请写明暂停的原因，例如“原因：鉴定”", en: "say why the clock is to pause, such as \"pause_reason: appraisal\"")
  public static func requestBadLimit(_ value: String) -> Message {
    Message(
      zh: "“\(value)”不是时长；请写成“5个工作日”“10天”“8小时”，或 5wd、10d、8h",
      en: "\"\(value)\" is no duration; write 5wd, 10d or 8h")
  }

  /// Why a step that a department took is not allowed, said to its clerk.
  ///
  /// - Parameters:
  ///   - when: an instant in the department's local time.
  ///   - name: the title of a department by its id.
  public static func refusal(
    _ refusal: Refusal, when: (Instant) -> String, name: (DepartmentID) -> String
  ) -> Message {
    switch refusal {
    case .caseNotOpen(let phase):
      let phase = title(of: phase)
      return Message(
        zh: "这件案件\(phase.zh)，不能再办理", en: "the case is \(phase.en); nothing more can be done with it")
    case .itemEnded:
      return Message(zh: "贵单位对这件案件的任务已经结束", en: "your task on this case has ended")
    case .itemUnknown:
      return Message(
        zh: "台账里没有这个文件对应的任务；请不要改动文件开头的 item 一行",
        en: "the ledger has no such item; please do not change the line item:")
    case .notAssigned(let department):
      return Message(
        zh: "这件案件没有派给 \(name(department))", en: "the case is not assigned to \(name(department))")
    case .onlyLead(let verb):
      let verb = title(of: verb)
      return Message(zh: "只有主办单位可以申请\(verb.zh)", en: "only the lead may ask to \(verb.en)")
    case .notEntitled(let verb):
      let verb = title(of: verb)
      return Message(
        zh: "贵单位不能对这件案件\(verb.zh)；请找研判岗或上级单位办理",
        en: "your department may not \(verb.en) this case; ask the fallback department or your superior")
    case .missing(let fields): return stillMissing(fields)
    case .caseUnknown(let id):
      return Message(zh: "没有编号为 \(id) 的案件，请核对", en: "there is no case \(id); please check the number")
    case .departmentUnknown(let value): return formUnknownDepartment(value, near: [])
    case .assignToItself:
      return Message(
        zh: "不能派给现在的主办单位自己，请写另一个单位", en: "it cannot be assigned to its present lead; name another department")
    case .assistsOpen(let departments):
      let names = departments.map(name)
      return Message(
        zh: "协办单位还没有答复：\(names.joined(separator: "、"))；等他们答复后再办结",
        en:
          "helpers have not answered yet: \(names.joined(separator: ", ")); resolve the case after they have")
    default:
      return refusalOfReturn(refusal, when: when) ?? refusalOfRequest(refusal)
    }
  }

  private static func stillMissing(_ fields: [String]) -> Message {
    let names = fields.map { (title(ofReplyField: $0)?.zh ?? $0) + "（\($0)）" }
    return Message(
      zh: "还有必填项没有填：" + names.joined(separator: "、"),
      en: "please fill in: " + fields.joined(separator: ", "))
  }

  private static func refusalOfReturn(_ refusal: Refusal, when: (Instant) -> String) -> Message? {
    switch refusal {
    case .reasonMissing:
      Message(
        zh: "请写明理由：退回请填 return_reason，申请请写“理由：……”",
        en: "a reason is missing: fill in return_reason, or write reason: …")
    case .reasonUnknown(let value, let known):
      formUnknownReason(value, known: known.map { "\($0.id) \($0.title)" })
    case .returnNotAllowed:
      Message(
        zh: "这一级别的案件不能退回；有困难请用吹哨、延期等请求",
        en: "a case of this level cannot be returned; call others in or ask for an extension")
    case .returnsFinal:
      Message(zh: "这件案件已经裁定过两次，不能再退回，请办理", en: "the case was adjudicated twice; it can no longer be returned")
    case .returnTooLate(let due):
      Message(
        zh: "退回的时限 \(when(due)) 已过，请继续办理",
        en: "the time to return it ended at \(when(due)); please go on with it")
    default: nil
    }
  }

  private static func refusalOfRequest(_ refusal: Refusal) -> Message {
    switch refusal {
    case .levelUnknown(let value): requestUnknownLevel(value, known: [])
    case .levelNotLower:
      Message(zh: "要降到的级别应比现在的低", en: "the level asked for is not lower than the present one")
    case .levelNotHigher:
      Message(zh: "要提到的级别应比现在的高", en: "the level asked for is not higher than the present one")
    case .extensionsUsed(let times):
      Message(zh: "延期已用完（最多 \(times) 次）", en: "all extensions are used (\(times) at most)")
    case .extensionTooLong(let limit):
      Message(
        zh: "延期太长，最多 \(timeLimit(limit).zh)", en: "the extension is too long; at most \(timeLimit(limit).en)")
    case .pauseNotAllowed:
      Message(zh: "这件案件不能以这个原因暂停", en: "this case cannot be paused for that reason")
    case .alreadyPaused: Message(zh: "这件案件已经暂停", en: "the case is paused already")
    case .notPaused: Message(zh: "这件案件没有暂停，不需要恢复", en: "the case is not paused")
    case .alreadyAsked(let verb):
      Message(
        zh: "\(title(of: verb).zh)申请已经提交，正在审批，请等待结果",
        en: "a request to \(title(of: verb).en) is being decided already; please wait")
    case .nothingToCorrect: requestNoCorrection
    case .correctionUnknown(let field):
      Message(zh: "不能更正“\(field)”这一项；可以更正类别、区域、地址、人数、金额和规则集声明的字段", en: "\(field) cannot be corrected")
    case .stageNotRunning(let waiting): stageNotRunning(waiting)
    case .procedureUnknown(let value, let known): requestUnknownProcedure(value, known: known)
    case .isAlert:
      Message(
        zh: "这是预警，不是案件：签收、答复、备注即可；对其中的案件请用该案件的编号",
        en: "this is an alert: accept it, answer it, remark on it; for a case in its list use that case's id")
    default: Message(zh: "现在不能这样办理", en: "this cannot be done now")
    }
  }
}
