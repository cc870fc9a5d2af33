import TriageCore

/// One field of a form with everything that was typed for it.
struct FormEntry: Equatable {
  enum Key: Hashable {
    case field(FormWords.Field)
    /// Declared in `fields.yaml`.
    case declared(String)
    /// As typed; kept, since what was typed must not be lost.
    case other(String)
  }
  var key: Key
  /// The line of the key.
  var line: Int
  var lines: [String]

  var value: String {
    var kept = lines[...]
    while kept.first?.isEmpty == true { kept.removeFirst() }
    while kept.last?.isEmpty == true { kept.removeLast() }
    return kept.joined(separator: "\n")
  }
}

/// Reads the lines of a `reply:` form into entries. Lenient (DESIGN.md section 4): it need not be YAML; a value goes
/// on until the next key; what no field takes is kept.
struct FormEntries {
  private(set) var entries: [FormEntry] = []
  /// The file has a `reply:` line.
  let hasForm: Bool
  private let declared: [String: String]
  /// Columns before the key of the last entry, when it is a YAML block (`summary: |`).
  private var blockIndent: Int?
  private var keyIndent = 0

  /// A form from the line after its `reply:` to where the next item or form begins.
  fileprivate init(below lines: ArraySlice<FormLine>, declared: [String: String]) {
    self.declared = declared
    hasForm = true
    lines.forEach { take($0) }
  }

  /// A form without its `reply:` line. The case's own words are indented in the head; it begins its lines at once.
  fileprivate init(bare lines: [FormLine], declared: [String: String]) {
    self.declared = declared
    hasForm = false
    let hasHead = lines.contains { $0.indent == 0 && $0.text.hasPrefix("item:") }
    for line in lines where !hasHead || line.indent == 0 { take(line, onlyKnown: hasHead) }
    if hasHead { entries.removeAll { if case .other = $0.key { true } else { false } } }
  }

  /// Whether anything stands in it, understood or not.
  var isFilled: Bool { entries.contains { !$0.value.isEmpty } }

  fileprivate static func opensForm(_ line: FormLine) -> Bool {
    guard line.indent == 0, line.text.utf8.count <= 60, let pair = line.pair else { return false }
    return FormText.value(pair.value, free: false).isEmpty
      && ["reply", "答复", "回复"].contains(FormWords.fold(pair.key))
  }

  private mutating func take(_ line: FormLine, onlyKnown: Bool = false) {
    if line.isBlank { return append("") }
    if let blockIndent, line.indent > blockIndent { return append(line.text) }
    if line.isComment || line.text == "---" || line.text == "..." { return }
    blockIndent = nil
    if let (key, value) = key(of: line, onlyKnown: onlyKnown) { return open(key, value, line) }
    if onlyKnown && entries.isEmpty { return }
    continueLast(line)
  }

  private func key(of line: FormLine, onlyKnown: Bool) -> (FormEntry.Key, String)? {
    guard let (key, value) = line.pair else { return nil }
    let folded = FormWords.fold(key)
    if let field = FormWords.fields[folded] { return (.field(field), value) }
    if let field = declared[folded] { return (.declared(field), value) }
    // `next_step: …` at the form's own depth is a field of the clerk's; 下一步：… in the middle of a text is text.
    let isPlain = key.utf8.allSatisfy { $0 == UInt8(ascii: "_") || ($0 | 32 >= 97 && $0 | 32 <= 122) }
    let standsAlone = isPlain && line.indent <= keyIndent && line.text.utf8.contains(UInt8(ascii: ":"))
    return onlyKnown || standsAlone || !lastIsFree ? (.other(key), value) : nil
  }

  private var lastIsFree: Bool {
    switch entries.last?.key {
    case .field(let field): field.isFree
    case .declared, .other: true
    case nil: false
    }
  }

  private mutating func open(_ key: FormEntry.Key, _ value: String, _ line: FormLine) {
    keyIndent = line.indent
    let isBlock = ["|", ">", "|-", ">-", "|+", ">+"].contains(FormText.value(value, free: false))
    blockIndent = isBlock ? line.indent : nil
    let free = if case .field(let field) = key { field.isFree } else { true }
    entries.append(
      FormEntry(key: key, line: line.number, lines: isBlock ? [] : [FormText.value(value, free: free)]))
  }

  private mutating func continueLast(_ line: FormLine) {
    // A word below an empty key is its value, whatever the key.
    if lastIsFree || entries.last?.value.isEmpty == true {
      append(FormText.value(line.text, free: true))
    } else {
      entries.append(FormEntry(key: .other("line-\(line.number)"), line: line.number, lines: [line.text]))
    }
  }

  private mutating func append(_ text: String) {
    guard !entries.isEmpty else {
      if !text.isEmpty { entries.append(FormEntry(key: .other("text"), line: 1, lines: [text])) }
      return
    }
    entries[entries.count - 1].lines.append(text)
  }
}

/// All forms of one file. There is one, unless somebody has put files together or added a second `reply:`.
struct FormSheet {
  /// In their order, with the line on which each begins.
  let forms: [(line: Int, entries: FormEntries)]
  /// The items whose heads are in the file.
  let items: Set<ItemID>

  init(_ text: String, declared: [FieldID]) {
    let declared = Dictionary(
      declared.map { (FormWords.fold($0.rawValue), $0.rawValue) }, uniquingKeysWith: { first, _ in first })
    let lines = FormLine.split(text)
    let heads = lines.indices.filter { Self.item(lines[$0]) != nil }
    items = Set(heads.compactMap { Self.item(lines[$0]) })
    let starts = lines.indices.filter { FormEntries.opensForm(lines[$0]) }
    if starts.isEmpty {
      forms = [(1, FormEntries(bare: lines, declared: declared))]
    } else {
      forms = starts.map { start in
        let end = (starts + heads).filter { $0 > start }.min() ?? lines.endIndex
        return (lines[start].number, FormEntries(below: lines[(start + 1)..<end], declared: declared))
      }
    }
  }

  /// The forms in which something stands, each once.
  var filled: [(line: Int, entries: FormEntries)] {
    var found: [(line: Int, entries: FormEntries)] = []
    for form in forms where form.entries.isFilled {
      let isKnown = found.contains { $0.entries.says(form.entries) }
      if !isKnown { found.append(form) }
    }
    return found
  }

  /// The form that counts where there are no two: the one that is filled in.
  var form: FormEntries { (filled.last ?? forms.last)?.entries ?? FormEntries(bare: [], declared: [:]) }

  /// A head is that of an item only with an item's id.
  private static func item(_ line: FormLine) -> ItemID? {
    guard line.indent == 0, line.text.hasPrefix("item:") else { return nil }
    return ItemNaming.item(inHead: Array(line.text.utf8))
  }
}

extension FormEntries {
  /// Key by key the same.
  fileprivate func says(_ other: FormEntries) -> Bool { said == other.said }

  private var said: [FormEntry.Key: [String]] {
    Dictionary(grouping: entries.filter { !$0.value.isEmpty }, by: \.key).mapValues { $0.map(\.value) }
  }

  /// What tells one from another in which something else stands.
  var digest: Int { said.hashValue }
}
