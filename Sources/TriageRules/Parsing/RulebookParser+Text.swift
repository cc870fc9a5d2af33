import TriageCore
import TriageText

/// Lexicons and text conditions.
extension RulebookParser {
  func parseLexicons() {
    for (id, reader) in entries("lexicons", LexiconKind.self) {
      defer { reader.finish() }
      let title = title(reader, or: id.rawValue)
      guard lexiconNames.define(id, at: reader.place, title: title, findings) else { continue }
      let phrases = checkedPhrases(reader.required("phrases"))
      let except = checkedPhrases(reader.node("except"))
      lexicons[id] = Lexicon(
        id: id, place: reader.place, phrases: phrases, except: except,
        negators: cues(reader.node("negated_by"), or: TextIndex.defaultNegators),
        weakeners: cues(reader.node("weakened_by"), or: TextIndex.defaultWeakeners))
    }
  }

  /// A text condition: each of `any`, `all`, `lexicon` and `matches` must hold, as everywhere in one mapping.
  func textCondition(_ located: Located) -> Condition? {
    guard let reader = EntryReader(located, findings) else { return nil }
    defer { reader.finish() }
    let options = textOptions(reader)
    var parts: [Condition] = []
    for (key, need) in [("any", TextProbe.Need.anyPhrase), ("all", .allPhrases)] {
      guard let node = reader.node(key) else { continue }
      let phrases = checkedPhrases(node)
      if !phrases.isEmpty { parts.append(phraseProbe(phrases, need, options, at: node.place)) }
    }
    if let node = reader.node("lexicon") { parts += lexiconConditions(node, options) }
    if let node = reader.node("matches") {
      let patterns = checkedPatterns(node)
      if !patterns.isEmpty { parts.append(patternProbe(patterns, options, at: node.place)) }
    }
    if !["any", "all", "lexicon", "matches"].contains(where: reader.has) {
      findings.error(.missingKey, reader.place, .Rules.emptyText)
    }
    if parts.isEmpty { return nil }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// What `in`, `strength`, `negated_by` and `weakened_by` say; nil where the condition does not.
  struct TextOptions {
    var fields: [FieldID]?
    var strength: TextProbe.Strength
    var negators: [String]?
    var weakeners: [String]?
    var except: [Placed<String>]

    /// Equal for conditions that look for the same thing in the same way.
    func sharingKey(of kind: String, _ name: String) -> String {
      let parts: [[String]] = [
        [kind, name, strength.rawValue], fields?.map(\.rawValue) ?? ["\u{0}"], negators ?? ["\u{0}"],
        weakeners ?? ["\u{0}"], except.map(\.value),
      ]
      return parts.map { $0.joined(separator: "\u{1}") }.joined(separator: "\u{2}")
    }
  }

  func textOptions(_ reader: EntryReader) -> TextOptions {
    let fields = reader.node("in").map { node in
      node.oneOrMore.compactMap { item -> FieldID? in
        guard let field = fieldNames.resolve(findings.text(item), findings) else { return nil }
        if let type = fieldType(field), type != .text && type != .list {
          findings.error(.wrongType, item.place, .Rules.fieldIsNoText(field.rawValue))
        }
        return field
      }.sorted()
    }
    return TextOptions(
      fields: fields,
      strength: findings.word(reader.node("strength"), of: [TextProbe.Strength.strong, .weak, .any])
        ?? .strong,
      negators: reader.node("negated_by").map { cues($0, or: TextIndex.defaultNegators) },
      weakeners: reader.node("weakened_by").map { cues($0, or: TextIndex.defaultWeakeners) },
      except: checkedPhrases(reader.node("except")))
  }

  private func phraseProbe(
    _ phrases: [Placed<String>], _ need: TextProbe.Need, _ options: TextOptions, at place: SourcePlace
  ) -> Condition {
    let probe = TextProbe(
      phrases: phrases.map(\.value), need: need, fields: options.fields, strength: options.strength,
      except: options.except.map(\.value), negators: options.negators ?? TextIndex.defaultNegators,
      weakeners: options.weakeners ?? TextIndex.defaultWeakeners)
    return .text(
      probe: probes.number(
        of: probe,
        at: .init(
          whole: place, phrases: phrases.map(\.place), patterns: [], except: options.except.map(\.place))))
  }

  private func patternProbe(
    _ patterns: [Placed<String>], _ options: TextOptions, at place: SourcePlace
  ) -> Condition {
    let probe = TextProbe(
      phrases: [], patterns: patterns.map(\.value), fields: options.fields, strength: options.strength,
      except: options.except.map(\.value), negators: options.negators ?? TextIndex.defaultNegators,
      weakeners: options.weakeners ?? TextIndex.defaultWeakeners)
    return .text(
      probe: probes.number(
        of: probe,
        at: .init(
          whole: place, phrases: [], patterns: patterns.map(\.place), except: options.except.map(\.place))))
  }

  /// One lexicon, or any of several: each keeps its own exceptions and cues.
  private func lexiconConditions(_ node: Located, _ options: TextOptions) -> [Condition] {
    let conditions = node.oneOrMore.compactMap { item -> Condition? in
      guard let id = lexiconNames.resolve(findings.text(item), findings), let lexicon = lexicons[id] else {
        return nil
      }
      return lexiconProbe(lexicon, options, at: item.place)
    }
    if conditions.isEmpty { return [] }
    return conditions.count == 1 ? conditions : [.any(conditions)]
  }

  private func lexiconProbe(_ lexicon: Lexicon, _ options: TextOptions, at place: SourcePlace) -> Condition {
    let except = lexicon.except + options.except
    let probe = TextProbe(
      phrases: lexicon.phrases.map(\.value), fields: options.fields, strength: options.strength,
      except: except.map(\.value), negators: options.negators ?? lexicon.negators,
      weakeners: options.weakeners ?? lexicon.weakeners, lexicon: lexicon.id)
    let key = options.sharingKey(of: "lexicon", lexicon.id.rawValue)
    let places = ProbeList.Places(
      whole: place, phrases: lexicon.phrases.map(\.place), patterns: [], except: except.map(\.place))
    return .text(probe: probes.number(of: probe, at: places, sharing: key))
  }

  /// Words that negate or weaken: `default`, `none` or a list.
  private func cues(_ located: Located?, or usual: [String]) -> [String] {
    guard let located else { return usual }
    if let text = located.node.text {
      if text == "default" { return usual }
      if text == "none" { return [] }
    }
    guard located.node.items != nil else {
      findings.error(.wrongValue, located.place, .Rules.notCues(located.node.text ?? ""))
      return usual
    }
    return checkedPhrases(located).map(\.value)
  }

  /// `boilerplate`: `default`, `none`, or a list in which `default` stands for the built-in phrases.
  func parseBoilerplate() -> [String] {
    guard let located = sections.settings["boilerplate"] else { return TextIndex.defaultBoilerplate }
    let listed = cues(located, or: TextIndex.defaultBoilerplate)
    guard located.node.items != nil, listed.contains("default") else { return listed }
    return listed.filter { $0 != "default" } + TextIndex.defaultBoilerplate
  }

  /// Phrases that say something after folding and are not longer than the limit.
  func checkedPhrases(_ located: Located?) -> [Placed<String>] {
    findings.phrases(located).filter { phrase in
      if phrase.value.unicodeScalars.count > Limits.phraseScalars {
        findings.error(.wrongValue, phrase.place, .Rules.phraseTooLong(limit: Limits.phraseScalars))
        return false
      }
      if TextFolding.fold(phrase.value).unicodeScalars.allSatisfy(\.properties.isWhitespace) {
        findings.error(.wrongValue, phrase.place, .Rules.emptyPhrase)
        return false
      }
      return true
    }
  }

  func checkedPatterns(_ located: Located) -> [Placed<String>] {
    located.oneOrMore.compactMap { item in
      guard let pattern = findings.text(item) else { return nil }
      if pattern.value.unicodeScalars.count > Limits.patternScalars {
        findings.error(.pattern, pattern.place, .Rules.patternTooLong(limit: Limits.patternScalars))
        return nil
      }
      return pattern
    }
  }

  func fieldType(_ field: FieldID) -> FieldType? { Rulebook.builtInFields[field] ?? fields[field] }
}
