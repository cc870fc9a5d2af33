import TriageCore

/// The rows of a table or the items of a list that could not be taken in, so that they can be mended and dropped
/// into the inbox again.
public struct RefusedRows: Sendable, Equatable {
  struct Row: Sendable, Equatable {
    var number: Int
    var content: Content
    var refusal: IntakeRefusal
  }
  enum Content: Sendable, Equatable {
    case cells([String])
    case item(CaseValue)
    /// Of JSON Lines, as written.
    case line(String)
  }
  /// Empty for a list.
  var header: [String] = []
  var rows: [Row] = []

  var fileExtension: String { header.isEmpty ? areLines ? "jsonl" : "json" : "csv" }

  private var areLines: Bool {
    if case .line = rows.first?.content { true } else { false }
  }

  /// The rows as a file of their own.
  func bytes(_ language: Language) -> [UInt8] {
    header.isEmpty ? list() : table(language)
  }

  /// A table with the row numbers of the original and the reasons in front; both columns are overlooked when the
  /// mended table comes back. With a byte order mark, so that spreadsheets show the Chinese.
  private func table(_ language: Language) -> [UInt8] {
    let head = language == .zh ? ["行号", "拒收原因"] : ["row", "refused_because"]
    var text = "\u{FEFF}" + CSVWriting.line(head + header)
    for row in rows {
      guard case .cells(let cells) = row.content else { continue }
      text += CSVWriting.line([String(row.number), row.refusal.message[language]] + cells)
    }
    return Array(text.utf8)
  }

  private func list() -> [UInt8] {
    if areLines {
      let lines = rows.map { if case .line(let line) = $0.content { line + "\n" } else { "" } }
      return Array(lines.joined().utf8)
    }
    let items: [CaseValue] = rows.compactMap { if case .item(let item) = $0.content { item } else { nil } }
    return Array((CaseValue.list(items).json + "\n").utf8)
  }
}
