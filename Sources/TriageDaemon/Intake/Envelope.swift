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

  /// The way to a value. It refers to the keys and is put into words only where it is told: a file of megabytes may have
  /// as many ways as a key has letters.
  private indirect enum Way {
    case root
    case key(Way, String)
    case index(Way, Int)

    var isRoot: Bool { if case .root = self { true } else { false } }

    /// `data.rows[0]`.
    var shown: String {
      switch self {
      case .root: return ""
      case .key(let way, let key):
        let key = key.shortened(to: Limits.namedScalars)
        return way.isRoot ? key : "\(way.shown).\(key)"
      case .index(let way, let index): return "\(way.shown)[\(index)]"
      }
    }

    func allKeys(_ isSo: (String) -> Bool) -> Bool {
      switch self {
      case .root: true
      case .key(let way, let key): isSo(key) && way.allKeys(isSo)
      case .index: false
      }
    }
  }

  private struct Place<Content> {
    let way: Way
    let content: Content
  }

  private var lists: [Place<[CaseValue]>] = []
  private var cases: [Place<[CaseValue.Pair]>] = []
  /// The first few.
  private var emptyLists: [Way] = []

  static func cases(in root: CaseValue) throws(IntakeRefusal) -> Found {
    switch root {
    case .null: throw .empty
    case .scalar: throw .notACase
    case .list(let items):
      // A list of lists and nothing else is one of the envelopes.
      guard !items.isEmpty, items.allSatisfy({ if case .list = $0 { true } else { false } }) else {
        return .list(items)
      }
      return try inside(root)?.found ?? .list(items)
    case .map(let pairs):
      if let list = namedList(in: pairs) { return .list(list) }
      if isWholeCase(pairs) { return .one(pairs) }
      if isCase(pairs) { return wrappedList(in: pairs).map(Found.list) ?? .one(pairs) }
      if let inside = try inside(root) { return inside.found }
      // Names of a case, but neither title nor text: that is said of it.
      guard !pairs.isEmpty, pairs.allSatisfy({ FieldName.find($0.key) == nil }) else { return .one(pairs) }
      var search = Envelope()
      search.look(into: root, at: .root)
      throw .noCaseInside(
        keys: pairs.prefix(Limits.namedPlaces).map { $0.key.shortened(to: Limits.namedScalars) }
          + search.emptyLists.map { "\($0.shown) (0)" })
    }
  }

  /// `{"cases": […]}`, as platforms send it, whatever stands beside the list; a case may have `rows` of its own.
  private static func namedList(in pairs: [CaseValue.Pair]) -> [CaseValue]? {
    for pair in pairs {
      guard case .list(let items) = pair.value, hasObjects(items) else { continue }
      switch pair.key {
      case "cases", "案件", "工单": return items
      case "data", "rows": return isWholeCase(pairs) ? nil : items
      default: continue
      }
    }
    return nil
  }

  /// One object of a list: a case, or what wraps a single one.
  static func item(_ pairs: [CaseValue.Pair]) throws(IntakeRefusal) -> [CaseValue.Pair] {
    guard !isCase(pairs) else { return pairs }
    guard let inside = try inside(.map(pairs)) else { return pairs }
    switch inside.found {
    case .one(let inner): return inner
    case .list(let items): throw .listInside("\(inside.way.shown) (\(items.count))")
    }
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
    for pair in pairs where wrappers.contains(pair.key[...]) {
      search.look(into: pair.value, at: .key(.root, pair.key))
    }
    let lists = search.lists.filter { place in
      place.way.allKeys { wrappers.contains($0[...]) } && place.content.contains(where: isCase)
    }
    return lists.count == 1 ? lists[0].content : nil
  }

  /// Whether there is a title or a text anywhere in it.
  static func holdsCase(_ value: CaseValue) -> Bool {
    switch value {
    case .map(let pairs): isCase(pairs) || pairs.contains { holdsCase($0.value) }
    case .list(let items): items.contains(where: holdsCase)
    case .null, .scalar: false
    }
  }

  /// Nil: nothing in it may be a case.
  private static func inside(_ root: CaseValue) throws(IntakeRefusal) -> (found: Found, way: Way)? {
    var search = Envelope()
    search.look(into: root, at: .root)
    let withCases = search.lists.filter { $0.content.contains(where: isCase) }
    let lists = withCases.isEmpty && search.cases.isEmpty ? search.lists : withCases
    if lists.count > 1 {
      throw .severalLists(
        lists.prefix(Limits.namedPlaces).map { "\($0.way.shown) (\($0.content.count))" })
    }
    if let list = lists.first { return (.list(list.content), list.way) }
    if search.cases.count > 1 {
      throw .severalLists(search.cases.prefix(Limits.namedPlaces).map(\.way.shown))
    }
    return search.cases.first.map { (.one($0.content), $0.way) }
  }

  /// Bounded by the depth that the reader allows.
  private mutating func look(into value: CaseValue, at way: Way) {
    switch value {
    case .null, .scalar: return
    case .map(let pairs):
      if !way.isRoot, Self.isCase(pairs) {
        cases.append(Place(way: way, content: pairs))
        return
      }
      for pair in pairs { look(into: pair.value, at: .key(way, pair.key)) }
    case .list(let items):
      if items.isEmpty, emptyLists.count < Limits.namedPlaces { emptyLists.append(way) }
      if Self.hasObjects(items) {
        lists.append(Place(way: way, content: items))
      } else {
        for (index, item) in items.enumerated() {
          if case .list = item { look(into: item, at: .index(way, index)) }
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

  /// A title and a text of its own: whatever else it holds belongs to it.
  private static func isWholeCase(_ pairs: [CaseValue.Pair]) -> Bool {
    var seen: Set<CaseField> = []
    for pair in pairs {
      guard let field = FieldName.find(pair.key)?.field, field == .title || field == .text,
        isWords(pair.value)
      else { continue }
      seen.insert(field)
      if seen.count == 2 { return true }
    }
    return false
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
