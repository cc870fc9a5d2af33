import TriageCore

/// What comes in: streams of cases, and the texts that people write.
extension ScenarioReader {
  func arrival(_ reader: EntryReader) -> Scenario.Arrival? {
    let channel = reader.required("channel").flatMap { known($0, rulebook.channels.keys, .channel) }
    let perDay = findings.number(reader.required("per_day"))
    let categories = weights(filled("categories", of: reader))
    let format = findings.word(reader.node("format"), of: Scenario.FileFormat.allCases) ?? .yaml
    let onTheSpot = findings.share(reader.node("on_the_spot")) ?? 0
    guard let channel, let perDay, !categories.isEmpty else { return nil }
    guard perDay > 0, perDay <= Double(Limits.scenarioCasesPerDay) else {
      findings.error(
        .wrongValue, reader.keyPlace("per_day"), .Scenario.badRate(most: Limits.scenarioCasesPerDay))
      return nil
    }
    return Scenario.Arrival(
      channel: channel, perDay: perDay, categories: categories, format: format, onTheSpot: onTheSpot)
  }

  /// Category to weight; sorted, so that the file's order says nothing.
  private func weights(_ located: Located?) -> [(id: CategoryID, weight: Double)] {
    guard let located, let entries = entries(located) else { return [] }
    return entries.compactMap { entry in
      let name = Placed(value: entry.key, place: SourcePlace(file: located.file, mark: entry.keyMark))
      let value = Located(file: located.file, node: entry.value)
      guard let id = known(name, rulebook.categories.map(\.id), .category),
        let weight = findings.number(value)
      else { return nil }
      guard weight > 0 else {
        findings.error(.wrongValue, value.place, .Scenario.badWeight)
        return nil
      }
      return (id, weight)
    }.sorted { $0.id < $1.id }
  }

  private func entries(_ located: Located) -> [YamlEntry]? {
    guard let entries = located.node.entries else {
      findings.error(.wrongType, located.place, .Rules.wantsMapping(located.node.kind))
      return nil
    }
    return entries
  }

  // MARK: Texts

  /// Texts by category, in place or in files beside the scenario (`texts: [texts.yaml]`).
  func texts(_ located: Located?) -> [CategoryID: [CaseText]] {
    guard let located else { return [:] }
    if located.node.entries != nil { return texts(in: located) }
    var all: [CategoryID: [CaseText]] = [:]
    for item in located.oneOrMore {
      guard let name = findings.text(item) else { continue }
      let path = ScenarioLoader.beside(file, name.value)
      guard let root = ScenarioLoader.read(path, findings) else { continue }
      all.merge(texts(in: Located(file: path, node: root))) { $0 + $1 }
    }
    return all
  }

  private func texts(in located: Located) -> [CategoryID: [CaseText]] {
    var texts: [CategoryID: [CaseText]] = [:]
    for entry in entries(located) ?? [] {
      let name = Placed(value: entry.key, place: SourcePlace(file: located.file, mark: entry.keyMark))
      guard let id = known(name, rulebook.categories.map(\.id), .category) else { continue }
      texts[id] = list(filled(Located(file: located.file, node: entry.value), entry.key)) { text($0) }
    }
    return texts
  }

  private func text(_ reader: EntryReader) -> CaseText? {
    let title = pieces(reader.required("title"))
    let text = pieces(reader.required("text"))
    let isSevere = findings.flag(reader.node("severe")) ?? false
    let people = range(reader.node("people"))
    let amount = range(reader.node("amount"))
    guard let title, let text else { return nil }
    return CaseText(title: title, text: text, isSevere: isSevere, people: people, amount: amount)
  }

  private func pieces(_ located: Located?) -> [CaseText.Piece]? {
    guard let located, let text = findings.text(located) else { return nil }
    do throws(CaseText.Flaw) {
      return try CaseText.pieces(of: text.value)
    } catch {
      let known = CaseText.slots.keys.sorted()
      switch error {
      case .unclosed: findings.error(.wrongValue, text.place, .Scenario.slotUnclosed)
      case .unknown(let slot):
        findings.error(
          .wrongValue, text.place, .Scenario.slotUnknown(slot),
          hint: findings.nearest(to: slot, among: known).map { .Rules.didYouMean($0) }
            ?? .Scenario.slotsKnown(known))
      }
      return nil
    }
  }

  private func range(_ located: Located?) -> ClosedRange<Int>? {
    guard let located, let text = findings.text(located) else { return nil }
    if let range = CaseText.range(text.value) { return range }
    if let number = Int(text.value), (0...100_000_000).contains(number) { return number...number }
    findings.error(.wrongValue, text.place, .Scenario.notARange(text.value))
    return nil
  }

  /// Every category that comes in needs words.
  func require(
    _ texts: [CategoryID: [CaseText]], for arrivals: [Scenario.Arrival], at place: SourcePlace
  ) {
    for id in Set(arrivals.flatMap { $0.categories.map(\.id) }).sorted() {
      if !(texts[id] ?? []).contains(where: { !$0.isSevere }) {
        findings.error(.missingKey, place, .Scenario.noTexts(id.rawValue))
      }
    }
  }
}
