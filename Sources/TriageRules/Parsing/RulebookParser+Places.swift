import TriageCore
import TriageText

/// Areas and departments, with the departments that a template makes for each area of a kind.
extension RulebookParser {
  func parseAreas() {
    for located in sections.entries["areas"] ?? [] { parseArea(located, under: nil) }
    placeAreas()
    areaList.sort { $0.id < $1.id }
    areas = AreaTree(areaList, normalise: TextFolding.fold)
    warnOfAmbiguousNames()
  }

  private func parseArea(_ located: Located, under parent: AreaID?) {
    guard let reader = EntryReader(located, findings) else { return }
    defer { reader.finish() }
    let outer = parent == nil ? findings.text(reader.node("under")) : nil
    let kind = identifier(reader.required("kind"), AreaKind.self)
    let aliases = findings.phrases(reader.node("aliases"))
    let inner = reader.node("areas")
    guard let id = identifier(reader.required("id"), AreaKind.self) else { return }
    let title = title(reader, or: id.value.rawValue)
    let names = aliases.map(\.value)
    for alias in aliases where alias.value.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
      findings.error(.wrongValue, alias.place, .Rules.emptyPhrase)
    }
    if areaNames.define(id.value, at: id.place, title: title, also: names, findings), let kind {
      areaList.append(
        AreaTree.Area(
          id: id.value, kind: kind.value.rawValue, title: title, aliases: names, parent: parent))
      if let outer { outerAreas[id.value] = outer }
    }
    guard let inner else { return }
    guard let items = inner.node.items else {
      findings.error(.wrongType, inner.place, .Rules.wantsList(inner.node.kind))
      return
    }
    for item in items { parseArea(Located(file: inner.file, node: item), under: id.value) }
  }

  /// Puts areas that say `under:` into the area they name; the language's other way to nest, for areas in another file
  /// or in a base.
  private func placeAreas() {
    // To be named here is no use of an area.
    var names = areaNames
    for index in areaList.indices {
      if let outer = outerAreas[areaList[index].id] {
        areaList[index].parent = names.resolve(outer, findings)
      }
    }
    let parents = Dictionary(areaList.map { ($0.id, $0.parent) }, uniquingKeysWith: { a, _ in a })
    for (id, outer) in outerAreas.sorted(by: { $0.key < $1.key }) {
      var steps = 0
      var current: AreaID? = id
      while let here = current, steps <= areaList.count {
        (current, steps) = (parents[here] ?? nil, steps + 1)
      }
      guard current != nil else { continue }
      findings.error(.wrongValue, outer.place, .Rules.areaInItself(id.rawValue))
      if let index = areaList.firstIndex(where: { $0.id == id }) { areaList[index].parent = nil }
    }
  }

  private func warnOfAmbiguousNames() {
    for area in areaList {
      for name in [area.title] + area.aliases {
        let bearers = areas.named(TextFolding.fold(name))
        guard bearers.count > 1, let place = areaNames.places[area.id] else { continue }
        findings.warning(
          .ambiguousArea, place, .Rules.ambiguousArea(name, bearers.map(\.rawValue)),
          hint: .Rules.ambiguousAreaHint)
      }
    }
  }

  func parseDepartments() {
    for located in sections.entries["departments"] ?? [] {
      guard let reader = EntryReader(located, findings) else { continue }
      defer { reader.finish() }
      // Known whether or not there is an area to make a department for.
      reader.mayHave(["id", "title", "escalates_to", "calendar"])
      guard let areas = areasOfTemplate(reader) else { continue }
      for area in areas { addDepartment(reader, area) }
    }
    for (id, target) in escalatesTo {
      departments[id]?.escalatesTo = departmentNames.resolve(target, findings)
    }
  }

  /// The areas for each of which the entry makes a department; one nil for an entry without `for_each_area`.
  private func areasOfTemplate(_ reader: EntryReader) -> [AreaTree.Area?]? {
    guard let node = reader.node("for_each_area") else { return [nil] }
    guard let template = EntryReader(node, findings) else { return nil }
    defer { template.finish() }
    let kind = findings.text(template.required("kind"))
    let under = template.node("under").map { resolveAll($0, &areaNames) }
    guard let kind, knowsAreaKind(kind) else { return nil }
    return areaList.filter { area in
      area.kind == kind.value && under.map { $0.contains { areas.isUnder(area.id, $0) } } ?? true
    }
  }

  func knowsAreaKind(_ kind: Placed<String>) -> Bool {
    let known = Set(areaList.map(\.kind))
    if known.contains(kind.value) { return true }
    findings.error(
      .undefinedAreaKind, kind.place, .Rules.undefined(kind.value, .areaKind),
      hint: findings.hint(for: kind.value, among: known))
    return false
  }

  private func addDepartment(_ reader: EntryReader, _ area: AreaTree.Area?) {
    let target = reader.node("escalates_to")
    let calendar = reader.node("calendar")
    if area != nil {
      let texts = ["id", "title", "escalates_to"].compactMap { reader.located.node[$0]?.mark }
      for place in texts.map({ SourcePlace(file: reader.located.file, mark: $0) }) {
        findings.sayOnce(at: place)
      }
    }
    let title = filled(reader.node("title"), area)
    if let title { refuseBlank(title) }
    guard let name = filled(reader.required("id"), area) else { return }
    guard NameRules.isName(name.value) else {
      findings.error(.badID, name.place, .Rules.badID(name.value), hint: .Rules.badIDHint)
      return
    }
    let id = DepartmentID(name.value)
    guard departmentNames.define(id, at: name.place, title: title?.value, findings) else { return }
    departments[id] = Department(id: id, title: title?.value ?? name.value, area: area?.id)
    if area != nil { generated.insert(id) }
    if let target = filled(target, area) { escalatesTo[id] = target }
    if let calendar { departmentCalendars[id] = calendar }
  }

  /// `{area.id}`, `{area.title}` and `{area.KIND}` (the id of the nearest area of that kind) in an entry that is made
  /// for each area.
  private func filled(_ located: Located?, _ area: AreaTree.Area?) -> Placed<String>? {
    guard let text = findings.text(located) else { return nil }
    guard let parsed = templateParts(text) else { return nil }
    if parsed.kinds.isEmpty { return text }
    guard let area else {
      findings.error(.wrongValue, text.place, .Rules.templateWithoutArea(text.value))
      return nil
    }
    var result = parsed.pieces[0]
    for (kind, piece) in zip(parsed.kinds, parsed.pieces.dropFirst()) {
      switch kind {
      case "id": result += area.id.rawValue
      case "title": result += area.title
      default:
        guard knowsAreaKind(Placed(value: kind, place: text.place)) else { return nil }
        guard let nearest = areas.nearest(kind: kind, from: area.id) else {
          findings.error(.wrongValue, text.place, .Rules.noAreaAbove(kind, area.id.rawValue))
          return nil
        }
        result += nearest.id.rawValue
      }
      result += piece
    }
    return Placed(value: result, place: text.place)
  }

  /// `community@{area.community}` as the texts around the placeholders and the placeholders' words.
  func templateParts(_ text: Placed<String>) -> (pieces: [String], kinds: [String])? {
    var pieces: [String] = []
    var kinds: [String] = []
    var rest = text.value[...]
    while let open = rest.firstIndex(of: "{") {
      let inside = rest[rest.index(after: open)...]
      guard let close = inside.firstIndex(of: "}"), inside[..<close].hasPrefix("area."),
        inside[..<close].count > 5
      else {
        findings.error(.wrongValue, text.place, .Rules.badTemplate(text.value), hint: .Rules.badTemplateHint)
        return nil
      }
      pieces.append(String(rest[..<open]))
      kinds.append(String(inside[..<close].dropFirst(5)))
      rest = inside[inside.index(after: close)...]
    }
    return (pieces + [String(rest)], kinds)
  }

  /// A department, or a template that the case's area fills.
  func departmentTemplate(_ located: Located?) -> DepartmentTemplate? {
    guard let text = findings.text(located), let parts = templateParts(text) else { return nil }
    if parts.kinds.isEmpty {
      return departmentNames.resolve(text, findings).map(DepartmentTemplate.department)
    }
    guard parts.kinds.allSatisfy({ knowsAreaKind(Placed(value: $0, place: text.place)) }) else { return nil }
    let template = DepartmentTemplate.template(source: text.value, pieces: parts.pieces, kinds: parts.kinds)
    templates.append(Placed(value: template, place: text.place))
    return template
  }

  func departmentTemplates(_ located: Located?) -> [DepartmentTemplate] {
    located?.oneOrMore.compactMap { departmentTemplate($0) } ?? []
  }
}
