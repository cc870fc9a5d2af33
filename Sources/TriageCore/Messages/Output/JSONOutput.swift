/// What a command prints with `--format json`, field by field: the one table behind `--help` and `docs/JSON.md`.
///
/// Fields are only ever added; the meaning of one that is there does not change.
public struct JSONOutput: Sendable {
  /// One name of an object.
  public struct Field: Sendable {
    /// With `[]` behind it for a list, `{}` for an object, `{…}` for an object whose names are ids.
    public var name: String
    /// Left out where there is nothing to say.
    public var isOptional: Bool
    public var meaning: Message
    /// Of the object, or of each object in the list.
    public var fields: [Field]

    init(_ name: String, _ zh: String, _ en: String, optional: Bool = false, _ fields: [Field] = []) {
      self.name = name
      isOptional = optional
      meaning = Message(zh: zh, en: en)
      self.fields = fields
    }

    static func optional(_ name: String, _ zh: String, _ en: String, _ fields: [Field] = []) -> Field {
      Field(name, zh, en, optional: true, fields)
    }
  }

  /// One kind of object that the command prints.
  public struct Part: Sendable {
    /// Such as “one object a line, a case each”.
    public var head: Message
    public var fields: [Field]

    /// One object a line (JSON Lines).
    static func lines(_ zh: String, _ en: String, _ fields: [Field]) -> Part {
      Part(
        head: Message(zh: "每行一个对象，\(zh)：", en: "one object a line, \(en):"), fields: fields)
    }
    /// One object on one line.
    static func object(_ zh: String, _ en: String, _ fields: [Field]) -> Part {
      Part(head: Message(zh: "一个对象，\(zh)：", en: "one object, \(en):"), fields: fields)
    }
  }

  public var parts: [Part]

  init(_ parts: Part...) { self.parts = parts }

  /// For `--help`: a block for each part, `?` behind the name of what may be missing, inner fields indented.
  public func help(_ language: Language) -> String {
    parts.map { part in
      let head = "--format json: " + part.head[language]
      return ([head] + lines(part.fields, depth: 1, language)).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  private func lines(_ fields: [Field], depth: Int, _ language: Language) -> [String] {
    fields.flatMap { field in
      let name = String(repeating: "  ", count: depth) + field.name + (field.isOptional ? "?" : "")
      let gap = String(repeating: " ", count: max(2, 26 - name.count))
      return [name + gap + field.meaning[language]] + lines(field.fields, depth: depth + 1, language)
    }
  }
}
