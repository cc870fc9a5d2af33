import TriageCore

/// The tree of `escalates_to`, templates that name nobody, departments that get nothing.
struct DepartmentChecks {
  let parser: RulebookParser

  private var findings: Findings { parser.findings }

  func run() {
    checkLoops()
    checkTop()
    let reached = checkTemplates()
    checkUnused(besides: reached)
  }

  private func checkLoops() {
    var reported: Set<DepartmentID> = []
    for start in parser.departments.keys.sorted() where !reported.contains(start) {
      var path: [DepartmentID] = []
      var next: DepartmentID? = start
      while let current = next, !path.contains(current) {
        path.append(current)
        next = parser.departments[current]?.escalatesTo
      }
      guard let again = next, let turn = path.firstIndex(of: again) else { continue }
      let loop = path[turn...]
      guard let first = loop.min(), reported.isDisjoint(with: loop), let begin = loop.firstIndex(of: first)
      else {
        continue
      }
      reported.formUnion(loop)
      let names = (loop[begin...] + loop[..<begin] + [first]).map(\.rawValue)
      guard let place = parser.escalatesTo[first]?.place else { continue }
      findings.error(.escalationLoop, place, .Rules.escalationLoop(names), hint: .Rules.escalationLoopHint)
    }
  }

  /// The top has others below it; whoever has nobody above and nobody below was forgotten.
  private func checkTop() {
    let targets = Set(parser.departments.values.compactMap(\.escalatesTo))
    if parser.departments.count < 2 { return }
    for (id, department) in parser.departments.sorted(by: { $0.key < $1.key }) {
      guard department.escalatesTo == nil, parser.escalatesTo[id] == nil, !targets.contains(id),
        let place = parser.departmentNames.places[id]
      else { continue }
      findings.warning(.nobodyAbove, place, .Rules.nobodyAbove(id.rawValue), hint: .Rules.nobodyAboveHint)
    }
  }

  /// - Returns: the departments that templates can name.
  private func checkTemplates() -> Set<DepartmentID> {
    var reached: Set<DepartmentID> = []
    for template in parser.templates {
      guard case .template(let source, _, _) = template.value else { continue }
      let names = Set(parser.areaList.compactMap { template.value.name(in: $0.id, of: parser.areas) })
      let known = names.filter { parser.departments[$0] != nil }
      reached.formUnion(known)
      let missing = names.subtracting(known).map(\.rawValue).sorted()
      if known.isEmpty {
        findings.error(
          .templateNamesNobody, template.place, .Rules.templateNamesNobody(source, missing),
          hint: .Rules.templateHint)
      } else if !missing.isEmpty {
        findings.warning(
          .templateNamesNobody, template.place, .Rules.templateMisses(source, missing),
          hint: .Rules.templateHint)
      }
    }
    return reached
  }

  private func checkUnused(besides reached: Set<DepartmentID>) {
    for id in parser.departmentNames.unused where !reached.contains(id) {
      guard let place = parser.departmentNames.places[id] else { continue }
      findings.warning(.unusedDepartment, place, .Rules.unused(id.rawValue, .department))
    }
  }
}

extension DepartmentTemplate {
  /// The name that the template has in an area; nil where it cannot be filled.
  func name(in area: AreaID, of areas: AreaTree) -> DepartmentID? {
    switch self {
    case .department(let id): return id
    case .template(_, let pieces, let kinds):
      guard var name = pieces.first else { return nil }
      for (kind, piece) in zip(kinds, pieces.dropFirst()) {
        guard let nearest = areas.nearest(kind: kind, from: area) else { return nil }
        name += nearest.id.rawValue + piece
      }
      return DepartmentID(name)
    }
  }
}
