import Crypto
public import TriageCore
public import TriageLedger
public import TriageRules
public import TriageText

/// Says of a case by what the ledger can tell that it repeats an earlier one.
public struct ClueFinder: Sendable {
  private let prefix: String
  private let channels: [ChannelID]
  private let sketcher: TextSketcher

  /// - Parameter root: the ledger's id.
  public init(_ rules: CompiledRulebook, root: String) {
    prefix = rules.rulebook.caseIDPrefix
    channels = rules.rulebook.channels.keys.sorted()
    sketcher = TextSketcher(root: root, of: rules.text)
  }

  /// SHA-256, hex: by it a file without a source id is known again.
  public static func digest(_ bytes: [UInt8]) -> String { Hex.string(SHA256.hash(data: bytes)) }

  /// - Parameters:
  ///   - row: of a table.
  ///   - sha256: of the file, hex.
  public func clues(of input: CaseInput, row: Int?, sha256: String, scratch: TextScratch) -> MatterClues {
    let references = CaseReferences(prefix: prefix, channels: channels).find(in: input)
    let keys = Self.keys(of: input, row: row, sha256: sha256)
    return MatterClues(
      duplicateKey: keys.duplicate, sourceKey: keys.source, references: references,
      // Reminder calls differ in nothing but the number they name.
      sketch: references.isEmpty ? sketcher.sketch(input, scratch: scratch) : nil)
  }

  /// What tells a record that came before, whatever the rules.
  static func keys(of input: CaseInput, row: Int?, sha256: String) -> (duplicate: String, source: String?) {
    (
      duplicateKey(input, row, sha256),
      input.sourceID.map { CaseReferences.sourceKey(input.channel, $0) }
    )
  }

  /// Same channel, source id and normalised text; identical bytes (and row) where there is no id (DESIGN.md section 7).
  private static func duplicateKey(_ input: CaseInput, _ row: Int?, _ sha256: String) -> String {
    guard let id = input.sourceID else { return "\(input.channel)\u{0}\u{0}\(sha256)\u{0}\(row ?? 0)" }
    let text = TextFolding.fingerprintText(input.title + "\n" + input.text)
    return "\(input.channel)\u{0}\(id)\u{0}\(text)"
  }
}
