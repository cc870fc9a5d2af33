import TriageCore
import TriageRules

/// Cases in YAML and JSON: one mapping, a list of them, or what an interface wraps around either.
enum TreeDecoding {
  static func decode(_ value: CaseValue, context: IntakeContext) throws(IntakeRefusal) -> DecodeResult {
    switch try Envelope.cases(in: value) {
    case .one(let pairs): return DecodeResult(cases: [DecodedCase(input: try input(pairs, context: context))])
    case .list(let items): return try decode(list: items, context: context)
    }
  }

  private static func decode(list: [CaseValue], context: IntakeContext) throws(IntakeRefusal) -> DecodeResult
  {
    if list.isEmpty { throw .notACase }
    if list.count > Limits.csvRows { throw .tooManyRows }
    var result = DecodeResult()
    var refused = RefusedRows()
    for (index, value) in list.enumerated() {
      do throws(IntakeRefusal) {
        result.cases.append(DecodedCase(input: try item(value, context: context), row: index + 1))
      } catch {
        result.refused.append(RefusedPart(row: index + 1, refusal: error))
        refused.rows.append(.init(number: index + 1, content: .item(value), refusal: error))
      }
    }
    if !refused.rows.isEmpty { result.refusedRows = refused }
    return result
  }

  /// One case of a list.
  static func item(_ value: CaseValue, context: IntakeContext) throws(IntakeRefusal) -> CaseInput {
    guard case .map(let pairs) = value else { throw .notACase }
    return try input(try Envelope.item(pairs), context: context)
  }

  private static func input(
    _ pairs: [CaseValue.Pair], context: IntakeContext
  ) throws(IntakeRefusal) -> CaseInput {
    var assembly = CaseAssembly(context)
    for pair in pairs { assembly.take(pair.key, pair.value) }
    return try assembly.finish()
  }
}

/// A case file in YAML, through the reader that the rules use too.
enum YamlCase {
  static func read(_ text: [UInt8]) throws(IntakeRefusal) -> CaseValue {
    do throws(YamlError) {
      guard let root = try YamlReader.read(text, limits: .caseFile).root else { return .null }
      return value(root)
    } catch {
      throw refusal(error)
    }
  }

  private static func value(_ node: YamlNode) -> CaseValue {
    switch node.value {
    case .scalar(let text, _): node.isNull ? .null : .scalar(text)
    case .sequence(let items): .list(items.map(value))
    case .mapping(let entries):
      .map(entries.map { CaseValue.Pair(key: $0.key, value: value($0.value)) })
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
    case .syntax(let problem, _, _): return yaml(.yamlSyntax(problem))
    case .outOfMemory: return yaml(.Yaml.outOfMemory)
    }
  }
}
