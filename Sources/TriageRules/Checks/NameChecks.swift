import TriageCore

/// Names that nothing uses, and tags that no rule gives.
struct NameChecks {
  let parser: RulebookParser

  private var findings: Findings { parser.findings }

  func run() {
    checkTags()
    warn(parser.categoryNames, .unusedCategory)
    warn(parser.lexiconNames, .unusedLexicon)
    checkLevels()
    checkAreas()
    warnOfSameTitles(parser.levelNames)
    warnOfSameTitles(parser.departmentNames)
    warnOfSameTitles(parser.categoryNames)
    warnOfSameTitles(parser.channelNames)
  }

  /// Clerks and administrators know things by their titles; ids that differ in case alone are one folder on a share of
  /// Windows.
  private func warnOfSameTitles<Kind>(_ names: Names<Kind>) {
    for (title, ids) in names.titles.shared(among: names.all.map(\.rawValue)) {
      let places = ids.compactMap { names.places[Identifier($0)] }
      guard let place = places.max(by: { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) })
      else {
        continue
      }
      findings.warning(
        .sameTitle, place, .Rules.sameTitle(title, ids, names.thing), hint: .Rules.sameTitleHint)
    }
  }

  private func warn<Kind>(_ names: Names<Kind>, _ code: FindingCode) {
    for id in names.unused {
      guard let place = names.places[id] else { continue }
      findings.warning(code, place, .Rules.unused(id.rawValue, names.thing))
    }
  }

  private func checkTags() {
    let known = parser.tagNames.all.map(\.rawValue)
    for tag in parser.testedTags where !parser.tagNames.contains(tag.value) {
      findings.error(
        .undefinedTag, tag.place, .Rules.undefined(tag.value.rawValue, .tag),
        hint: findings.hint(for: tag.value.rawValue, among: known))
    }
    let tested = Set(parser.testedTags.map(\.value))
    for tag in parser.tagNames.all where !tested.contains(tag) {
      guard let place = parser.tagNames.places[tag] else { continue }
      findings.warning(.unusedTag, place, .Rules.unused(tag.rawValue, .tag))
    }
  }

  /// The mildest level is what a case has without any rule; with scores, every level has its band.
  private func checkLevels() {
    if parser.givesScores { return }
    for id in parser.levelNames.unused where id != parser.levels.first?.id {
      guard let place = parser.levelNames.places[id] else { continue }
      findings.warning(.unusedLevel, place, .Rules.unused(id.rawValue, .level))
    }
  }

  /// An area is of use when a rule names it, when a template or department is for its kind, or when one below it is.
  private func checkAreas() {
    var used = parser.areaNames.used
    for template in parser.templates {
      if case .template(_, _, let kinds) = template.value {
        used.formUnion(parser.areaList.filter { kinds.contains($0.kind) }.map(\.id))
      }
    }
    used.formUnion(parser.departments.values.compactMap(\.area))
    var useful: Set<AreaID> = []
    for id in used { useful.formUnion(parser.areas.ancestry(of: id).map(\.id)) }
    for area in parser.areaList where !useful.contains(area.id) {
      // Below a named area everything counts as named with it.
      if parser.areas.ancestry(of: area.id).contains(where: { parser.areaNames.used.contains($0.id) }) {
        continue
      }
      guard let place = parser.areaNames.places[area.id] else { continue }
      findings.warning(.unusedArea, place, .Rules.unused(area.id.rawValue, .area))
    }
  }
}
