public import TriageCore

/// The JSON Schema (draft 2020-12) of rule files, for editors: keys, types and words of the language, and, of one
/// rulebook, the names that it defines.
public struct RuleSchema {
  private static let draft = "https://json-schema.org/draft/2020-12/schema"

  private let language: Language
  /// Nil: of any rulebook.
  private let names: RuleNames?

  /// - Parameter rulebook: its names become choices; without it any name will do.
  public init(language: Language, of rulebook: CompiledRulebook? = nil) {
    self.language = language
    names = rulebook.map { RuleNames($0) }
  }

  public var text: String {
    let root = body(of: .file)
    let definitions =
      RuleMapping.allCases.filter { $0 != .file }.map { ($0.rawValue, SchemaJSON.object(body(of: $0))) }
      + RuleNameKind.allCases.map { ("name_" + $0.rawValue, name($0)) }
    let head: [(String, SchemaJSON)] = [
      ("$schema", .string(Self.draft)), ("title", .string(Message.Schema.title[language])),
    ]
    return SchemaJSON.object(head + root + [("$defs", .object(definitions))]).text() + "\n"
  }

  // MARK: Mappings

  private func body(of mapping: RuleMapping) -> [(String, SchemaJSON)] {
    let shape = mapping.shape
    var properties = shape.keys.map { key in
      let value = value(key.shape, mayBeEmpty: EmptyLists.allows(key.name, in: mapping))
      return (key.name, described(value, Message.Schema.about(mapping.rawValue, key.name)))
    }
    if shape.isEntry {
      for claim in ["override", "remove"] {
        properties.append((claim, described(value(.flag), Message.Schema.about("entry", claim))))
      }
    }
    properties += ownKeys(of: shape)
    var members: [(String, SchemaJSON)] = [("type", .string("object"))]
    if mapping != .file {
      members.append(("description", .string(Message.Schema.about(mapping.rawValue)[language])))
    }
    members.append(("properties", .object(properties)))
    if shape.isNeverEmpty { members.append(("minProperties", .integer(1))) }
    members += rest(of: shape)
    members += needs(of: shape)
    return members
  }

  /// Scales, fields and stages that the rulebook adds as keys.
  private func ownKeys(of shape: RuleMappingShape) -> [(String, SchemaJSON)] {
    guard let names else { return [] }
    var keys: [(String, SchemaJSON)] = []
    if let scale = shape.scales {
      keys += names.scales.map { id, values in (id, scaleValue(scale, values)) }
    }
    if let field = shape.fields { keys += names.fields.map { ($0, value(field)) } }
    if shape.stagesDue {
      keys += names.stages.map { ($0 + "_due", value(.either([.form(.instant), .words(["none"])]))) }
    }
    let known = Set(shape.keys.map(\.name))
    return keys.filter { !known.contains($0.0) }
  }

  private func scaleValue(_ shape: RuleShape, _ values: [String]) -> SchemaJSON {
    if case .oneOrMore = shape { return value(.oneOrMore(.words(values)), mayBeEmpty: false) }
    return value(.words(values))
  }

  /// Other keys are faults, except that without a rulebook nobody knows its scales and fields.
  private func rest(of shape: RuleMappingShape) -> [(String, SchemaJSON)] {
    let open = names == nil ? shape.scales ?? shape.fields : nil
    // What a case file says may be an empty list.
    let mayBeEmpty = shape.scales == nil
    return [("additionalProperties", open.map { value($0, mayBeEmpty: mayBeEmpty) } ?? .flag(false))]
  }

  /// What must be there; an entry that only drops one of the rulebook below needs nothing else.
  private func needs(of shape: RuleMappingShape) -> [(String, SchemaJSON)] {
    let required = shape.keys.filter(\.isRequired).map(\.name)
    let always = shape.isEntry ? required.filter { ["id", "name", "year"].contains($0) } : required
    var members: [(String, SchemaJSON)] = []
    if !always.isEmpty { members.append(("required", .strings(always))) }
    let anyOf = SchemaJSON.array(shape.oneOf.map { .object([("required", .strings([$0]))]) })
    if !shape.isEntry {
      if !shape.oneOf.isEmpty { members.append(("anyOf", anyOf)) }
      return members
    }
    var more: [(String, SchemaJSON)] = []
    let others = required.filter { !always.contains($0) }
    if !others.isEmpty { more.append(("required", .strings(others))) }
    if !shape.oneOf.isEmpty { more.append(("anyOf", anyOf)) }
    let removes: [(String, SchemaJSON)] = [
      ("properties", .object([("remove", .object([("const", .flag(true))]))])),
      ("required", .strings(["remove"])),
    ]
    members.append(("if", .object(removes)))
    members.append(("then", .object([("maxProperties", .integer(2))])))
    if !more.isEmpty { members.append(("else", .object(more))) }
    return members
  }

  private func described(_ value: SchemaJSON, _ about: Message) -> SchemaJSON {
    guard case .object(let members) = value else { return value }
    return .object([("description", .string(about[language]))] + members)
  }

  // MARK: Values

  /// - Parameter mayBeEmpty: lists and tables in it.
  private func value(_ shape: RuleShape, mayBeEmpty: Bool = true) -> SchemaJSON {
    func notEmpty(_ name: String) -> [(String, SchemaJSON)] { mayBeEmpty ? [] : [(name, .integer(1))] }
    switch shape {
    case .text: return .object([("type", .strings(["string", "number", "boolean"]))])
    case .phrase: return .object([("type", .string("string")), ("minLength", .integer(1))])
    case .flag: return .object([("type", .string("boolean"))])
    case .number: return .object([("type", .string("number"))])
    case .integer(let range):
      return .object([
        ("type", .string("integer")), ("minimum", .integer(range.lowerBound)),
        ("maximum", .integer(range.upperBound)),
      ])
    case .money(let range):
      return .object([
        ("type", .string("number")), ("minimum", .integer(range.lowerBound)),
        ("maximum", .integer(range.upperBound)),
      ])
    case .form(let form): return self.form(form)
    case .words(let words): return .object([("enum", .strings(words))])
    case .newName(let templates): return newName(templates: templates)
    case .name(let kind): return reference("name_" + kind.rawValue)
    case .departmentTemplate:
      return .object([("anyOf", .array([value(.name(.department)), form(.areaTemplate)]))])
    case .list(let item):
      return .object([("type", .string("array")), ("items", value(item))] + notEmpty("minItems"))
    case .oneOrMore(let item):
      return .object([("anyOf", .array([value(item), value(.list(item), mayBeEmpty: mayBeEmpty)]))])
    case .either(let shapes):
      return .object([("anyOf", .array(shapes.map { value($0, mayBeEmpty: mayBeEmpty) }))])
    case .mapping(let mapping): return reference(mapping.rawValue)
    case .table(let keys, let item):
      return .object(
        [
          ("type", .string("object")),
          ("patternProperties", .object([(keys.pattern, value(item, mayBeEmpty: mayBeEmpty))])),
          ("additionalProperties", .flag(false)),
        ] + notEmpty("minProperties"))
    }
  }

  private func form(_ form: TextForm) -> SchemaJSON {
    // A reminder at expiry is a bare 0.
    let type: SchemaJSON = form == .slot ? .strings(["string", "integer"]) : .string("string")
    let zero: [(String, SchemaJSON)] =
      form == .slot ? [("minimum", .integer(0)), ("maximum", .integer(0))] : []
    return .object([("type", type), ("pattern", .string(form.pattern))] + zero)
  }

  /// Names become names of folders.
  private func newName(templates: Bool) -> SchemaJSON {
    let inside = templates ? "\\s/\\\\:*?\"<>|," : "\\s/\\\\:*?\"<>|{},"
    return .object([
      ("type", .string("string")), ("pattern", .string("^[^.\\-\(inside)][^\(inside)]*$")),
      ("maxLength", .integer(NameRules.maxBytes)),
    ])
  }

  private func name(_ kind: RuleNameKind) -> SchemaJSON {
    let about: (String, SchemaJSON) = (
      "description", .string(Message.Schema.about("name", kind.rawValue)[language])
    )
    guard let known = names?.of(kind) else { return .object([about, ("type", .string("string"))]) }
    return .object([about, ("enum", .strings(known))])
  }

  private func reference(_ name: String) -> SchemaJSON { .object([("$ref", .string("#/$defs/" + name))]) }
}
