import TriageRules

/// A rule file as text and as a tree, so that a test can change one thing in it and knows where it stands.
struct RuleText {
  /// One value of the file.
  struct Site {
    /// Keys from the top; an item of a list is `[]`.
    var path: [String]
    /// Of the value's key; nil for items of lists.
    var key: YamlEntry?
    var node: YamlNode
    /// Offsets of the value's text.
    var range: Range<Int>
    /// Lines of the entry that it belongs to: the innermost item of a list that is a mapping, else the section.
    var entry: ClosedRange<Int>
    /// Its place among the keys of its mapping, and their number.
    var place: (index: Int, count: Int)

    var section: String { path.first ?? "" }
    var name: String { path.last { $0 != "[]" } ?? "" }
    /// Sites with the same shape differ only in the entry that they stand in.
    var shape: String {
      path.map { key in
        if Int(key) != nil { return "#" }
        return key.utf8.allSatisfy { $0 < 0x80 } ? key : "*"
      }.joined(separator: ".")
    }
    var keyLines: Int { key?.keyMark.line ?? node.mark.line }
  }

  let path: String
  let scalars: [Unicode.Scalar]
  private let lineStarts: [Int]
  private(set) var sites: [Site] = []

  init(path: String, text: String) throws {
    self.path = path
    let scalars = Array(text.unicodeScalars)
    self.scalars = scalars
    lineStarts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
    guard let root = try YamlReader.read(Array(text.utf8), limits: .ruleFile).root else { return }
    for (index, entry) in (root.entries ?? []).enumerated() {
      let last = index + 1 < root.entries?.count ?? 0 ? (root.entries?[index + 1].keyMark.line ?? 1) - 1 : nil
      let lines = entry.keyMark.line...(last ?? lineStarts.count)
      visit(entry.value, [entry.key], entry, inFlow: false, lines, (index, root.entries?.count ?? 0))
    }
  }

  func offset(_ mark: YamlMark) -> Int { lineStarts[mark.line - 1] + mark.column - 1 }
  func line(of offset: Int) -> Int { (lineStarts.lastIndex { $0 <= offset } ?? 0) + 1 }
  func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  private mutating func visit(
    _ node: YamlNode, _ path: [String], _ key: YamlEntry?, inFlow: Bool, _ entry: ClosedRange<Int>,
    _ place: (Int, Int)
  ) {
    let start = offset(node.mark)
    let end = self.end(of: node, inFlow: inFlow)
    sites.append(
      Site(path: path, key: key, node: node, range: start..<end, entry: entry, place: (place.0, place.1)))
    let isFlow = inFlow || scalars[start] == "[" || scalars[start] == "{"
    for (index, item) in (node.items ?? []).enumerated() {
      let lines = item.mark.line...max(item.mark.line, line(of: self.end(of: item, inFlow: isFlow) - 1))
      visit(
        item, path + ["[]"], nil, inFlow: isFlow, item.entries == nil ? entry : lines,
        (index, node.items?.count ?? 0))
    }
    for (index, item) in (node.entries ?? []).enumerated() {
      visit(item.value, path + [item.key], item, inFlow: isFlow, entry, (index, node.entries?.count ?? 0))
    }
  }

  /// Where the text of a value ends; rule files of this repository have no block scalars.
  private func end(of node: YamlNode, inFlow: Bool) -> Int {
    let start = offset(node.mark)
    switch scalars[start] {
    case "'", "\"": return quoted(from: start)
    case "[", "{": return bracketed(from: start)
    default: break
    }
    if let last = node.items?.last { return end(of: last, inFlow: inFlow) }
    if let last = node.entries?.last { return end(of: last.value, inFlow: inFlow) }
    var index = start
    while index < scalars.count, scalars[index] != "\n" {
      if inFlow, [",", "]", "}"].contains(scalars[index]) { break }
      if scalars[index] == "#", scalars[index - 1] == " " { break }
      index += 1
    }
    while index > start, scalars[index - 1] == " " { index -= 1 }
    return index
  }

  private func quoted(from start: Int) -> Int {
    var index = start + 1
    while scalars[index] != scalars[start] { index += 1 }
    return index + 1
  }

  private func bracketed(from start: Int) -> Int {
    var depth = 0
    var index = start
    while true {
      switch scalars[index] {
      case "[", "{": depth += 1
      case "]", "}": depth -= 1
      case "'", "\"": index = quoted(from: index) - 1
      default: break
      }
      index += 1
      if depth == 0 { return index }
    }
  }
}
