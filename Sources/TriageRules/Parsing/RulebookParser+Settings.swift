import TriageCore

/// The settings of the whole rulebook: its head, levels, scales, categories, channels, reasons, fields, fallback.
extension RulebookParser {
  static let languageVersion = 1

  func parseHead() {
    guard let located = setting("rulebook"), let version = findings.integer(located) else { return }
    if version != Self.languageVersion {
      findings.error(.wrongValue, located.place, .Rules.languageVersion(version, Self.languageVersion))
    }
  }

  func parsePrefix() -> String? {
    guard let located = setting("case_id"), let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    guard let text = findings.text(reader.required("prefix")) else { return nil }
    let isFit =
      (1...12).contains(text.value.utf8.count)
      && text.value.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    if !isFit { findings.error(.wrongValue, text.place, .Rules.badPrefix(text.value)) }
    return text.value
  }

  func parseZone() -> Zone? {
    guard let text = findings.text(setting("timezone")) else { return nil }
    if let zone = ZoneLoader.zone(identifier: text.value) { return zone }
    findings.error(
      .wrongValue, text.place, .Rules.unknownZone(text.value),
      hint: findings.nearest(to: text.value, among: ZoneLoader.knownIdentifiers).map {
        .Rules.didYouMean($0)
      })
    return nil
  }

  func parseLevels() {
    for reader in listReaders("levels") {
      defer { reader.finish() }
      guard let id = identifier(reader.required("id"), LevelKind.self) else { continue }
      let title = title(reader, or: id.value.rawValue)
      let score = findings.integer(reader.required("score"))
      guard levelNames.define(id.value, at: id.place, title: title, findings) else { continue }
      // Its name is known all the same: a slip in the score must not look like a hundred others.
      guard let score else { continue }
      if let milder = levels.last, milder.score >= score {
        findings.error(
          .wrongValue, reader.place, .Rules.levelOrder(id.value.rawValue, milder.id.rawValue),
          hint: .Rules.levelOrderHint)
      }
      levels.append(Level(id: id.value, title: title, score: score))
    }
  }

  func parseScales() {
    for reader in listReaders("scales", optional: true) {
      defer { reader.finish() }
      guard let id = identifier(reader.required("id"), ScaleKind.self) else { continue }
      if [Self.conditionKeys, Self.giveKeys, Self.standingKeys].contains(where: {
        $0.contains(id.value.rawValue)
      }) {
        findings.error(.badID, id.place, .Rules.reservedScale(id.value.rawValue))
        continue
      }
      guard scaleNames.define(id.value, at: id.place, findings) else { continue }
      var names = Names<ScaleValueKind>(.scaleValue)
      var values: [Scale.Value] = []
      for value in readers(reader.required("values")) {
        defer { value.finish() }
        guard let valueID = identifier(value.required("id"), ScaleValueKind.self) else { continue }
        let title = title(value, or: valueID.value.rawValue)
        guard names.define(valueID.value, at: valueID.place, title: title, findings) else { continue }
        values.append(Scale.Value(id: valueID.value, title: title))
      }
      valueNames[id.value] = names
      scales.append(Scale(id: id.value, title: title(reader, or: id.value.rawValue), values: values))
    }
  }

  func parseCategories() {
    for reader in listReaders("categories") {
      defer { reader.finish() }
      guard let id = identifier(reader.required("id"), CategoryKind.self) else { continue }
      let title = title(reader, or: id.value.rawValue)
      guard categoryNames.define(id.value, at: id.place, title: title, findings) else { continue }
      categories.append(Category(id: id.value, title: title))
    }
  }

  func parseReasons() {
    returnReasons = reasons("return_reasons", &returnReasonNames)
    pauseReasons = reasons("pause_reasons", &pauseReasonNames)
  }

  func parseProcedures() {
    for (id, reader) in entries("divert_to", ProcedureKind.self) {
      defer { reader.finish() }
      let title = title(reader, or: id.rawValue)
      guard let tell = findings.text(reader.required("tell")) else { continue }
      procedures.append(Procedure(id: id, title: title, tell: tell.value))
    }
  }

  private func reasons(_ key: String, _ names: inout Names<ReasonKind>) -> [Reason] {
    var reasons: [Reason] = []
    for reader in entryReaders(key) {
      defer { reader.finish() }
      guard let id = identifier(reader.required("id"), ReasonKind.self) else { continue }
      let title = title(reader, or: id.value.rawValue)
      if names.define(id.value, at: id.place, title: title, findings) {
        reasons.append(Reason(id: id.value, title: title))
      }
    }
    return reasons
  }

  func parseChannels() {
    for reader in entryReaders("channels") {
      defer { reader.finish() }
      guard let id = identifier(reader.required("id"), ChannelKind.self) else { continue }
      let title = title(reader, or: id.value.rawValue)
      let clock = findings.word(reader.node("clock"), of: [Channel.Clock.taken, .receivedAt]) ?? .taken
      guard channelNames.define(id.value, at: id.place, title: title, findings) else { continue }
      channels[id.value] = Channel(id: id.value, title: title, clock: clock)
    }
  }

  func parseFields() {
    for name in Rulebook.builtInFields.keys {
      _ = fieldNames.define(name, at: SourcePlace(file: "", line: 0, column: 0), findings)
    }
    for (id, reader) in entries("fields", FieldKind.self) {
      defer { reader.finish() }
      let title = title(reader, or: id.rawValue)
      if Rulebook.builtInFields[id] != nil {
        findings.error(.duplicateID, reader.place, .Rules.builtInField(id.rawValue))
        continue
      }
      guard
        let type = findings.word(reader.required("type"), of: [FieldType.text, .number, .flag, .date, .list])
      else { continue }
      if fieldNames.define(id, at: reader.place, title: title, findings) { fields[id] = type }
    }
  }

  func parseFallback() -> Fallback? {
    guard let located = setting("fallback"), let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    let category = categoryNames.resolve(findings.text(reader.required("category")), findings)
    let lead = departmentNames.resolve(findings.text(reader.required("lead")), findings)
    guard let category, let lead else { return nil }
    return Fallback(category: category, lead: lead)
  }

  private func listReaders(_ key: String, optional: Bool = false) -> [EntryReader] {
    readers(optional ? sections.settings[key] : setting(key))
  }

  /// The mappings of a list that may be spread over files, those of a base first.
  private func entryReaders(_ section: String) -> [EntryReader] {
    (sections.entries[section] ?? []).compactMap { EntryReader($0, findings) }
  }

  /// The mappings of a list, in the order of the file.
  func readers(_ located: Located?) -> [EntryReader] {
    guard let located else { return [] }
    guard let items = located.node.items else {
      findings.error(.wrongType, located.place, .Rules.wantsList(located.node.kind))
      return []
    }
    return items.compactMap { EntryReader(Located(file: located.file, node: $0), findings) }
  }
}

extension FieldID {
  /// Fields that only classification sees: rows are chosen again from the ledger, which keeps no text for them.
  static let seenOnlyByClassification: Set<FieldID> = [.title, .text]
}
