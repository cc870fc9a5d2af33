public import TriageCore

extension IntakeRefusal {
  /// What is wrong, where, and how to mend it.
  public var message: Message {
    guard let place else { return entryMessage ?? contentMessage }
    let at = Message.intakePlace(line: place.line, column: place.column)
    let what = formMessage
    return Message(zh: at.zh + what.zh, en: at.en + what.en)
  }

  private var entryMessage: Message? {
    switch self {
    case .notRegular(.symlink): .intakeSymlink
    case .notRegular: .intakeSpecialFile
    case .hardLink(let count): .intakeHardLink(count)
    case .tooLarge(let bytes): .intakeTooLarge(bytes: bytes, limit: Limits.caseFileBytes)
    case .tableTooLarge(let bytes, let rows):
      .tableTooLarge(bytes: bytes, limit: Limits.caseFileBytes, rows: rows)
    case .crashedBefore(let times): .intakeCrashedBefore(times)
    case .empty: .intakeEmpty
    case .unknownEncoding(let utf8, let gb18030): .intakeUnknownEncoding(utf8: utf8, gb18030: gb18030)
    case .truncatedUTF8(let offset): .intakeTruncated(offset)
    case .brokenUTF(let offset): .intakeBrokenEncoding(offset)
    case .damagedText(let offset, let line): .intakeDamagedText(offset, line: line)
    case .nulByte(let offset): .intakeNulByte(offset)
    case .foreign(let format): Self.message(format)
    default: nil
    }
  }

  private static func message(_ format: ForeignFormat) -> Message {
    switch format {
    case .workbook: .intakeWorkbook
    case .oldWorkbook: .intakeOldWorkbook
    case .document: .intakeDocument
    case .webPage: .intakeWebPage
    case .pdf, .image, .archive: .intakeAttachmentAlone
    }
  }

  /// Of the refusals that have a place in the text.
  private var formMessage: Message {
    switch self {
    case .yaml(let problem, _, _, _): problem
    case .json(let problem, _, _): Self.message(problem)
    case .wrappedJSON: .intakeWrappedJSON
    case .duplicateKey(let key, _, _): .intakeDuplicateKey(key.shortened(to: Limits.namedScalars))
    case .tooDeep: .intakeTooDeep(Limits.yamlDepth)
    default: contentMessage
    }
  }

  private static func message(_ problem: JSONProblem) -> Message {
    switch problem {
    case .unexpectedEnd: .jsonUnexpectedEnd
    case .unexpectedCharacter: .jsonUnexpectedCharacter
    case .badNumber: .jsonBadNumber
    case .badEscape: .jsonBadEscape
    case .controlCharacter: .jsonControlCharacter
    case .trailingContent: .jsonTrailingContent
    }
  }

  private var contentMessage: Message {
    switch self {
    case .tooManyNodes: .intakeTooManyValues(Limits.yamlNodes)
    case .noCaseInside(let keys): .intakeNoCaseInside(keys)
    case .severalLists(let places): .intakeSeveralLists(places)
    case .listInside(let place): .intakeListInside(place)
    case .csvWithoutHeader(let found): .csvWithoutHeader(found)
    case .csvCells(let found, let expected): .csvCells(found: found, expected: expected)
    case .csvQuote: .csvQuote
    case .csvOpenQuote: .csvOpenQuote
    case .csvSum(let label): .csvSum(label)
    case .csvSecondHeader: .csvSecondHeader
    case .csvBelowSecondHeader(let row): .csvBelowSecondHeader(row: row)
    case .tooManyRows: .csvTooManyRows(Limits.csvRows)
    case .tooManyColumns(let found): .csvTooManyColumns(found, limit: Limits.csvColumns)
    case .noTitleNoText: .intakeNoTitleNoText
    case .titleTooLong(let scalars): .intakeTitleTooLong(scalars, limit: Limits.titleScalars)
    case .textTooLong(let scalars): .intakeTextTooLong(scalars, limit: Limits.textScalars)
    case .tooManyFields(let count): .intakeTooManyFields(count, limit: Limits.fieldsPerCase)
    case .severalRecords(let key, let line): .intakeSeveralRecords(key, line: line)
    case .automaticMail(let why): .intakeAutomaticMail(why)
    case .mailWithoutText: .intakeMailWithoutText
    case .mailTooDeep: .intakeMailTooDeep(Limits.mailDepth)
    case .mailTooManyParts: .intakeMailTooManyParts(Limits.mailParts)
    case .severalMails(let count): .intakeSeveralMails(count)
    case .mailUnclear: .intakeMailUnclear
    default: folderMessage
    }
  }

  private var folderMessage: Message {
    switch self {
    case .folderWithoutCase: .intakeFolderWithoutCase
    case .folderWithManyCases(let names): .intakeFolderWithManyCases(names)
    case .folderEntry(let name): .intakeFolderEntry(name)
    case .folderHoldsManyRows(let count): .intakeFolderHoldsManyRows(count)
    case .attachmentTooLarge(let name): .intakeAttachmentTooLarge(name, limit: Limits.attachmentBytes)
    case .tooManyAttachments(let count): .intakeTooManyAttachments(count, limit: Limits.attachmentsPerCase)
    default: .intakeNotACase
    }
  }
}
