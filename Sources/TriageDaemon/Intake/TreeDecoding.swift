import TriageCore
import TriageRules

/// Cases in YAML and JSON: one mapping, a list of them, or what an interface wraps around either.
enum TreeDecoding {
  static func decode(_ value: CaseValue, context: IntakeContext) throws(IntakeRefusal) -> DecodeResult {
    switch try Envelope.cases(in: value) {
    case .one(let pairs): return DecodeResult(cases: [try decode(pairs, context: context)])
    case .list(let items): return try decode(list: items, context: context)
    }
  }

  static func decode(_ yaml: YamlCase, context: IntakeContext) throws(IntakeRefusal) -> DecodeResult {
    var result = try decode(yaml.value, context: context)
    let comments = Dictionary(grouping: yaml.comments, by: \.row)
    for index in result.cases.indices {
      // What belongs to no case of a list belongs to all of them.
      let row = result.cases[index].row
      let about = row == nil ? yaml.comments : (comments[nil] ?? []) + (comments[row] ?? [])
      result.cases[index].input.notes += about.map { .commentCut(field: $0.key, words: $0.words) }
    }
    return result
  }

  private static func decode(list: [CaseValue], context: IntakeContext) throws(IntakeRefusal) -> DecodeResult
  {
    if list.isEmpty { throw .notACase }
    if list.count > Limits.csvRows { throw .tooManyRows }
    var result = DecodeResult()
    var refused = RefusedRows()
    for (index, value) in list.enumerated() {
      do throws(IntakeRefusal) {
        result.cases.append(try item(value, row: index + 1, context: context))
      } catch {
        result.refused.append(RefusedPart(row: index + 1, refusal: error))
        refused.rows.append(.init(number: index + 1, content: .item(value), refusal: error))
      }
    }
    if !refused.rows.isEmpty { result.refusedRows = refused }
    return result
  }

  /// One case of a list.
  static func item(
    _ value: CaseValue, row: Int, context: IntakeContext
  ) throws(IntakeRefusal) -> DecodedCase {
    guard case .map(let pairs) = value else { throw .notACase }
    return try decode(try Envelope.item(pairs), row: row, context: context)
  }

  private static func decode(
    _ pairs: [CaseValue.Pair], row: Int? = nil, context: IntakeContext
  ) throws(IntakeRefusal) -> DecodedCase {
    var assembly = CaseAssembly(context)
    for pair in pairs { assembly.take(pair.key, pair.value) }
    return try assembly.finish(row: row)
  }
}

/// A case file in YAML, through the reader that the rules use too.
///
/// People who write a case have no comments in mind: `text: 荷花社区 #3楼漏水` is one text to them. A title and a text are
/// therefore kept whole; what is cut from another value is told.
struct YamlCase {
  /// A comment behind a value.
  struct Comment: Equatable {
    /// The place in a list of cases, from 1.
    var row: Int?
    var key: String
    /// Empty beside what is about a person: it may be another number to reach them by.
    var words: String
  }

  private(set) var value = CaseValue.null
  private(set) var comments: [Comment] = []
  private let lines: YamlComments?

  init(_ text: [UInt8]) throws(IntakeRefusal) {
    lines = YamlComments(text)
    do throws(YamlError) {
      guard let root = try YamlReader.read(text, limits: .caseFile).root else { return }
      value = read(root, in: Place())
    } catch {
      throw Self.refusal(error)
    }
  }

  /// Where a value stands.
  private struct Place {
    var key = ""
    var row: Int?
    /// In or below what is about a person.
    var isAboutPerson = false

    func under(_ key: String) -> Place {
      Place(
        key: key, row: row,
        isAboutPerson: isAboutPerson || FieldName.find(key)?.field.isAboutPerson == true)
    }
  }

  private mutating func read(_ node: YamlNode, in place: Place) -> CaseValue {
    switch node.value {
    case .scalar(let text, let plain): return node.isNull ? .null : scalar(text, plain, node.mark, place)
    case .sequence(let items):
      return .list(
        items.enumerated().map { index, item in
          var place = place
          if place.row == nil, case .mapping = item.value { place.row = index + 1 }
          return read(item, in: place)
        })
    case .mapping(let entries):
      return .map(
        entries.map { CaseValue.Pair(key: $0.key, value: read($0.value, in: place.under($0.key))) })
    }
  }

  private mutating func scalar(
    _ text: String, _ plain: Bool, _ mark: YamlMark, _ place: Place
  ) -> CaseValue {
    guard plain, let comment = lines?.comment(behind: text, at: mark) else { return .scalar(text) }
    switch FieldName.find(place.key)?.field {
    case .title, .text: return .scalar(text + comment)
    default:
      let words =
        place.isAboutPerson ? "" : ValueReading.trimmed(comment).shortened(to: Limits.notedScalars)
      comments.append(Comment(row: place.row, key: place.key, words: words))
      return .scalar(text)
    }
  }

  private static func refusal(_ error: YamlError) -> IntakeRefusal {
    let (line, column) = (error.mark.line, error.mark.column)
    func yaml(_ problem: Message, limit: String? = nil) -> IntakeRefusal {
      .yaml(problem: problem, line: line, column: column, limit: limit)
    }
    switch error.reason {
    case .duplicateKey(let key, _): return .duplicateKey(key, line: line, column: column)
    case .tooDeep: return .tooDeep(line: line, column: column)
    case .tooLarge(let bytes, _): return .tooLarge(bytes: Int64(bytes))
    case .tooManyNodes(let limit): return yaml(.yamlTooManyValues(limit), limit: "yamlCaseNodes")
    case .scalarTooLong(let limit): return yaml(.yamlValueTooLong(limit), limit: "yamlScalarBytes")
    case .notUTF8(let offset): return .brokenUTF(offset: offset)
    case .utf16: return .brokenUTF(offset: 0)
    case .controlCharacter(_, let scalar): return yaml(.yamlControlCharacter(scalar))
    case .alias, .anchor, .mergeKey: return yaml(.yamlAlias)
    case .tag: return yaml(.yamlTag)
    case .keyNotText: return yaml(.yamlKeyNotText)
    case .secondDocument: return yaml(.yamlSecondDocument)
    case .tab: return yaml(.yamlTab)
    case .openQuote: return yaml(.Yaml.openQuote)
    case .openBracket: return yaml(.Yaml.openBracket)
    case .entryWithoutDash: return yaml(.Yaml.entryWithoutDash)
    case .syntax(let problem, _, _): return yaml(.yamlSyntax(problem))
    case .outOfMemory: return yaml(.Yaml.outOfMemory)
    }
  }
}
