import TriageCore

extension YamlLimits {
  public static let ruleFile = YamlLimits(
    bytes: Limits.ruleFileBytes, depth: Limits.yamlDepth, nodes: Limits.yamlNodes,
    scalarBytes: Limits.yamlScalarBytes)
  public static let caseFile = YamlLimits(
    bytes: Limits.caseFileBytes, depth: Limits.yamlDepth, nodes: Limits.yamlCaseNodes,
    scalarBytes: Limits.yamlScalarBytes)
}

/// Reads one YAML document from bytes through libyaml's events into a tree of values with places.
///
/// It is strict where libyaml is not: duplicate keys, aliases, merge keys, tags and further documents are errors,
/// and depth is limited while parsing, since libyaml 0.2.5 takes quadratic time in the nesting (100 KB of `[`
/// cost 48 s). UTF-8 only, with or without a byte order mark.
public enum YamlReader {
  /// - Throws: the first thing wrong with the text; nothing can be said of what follows it.
  public static func read(_ bytes: [UInt8], limits: YamlLimits) throws(YamlError) -> YamlDocument {
    let start = YamlMark(line: 1, column: 1)
    guard bytes.count <= limits.bytes else {
      throw YamlError(.tooLarge(bytes: bytes.count, limit: limits.bytes), at: start)
    }
    let skip = try YamlEncoding.checkUTF8(bytes)
    // libyaml asserts that there is an input, and an empty buffer has no address.
    if skip == bytes.count { return YamlDocument(root: nil) }
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result { () throws(YamlError) -> YamlDocument in
        var builder = try YamlTreeBuilder(buffer, skipping: skip, limits: limits)
        return try builder.document()
      }
    }
    return try result.get()
  }
}

/// The path from libyaml's events to nodes, for one text.
private struct YamlTreeBuilder: ~Copyable {
  private var parser: YamlParser
  private let limits: YamlLimits
  private var nodes = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, skipping: Int, limits: YamlLimits) throws(YamlError) {
    parser = try YamlParser(UnsafeBufferPointer(rebasing: bytes[skipping...]), skipped: skipping)
    self.limits = limits
  }

  mutating func document() throws(YamlError) -> YamlDocument {
    _ = try parser.next()  // the start of the stream
    let opening = try parser.next()
    if case .streamEnd = opening.kind { return YamlDocument(root: nil) }
    let root = try node(try parser.next(), depth: 0)
    _ = try parser.next()  // the end of the document
    let after = try parser.next()
    guard case .streamEnd = after.kind else { throw YamlError(.secondDocument, at: after.mark) }
    return YamlDocument(root: root)
  }

  private mutating func node(_ event: YamlParser.Event, depth: Int) throws(YamlError) -> YamlNode {
    nodes += 1
    if nodes > limits.nodes { throw YamlError(.tooManyNodes(limit: limits.nodes), at: event.mark) }
    switch event.kind {
    case .scalar(let text, let plain):
      if text.utf8.count > limits.scalarBytes {
        throw YamlError(.scalarTooLong(limit: limits.scalarBytes), at: event.mark)
      }
      return YamlNode(.scalar(text, plain: plain), mark: event.mark)
    case .sequenceStart:
      try checkDepth(depth, at: event.mark)
      return YamlNode(.sequence(try items(depth: depth + 1)), mark: event.mark)
    case .mappingStart:
      try checkDepth(depth, at: event.mark)
      return YamlNode(.mapping(try entries(depth: depth + 1)), mark: event.mark)
    default:
      throw YamlError(.syntax(problem: "unexpected event", context: nil, contextMark: nil), at: event.mark)
    }
  }

  private func checkDepth(_ depth: Int, at mark: YamlMark) throws(YamlError) {
    if depth >= limits.depth { throw YamlError(.tooDeep(limit: limits.depth), at: mark) }
  }

  private mutating func items(depth: Int) throws(YamlError) -> [YamlNode] {
    var items: [YamlNode] = []
    while true {
      let event = try parser.next()
      if case .sequenceEnd = event.kind { return items }
      items.append(try node(event, depth: depth))
    }
  }

  private mutating func entries(depth: Int) throws(YamlError) -> [YamlEntry] {
    var entries: [YamlEntry] = []
    var places: [String: YamlMark] = [:]
    while true {
      let event = try parser.next()
      if case .mappingEnd = event.kind { return entries }
      guard case .scalar(let key, let plain) = event.kind else {
        throw YamlError(.keyNotText, at: event.mark)
      }
      if plain, key == "<<" { throw YamlError(.mergeKey, at: event.mark) }
      if let first = places.updateValue(event.mark, forKey: key) {
        throw YamlError(.duplicateKey(key, first: first), at: event.mark)
      }
      nodes += 1
      let value = try node(try parser.next(), depth: depth)
      entries.append(YamlEntry(key: key, keyMark: event.mark, value: value))
    }
  }
}
