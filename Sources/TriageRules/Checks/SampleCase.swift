import TriageCore

/// A case of which only some things are said, and whether conditions hold for it: yes, no, or not yet known.
struct SampleCase {
  private var said: [Variable: VariableValue] = [:]

  subscript(_ variable: Variable) -> VariableValue? {
    get { said[variable] }
    set { said[variable] = newValue }
  }

  /// Whether a case can have this value beside what is said: a longer window holds no fewer filings.
  func allows(_ value: VariableValue, of variable: Variable) -> Bool {
    guard case .repeats(let window) = variable, case .count(let count) = value else { return true }
    return said.allSatisfy { other, known in
      guard other != variable, case .repeats(let wide) = other, case .count(let filings) = known else {
        return true
      }
      return !(window.isWithin(wide) && count > filings) && !(wide.isWithin(window) && filings > count)
    }
  }

  func holds(_ row: RowCondition, _ rulebook: Rulebook) -> Bool? {
    let filled: Bool?
    if let areas = row.areas {
      filled = said[.area].map { value in
        if case .name(let id) = value { areas.contains(AreaID(id)) } else { false }
      }
    } else {
      filled = true
    }
    if filled == false { return false }
    let holds = holds(row.when, rulebook)
    return holds == true ? filled : holds
  }

  private func all(_ parts: [Condition], _ rulebook: Rulebook) -> Bool? {
    var result: Bool? = true
    for part in parts {
      switch holds(part, rulebook) {
      case false?: return false
      case nil: result = nil
      case true?: break
      }
    }
    return result
  }

  private func any(_ parts: [Condition], _ rulebook: Rulebook) -> Bool? {
    var result: Bool? = false
    for part in parts {
      switch holds(part, rulebook) {
      case true?: return true
      case nil: result = nil
      case false?: break
      }
    }
    return result
  }

  func holds(_ condition: Condition, _ rulebook: Rulebook) -> Bool? {
    switch condition {
    case .always: return true
    case .all(let parts): return all(parts, rulebook)
    case .any(let parts): return any(parts, rulebook)
    case .none(let parts): return any(parts, rulebook).map { !$0 }
    case .level(let ids): return isOne(of: ids.map(\.rawValue), .level)
    case .category(let ids): return isOne(of: ids.map(\.rawValue), .category)
    case .channel(let ids): return isOne(of: ids.map(\.rawValue), .channel)
    case .scale(let scale, let ids): return isOne(of: ids.map(\.rawValue), .scale(scale))
    case .area(let under):
      return said[.area].map { value in
        guard case .name(let id) = value else { return false }
        return under.contains { rulebook.areas.isUnder(AreaID(id), $0) }
      }
    case .tag(let tags): return Self.or(tags.map { isTrue(.tag($0)) })
    case .text(let probe), .field(_, .matches(let probe)): return isTrue(.probe(probe))
    case .quantity(let test, let probe):
      guard case .numbers(let stated)? = said[.quantities(probe: probe)] else { return nil }
      return stated.contains(where: test.holds(for:))
    case .during(let working): return isTrue(.workingHours).map { $0 == working }
    case .repeated(let atLeast, let within):
      guard case .count(let count)? = said[.repeats(within)] else { return nil }
      return count >= atLeast
    case .field(let field, _):
      guard let value = said[.field(field)] else { return nil }
      return condition.holds(for: facts(field, value), in: rulebook)
    }
  }

  /// The first thing that the condition asks and the sample does not say.
  func firstOpen(in row: RowCondition) -> Variable? {
    var asked: [Variable] = []
    row.when.collect(&asked)
    if row.areas != nil { asked.append(.area) }
    return asked.first { said[$0] == nil }
  }

  private func isOne(of names: [String], _ variable: Variable) -> Bool? {
    guard case .name(let name)? = said[variable] else { return nil }
    return names.contains(name)
  }

  private func isTrue(_ variable: Variable) -> Bool? {
    guard case .flag(let flag)? = said[variable] else { return nil }
    return flag
  }

  private func facts(_ field: FieldID, _ value: VariableValue) -> CaseFacts {
    var facts = CaseFacts(category: "", level: "", channel: "", takenAt: Instant(seconds: 0))
    if case .field(let given) = value { facts.fields[field] = given }
    return facts
  }

  private static func or(_ parts: [Bool?]) -> Bool? {
    if parts.contains(true) { return true }
    return parts.contains(nil) ? nil : false
  }

  /// In the words of the rule language: `level: red, category: labor, tag: group`.
  func description(_ rulebook: Rulebook) -> String {
    var shown = self
    if shown[.level] == nil { shown[.level] = rulebook.levels.first.map { .name($0.id.rawValue) } }
    if shown[.category] == nil { shown[.category] = rulebook.categories.first.map { .name($0.id.rawValue) } }
    var parts: [(rank: Int, words: String)] = []
    for (variable, value) in shown.said {
      if let words = value.words { parts.append((variable.rank, "\(variable.word): \(words)")) }
    }
    return parts.sorted { ($0.rank, $0.words) < ($1.rank, $1.words) }.map(\.words).joined(separator: ", ")
  }
}

/// What a case file must hold to be like the sample.
extension SampleCase {
  var level: LevelID? { name(.level).map { LevelID($0) } }
  var category: CategoryID? { name(.category).map { CategoryID($0) } }
  var scales: [ScaleID: ScaleValueID] {
    var scales: [ScaleID: ScaleValueID] = [:]
    for case (.scale(let scale), .name(let value)) in said { scales[scale] = ScaleValueID(value) }
    return scales
  }

  /// It takes earlier cases about the same matter.
  var needsHistory: Bool {
    said.contains { variable, value in
      guard case .repeats = variable, case .count(let count) = value else { return false }
      return count > 1
    }
  }

  /// Nil when a field is wanted that no case file can have.
  var recipe: Recipe? {
    var recipe = Recipe()
    for (variable, value) in said {
      switch (variable, value) {
      case (.channel, .name(let name)): recipe.channel = ChannelID(name)
      case (.area, .name(let name)): recipe.area = AreaID(name)
      case (.tag(let tag), .flag(true)): recipe.tags.insert(tag)
      case (.field(let field), .field(let value)): recipe.values[field] = value
      case (.workingHours, .flag(let isOpen)): recipe.isOpen = isOpen
      default: break
      }
    }
    return recipe
  }

  private func name(_ variable: Variable) -> String? {
    if case .name(let name)? = said[variable] { return name }
    return nil
  }
}

extension Variable {
  fileprivate var rank: Int {
    switch self {
    case .level: 0
    case .category: 1
    case .scale: 2
    case .area: 3
    case .channel: 4
    case .tag: 5
    case .field: 6
    case .repeats: 7
    case .workingHours: 8
    case .probe: 9
    case .quantities: 10
    }
  }

  fileprivate var word: String {
    switch self {
    case .level: "level"
    case .category: "category"
    case .channel: "channel"
    case .area: "area"
    case .workingHours: "working_hours"
    case .scale(let id): id.rawValue
    case .tag(let id): "tag \(id.rawValue)"
    case .field(let id): id.rawValue
    case .probe(let number): "text \(number)"
    case .quantities(let probe): "quantity \(probe)"
    case .repeats(let limit): "repeat within \(limit)"
    }
  }
}

extension VariableValue {
  /// Nil for what need not be said: no area, no such tag, an empty field.
  fileprivate var words: String? {
    switch self {
    case .name(let name): return name
    case .nothing, .flag(false), .numbers([]): return nil
    case .numbers(let stated):
      return stated.map { Int(exactly: $0).map(String.init) ?? String($0) }.joined(separator: " + ")
    case .flag(true): return "true"
    case .count(let count): return count > 1 ? String(count) : nil
    case .field(.text(let text)): return text
    case .field(.number(let number)): return Int(exactly: number).map(String.init) ?? String(number)
    case .field(.flag(let flag)): return String(flag)
    case .field(.date(let date)): return date.description
    case .field(.list(let items)): return "[\(items.joined(separator: ", "))]"
    }
  }
}

extension Condition {
  func collect(_ asked: inout [Variable]) {
    switch self {
    case .always: break
    case .all(let parts), .any(let parts), .none(let parts): for part in parts { part.collect(&asked) }
    case .level: asked.append(.level)
    case .category: asked.append(.category)
    case .channel: asked.append(.channel)
    case .area: asked.append(.area)
    case .scale(let scale, _): asked.append(.scale(scale))
    case .tag(let tags): asked += tags.map(Variable.tag)
    case .text(let probe), .field(_, .matches(let probe)): asked.append(.probe(probe))
    case .quantity(_, let probe): asked.append(.quantities(probe: probe))
    case .field(let field, _): asked.append(.field(field))
    case .repeated(_, let within): asked.append(.repeats(within))
    case .during: asked.append(.workingHours)
    }
  }

  /// This condition and every one inside it.
  var leaves: [Condition] {
    switch self {
    case .all(let parts), .any(let parts), .none(let parts): parts.flatMap(\.leaves)
    default: [self]
    }
  }
}
