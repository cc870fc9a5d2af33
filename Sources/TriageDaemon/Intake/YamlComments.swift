import TriageRules

/// Finds the comments that stand behind plain values of a YAML text: libyaml drops them.
struct YamlComments {
  private let lines: [[Unicode.Scalar]]

  /// Nil for a text that has none.
  init?(_ text: [UInt8]) {
    guard zip(text, text.dropFirst()).contains(where: { ($0 == 0x20 || $0 == 0x09) && $1 == 0x23 }) else {
      return nil
    }
    lines = SourceLines.split(String(decoding: text, as: UTF8.self)).map(Array.init)
  }

  /// What follows a value on its last line, from the white space in front of its `#` on.
  /// - Parameters:
  ///   - text: of a plain scalar, which has no escapes: but for white space it stands in the file as it is.
  ///   - mark: where it begins.
  func comment(behind text: String, at mark: YamlMark) -> String? {
    var wanted = text.unicodeScalars.filter { !$0.properties.isWhitespace }[...]
    var line = mark.line - 1
    var column = mark.column - 1
    while line < lines.count {
      while column < lines[line].count, let next = wanted.first {
        let scalar = lines[line][column]
        if scalar == next {
          wanted = wanted.dropFirst()
        } else if !scalar.properties.isWhitespace {
          return nil
        }
        column += 1
      }
      if wanted.isEmpty { break }
      (line, column) = (line + 1, 0)
    }
    guard wanted.isEmpty, line < lines.count else { return nil }
    let rest = lines[line][column...]
    let words = rest.drop { $0 == " " || $0 == "\t" }
    guard words.first == "#", words.count < rest.count else { return nil }
    return String(String.UnicodeScalarView(rest))
  }
}
