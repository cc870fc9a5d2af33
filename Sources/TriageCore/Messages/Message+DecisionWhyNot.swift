/// Why an entry of the rulebook did not fire: what it wants, what the case has, and what would mend it.
extension Message {
  public static func failedLeaf(_ leaf: FailedLeaf, in rulebook: Rulebook) -> Message {
    let miss = miss(leaf.miss, in: rulebook)
    guard leaf.isAlternative else { return miss }
    return Message(zh: "（几项中满足一项即可）\(miss.zh)", en: "(one of several would do) \(miss.en)")
  }

  private static func miss(_ miss: FailedLeaf.Miss, in rulebook: Rulebook) -> Message {
    switch miss {
    case .unknownRule(let rule):
      return Message(
        zh: "规则中没有编号为“\(rule)”的条目，请核对 id。", en: "The rulebook has no entry “\(rule)”; check the id.")
    case .outOfSeason(let season, let today): return outOfSeason(season, today)
    case .text(let probe, let miss): return textMiss(miss, probe: probe, in: rulebook)
    case .quantity(let test, let miss): return quantityMiss(test, miss)
    case .field(let field, let test, let had): return fieldMiss(field, test, had)
    case .area(let wanted, let had, let written):
      let titles = wanted.map(rulebook.title(of:))
      let place = had.map { Message.quoted(rulebook.title(of: $0)) } ?? written.map(unrecognised) ?? none
      return wants("区域在", "an area in", titles, has: place)
    case .channel(let wanted, let had):
      return wants(
        "渠道为", "the channel", wanted.map(rulebook.title(of:)), has: quoted(rulebook.title(of: had)))
    case .tag(let wanted, let givers): return tagMiss(wanted, givers)
    case .category(let wanted, let had):
      let has = had.map { quoted(rulebook.title(of: $0)) } ?? notYet
      return wants("类别为", "the category", wanted.map(rulebook.title(of:)), has: has)
    case .level(let wanted, let had):
      let has = had.map { quoted(rulebook.title(of: $0)) } ?? notYet
      return wants("级别为", "the level", wanted.map(rulebook.title(of:)), has: has)
    case .scale(let scale, let wanted, let had):
      let name = rulebook.title(of: scale)
      let has = had.map { quoted(rulebook.title(of: $0, in: scale)) } ?? notYet
      return wants("\(name)为", name, wanted.map { rulebook.title(of: $0, in: scale) }, has: has)
    case .repeated(let atLeast, let within, let had):
      let limit = timeLimit(within)
      return Message(
        zh: "要求\(limit.zh)内同一事项至少反映 \(atLeast) 次，目前是第 \(had) 次。",
        en:
          "It wants at least \(atLeast) filings of the same matter within \(limit.en); this is number \(had)."
      )
    case .during(true):
      return Message(
        zh: "要求在工作时间内受理，本案在工作时间外。", en: "It wants a taking in working hours; this one was outside them.")
    case .during(false):
      return Message(
        zh: "要求在工作时间外受理，本案在工作时间内。", en: "It wants a taking outside working hours; this one was inside them.")
    case .excluded(_, let phrases): return excluded(phrases)
    case .never:
      return Message(
        zh: "条件是空的，永远不会成立；请在规则中补上。", en: "The condition is empty and can never hold; fill it in the rulebook."
      )
    case .beaten(let why, let by):
      let reason = beaten(why)
      let winner = by.map(quoted) ?? Message(zh: "兜底规则", en: "the fallback")
      return Message(
        zh: "条件成立，但由\(winner.zh)决定：\(reason.zh)。", en: "It matches, but \(winner.en) decided: \(reason.en).")
    }
  }

  private static func textMiss(_ miss: FailedLeaf.TextMiss, probe number: Int, in rulebook: Rulebook)
    -> Message
  {
    let probe = rulebook.probes.indices.contains(number) ? rulebook.probes[number] : nil
    switch miss {
    case .absent:
      let phrases = probe.map { $0.phrases + $0.patterns } ?? []
      let list = shortList(phrases)
      return Message(zh: "文中没有出现：\(list.zh)。", en: "The text has none of: \(list.en).")
    case .cancelled(let phrases):
      let list = shortList(phrases)
      return Message(
        zh: "文中有\(list.zh)，但前面有否定词，或属于例外用语（except）。",
        en: "The text has \(list.en), but negated or inside an exception.")
    case .strength(let hits):
      let list = shortList(Set(hits.map { rulebook.ruleIndex.probes.phrase($0.phrase, of: number) }).sorted())
      return hits.contains(where: \.weak)
        ? Message(
          zh: "文中有\(list.zh)，但语气较弱（如果、万一等）；如也要算，请写 strength: any。",
          en: "The text has \(list.en), but weakened (if, in case …); write strength: any to count it.")
        : Message(
          zh: "文中有\(list.zh)，但语气是肯定的，而规则要求 strength: weak。",
          en: "The text has \(list.en) as a fact, and the rule wants strength: weak.")
    case .elsewhere(let fields):
      let names = fields.map(fieldName)
      return Message(
        zh: "只在\(names.map(\.zh).joined(separator: "、"))中出现，规则不看这里（in:）。",
        en:
          "It stands only in \(names.map(\.en).joined(separator: ", ")), where the rule does not look (in:).")
    case .missing(let phrases):
      let list = shortList(phrases)
      return Message(zh: "要求全部出现，还缺：\(list.zh)。", en: "All are wanted; missing: \(list.en).")
    }
  }

  private static func fieldMiss(_ field: FieldID, _ test: FieldTest, _ had: FieldValue?) -> Message {
    let name = fieldName(field)
    let wanted = testText(test)
    let has = had.flatMap {
      $0.isEmpty ? nil : quoted($0.texts.isEmpty ? flagText($0) : $0.texts.joined(separator: "、"))
    }
    return Message(
      zh: "\(name.zh)要求\(wanted.zh)，案件中是\(has?.zh ?? "空的")。",
      en: "It wants \(name.en) \(wanted.en); the case has \(has?.en ?? "nothing").")
  }

  private static func testText(_ test: FieldTest) -> Message {
    switch test {
    case .is(let value): return wording("等于", "to be", [value])
    case .in(let values): return wording("是其中之一：", "to be one of", values)
    case .atLeast(let bound): return wording("不小于", "to be at least", [.number(bound)])
    case .atMost(let bound): return wording("不大于", "to be at most", [.number(bound)])
    case .notBefore(let day): return wording("不早于", "not to be before", [.date(day)])
    case .notAfter(let day): return wording("不晚于", "not to be after", [.date(day)])
    case .present(true): return Message(zh: "填写", en: "to be filled in")
    case .present(false): return Message(zh: "不填", en: "to be empty")
    case .startsWith(let start): return wording("开头是", "to start with", [.text(start)])
    case .matches: return Message(zh: "符合表达式", en: "to match the pattern")
    }
  }

  private static func wording(_ zh: String, _ en: String, _ values: [FieldValue]) -> Message {
    let texts = values.map { $0.texts.first ?? flagText($0) }
    return Message(
      zh: zh + texts.map { "“\($0)”" }.joined(separator: "、"),
      en: en + " " + texts.map { "“\($0)”" }.joined(separator: ", "))
  }

  private static func flagText(_ value: FieldValue) -> String { value.flag == true ? "true" : "false" }

  private static func tagMiss(_ wanted: [TagID], _ givers: [RuleID]) -> Message {
    let tags = shortList(wanted.map(\.rawValue))
    if givers.isEmpty {
      return Message(
        zh: "要求有标签\(tags.zh)，但没有任何规则会给出它。", en: "It wants the tag \(tags.en), which no rule gives.")
    }
    let rules = shortList(givers.map(\.rawValue))
    return Message(
      zh: "要求有标签\(tags.zh)；给出它的规则没有命中：\(rules.zh)。",
      en: "It wants the tag \(tags.en); the rules that give it did not fire: \(rules.en).")
  }

  private static func excluded(_ phrases: [String]) -> Message {
    let list = shortList(phrases)
    return phrases.isEmpty
      ? Message(zh: "出现了规则排除的情形。", en: "Something that the rule excludes is there.")
      : Message(zh: "出现了规则排除的内容：\(list.zh)。", en: "Something that the rule excludes is there: \(list.en).")
  }

  private static func outOfSeason(_ season: Season, _ today: CivilDate) -> Message {
    let span: String
    switch season {
    case .dates(let from, let to): span = "\(from)…\(to)"
    case .yearly(let fromMonth, let fromDay, let toMonth, let toDay):
      span = "\(twoDigits(fromMonth))-\(twoDigits(fromDay))…\(twoDigits(toMonth))-\(twoDigits(toDay))"
    }
    return Message(
      zh: "规则只在 \(span) 期间有效，受理日是 \(today)。",
      en: "The rule counts only in \(span); the case was taken on \(today).")
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func wants(_ zh: String, _ en: String, _ wanted: [String], has: Message) -> Message {
    let list = shortList(wanted)
    return Message(
      zh: "要求\(zh)\(list.zh)，案件是\(has.zh)。", en: "It wants \(en) \(list.en); the case has \(has.en).")
  }

  private static func quoted(_ text: String) -> Message { Message(zh: "“\(text)”", en: "“\(text)”") }
  private static func quoted(_ rule: RuleID) -> Message { quoted(rule.rawValue) }
  private static var none: Message { Message(zh: "空的", en: "none") }
  private static var notYet: Message {
    Message(zh: "未定（分类规则先于它判断）", en: "none yet (classification rules come before it)")
  }
  private static func unrecognised(_ text: String) -> Message {
    Message(zh: "“\(text)”（未能识别）", en: "“\(text)” (not recognised)")
  }

  /// At most eight entries, then how many more.
  private static func shortList(_ entries: [String]) -> Message {
    let shown = entries.prefix(8).map { "“\($0)”" }
    let more = entries.count - shown.count
    return Message(
      zh: shown.joined(separator: "、") + (more > 0 ? " 等 \(entries.count) 项" : ""),
      en: shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""))
  }
}
