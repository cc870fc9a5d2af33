/// Conditions on quantities: what was wanted, what was found, what is wrong with the condition. And phrases that hide
/// in boilerplate.
extension Message {
  static func quantityMiss(_ test: QuantityTest, _ miss: FailedLeaf.QuantityMiss) -> Message {
    let wanted = wanted(test)
    let found = found(miss, test.of)
    return Message(
      zh: "要求文中写明的\(wanted.zh)，\(found.zh)。", en: "It wants the text to state \(wanted.en); \(found.en).")
  }

  private static func wanted(_ test: QuantityTest) -> Message {
    let name = quantityName(test.of)
    let low = test.atLeast.map { QuantityTest.wording($0, of: test.of) }
    let high = test.atMost.map { QuantityTest.wording($0, of: test.of) }
    switch (low, high) {
    case (let low?, let high?):
      return Message(zh: "\(name.zh)在 \(low) 到 \(high) 之间", en: "\(name.en) from \(low) to \(high)")
    case (let low?, nil): return Message(zh: "\(name.zh)不少于 \(low)", en: "\(name.en) of at least \(low)")
    case (nil, let high?): return Message(zh: "\(name.zh)不超过 \(high)", en: "\(name.en) of at most \(high)")
    case (nil, nil): return name
    }
  }

  private static func found(_ miss: FailedLeaf.QuantityMiss, _ kind: QuantityTest.Kind) -> Message {
    switch miss {
    case .absent:
      return Message(zh: "文中没有写，或前面有否定词", en: "it states none, or a negated one")
    case .outside(let stated):
      let wording = QuantityTest.wording(stated, of: kind)
      return Message(zh: "最接近的是 \(wording)", en: "the nearest is \(wording)")
    case .strength(let hit):
      let wording = hit.quantity.map { QuantityTest.wording($0, of: kind) } ?? ""
      return hit.weak
        ? Message(
          zh: "文中的 \(wording) 语气较弱（如果、可能等）；如也要算，请写 strength: any",
          en: "it has \(wording), weakened (if, perhaps …); write strength: any to count it")
        : Message(
          zh: "文中的 \(wording) 语气是肯定的，而规则要求 strength: weak",
          en: "it has \(wording) as a fact, and the rule wants strength: weak")
    case .elsewhere(let fields):
      let names = fields.map(fieldName)
      return Message(
        zh: "只在\(names.map(\.zh).joined(separator: "、"))中写了，规则不看这里（in:）",
        en: "it stands only in \(names.map(\.en).joined(separator: ", ")), where the rule does not look (in:)"
      )
    }
  }

  private static func quantityName(_ kind: QuantityTest.Kind) -> Message {
    switch kind {
    case .people: Message(zh: "人数（户数）", en: "a number of people or households")
    case .money: Message(zh: "金额", en: "a sum of money")
    }
  }
}

extension Message.Rules {
  public static let quantityWithoutBound = Message(
    zh: "quantity 要写 at_least 或 at_most（或两者都写）",
    en: "A quantity needs at_least or at_most, or both")

  public static let quantityBoundsCrossed = Message(
    zh: "at_most 小于 at_least，条件永远不会成立",
    en: "at_most is below at_least: the condition can never hold")

  public static let quantityBoundNegative = Message(
    zh: "人数和金额不会小于 0", en: "Numbers of people and sums of money are not below 0")

  public static func boilerplatePhrase(_ phrase: String, _ part: String) -> Message {
    Message(
      zh: "“\(phrase)”永远不会命中：“\(part)”是套话（boilerplate），比对之前就从正文里去掉了",
      en: "'\(phrase)' can never be found: '\(part)' is boilerplate and left out of every text beforehand")
  }
  public static let boilerplatePhraseHint = Message(
    zh: "删去这个词，或在 rulebook.yaml 里用 boilerplate: [...] 写出要去掉的套话，不写 default",
    en: "drop the phrase, or list the boilerplate to leave out yourself, without default: boilerplate: [...]")
}
