/// The formats in which cases come, told by content.
enum CaseFormat: String {
  case yaml, json, csv, text, mail
  /// Lines that YAML and a form filled in by hand have in common.
  case perhapsYAML = "yaml?"

  /// The endings that go with the format.
  var extensions: Set<String> {
    switch self {
    case .yaml, .perhapsYAML: ["yaml", "yml"]
    case .json: ["json", "jsonl", "ndjson"]
    case .csv: ["csv", "tsv"]
    case .text: ["txt", "text", "md"]
    case .mail: ["eml"]
    }
  }

  /// Every ending that a case file may have.
  static let allExtensions: Set<String> = [
    "yaml", "yml", "json", "jsonl", "ndjson", "csv", "tsv", "txt", "text", "md", "eml",
  ]

  /// The format of a decoded text. The extension decides only between readings that the content allows.
  static func of(_ text: [UInt8], extension ext: String) -> CaseFormat {
    let first = text.first { $0 > 0x20 } ?? 0x20
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "["), looksLikeJSON(text, extension: ext) {
      return .json
    }
    if TableDecoding.hasKnownHeader(text) { return .csv }
    switch ext {
    case "csv", "tsv": return .csv
    case "yaml", "yml": return startsLikeProse(text) ? .text : .yaml
    default: return looksLikeYAML(text) ? .perhapsYAML : .text
    }
  }

  /// `[紧急]` begins a letter and `{title: …}` may be YAML: JSON is what goes on as JSON does.
  private static func looksLikeJSON(_ text: [UInt8], extension ext: String) -> Bool {
    let marks = text.lazy.filter { $0 > 0x20 }.prefix(2)
    guard !CaseFormat.json.extensions.contains(ext), let second = marks.dropFirst().first else { return true }
    if marks.first == UInt8(ascii: "{") { return second == UInt8(ascii: "\"") || second == UInt8(ascii: "}") }
    return [UInt8(ascii: "{"), UInt8(ascii: "]"), UInt8(ascii: "\""), UInt8(ascii: "[")].contains(second)
  }

  /// The first line that says anything is `---`, or a known name, an ASCII colon, then a space or nothing.
  private static func looksLikeYAML(_ text: [UInt8]) -> Bool {
    guard let line = firstLine(text) else { return false }
    if line.starts(with: Array("---".utf8)) { return true }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let after = line[(colon + 1)...]
    guard after.first.map({ $0 == 0x20 || $0 == 0x0D }) ?? true else { return false }
    return FieldName.find(String(decoding: line[..<colon], as: UTF8.self)) != nil
  }

  /// A letter in a file that is called YAML: its first line has neither a key nor a mark of YAML.
  private static func startsLikeProse(_ text: [UInt8]) -> Bool {
    guard let line = firstLine(text) else { return false }
    return !line.contains(UInt8(ascii: ":")) && !line.starts(with: [UInt8(ascii: "-")])
      && !line.starts(with: [UInt8(ascii: "{")]) && !line.starts(with: [UInt8(ascii: "[")])
      && !line.starts(with: [UInt8(ascii: "%")]) && !line.starts(with: [UInt8(ascii: "?")])
      && !line.starts(with: [UInt8(ascii: "\"")]) && !line.starts(with: [UInt8(ascii: "'")])
  }

  /// The first line that is neither blank nor a comment.
  private static func firstLine(_ text: [UInt8]) -> ArraySlice<UInt8>? {
    var rest = text[...]
    while !rest.isEmpty {
      let line = rest.prefix { $0 != 0x0A }
      if let first = line.first(where: { $0 > 0x20 }), first != UInt8(ascii: "#") { return line }
      rest = rest.dropFirst(line.count + 1)
    }
    return nil
  }

  // MARK: By the first bytes

  /// What the file is where it is no text at all, by the marks that such files begin with.
  static func foreign(_ bytes: [UInt8]) -> IntakeRefusal.ForeignFormat? {
    let marks: [([UInt8], IntakeRefusal.ForeignFormat)] = [
      ([0xD0, 0xCF, 0x11, 0xE0], .oldWorkbook), (Array("%PDF-".utf8), .pdf), ([0xFF, 0xD8, 0xFF], .image),
      ([0x89, 0x50, 0x4E, 0x47], .image), (Array("GIF8".utf8), .image), (Array("Rar!".utf8), .archive),
      ([0x37, 0x7A, 0xBC, 0xAF], .archive), ([0x1F, 0x8B], .archive),
    ]
    if let found = marks.first(where: { bytes.starts(with: $0.0) }) { return found.1 }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return zipKind(bytes) }
    let afterMark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let first = bytes.prefix(512).dropFirst(afterMark).firstIndex(where: { $0 > 0x20 }),
      bytes[first] == UInt8(ascii: "<")
    else { return nil }
    let head = String(decoding: bytes[first...].prefix(32), as: UTF8.self).lowercased()
    if ["<!doctype html", "<html", "<table", "<meta", "<head", "<?xml"].contains(where: head.hasPrefix) {
      return .webPage
    }
    return nil
  }

  /// Office files are archives; their parts' names stand in the first kilobytes.
  private static func zipKind(_ bytes: [UInt8]) -> IntakeRefusal.ForeignFormat {
    let start = String(decoding: bytes.prefix(4096), as: UTF8.self)
    if ByteSearch.first("xl/", in: start) != nil { return .workbook }
    if ByteSearch.first("word/", in: start) != nil { return .document }
    return ByteSearch.first("[Content_Types].xml", in: start) != nil ? .workbook : .archive
  }
}

extension EntryName {
  /// What follows the last dot, lower case; empty where there is none.
  var fileExtension: String {
    guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return "" }
    return String(decoding: lowered[(dot + 1)...], as: UTF8.self)
  }
}
