import CLibYAML

/// Owns one `yaml_parser_t` at a fixed address and turns its events into values.
///
/// libyaml keeps pointers into its own struct and into the input, so the struct must not move and the input must
/// outlive it: the owner is not copyable and lives inside the closure that lends the bytes.
struct YamlParser: ~Copyable {
  struct Event {
    enum Kind {
      case scalar(String, plain: Bool)
      case sequenceStart, sequenceEnd
      case mappingStart, mappingEnd
      case streamEnd
      /// Starts of stream and document, ends of documents.
      case other
    }
    let kind: Kind
    let mark: YamlMark
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Bytes of the file before `bytes` (a byte order mark).
  private let skipped: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, skipped: Int) throws(YamlError) {
    parser = .allocate(capacity: 1)
    self.bytes = bytes
    self.skipped = skipped
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw YamlError(.outOfMemory, at: YamlMark(line: 1, column: 1))
    }
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  mutating func next() throws(YamlError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    let mark = YamlMark(event.start_mark)
    return Event(kind: try kind(of: event, at: mark), mark: mark)
  }

  private func kind(of event: yaml_event_t, at mark: YamlMark) throws(YamlError) -> Event.Kind {
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      try refuse(anchor: scalar.anchor, tag: scalar.tag, at: mark)
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return .scalar(text, plain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
    case YAML_SEQUENCE_START_EVENT:
      try refuse(anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag, at: mark)
      return .sequenceStart
    case YAML_MAPPING_START_EVENT:
      try refuse(anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag, at: mark)
      return .mappingStart
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_ALIAS_EVENT:
      throw YamlError(.alias(Self.text(event.data.alias.anchor)), at: mark)
    default: return .other
    }
  }

  private func refuse(
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, at mark: YamlMark
  ) throws(YamlError) {
    if let anchor { throw YamlError(.anchor(Self.text(anchor)), at: mark) }
    if let tag { throw YamlError(.tag(Self.text(tag)), at: mark) }
  }

  private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }

  /// What libyaml refused. A reader error has no mark, only a byte offset.
  private func failure() -> YamlError {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? ""
    switch parser.pointee.error {
    case YAML_MEMORY_ERROR:
      return YamlError(.outOfMemory, at: YamlMark(line: 1, column: 1))
    case YAML_READER_ERROR:
      let offset = parser.pointee.problem_offset
      let scalar = UInt32(truncatingIfNeeded: max(0, parser.pointee.problem_value))
      return YamlError(
        .controlCharacter(byteOffset: offset + skipped, scalar: scalar),
        at: YamlEncoding.mark(ofByte: offset, in: bytes))
    default:
      let mark = YamlMark(parser.pointee.problem_mark)
      if YamlEncoding.byte(at: Int(parser.pointee.problem_mark.index), in: bytes) == UInt8(ascii: "\t") {
        return YamlError(.tab, at: mark)
      }
      let context = parser.pointee.context.map { String(cString: $0) }
      let contextMark = context == nil ? nil : YamlMark(parser.pointee.context_mark)
      let slip = YamlSlip(bytes)
      if let quote = slip.openQuote(before: mark) { return YamlError(.openQuote, at: quote) }
      if let contextMark, problem.hasPrefix("did not find expected ','"), slip.isOpen(contextMark, at: mark) {
        return YamlError(.openBracket, at: contextMark)
      }
      if problem == "did not find expected key", let entry = slip.entryWithoutDash(before: mark) {
        return YamlError(.entryWithoutDash, at: entry)
      }
      // A key without its colon is noticed only on the next line; the fault is where the key begins.
      let isKey = problem == "could not find expected ':'"
      return YamlError(
        .syntax(problem: problem, context: context, contextMark: contextMark),
        at: isKey ? contextMark ?? mark : mark)
    }
  }
}

extension YamlMark {
  /// libyaml counts from 0, columns in code points.
  init(_ mark: yaml_mark_t) { self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}
