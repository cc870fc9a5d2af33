public import TriageCore

/// What decoding asks of the world around a file.
public struct IntakeContext: Sendable {
  public var channel: ChannelID
  /// For times without an offset.
  public var zone: Zone
  /// The time of taking; a `received_at` after it is not believed.
  public var now: Instant
  /// Fields that the rulebook declares.
  public var fields: [FieldID: FieldType]

  public init(channel: ChannelID, zone: Zone, now: Instant, fields: [FieldID: FieldType] = [:]) {
    self.channel = channel
    self.zone = zone
    self.now = now
    self.fields = fields
  }
}

/// What one file holds.
public struct DecodeResult: Sendable, Equatable {
  /// In the order of the file.
  public var cases: [DecodedCase]
  public var refused: [RefusedPart]
  /// Files that came inside an e-mail.
  public var attachments: [EnclosedFile]
  /// The refused rows of a table, ready to be set aside as a table of their own.
  public var refusedRows: RefusedRows?

  public init(
    cases: [DecodedCase] = [], refused: [RefusedPart] = [], attachments: [EnclosedFile] = [],
    refusedRows: RefusedRows? = nil
  ) {
    self.cases = cases
    self.refused = refused
    self.attachments = attachments
    self.refusedRows = refusedRows
  }
}

public struct DecodedCase: Sendable, Equatable {
  public var input: CaseInput
  /// The row of a table as a spreadsheet counts, the place in a list from 1; nil where the file is one case.
  public var row: Int?
  /// The text as earlier versions read it, where they read it otherwise: by it a record is known that they took.
  public var formerTexts: [String]
  public init(input: CaseInput, row: Int? = nil, formerTexts: [String] = []) {
    self.input = input
    self.row = row
    self.formerTexts = formerTexts
  }
}

public struct RefusedPart: Sendable, Equatable {
  public var row: Int?
  public var refusal: IntakeRefusal
  public init(row: Int? = nil, refusal: IntakeRefusal) {
    self.row = row
    self.refusal = refusal
  }
}

/// A file inside an e-mail.
public struct EnclosedFile: Sendable, Equatable {
  public var name: String
  public var bytes: [UInt8]
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Reads the cases out of a file's bytes. Pure: the same bytes, name and context give the same result.
///
/// The content decides the format; the extension is only asked where the content leaves it open, and a mismatch is
/// noted in the case. Whatever the bytes are, the answer is cases, refusals or both, never a crash.
public enum CaseDecoder {
  public static func decode(_ bytes: [UInt8], fileName: String, context: IntakeContext) -> DecodeResult {
    decode(bytes, fileName: EntryName(fileName), context: context)
  }

  static func decode(_ bytes: [UInt8], fileName: EntryName, context: IntakeContext) -> DecodeResult {
    do throws(IntakeRefusal) {
      return try decodeOrThrow(bytes, extension: fileName.fileExtension, context: context)
    } catch {
      return DecodeResult(refused: [RefusedPart(refusal: error)])
    }
  }

  private static func decodeOrThrow(
    _ bytes: [UInt8], extension ext: String, context: IntakeContext
  ) throws(IntakeRefusal) -> DecodeResult {
    guard bytes.count <= Limits.caseFileBytes else {
      throw TableDecoding.tooLarge(bytes[...], size: Int64(bytes.count), extension: ext)
    }
    if let foreign = CaseFormat.foreign(bytes) { throw .foreign(foreign) }
    // Before decoding: each part of a mail has an encoding of its own.
    if let mail = try mail(bytes, extension: ext, context: context) { return mail }
    let text: DecodedText
    do throws(IntakeRefusal) {
      text = try CharacterDecoding.decode(bytes).withoutMarksInFront
    } catch {
      // Of a table only the damaged rows are lost to it.
      guard error.isAboutUTF8, let damaged = DamagedText(bytes),
        let found = try rows(of: damaged, extension: ext, context: context)
      else { throw error }
      return noting(found.result, format: found.format, extension: ext, encoding: .utf8)
    }
    guard text.bytes.contains(where: { $0 > 0x20 }) else { throw .empty }
    // In UTF-16 a mail is seen only now.
    if text.encoding == .utf16, let mail = try mail(text.bytes, extension: ext, context: context) {
      return mail
    }
    let format = CaseFormat.of(text.bytes, extension: ext)
    let result = try decode(text.bytes, as: format, extension: ext, context: context)
    return noting(result.result, format: result.format, extension: ext, encoding: text.encoding)
  }

  private static func rows(
    of damaged: DamagedText, extension ext: String, context: IntakeContext
  ) throws(IntakeRefusal) -> (result: DecodeResult, format: CaseFormat)? {
    switch CaseFormat.of(damaged.text, extension: ext) {
    case .csv: return (try TableDecoding.decode(damaged.text, damaged, context: context), .csv)
    case .json where JSONLines.areLines(damaged.text, extension: ext):
      return (try JSONLines.decode(damaged.text, damaged, context: context), .json)
    default: return nil
    }
  }

  private static func mail(
    _ bytes: [UInt8], extension ext: String, context: IntakeContext
  ) throws(IntakeRefusal) -> DecodeResult? {
    switch MailStart.verdict(on: bytes, extension: ext) {
    case .no: return nil
    case .unclear: throw .mailUnclear
    case .several(let count): throw .severalMails(count)
    case .mail(let mail):
      return noting(
        try MailDecoding.decode(mail, context: context), format: .mail, extension: ext, encoding: .utf8)
    }
  }

  private static func decode(
    _ text: [UInt8], as format: CaseFormat, extension ext: String, context: IntakeContext
  ) throws(IntakeRefusal) -> (result: DecodeResult, format: CaseFormat) {
    switch format {
    case .json where JSONLines.areLines(text, extension: ext):
      return (try JSONLines.decode(text, context: context), .json)
    case .json:
      let value = try JSONReading.read(
        text, maximumDepth: Limits.yamlDepth, maximumNodes: Limits.yamlNodes)
      return (try TreeDecoding.decode(value, context: context), .json)
    case .yaml:
      return (try TreeDecoding.decode(try YamlCase(text), context: context), .yaml)
    case .perhapsYAML:
      // The lines look like YAML but the file may be a form filled in by hand; only a whole YAML case counts.
      if let yaml = try? YamlCase(text), let result = try? TreeDecoding.decode(yaml, context: context),
        result.refused.isEmpty
      {
        return (result, .yaml)
      }
      try refuseBrokenJSON(text, extension: ext)
      return (DecodeResult(cases: [try TextDecoding.decode(text, context: context)]), .text)
    case .csv:
      return (try TableDecoding.decode(text, context: context), .csv)
    case .text, .mail:
      try refuseBrokenJSON(text, extension: ext)
      return (DecodeResult(cases: [try TextDecoding.decode(text, context: context)]), .text)
    }
  }

  /// What was sent as JSON is never a letter: `callback([…]);`, `OK` above a list, a comment in front.
  private static func refuseBrokenJSON(_ text: [UInt8], extension ext: String) throws(IntakeRefusal) {
    if CaseFormat.json.extensions.contains(ext) {
      _ = try JSONReading.read(text, maximumDepth: Limits.yamlDepth, maximumNodes: Limits.yamlNodes)
      throw .notACase
    }
    if let place = JSONReading.wrapped(in: text) {
      throw .wrappedJSON(line: place.line, column: place.column)
    }
  }

  private static func noting(
    _ result: DecodeResult, format: CaseFormat, extension ext: String, encoding: DecodedText.Encoding
  ) -> DecodeResult {
    var notes: [IntakeNote] = []
    if !ext.isEmpty, !format.extensions.contains(ext) {
      notes.append(.formatMismatch(extension: ext, content: format.rawValue))
    }
    if encoding != .utf8 { notes.append(.encoding(encoding.rawValue)) }
    guard !notes.isEmpty else { return result }
    var result = result
    for index in result.cases.indices { result.cases[index].input.notes.insert(contentsOf: notes, at: 0) }
    return result
  }
}

extension DecodedText {
  /// Without further byte order marks and other marks of no width in front, as programs leave them that join texts.
  fileprivate var withoutMarksInFront: DecodedText {
    var rest = bytes[...]
    while let mark = Self.marks.first(where: rest.starts) { rest = rest.dropFirst(mark.count) }
    return rest.count == bytes.count ? self : DecodedText(bytes: Array(rest), encoding: encoding)
  }

  /// U+FEFF, U+200B…U+200F, U+2060.
  private static let marks: [[UInt8]] =
    [[0xEF, 0xBB, 0xBF], [0xE2, 0x81, 0xA0]] + (0x8B...0x8F).map { [0xE2, 0x80, $0] }
}

extension IntakeRefusal {
  /// The text is UTF-8 but for some of its bytes.
  fileprivate var isAboutUTF8: Bool {
    switch self {
    case .damagedText, .brokenUTF: true
    default: false
    }
  }
}
