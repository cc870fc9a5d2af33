import TriageCore

/// Finds things of the rulebook by what clerks call them: id or title, folded.
struct RulebookNames {
  private let rulebook: Rulebook

  init(_ rulebook: Rulebook) { self.rulebook = rulebook }

  /// - Returns: the department, or what to write instead.
  func department(_ text: String) -> Found<DepartmentID> {
    let id = DepartmentID(text)
    if rulebook.departments[id] != nil { return .success(id) }
    let wanted = FormWords.fold(text)
    let all = rulebook.departments.values.map { (department: $0, title: FormWords.fold($0.title)) }
    let same = all.filter { $0.title == wanted || FormWords.fold($0.department.id.rawValue) == wanted }
    if same.count == 1 { return .success(same[0].department.id) }
    if same.count > 1 {
      return .failure(.formAmbiguousDepartment(text, same.map(\.department.id.rawValue).sorted()))
    }
    // `urban 城建办`, as the hints of other fields are written.
    let words = Set(
      FormText.words(text).compactMap { word in
        all.first { $0.department.id.rawValue == word || $0.title == FormWords.fold(word) }?.department.id
      })
    if words.count == 1, let only = words.first { return .success(only) }
    let near = all.filter { !wanted.isEmpty && ($0.title.contains(wanted) || wanted.contains($0.title)) }
    return .failure(
      .formUnknownDepartment(text, near: near.map(\.department.title).sorted().prefix(5).map { $0 }))
  }

  /// The one department whose title stands in a text; nil when there is none or several.
  func departmentMentioned(in text: String) -> DepartmentID? {
    let folded = FormWords.fold(text)
    let found = rulebook.departments.values.filter { folded.contains(FormWords.fold($0.title)) }
    // 城建办 inside 城建办物业科 is the latter.
    let longest = found.filter { one in
      !found.contains { $0.id != one.id && $0.title.contains(one.title) }
    }
    return longest.count == 1 ? longest[0].id : nil
  }

  func returnReason(_ text: String) -> ReasonID? {
    one(text, of: rulebook.returnReasons.map { ($0.id, $0.id.rawValue, $0.title) })
  }

  func level(_ text: String) -> LevelID? {
    one(text, of: rulebook.levels.map { ($0.id, $0.id.rawValue, $0.title) })
  }

  func category(_ text: String) -> CategoryID? {
    one(text, of: rulebook.categories.map { ($0.id, $0.id.rawValue, $0.title) })
  }

  func procedure(_ text: String) -> ProcedureID? {
    one(text, of: rulebook.procedures.map { ($0.id, $0.id.rawValue, $0.title) })
  }

  /// The one procedure whose title stands in a text.
  func procedureMentioned(in text: String) -> ProcedureID? {
    mentioned(in: text, of: rulebook.procedures.map { ($0.id, $0.title) })
  }

  /// Stages that rows add, by id or title.
  func stage(_ text: String) -> Stage? {
    one(
      text,
      of: stages.flatMap { stage in
        let title = rulebook.title(of: stage)
        return [(stage, stage.rawValue, title.zh), (stage, stage.rawValue, title.en)]
      })
  }

  func stageMentioned(in text: String) -> Stage? {
    mentioned(in: text, of: stages.flatMap { [($0, $0.rawValue), ($0, rulebook.title(of: $0).zh)] })
  }

  var stageTitles: [String] { stages.map { rulebook.title(of: $0).zh } }

  private var stages: [Stage] { Set(rulebook.deadlines.compactMap(\.anchored?.stage)).sorted() }

  private func mentioned<ID: Hashable>(in text: String, of list: [(ID, String)]) -> ID? {
    let folded = FormWords.fold(text)
    let found = Set(list.filter { folded.contains(FormWords.fold($0.1)) }.map(\.0))
    return found.count == 1 ? found.first : nil
  }

  private func one<ID: Hashable>(_ text: String, of list: [(id: ID, name: String, title: String)]) -> ID? {
    let wanted = FormWords.fold(text)
    if let hit = list.first(where: { FormWords.fold($0.name) == wanted || FormWords.fold($0.title) == wanted }
    ) {
      return hit.id
    }
    let words = FormText.words(text).map(FormWords.fold)
    let hits = Set(
      list.filter { entry in
        words.contains { $0 == FormWords.fold(entry.name) || $0 == FormWords.fold(entry.title) }
      }.map(\.id))
    return hits.count == 1 ? hits.first : nil
  }

  /// `Result` wants an error; a message is what the clerk is told.
  enum Found<Value> {
    case success(Value)
    case failure(Message)
  }
}

/// Days as clerks write them.
enum FormDate {
  static func read(_ text: String, _ zone: Zone) -> CivilDate? {
    let instant =
      Instant(lenient: text, zone: zone) ?? Instant(lenient: FormWords.fold(text), zone: zone)
    return instant.map { zone.civil(at: $0).date }
  }

  /// `2026-11-01 支付2000元`: the day at the start and the rest.
  static func leading(_ text: String, _ zone: Zone) -> (CivilDate, String)? {
    var scalars = text.unicodeScalars[...]
    let marks = "-•*{[\"' ".unicodeScalars
    while let first = scalars.first, marks.contains(first) { scalars.removeFirst() }
    for word in ["date", "日期"] where String(scalars).hasPrefix(word) {
      scalars = scalars.dropFirst(word.unicodeScalars.count)
      while let first = scalars.first, ":： \"".unicodeScalars.contains(first) { scalars.removeFirst() }
    }
    let date = scalars.prefix { $0.properties.numericType != nil || "-/.年月日".unicodeScalars.contains($0) }
    guard let day = read(String(date), zone) else { return nil }
    var note = scalars[date.endIndex...]
    let edges = " ,，:：。；;\"'}]".unicodeScalars
    while let first = note.first, edges.contains(first) || FormText.isBlank(first) { note.removeFirst() }
    while let last = note.last, edges.contains(last) { note.removeLast() }
    let words = String(note)
    return (day, words.hasPrefix("note:") ? FormText.trim(words.dropFirst(5)) : words)
  }
}
