public import TriageCore

/// Why a file, a folder or one row was not taken in. `message` is what its sender is told.
///
/// Every refusal leaves the bytes where a person can mend them: set aside, never deleted.
public enum IntakeRefusal: Error, Sendable, Equatable {
  /// What is no regular file.
  public enum EntryKind: String, Sendable { case symlink, device, fifo, socket, unknown }
  /// What a file is instead of a case.
  public enum ForeignFormat: String, Sendable {
    case workbook, oldWorkbook, document, webPage, pdf, image, archive
  }
  public enum JSONProblem: String, Sendable {
    case unexpectedEnd, unexpectedCharacter, badNumber, badEscape, controlCharacter, trailingContent
  }

  // The entry itself
  case notRegular(EntryKind)
  case hardLink(count: Int)
  case tooLarge(bytes: Int64)
  /// A table; so many rows fit into a file.
  case tableTooLarge(bytes: Int64, rows: Int)
  case crashedBefore(times: Int)
  // Characters
  case empty
  case unknownEncoding(utf8Offset: Int, gb18030Offset: Int)
  case truncatedUTF8(offset: Int)
  case brokenUTF(offset: Int)
  /// UTF-8 with a few bytes in it that are none.
  case damagedText(offset: Int, line: Int)
  case nulByte(offset: Int)
  case foreign(ForeignFormat)
  // Form
  case yaml(problem: Message, line: Int, column: Int, limit: String?)
  case json(JSONProblem, line: Int, column: Int)
  /// JSON with something before or behind it.
  case wrappedJSON(line: Int, column: Int)
  case duplicateKey(String, line: Int, column: Int)
  case tooDeep(line: Int, column: Int)
  case tooManyNodes
  case notACase
  /// A tree without a case in it: the names at its top, and what is empty in it.
  case noCaseInside(keys: [String])
  /// Several lists that may be the cases: where they lie, as `data.rows (2)`.
  case severalLists([String])
  /// One line or item that holds a list of cases: where it lies.
  case listInside(String)
  case csvWithoutHeader(found: [String])
  case csvCells(found: Int, expected: Int)
  case csvQuote
  case csvOpenQuote
  /// The line of a sum below the cases: 合计, 小计.
  case csvSum(String)
  /// A header with other names among the rows.
  case csvSecondHeader
  /// A row below such a header, whose columns are others.
  case csvBelowSecondHeader(row: Int)
  case tooManyRows
  case tooManyColumns(found: Int)
  // Content
  case noTitleNoText
  case titleTooLong(scalars: Int)
  case textTooLong(scalars: Int)
  case tooManyFields(Int)
  /// A form in which a record begins anew.
  case severalRecords(key: String, line: Int)
  // Mail
  case automaticMail(String)
  case mailWithoutText
  case mailTooDeep
  case mailTooManyParts
  case severalMails(Int)
  case mailUnclear
  // Folders
  case folderWithoutCase
  case folderWithManyCases([String])
  case folderEntry(name: String)
  case folderHoldsManyRows(Int)
  case attachmentTooLarge(name: String)
  case tooManyAttachments(Int)
}

extension IntakeRefusal {
  /// Stable name for logs, metrics and reason files.
  public var code: String {
    switch self {
    case .notRegular(let kind): kind.rawValue
    case .hardLink: "hard-link"
    case .tooLarge, .tableTooLarge: "too-large"
    case .crashedBefore: "crashed-before"
    case .empty: "empty"
    case .unknownEncoding: "unknown-encoding"
    case .truncatedUTF8: "truncated"
    case .brokenUTF, .damagedText: "broken-encoding"
    case .nulByte: "nul-byte"
    case .foreign: "foreign-format"
    case .yaml: "yaml"
    case .json, .wrappedJSON: "json"
    case .duplicateKey: "duplicate-key"
    case .tooDeep: "too-deep"
    case .tooManyNodes: "too-many-values"
    case .notACase, .noCaseInside, .listInside: "not-a-case"
    case .severalLists: "several-lists"
    case .csvWithoutHeader: "csv-header"
    case .csvCells: "csv-cells"
    case .csvQuote, .csvOpenQuote: "csv-quote"
    case .csvSum: "csv-sum"
    case .csvSecondHeader, .csvBelowSecondHeader: "csv-second-header"
    case .tooManyRows: "csv-rows"
    case .tooManyColumns: "csv-columns"
    case .noTitleNoText: "no-title-no-text"
    case .titleTooLong: "title-too-long"
    case .textTooLong: "text-too-long"
    case .tooManyFields: "too-many-fields"
    case .severalRecords: "several-records"
    case .automaticMail: "automatic-mail"
    case .mailWithoutText: "mail-without-text"
    case .mailTooDeep, .mailTooManyParts: "mail-parts"
    case .severalMails, .mailUnclear: "mail-header"
    case .folderWithoutCase, .folderWithManyCases, .folderEntry, .folderHoldsManyRows: "case-folder"
    case .attachmentTooLarge, .tooManyAttachments: "attachments"
    }
  }

  /// The name in `Limits` of the limit that was exceeded.
  public var limit: String? {
    switch self {
    case .tooLarge, .tableTooLarge: "caseFileBytes"
    case .crashedBefore: "intakeAttempts"
    case .yaml(_, _, _, let limit): limit
    case .tooDeep: "yamlDepth"
    case .tooManyNodes: "yamlNodes"
    case .tooManyRows: "csvRows"
    case .tooManyColumns: "csvColumns"
    case .titleTooLong: "titleScalars"
    case .textTooLong: "textScalars"
    case .tooManyFields: "fieldsPerCase"
    case .mailTooDeep: "mailDepth"
    case .mailTooManyParts: "mailParts"
    case .attachmentTooLarge: "attachmentBytes"
    case .tooManyAttachments: "attachmentsPerCase"
    default: nil
    }
  }

  /// Byte offset in the file as it arrived.
  public var offset: Int? {
    switch self {
    case .unknownEncoding(let utf8, let gb18030): max(utf8, gb18030)
    case .truncatedUTF8(let offset), .brokenUTF(let offset), .nulByte(let offset),
      .damagedText(let offset, _):
      offset
    default: nil
    }
  }

  /// One-based line and column.
  public var place: (line: Int, column: Int)? {
    switch self {
    case .yaml(_, let line, let column, _), .json(_, let line, let column),
      .duplicateKey(_, let line, let column), .tooDeep(let line, let column),
      .wrappedJSON(let line, let column):
      (line, column)
    default: nil
    }
  }
}
