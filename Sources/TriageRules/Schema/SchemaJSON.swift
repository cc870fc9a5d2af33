/// JSON with its keys in the order given, so that an editor offers them in the order of the language.
indirect enum SchemaJSON {
  case object([(String, SchemaJSON)])
  case array([SchemaJSON])
  case string(String)
  case integer(Int)
  case flag(Bool)

  static func strings(_ texts: [String]) -> SchemaJSON { .array(texts.map(SchemaJSON.string)) }

  func text(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .object(let members):
      if members.isEmpty { return "{}" }
      let lines = members.map { "\(inner)\(Self.quoted($0.0)): \($0.1.text(indent: inner))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    case .array(let items):
      let plain = items.map { $0.text(indent: inner) }
      if plain.allSatisfy({ !$0.contains("\n") }) { return "[" + plain.joined(separator: ", ") + "]" }
      return "[\n" + plain.map { inner + $0 }.joined(separator: ",\n") + "\n\(indent)]"
    case .string(let text): return Self.quoted(text)
    case .integer(let number): return String(number)
    case .flag(let flag): return String(flag)
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default:
        if scalar.value < 0x20 {
          let hex = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
