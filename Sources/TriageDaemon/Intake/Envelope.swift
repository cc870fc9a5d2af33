import TriageCore

/// Finds the cases in a tree. Interfaces wrap them: `{"code": 0, "data": {"total": 2, "rows": […]}}`, `[[…]]`,
/// `{"data": {…}}` for a single one.
///
/// A mapping with a title or a text is a case. Else the one list of objects inside counts, at whatever depth; of several
/// lists the one whose objects have titles or texts. Nothing is chosen where more than one could be meant.
struct Envelope {
  enum Found {
    case one([CaseValue.Pair])
    case list([CaseValue])
  }

  private struct Place<Content> {
    let path: String
    let content: Content
  }

  private var lists: [Place<[CaseValue]>] = []
  private var cases: [Place<[CaseValue.Pair]>] = []
  private var emptyLists: [String] = []

  static func cases(in root: CaseValue) throws(IntakeRefusal) -> Found {
    switch root {
    case .null: throw .empty
    case .scalar: throw .notACase
    case .list(let items):
      // A list of lists and nothing else is one of the envelopes.
      guard !items.isEmpty, items.allSatisfy({ if case .list = $0 { true } else { false } }) else {
        return .list(items)
      }
      return try inside(root) ?? .list(items)
    case .map(let pairs):
      if let list = namedList(in: pairs) { return .list(list) }
      if isCase(pairs) { return wrappedList(in: pairs).map(Found.list) ?? .one(pairs) }
      if let found = try inside(root) { return found }
      // Names of a case, but neither title nor text: that is said of it.
      guard !pairs.isEmpty, pairs.allSatisfy({ FieldName.find($0.key) == nil }) else { return .one(pairs) }
      var search = Envelope()
      search.look(into: root, at: "")
      throw .noCaseInside(keys: pairs.prefix(20).map(\.key) + search.emptyLists.prefix(5))
    }
  }

  /// `{"cases": […]}`, as platforms send it, whatever stands beside the list.
  private static func namedList(in pairs: [CaseValue.Pair]) -> [CaseValue]? {
    for pair in pairs where ["cases", "案件", "工单", "data", "rows"].contains(pair.key) {
      if case .list(let items) = pair.value, hasObjects(items) { return items }
    }
    return nil
  }

  /// One object of a list: a case, or what wraps a single one.
  static func item(_ pairs: [CaseValue.Pair]) throws(IntakeRefusal) -> [CaseValue.Pair] {
    guard !isCase(pairs) else { return pairs }
    if case .one(let inner) = try inside(.map(pairs)) { return inner }
    return pairs
  }

  private static let wrappers: Set<Substring> = [
    "data", "result", "results", "rows", "list", "records", "items", "cases", "page", "body", "payload",
    "response",
    "content", "案件", "工单", "列表", "数据",
  ]

  /// The cases of an export that has a title and no text: one list of them below the names that interfaces use.
  private static func wrappedList(in pairs: [CaseValue.Pair]) -> [CaseValue]? {
    let hasText = pairs.contains { FieldName.find($0.key)?.field == .text && isWords($0.value) }
    guard !hasText else { return nil }
    var search = Envelope()
    for pair in pairs where wrappers.contains(pair.key[...]) { search.look(into: pair.value, at: pair.key) }
    let lists = search.lists.filter { place in
      place.path.split(separator: ".").allSatisfy(wrappers.contains) && place.content.contains(where: isCase)
    }
    return lists.count == 1 ? lists[0].content : nil
  }

  /// Nil: nothing in it may be a case.
  private static func inside(_ root: CaseValue) throws(IntakeRefusal) -> Found? {
    var search = Envelope()
    search.look(into: root, at: "")
    let withCases = search.lists.filter { $0.content.contains(where: isCase) }
    let lists = withCases.isEmpty && search.cases.isEmpty ? search.lists : withCases
    if lists.count > 1 {
      throw .severalLists(lists.prefix(10).map { "\($0.path) (\($0.content.count))" })
    }
    if let list = lists.first { return .list(list.content) }
    if search.cases.count > 1 { throw .severalLists(search.cases.prefix(10).map(\.path)) }
    return search.cases.first.map { .one($0.content) }
  }

  /// Bounded by the depth that the reader allows.
  private mutating func look(into value: CaseValue, at path: String) {
    switch value {
    case .null, .scalar: return
    case .map(let pairs):
      if !path.isEmpty, Self.isCase(pairs) {
        cases.append(Place(path: path, content: pairs))
        return
      }
      for pair in pairs { look(into: pair.value, at: path.isEmpty ? pair.key : "\(path).\(pair.key)") }
    case .list(let items):
      if items.isEmpty { emptyLists.append("\(path) (0)") }
      if Self.hasObjects(items) {
        lists.append(Place(path: path, content: items))
      } else {
        for (index, item) in items.enumerated() {
          if case .list = item { look(into: item, at: "\(path)[\(index)]") }
        }
      }
    }
  }

  private static func hasObjects(_ items: [CaseValue]) -> Bool {
    items.contains { if case .map = $0 { true } else { false } }
  }

  private static func isCase(_ value: CaseValue) -> Bool {
    if case .map(let pairs) = value { isCase(pairs) } else { false }
  }

  /// A title or a text of its own; `content` may be the name of a list too.
  private static func isCase(_ pairs: [CaseValue.Pair]) -> Bool {
    pairs.contains { pair in
      switch FieldName.find(pair.key)?.field {
      case .title, .text: isWords(pair.value)
      default: false
      }
    }
  }

  private static func isWords(_ value: CaseValue) -> Bool {
    switch value {
    case .scalar(let text): !ValueReading.isEmpty(text)
    case .list(let items): items.contains(where: isWords)
    case .null, .map: false
    }
  }
}
