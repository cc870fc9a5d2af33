/// Reads comma-separated values (RFC 4180) record by record, so that a large export costs no more memory than a
/// row: quoted cells with line breaks, `,` `;` or tab as the separator, CRLF or LF.
struct CSVReading {
  struct Record: Equatable {
    var cells: [String]
    /// As a spreadsheet counts: the first record of the file is 1, empty ones count.
    var row: Int
    /// Characters after a closing quote, or a quote that is never closed: the cells may not be what was meant.
    var problem: Problem?
  }
  enum Problem: Equatable { case strayQuote, openQuote }

  /// Well-formed UTF-8.
  private let bytes: [UInt8]
  let separator: UInt8
  private var at: Int
  private var row = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    (separator, at) = Self.separator(of: bytes)
  }

  /// Excel's `sep=;` line, else what stands most often outside quotes on the first line that has any.
  private static func separator(of bytes: [UInt8]) -> (UInt8, Int) {
    let comma = UInt8(ascii: ",")
    if bytes.count > 5, bytes.starts(with: Array("sep=".utf8)) {
      let end = bytes.firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      if end <= 7 { return (bytes[4], end) }
    }
    var counts: [UInt8: Int] = [:]
    var quoted = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): quoted.toggle()
      case comma, UInt8(ascii: ";"), 0x09: if !quoted { counts[byte, default: 0] += 1 }
      case 0x0A, 0x0D:
        if !quoted, !counts.isEmpty { return (mostFrequent(counts), 0) }
      default: break
      }
    }
    return (mostFrequent(counts), 0)
  }

  private static func mostFrequent(_ counts: [UInt8: Int]) -> UInt8 {
    // Equal counts: the comma before tab before semicolon, whatever the dictionary's order.
    [UInt8(ascii: ","), 0x09, UInt8(ascii: ";")].max { counts[$0, default: 0] < counts[$1, default: 0] }
      ?? UInt8(ascii: ",")
  }

  /// The next record; nil at the end. An empty line gives one empty cell.
  mutating func next() -> Record? {
    guard at < bytes.count else { return nil }
    row += 1
    var record = Record(cells: [], row: row)
    while true {
      record.cells.append(cell(&record.problem))
      guard at < bytes.count, bytes[at] == separator else { break }
      at += 1
      if at == bytes.count { record.cells.append("") }
    }
    skipLineEnd()
    return record
  }

  private mutating func skipLineEnd() {
    if at < bytes.count, bytes[at] == 0x0D { at += 1 }
    if at < bytes.count, bytes[at] == 0x0A { at += 1 }
  }

  private mutating func cell(_ problem: inout Problem?) -> String {
    guard at < bytes.count else { return "" }
    if bytes[at] == UInt8(ascii: "\"") { return quotedCell(&problem) }
    let start = at
    skipToCellEnd()
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func skipToCellEnd() {
    while at < bytes.count, bytes[at] != separator, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
  }

  private mutating func quotedCell(_ problem: inout Problem?) -> String {
    var out: [UInt8] = []
    at += 1
    while true {
      let start = at
      while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += 1 }
      out.append(contentsOf: bytes[start..<at])
      guard at < bytes.count else {
        problem = .openQuote
        break
      }
      at += 1
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { break }
      out.append(UInt8(ascii: "\""))
      at += 1
    }
    let afterQuote = at
    skipToCellEnd()
    // Blanks after the quote are harmless; anything else means that a quote in the text was not doubled.
    if bytes[afterQuote..<at].contains(where: { $0 != 0x20 }) {
      problem = problem ?? .strayQuote
      out.append(contentsOf: bytes[afterQuote..<at])
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// Writes cells so that a spreadsheet shows them and runs nothing (OWASP, CSV injection; ASVS 1.2.10): a cell that
/// would be a formula gets a `'` in front, which `unguarded` takes off again.
enum CSVWriting {
  private static let formulaStarts: Set<UInt8> = [
    UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D,
  ]

  static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  static func cell(_ text: String) -> String {
    var guarded = text
    if let first = text.utf8.first, formulaStarts.contains(first) { guarded = "'" + text }
    let special = guarded.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    guard special else { return guarded }
    var out = "\""
    for scalar in guarded.unicodeScalars {
      if scalar == "\"" { out.unicodeScalars.append(scalar) }
      out.unicodeScalars.append(scalar)
    }
    return out + "\""
  }

  static func unguarded(_ cell: String) -> String {
    var bytes = cell.utf8.makeIterator()
    guard bytes.next() == UInt8(ascii: "'"), let second = bytes.next(), formulaStarts.contains(second)
    else { return cell }
    return String(cell.dropFirst())
  }
}
