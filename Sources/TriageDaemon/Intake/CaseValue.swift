/// A value of a case file whatever its format: what YAML and JSON have in common.
///
/// Scalars stay text, as written; the field that takes one says what type it wants.
indirect enum CaseValue: Sendable, Equatable {
  case null
  case scalar(String)
  case list([CaseValue])
  /// In the order of the file; keys are unique.
  case map([Pair])

  struct Pair: Sendable, Equatable {
    var key: String
    var value: CaseValue
  }

  /// The value as one text: a list's items on lines of their own or joined; nil where there is none.
  func text(joining separator: String = "、") -> String? {
    switch self {
    case .null: nil
    case .scalar(let text): text
    case .list(let items):
      items.isEmpty ? nil : items.compactMap { $0.text() }.joined(separator: separator)
    case .map(let pairs):
      pairs.isEmpty
        ? nil : pairs.map { "\($0.key)：\($0.value.text() ?? "")" }.joined(separator: separator)
    }
  }

  /// As JSON (RFC 8259); scalars become strings, since what was written is all that is known of them.
  var json: String {
    switch self {
    case .null: "null"
    case .scalar(let text): Self.quoted(text)
    case .list(let items): "[" + items.map(\.json).joined(separator: ",\n ") + "]"
    case .map(let pairs):
      "{" + pairs.map { "\(Self.quoted($0.key)): \($0.value.json)" }.joined(separator: ", ") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
