/// Who acts on a case, and which rows did not decide it.
public struct RouteChoice: Sendable, Equatable {
  public var lead: DepartmentID
  public var assist: [DepartmentID]
  public var watch: [DepartmentID]
  /// Nil: the fallback took it.
  public var route: RuleID?
  public var beaten: [BeatenRow]
  public init(
    lead: DepartmentID, assist: [DepartmentID] = [], watch: [DepartmentID] = [], route: RuleID? = nil,
    beaten: [BeatenRow] = []
  ) {
    self.lead = lead
    self.assist = assist
    self.watch = watch
    self.route = route
    self.beaten = beaten
  }
}

/// Choosing the lead and the helpers: phase 5 of DESIGN.md section 5.
extension Rulebook {
  /// The route of the case: the most binding row whose lead can be filled, else the fallback; every `also` row that
  /// matches adds its helpers.
  public func route(for facts: CaseFacts) -> RouteChoice {
    var choice = RouteChoice(lead: fallback.lead)
    var chosen: RouteRow?
    for row in rowIndex.routes.matching(facts, in: self) {
      if let chosen {
        let lower = row.head.priority < chosen.head.priority
        choice.beaten.append(BeatenRow(row: row.head.id, why: lower ? .lowerPriority : .lessSpecific))
      } else if let lead = department(row.lead, for: facts) {
        chosen = row
        choice.lead = lead
        choice.route = row.head.id
      } else {
        choice.beaten.append(BeatenRow(row: row.head.id, why: .unfilled(row.lead.source)))
      }
    }
    if let chosen { add(chosen.assist, chosen.watch, of: chosen.head.id, to: &choice, facts) }
    for row in rowIndex.also.matching(facts, in: self) {
      add(row.assist, row.watch, of: row.head.id, to: &choice, facts)
    }
    choice.watch.removeAll { $0 == choice.lead || choice.assist.contains($0) }
    return choice
  }

  private func add(
    _ assist: [DepartmentTemplate], _ watch: [DepartmentTemplate], of row: RuleID,
    to choice: inout RouteChoice, _ facts: CaseFacts
  ) {
    for template in assist {
      guard let department = department(template, for: facts) else {
        choice.beaten.append(BeatenRow(row: row, why: .unfilled(template.source)))
        continue
      }
      if department != choice.lead, !choice.assist.contains(department) { choice.assist.append(department) }
    }
    for template in watch {
      guard let department = department(template, for: facts) else {
        choice.beaten.append(BeatenRow(row: row, why: .unfilled(template.source)))
        continue
      }
      if !choice.watch.contains(department) { choice.watch.append(department) }
    }
  }

  /// The department that the template names for this case; nil when the case's area does not fill it or no such
  /// department exists.
  public func department(_ template: DepartmentTemplate, for facts: CaseFacts) -> DepartmentID? {
    let id: DepartmentID
    switch template {
    case .department(let named): id = named
    case .template(_, let pieces, let kinds):
      guard let area = facts.area, let first = pieces.first, pieces.count == kinds.count + 1 else {
        return nil
      }
      var name = first
      for (kind, piece) in zip(kinds, pieces.dropFirst()) {
        guard let nearest = areas.nearest(kind: kind, from: area) else { return nil }
        name += nearest.id.rawValue + piece
      }
      id = DepartmentID(name)
    }
    return departments[id] == nil ? nil : id
  }
}

extension DepartmentTemplate {
  /// As the rulebook writes it.
  var source: String {
    switch self {
    case .department(let id): id.rawValue
    case .template(let source, _, _): source
    }
  }
}
