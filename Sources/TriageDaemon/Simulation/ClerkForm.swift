import TriageCore
import TriageRules

/// What a clerk writes into a form: an answer for every field that the form has and that he would fill in.
struct ClerkForm {
  let rulebook: Rulebook
  let department: DepartmentID
  let behaviour: Behaviour
  let today: CivilDate

  /// - Parameter seen: the item as it lies there.
  func answers(_ seen: SeenItem, _ dice: inout Dice) -> [(key: String, value: String)] {
    let values: [String: String] =
      switch seen.item.role {
      case .lead, .assist: resolution(seen, &dice)
      case .approve: verdict(&dice)
      case .adjudicate: adjudication(seen, &dice)
      case .followUp: visit(seen, &dice)
      case .alert: ["summary": "已一并研判，系同一原因引起，已安排联合走访。", "measure": "联合走访、逐件跟进。"]
      }
    return seen.fields.compactMap { key in
      (values[key] ?? declared(key)).map { (key, $0) }
    }
  }

  /// Why an item goes back.
  func reasonsForReturn(_ dice: inout Dice) -> [(key: String, value: String)] {
    let reason = dice.pick(rulebook.returnReasons)?.id.rawValue ?? ""
    return [("return_reason", reason), ("reason", "经核实不宜由本单位办理，请另行指定。")]
  }

  private static let settled = [
    "已上门核实，双方当面说清，问题解决。", "已督促整改到位，当事人认可。", "经两次调解达成一致。", "已按规定办理并答复当事人。",
  ]
  private static let open = ["双方分歧较大，调解未成，已告知其他途径。", "已多次协调，目前未能解决。"]

  private func resolution(_ seen: SeenItem, _ dice: inout Dice) -> [String: String] {
    let result: Reply.Result =
      dice.chance(behaviour.share(.fails, at: seen.level))
      ? .failed : dice.chance(behaviour.share(.partly, at: seen.level)) ? .partial : .settled
    let agreement: Reply.Agreement =
      result != .settled ? .none : dice.chance(0.25) ? .written : dice.chance(0.5) ? .oral : .none
    var values = [
      "result": result.rawValue, "summary": dice.pick(result == .settled ? Self.settled : Self.open) ?? "",
      "measure": "现场查看、约谈双方、明确责任和时限。", "agreement": agreement.rawValue,
      "residual_risk": result == .failed && dice.chance(0.3) ? "yes" : "no",
    ]
    if agreement == .written { values["agreement_date"] = today.description }
    return values
  }

  private func verdict(_ dice: inout Dice) -> [String: String] {
    dice.chance(behaviour.share(.refuses))
      ? ["decision": "refuse", "reason": "理由不充分，请继续办理。"] : ["decision": "grant", "reason": "情况属实。"]
  }

  /// Back to whom it came from, or to the fallback department, or to somebody who takes such cases.
  private func adjudication(_ seen: SeenItem, _ dice: inout Dice) -> [String: String] {
    let returner = seen.cause.flatMap { mentioned(in: $0) }
    if let returner, dice.chance(behaviour.share(.refuses)) {
      return ["assign_to": returner.rawValue, "reason": "属于你单位职责，请继续办理。"]
    }
    let others = rulebook.departments.values.filter { $0.area == nil && $0.escalatesTo != nil }.map(\.id)
    let possible = others.filter { $0 != returner && $0 != department }.sorted()
    let fallback = rulebook.fallback.lead
    let target =
      fallback != returner && fallback != department ? fallback : dice.pick(possible) ?? department
    return ["assign_to": target.rawValue, "reason": "按职责分工指定。"]
  }

  /// The department that a line names first.
  private func mentioned(in line: String) -> DepartmentID? {
    rulebook.departments.values.compactMap { department in
      line.range(ofText: department.title, from: line.startIndex).map { ($0, department) }
    }.min { a, b in
      (a.0.lowerBound, b.1.title.count, a.1.id) < (b.0.lowerBound, a.1.title.count, b.1.id)
    }?.1.id
  }

  private func visit(_ seen: SeenItem, _ dice: inout Dice) -> [String: String] {
    if dice.chance(behaviour.share(.unreachable, at: seen.level)) { return ["satisfied": "unreachable"] }
    let performed = !dice.chance(behaviour.share(.notPerformed, at: seen.level))
    let satisfied = !dice.chance(behaviour.share(.unsatisfied, at: seen.level))
    return [
      "performed": performed ? "yes" : "no",
      "satisfied": satisfied ? (dice.chance(0.2) ? "basically" : "yes") : "no", "residual_risk": "no",
      "summary": "已电话回访。",
    ]
  }

  /// Fields that the rulebook declares and asks for.
  private func declared(_ key: String) -> String? {
    switch rulebook.fields[FieldID(key)] {
    case .text: "已核实"
    case .number: "1"
    case .flag: "yes"
    case .date: today.description
    case .list: "已核实"
    case nil: nil
    }
  }
}

/// What a clerk sees when he opens an item.
struct SeenItem {
  let item: ItemID
  var level: LevelID?
  /// The first line below `why:`.
  var cause: String?
  /// The fields of the form, in their order.
  var fields: [String] = []

  init(_ item: ItemID, _ bytes: [UInt8]) {
    self.item = item
    var isForm = false
    var isWhy = false
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if isForm {
        if line.hasPrefix("  "), line.dropFirst(2).first != "#", let colon = line.firstIndex(of: ":") {
          fields.append(String(line[..<colon].dropFirst(2)))
        }
      } else if isWhy {
        cause = String(line)
        isWhy = false
      } else if line.hasPrefix("reply:") {
        isForm = true
      } else if line.hasPrefix("why:") {
        isWhy = cause == nil
      } else if line.hasPrefix("level: "), level == nil {
        // `level: "红色"  # red`; the title alone where it is the id.
        let quoted = line.dropFirst(7).split(separator: "\"").first.map(String.init)
        level =
          (line.split(separator: "#").dropFirst().first.map { $0.drop { $0 == " " } }.map(String.init)
          ?? quoted).map { LevelID($0) }
      }
    }
  }
}
