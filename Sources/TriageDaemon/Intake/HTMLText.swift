/// The words of a web page, for mail that has no plain text: tags go, blocks end lines, a few entities are named.
enum HTMLText {
  static func plain(_ html: String) -> String {
    var out = String.UnicodeScalarView()
    var rest = html.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "<": skipTag(&rest, into: &out)
      case "&": out.append(contentsOf: entity(&rest).unicodeScalars)
      case "\n", "\r", "\t": out.append(" ")
      default: out.append(scalar)
      }
    }
    let lines = String(out).split(separator: "\n").map { ValueReading.trimmed(String($0)) }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func skipTag(
    _ rest: inout Substring.UnicodeScalarView, into out: inout String.UnicodeScalarView
  ) {
    let tag = rest.prefix { $0 != ">" }
    rest = rest.dropFirst(tag.count + 1)
    let name = String(tag.drop { $0 == "/" }.prefix { $0.properties.isAlphabetic || $0 == "1" }).lowercased()
    switch name {
    case "br", "p", "div", "tr", "li", "h", "h1", "table": out.append("\n")
    case "script", "style", "title", "head":
      if tag.first != "/" { skipContent(of: name, &rest) }
    default: break
    }
  }

  private static func skipContent(of name: String, _ rest: inout Substring.UnicodeScalarView) {
    while let scalar = rest.popFirst() {
      guard scalar == "<", rest.first == "/" else { continue }
      let tag = rest.dropFirst().prefix(name.utf8.count)
      if String(tag).lowercased() == name {
        rest = rest.drop { $0 != ">" }.dropFirst()
        return
      }
    }
  }

  private static func entity(_ rest: inout Substring.UnicodeScalarView) -> String {
    let name = rest.prefix(10).prefix { $0 != ";" && $0 != " " && $0 != "&" && $0 != "<" }
    guard rest.dropFirst(name.count).first == ";" else { return "&" }
    let text: String?
    switch String(name) {
    case "amp": text = "&"
    case "lt": text = "<"
    case "gt": text = ">"
    case "quot": text = "\""
    case "nbsp": text = " "
    case let number where number.hasPrefix("#x") || number.hasPrefix("#X"):
      text = UInt32(number.dropFirst(2), radix: 16).flatMap(visible)
    case let number where number.hasPrefix("#"):
      text = UInt32(number.dropFirst()).flatMap(visible)
    default: text = nil
    }
    guard let text else { return "&" }
    rest = rest.dropFirst(name.count + 1)
    return text
  }

  private static func visible(_ value: UInt32) -> String? {
    value == 0 ? nil : Unicode.Scalar(value).map { String($0) }
  }
}
