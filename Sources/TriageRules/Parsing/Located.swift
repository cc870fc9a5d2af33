import TriageCore

/// A node of a rule file together with the file.
struct Located {
  let file: String
  let node: YamlNode

  var place: SourcePlace { SourcePlace(file: file, mark: node.mark) }

  /// The items of a list; a single value counts as a list of one.
  var oneOrMore: [Located] {
    guard let items = node.items else { return [self] }
    return items.map { Located(file: file, node: $0) }
  }
}

/// A value that was read, and where it stands.
struct Placed<Value> {
  let value: Value
  let place: SourcePlace
}

extension SourcePlace {
  init(file: String, mark: YamlMark) { self.init(file: file, line: mark.line, column: mark.column) }
}
