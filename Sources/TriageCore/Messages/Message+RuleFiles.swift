/// What findings say of rule files as such: copies, leavings, empty lists, names and titles, slow patterns.
extension Message.Rules {
  /// A thing by its id, with what people call it.
  public struct Name: Sendable {
    /// As the rules write it.
    public var id: String
    /// Nil where it has none.
    public var title: String?

    /// - Parameter title: what people call it, if that is something else.
    public init(id: String, title: String?) {
      self.id = id
      self.title = title
    }

    fileprivate var shown: String { title.map { "\(id)（\($0)）" } ?? id }
  }

  public static func didYouMean(_ name: Name) -> Message {
    guard let title = name.title else { return didYouMean(name.id) }
    return Message(zh: "您是不是要写 \(name.id)（\(title)）？", en: "did you mean \(name.id) (\(title))?")
  }
  public static func knownNames(_ names: [Name]) -> Message { knownNames(names.map(\.shown)) }

  public static func andMore(_ message: Message, _ more: Int) -> Message {
    Message(
      zh: "\(message.zh)（for_each_area 生成的另外 \(more) 个部门也是这样）",
      en: "\(message.en) (and so it is with \(more) more departments that for_each_area makes)")
  }

  public static func wantsInteger(_ found: String) -> Message {
    Message(
      zh: "这里应当是一个整数（不加引号、没有小数），现在是“\(found)”",
      en: "a whole number without quotes is wanted here, this is '\(found)'")
  }

  // MARK: Empty lists

  public static func emptyList(_ key: String, isCondition: Bool) -> Message {
    isCondition
      ? Message(
        zh: "“\(key)”的列表是空的：没有写任何要求，就会对所有案件成立",
        en: "the list of '\(key)' is empty: with nothing asked it would hold for every case")
      : Message(zh: "“\(key)”的列表是空的", en: "the list of '\(key)' is empty")
  }
  public static func emptyListHint(_ key: String) -> Message {
    Message(
      zh: "在列表里至少写一项；用不着的话，把“\(key)”整个去掉",
      en: "write at least one entry into it; where it is not needed, take '\(key)' out")
  }
  public static func emptyItem(_ key: String) -> Message {
    Message(zh: "“\(key)”的列表里有一项是空的", en: "an entry of the list of '\(key)' is empty")
  }
  public static let emptyItemHint = Message(
    zh: "写上内容，或去掉这个“-”（或逗号）", en: "write something there, or take out the '-' (or the comma)")

  public static let selectsNothing = Message(
    zh: "这些条件互相矛盾，永远选不出案件：已经办结的案件不会超期，也不会等待受理",
    en:
      "these conditions contradict each other and choose no case ever: what has ended is neither overdue nor waiting to be accepted"
  )
  public static let selectsNothingHint = Message(
    zh: "去掉 open: false，或换一个条件", en: "take out open: false, or ask for something else")
  public static func sameTitle(_ title: String, _ ids: [String], _ thing: Thing) -> Message {
    Message(
      zh: "不止一个\(thing.inChinese)叫“\(title)”：\(ids.joined(separator: "、"))",
      en: "more than one \(thing.inEnglish) is called '\(title)': \(ids.joined(separator: ", "))")
  }
  public static let sameTitleHint = Message(
    zh: "清单和待办里分不清是哪一个：给其中一个换个名称",
    en: "nobody can tell them apart in lists: give one of them another title")

  // MARK: Files

  public static let fileEmpty = Message(
    zh: "文件是空的，一个字也没有：里面的规则都不在了", en: "the file is empty: whatever rules it held are gone")
  public static let fileEmptyHint = Message(
    zh: "多半是复制中断或磁盘满了：从备份放回来；本来就不要的，把文件删掉（只写注释的文件可以留着）",
    en:
      "a copy was probably broken off, or the disk was full: put it back from a backup; where it is not wanted, delete the file (one with nothing but comments may stay)"
  )
  public static func fileKindRename(_ name: String) -> Message {
    Message(zh: "把它改名为 \(name)", en: "rename it to \(name)")
  }

  public static func fileIgnored(_ name: String) -> Message {
    Message(
      zh: "“\(name)”是系统或编辑器留下的文件，不是规则，没有读取",
      en: "'\(name)' was left by a desktop or an editor, it is no rule file and is not read")
  }
  public static let fileIgnoredHint = Message(
    zh: "可以删除；不影响其他规则文件", en: "it can be deleted; the other rule files are not touched by it")
  public static func fileCopy(of original: String, entries: Int) -> Message {
    entries == 0
      ? Message(
        zh: "这个文件看来是“\(original)”的副本，没有读取",
        en: "this file seems to be a copy of '\(original)'; it is not read")
      : Message(
        zh: "这个文件看来是“\(original)”的副本，其中 \(entries) 条在那里已经有了，没有读取",
        en:
          "this file seems to be a copy of '\(original)', which has \(entries) of its entries; it is not read"
      )
  }
  public static func folderCopy(of original: String, files: Int) -> Message {
    Message(
      zh: "这个文件夹看来是副本：其中 \(files) 个文件的内容在“\(original)”等处已经有了，没有读取",
      en:
        "this folder seems to be a copy: its \(files) files repeat '\(original)' and others; they are not read"
    )
  }
  public static let fileCopyHint = Message(
    zh: "把它移出规则目录，或删除；若是有意另写的规则，请换掉文件名和重复的 id",
    en:
      "move it out of the rulebook or delete it; if it is meant as rules of its own, give the file and the entries names of their own"
  )

  // MARK: Patterns

  /// - Parameters:
  ///   - tenths: of a second of processor time.
  ///   - together: what all patterns take, where only that is long.
  public static func slowPattern(tenths: Int, together: Int?) -> Message {
    func seconds(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10)" }
    guard let together else {
      return Message(
        zh: "编译这条正则表达式要用 \(seconds(tenths)) 秒处理器时间，每次检查和重新加载规则都要等这么久",
        en:
          "this pattern takes \(seconds(tenths)) s of processor time to compile: every check and every reload of the rules waits for it"
      )
    }
    return Message(
      zh: "编译全部正则表达式要用 \(seconds(together)) 秒处理器时间，每次检查和重新加载规则都要等这么久；最慢的是这一条",
      en:
        "all patterns together take \(seconds(together)) s of processor time to compile, for which every check and every reload of the rules waits; this one is the slowest"
    )
  }
  public static let slowPatternHint = Message(
    zh: "慢在“.{0,30}”这样的宽间隔，夹在“(甲|乙|丙)”这样的并列之间时最慢：把间隔改小（如 .{0,12}），或减少并列的词",
    en:
      "wide gaps such as '.{0,30}' are slow, most of all between alternatives such as '(A|B|C)': make the gap smaller (as '.{0,12}'), or the alternatives fewer"
  )

  // MARK: Escalations

  public static func escalationOverlap(
    _ a: String, _ b: String, at other: SourcePlace, on what: [String], last: String, _ witness: String
  ) -> Message {
    Message(
      zh:
        "“\(b)”与“\(a)”（\(at(other))）会在同一情形下同时触发而要求不同（\(list(what, "、"))），只有“\(last)”的会算数；例如这样的案件：\(witness)",
      en:
        "'\(b)' and '\(a)' (\(at(other))) can both fire on one occasion and want different things (\(list(what, ", "))): only what '\(last)' says would stay; for example a case with \(witness)"
    )
  }
  public static let escalationOverlapHint = Message(
    zh: "督办规则没有优先级，符合的都会执行：让两条的 when 互不相交（如 none: [{level: red}]），或只在一条里写",
    en:
      "escalation rules have no priority, all that hold are done: let the conditions of the two exclude each other (as by none: [{level: red}]), or say it in one of them"
  )

  // MARK: The calendar

  public static func testsLackYear(_ year: Int, _ tests: Int) -> Message {
    Message(
      zh: "日历里没有 \(year) 年的放假安排，而有 \(tests) 个测试的案件走到了这一年，它们的期限因此可能与期望不同",
      en:
        "the calendar has no holidays for \(year), and the cases of \(tests) tests live in it: their deadlines may not be those expected"
    )
  }
}

/// What the command line says of checks.
extension Message {
  public static let optionUntil = Message(
    zh: "日历要齐备到哪一天；--strict 只计较到这一天，之后的年份缺放假安排不算失败。不写：今天。",
    en:
      "The day up to which the calendar must be complete: --strict lets missing holidays of later years pass. Default: today."
  )
  public static func usageBadDate(_ text: String) -> Message {
    Message(zh: "“\(text)”不是日期；请写作 2026-12-31", en: "`\(text)` is no date; write 2026-12-31")
  }
  public static func checkNotStrict(_ count: Int, until day: String) -> Message {
    Message(
      zh: "其中 \(count) 个警告说的是 \(day) 之后的年份，--strict 不计",
      en: "\(count) of the warnings are about years after \(day), which --strict lets pass")
  }
  public static func titleOfSeveral(_ title: String, _ ids: [String]) -> Message {
    Message(
      zh: "有几条规则都叫“\(title)”：\(ids.joined(separator: "、"))；请写 id",
      en: "several rules are called \"\(title)\": \(ids.joined(separator: ", ")); name one by its id")
  }
}

/// What is said of rules that were accepted once and are refused now.
extension Message {
  public static func rulesAcceptedBefore(version: String?, now: String) -> Message {
    let (zh, en) = version.map { ("（版本 \($0)）", " (version \($0))") } ?? ("", "")
    return Message(
      zh:
        "这些规则一字未改，曾被较早的程序\(zh)采用；此后程序升级到了 \(now) 版，新版本查出了以前没有查的问题。升级不改变已采用规则的含义：程序继续按台账里保存的这套规则运行，结果与升级前一样。请改正下列各处，新规则会自动采用。",
      en:
        "These rules are unchanged since an earlier version of the program\(en) accepted them; the program's version has changed since, to \(now), and it finds fault with what was not looked at then. An upgrade does not change what accepted rules mean: the program goes on with them as the ledger keeps them, with the same results as before. Mend the places below and the rules are taken by themselves."
    )
  }
  public static func rulesOfOtherVersion(version: String?, now: String) -> Message {
    let (zh, en) = version.map { ("版本 \($0)", "version \($0)") } ?? ("较早的版本", "an earlier version")
    return Message(
      zh: "现行规则是由程序的\(zh)采用的，此后程序的版本变了（现为 \(now)）：下列问题中有的可能是新版本才查出的。",
      en:
        "The rules in force were accepted by \(en) of the program, whose version has changed since (now \(now)): some of what follows may be what only the new version looks for."
    )
  }
}
