/// A place in a YAML text: line and column from 1, in Unicode scalars, as editors show them.
public struct YamlMark: Sendable, Hashable, Comparable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (a: Self, b: Self) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// One node of a YAML document: text, list or mapping, with the place where it begins.
///
/// Scalars stay text. What `12315`, `no` or `08:30` means is for whoever reads the node to say, who knows the type
/// wanted; `plain` tells him whether it was written without quotes.
public struct YamlNode: Sendable, Equatable {
  /// A scalar, a list or a mapping.
  public indirect enum Value: Sendable, Equatable {
    case scalar(String, plain: Bool)
    case sequence([YamlNode])
    /// In the order of the file; keys are unique.
    case mapping([YamlEntry])
  }

  public let value: Value
  public let mark: YamlMark

  public init(_ value: Value, mark: YamlMark) {
    self.value = value
    self.mark = mark
  }

  /// The text of a scalar.
  public var text: String? {
    if case .scalar(let text, _) = value { return text }
    return nil
  }

  /// An empty plain scalar, `~` or `null`: the key is there and has no value.
  public var isNull: Bool {
    guard case .scalar(let text, plain: true) = value else { return false }
    return text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL"
  }

  public var items: [YamlNode]? {
    if case .sequence(let items) = value { return items }
    return nil
  }

  public var entries: [YamlEntry]? {
    if case .mapping(let entries) = value { return entries }
    return nil
  }

  /// The value of a key of a mapping.
  public subscript(key: String) -> YamlNode? {
    guard case .mapping(let entries) = value else { return nil }
    return entries.first { $0.key == key }?.value
  }
}

/// A key and its value.
public struct YamlEntry: Sendable, Equatable {
  public let key: String
  public let keyMark: YamlMark
  public let value: YamlNode

  public init(key: String, keyMark: YamlMark, value: YamlNode) {
    self.key = key
    self.keyMark = keyMark
    self.value = value
  }
}

/// What a YAML file holds: at most one document.
public struct YamlDocument: Sendable, Equatable {
  /// Nil: the file is empty or has only comments.
  public let root: YamlNode?

  public init(root: YamlNode?) { self.root = root }
}
