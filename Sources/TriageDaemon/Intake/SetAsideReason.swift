import TriageCore

/// What stands beside a file in `set-aside/`: `FILE.reason.yaml`.
struct SetAsideReason {
  /// The name in `set-aside/`.
  var file: String
  /// The path below the inbox.
  var original: String
  var refusals: [RefusedPart]
  /// The file holds only what was refused of another file.
  var isRest: Bool
  var sha256: String?
  var time: Instant
  var size: Int64

  /// So many rows are listed one by one.
  private static let listed = 200

  func yaml(_ language: Language, zone: Zone) -> String {
    var text = ""
    func line(_ key: String, _ value: String) { text += "\(key): \(value)\n" }
    let first = refusals.first
    line("file", Self.quoted(file))
    line("reason", Self.quoted(summary(language)))
    if let first { line("code", first.refusal.code) }
    if let limit = first?.refusal.limit { line("limit", limit) }
    if let offset = first?.refusal.offset { line("offset", String(offset)) }
    if let place = first?.refusal.place { line("line", "\(place.line)\ncolumn: \(place.column)") }
    line("time", Self.quoted(time.iso8601(in: zone)))
    line("original_path", Self.quoted("inbox/" + original))
    line("size", String(size))
    if let sha256 { line("sha256", sha256) }
    let parts = refusals.filter { $0.row != nil }
    if !parts.isEmpty {
      text += "rows:\n"
      for part in parts.prefix(Self.listed) { text += Self.row(part, language) }
      if parts.count > Self.listed { line("rows_not_listed", String(parts.count - Self.listed)) }
    }
    return text
  }

  private func summary(_ language: Language) -> String {
    guard let first = refusals.first, first.row != nil else {
      return refusals.first?.refusal.message[language] ?? ""
    }
    let message: Message =
      isRest ? .intakeRowsRefused(refusals.count) : .intakeAllRowsRefused(refusals.count)
    return message[language]
  }

  private static func row(_ part: RefusedPart, _ language: Language) -> String {
    var fields = "row: \(part.row ?? 0), code: \(part.refusal.code)"
    if let limit = part.refusal.limit { fields += ", limit: \(limit)" }
    return "  - {\(fields), reason: \(quoted(part.refusal.message[language]))}\n"
  }

  /// Whatever a file is called, it stays one value on one line.
  private static func quoted(_ text: String) -> String {
    var writer = TextWriter()
    writer.quoted(text)
    return writer.text
  }
}

/// Names that every file system, file manager and log can bear: at most 255 bytes with `.reason.yaml` behind them,
/// UTF-8, nothing invisible, no sign that other systems forbid.
enum SafeName {
  static let reasonEnding = Array(".reason.yaml".utf8)
  /// Room for `.reason.yaml`, for a number and for a mark of rows.
  private static let length = 255 - 12 - 24

  static func of(_ name: EntryName) -> EntryName {
    var out = ""
    for scalar in (name.text ?? escaped(name.bytes)).unicodeScalars {
      let isSafe = !isHidden(scalar) && !"\\/:*?\"<>|".unicodeScalars.contains(scalar)
      let piece = isSafe ? String(scalar) : "_"
      out += piece
    }
    return EntryName(shortened(out))
  }

  /// Characters that change how a name or a line is shown (CVE-2021-42574 has the direction marks).
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF,
      0xE000...0xF8FF, 0xFFF9...0xFFFF, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    bytes.reduce(into: "") { text, byte in
      text +=
        (0x21...0x7E).contains(byte)
        ? String(Unicode.Scalar(byte)) : "%" + Hex.string([byte]).uppercased()
    }
  }

  /// Cut before the extension, between characters.
  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > length else { return name }
    let (stem, ending) = split(name)
    let room = length - ending.utf8.count
    var short = ""
    var used = 0
    for scalar in stem.unicodeScalars {
      used += UTF8.width(scalar)
      if used > room { break }
      short.unicodeScalars.append(scalar)
    }
    return short + ending
  }

  /// The stem, and the extension with its dot where it is a short one.
  private static func split(_ name: String) -> (stem: String, ending: String) {
    let scalars = name.unicodeScalars
    guard let dot = scalars.lastIndex(of: "."), dot != scalars.startIndex else { return (name, "") }
    let ending = String(scalars[dot...])
    return ending.utf8.count <= 12 ? (String(scalars[..<dot]), ending) : (name, "")
  }

  /// `名单.csv`, `名单 (2).csv`, …
  static func numbered(_ name: EntryName, _ number: Int) -> EntryName {
    guard number > 1 else { return name }
    let (stem, ending) = split(String(decoding: name.bytes, as: UTF8.self))
    return EntryName("\(stem) (\(number))\(ending)")
  }

  /// `名单.rows-1a2b3c4d.csv`.
  static func rows(of name: EntryName, sha256: String, ending: String) -> EntryName {
    let (stem, _) = split(String(decoding: of(name).bytes, as: UTF8.self))
    return EntryName("\(stem).rows-\(sha256.prefix(8)).\(ending)")
  }
}
