/// A line of a form as the clerk typed it.
struct FormLine {
  /// From 1.
  let number: Int
  /// Blank columns before the text.
  let indent: Int
  /// Without white space around it.
  let text: String

  /// Splits at LF, CR LF and CR.
  static func split(_ text: String) -> [FormLine] {
    var lines: [FormLine] = []
    var number = 0
    for part in text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" }) {
      // A lone CR is a line break of old editors.
      let body = part.last == "\r" ? part.dropLast() : part
      for piece in body.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\r" }) {
        number += 1
        let indent = piece.prefix { FormText.isBlank($0) }.count
        lines.append(FormLine(number: number, indent: indent, text: FormText.trim(Substring(piece))))
      }
    }
    return lines
  }

  var isBlank: Bool { text.isEmpty }

  /// `# …`; but `#3楼` is an address.
  var isComment: Bool {
    guard let first = text.unicodeScalars.first, first == "#" || first == "＃" else { return false }
    guard let second = text.unicodeScalars.dropFirst().first else { return true }
    return !("0"..."9").contains(second)
  }

  /// What stands before and after the first colon (or equals sign) near the start; nil without one.
  var pair: (key: String, value: String)? {
    let scalars = text.unicodeScalars
    let head = scalars.prefix(40)
    guard let colon = head.firstIndex(where: { ":：﹕︰=＝".unicodeScalars.contains($0) }) else { return nil }
    let key = FormText.bareKey(Substring(scalars[..<colon]))
    guard !key.isEmpty else { return nil }
    return (key, FormText.trim(Substring(scalars[scalars.index(after: colon)...])))
  }
}

/// Small cuts on what clerks type.
enum FormText {
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}"
  }

  static func trim(_ text: Substring) -> String {
    let scalars = text.unicodeScalars
    let start = scalars.firstIndex { !isBlank($0) } ?? scalars.endIndex
    let end = scalars.lastIndex { !isBlank($0) }.map(scalars.index(after:)) ?? start
    return String(scalars[start..<end])
  }

  /// The key without list marks, numbering and brackets: `1、【办理结果】` is 办理结果.
  static func bareKey(_ text: Substring) -> String {
    var scalars = text.unicodeScalars
    let isMark: (Unicode.Scalar) -> Bool = { isBlank($0) || "-*•·【[（(\"'“".unicodeScalars.contains($0) }
    while let first = scalars.first, isMark(first) { scalars.removeFirst() }
    let number = scalars.prefix { ("0"..."9").contains($0) }
    if !number.isEmpty, let mark = scalars.dropFirst(number.count).first,
      "、.．)）".unicodeScalars.contains(mark)
    {
      scalars = scalars.dropFirst(number.count + 1)
    }
    while let first = scalars.first, isMark(first) { scalars.removeFirst() }
    while let last = scalars.last, isBlank(last) || "】]）)\"'”".unicodeScalars.contains(last) {
      scalars.removeLast()
    }
    return String(scalars)
  }

  /// A value without the comment after it, quotation marks around it, and YAML's words for nothing.
  ///
  /// - Parameter free: in free text `#` begins a comment only where nothing stands before it and a blank behind it: the
  ///   daemon writes its hints on lines of their own, so 到现场 # 二号楼 is what somebody typed.
  static func value(_ text: String, free: Bool) -> String {
    let body = trim(Substring(withoutComment(text, free: free)))
    let scalars = body.unicodeScalars
    if scalars.count >= 2, let first = scalars.first, first == scalars.last, first == "\"" || first == "'" {
      let inner = String(scalars.dropFirst().dropLast())
      if !inner.unicodeScalars.contains(first) { return inner }
    }
    return body == "~" || body == "null" ? "" : body
  }

  private static func withoutComment(_ text: String, free: Bool) -> String {
    let scalars = Array(text.unicodeScalars)
    for index in scalars.indices where scalars[index] == "#" {
      let begins = free ? scalars[..<index].allSatisfy(isBlank) : index == 0 || isBlank(scalars[index - 1])
      let isOpen = index + 1 == scalars.count || isBlank(scalars[index + 1])
      guard begins, isOpen || !free else { continue }
      var kept = String.UnicodeScalarView()
      kept.append(contentsOf: scalars[..<index])
      return String(kept)
    }
    return text
  }

  /// Pieces between blanks and punctuation.
  static func words(_ text: String) -> [String] {
    text.unicodeScalars.split { isBlank($0) || "，,。.；;、|/（）()！!：:".unicodeScalars.contains($0) }
      .map { String($0) }
  }
}
