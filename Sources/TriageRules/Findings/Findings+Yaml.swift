public import TriageCore

extension Findings {
  /// A file that is no YAML that triaged reads.
  func add(_ yaml: YamlError, in file: String) {
    let (code, message, hint) = yaml.reason.description(in: file)
    let place = SourcePlace(file: file, mark: yaml.mark)
    if code == .yamlSyntax, let (slip, there) = fullWidth(near: place) {
      error(code, there, .Yaml.fullWidth(slip.sign, slip.meant), hint: .Yaml.fullWidthHint)
      return
    }
    error(code, place, message, hint: hint)
  }

  /// The sign that broke the YAML: libyaml notices it on its line, or on the next one that says something. It is one
  /// only if the file goes on further with the sign as it was meant: 【紧急】 may be a word of a title.
  private func fullWidth(near place: SourcePlace) -> (FullWidth.Slip, SourcePlace)? {
    var number = place.line
    var seen = 0
    while number >= 1, seen < 2 {
      let lines = lines(of: place.file)
      let line = lines.indices.contains(number - 1) ? lines[number - 1] : Substring.UnicodeScalarView()
      if let slip = FullWidth.slip(in: line), isMended(by: FullWidth.mended(line), at: number, place) {
        return (slip, SourcePlace(file: place.file, line: number, column: slip.column + 1))
      }
      if line.contains(where: { $0 != " " }) { seen += 1 }
      number -= 1
    }
    return nil
  }

  /// Whether the file is YAML, or becomes none only further on, when one of its lines is another.
  private func isMended(by line: String, at number: Int, _ place: SourcePlace) -> Bool {
    var text = ""
    for (index, old) in lines(of: place.file).enumerated() {
      if index + 1 == number { text += line } else { text.unicodeScalars.append(contentsOf: old) }
      text += "\n"
    }
    do throws(YamlError) {
      _ = try YamlReader.read(Array(text.utf8), limits: .ruleFile)
      return true
    } catch {
      return error.mark.line > place.line
    }
  }
}

extension YamlError {
  /// What is wrong, for a reader of either language; the same for rule files and case files.
  public var message: Message { reason.description(in: "").message }
  /// How to mend it.
  public var hint: Message? { reason.description(in: "").hint }
}

extension YamlError.Reason {
  fileprivate func description(in file: String) -> (code: FindingCode, message: Message, hint: Message?) {
    switch self {
    case .tooLarge(_, let limit): (.yamlLimit, .Yaml.tooLarge(limit: limit), nil)
    case .tooDeep(let limit): (.yamlLimit, .Yaml.tooDeep(limit: limit), nil)
    case .tooManyNodes(let limit): (.yamlLimit, .Yaml.tooManyNodes(limit: limit), nil)
    case .scalarTooLong(let limit): (.yamlLimit, .Yaml.scalarTooLong(limit: limit), nil)
    case .notUTF8(let offset): (.yamlEncoding, .Yaml.notUTF8(byteOffset: offset), .Yaml.saveAsUTF8)
    case .utf16: (.yamlEncoding, .Yaml.utf16, .Yaml.saveAsUTF8)
    case .controlCharacter(let offset, let scalar):
      (.yamlEncoding, .Yaml.controlCharacter(scalar, byteOffset: offset), nil)
    case .alias(let name): (.yamlAlias, .Yaml.alias("*" + name), .Yaml.aliasHint)
    case .anchor(let name): (.yamlAlias, .Yaml.alias("&" + name), .Yaml.aliasHint)
    case .mergeKey: (.yamlAlias, .Yaml.alias("<<"), .Yaml.aliasHint)
    case .tag(let tag): (.yamlTag, .Yaml.tag(tag), .Yaml.tagHint)
    case .duplicateKey(let key, let first):
      (
        .yamlDuplicateKey,
        .Yaml.duplicateKey(key, first: SourcePlace(file: file, line: first.line, column: first.column)), nil
      )
    case .keyNotText: (.yamlSyntax, .Yaml.keyNotText, .Yaml.keyNotTextHint)
    case .secondDocument: (.yamlDocuments, .Yaml.secondDocument, .Yaml.secondDocumentHint)
    case .openQuote: (.yamlSyntax, .Yaml.openQuote, .Yaml.openQuoteHint)
    case .openBracket: (.yamlSyntax, .Yaml.openBracket, .Yaml.openBracketHint)
    case .entryWithoutDash: (.yamlSyntax, .Yaml.entryWithoutDash, .Yaml.entryWithoutDashHint)
    case .tab: (.yamlTab, .Yaml.tab, .Yaml.tabHint)
    case .syntax(let problem, _, let context):
      (
        .yamlSyntax, .Yaml.syntax(problem),
        context.map { .Yaml.syntaxContext(line: $0.line, column: $0.column) }
      )
    case .outOfMemory: (.yamlLimit, .Yaml.outOfMemory, nil)
    }
  }
}
