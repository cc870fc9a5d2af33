/// Why a text is not a YAML document that triaged reads, and where.
public struct YamlError: Error, Sendable, Equatable {
  /// What is wrong, in the terms of YAML.
  public enum Reason: Sendable, Equatable {
    /// Limits that keep hostile input from costing memory or time; `name` is the limit's name in messages.
    case tooLarge(bytes: Int, limit: Int)
    case tooDeep(limit: Int)
    case tooManyNodes(limit: Int)
    case scalarTooLong(limit: Int)
    /// The first byte that is not UTF-8, from 0.
    case notUTF8(byteOffset: Int)
    case utf16
    case controlCharacter(byteOffset: Int, scalar: UInt32)
    case alias(String)
    case anchor(String)
    case mergeKey
    case tag(String)
    case duplicateKey(String, first: YamlMark)
    /// A key that is a list or a mapping.
    case keyNotText
    case secondDocument
    /// A tab where YAML wants spaces.
    case tab
    /// A quote, or a bracket, that opens at the place and is not closed.
    case openQuote
    case openBracket
    /// The first entry of a list, without the dash that the entries after it have.
    case entryWithoutDash
    /// What libyaml says, in its words, with the construct it was in.
    case syntax(problem: String, context: String?, contextMark: YamlMark?)
    case outOfMemory
  }

  public let reason: Reason
  public let mark: YamlMark

  public init(_ reason: Reason, at mark: YamlMark) {
    self.reason = reason
    self.mark = mark
  }
}

/// How much of a YAML text is read before it is refused.
public struct YamlLimits: Sendable, Equatable {
  public var bytes: Int
  public var depth: Int
  public var nodes: Int
  /// One scalar, bytes.
  public var scalarBytes: Int

  public init(bytes: Int, depth: Int, nodes: Int, scalarBytes: Int) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
    self.scalarBytes = scalarBytes
  }
}
