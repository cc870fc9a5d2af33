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

  public func clues(of taken: CaseEvent.Taken, scratch: TextScratch) -> MatterClues {
    let input = taken.input
    let references = CaseReferences(prefix: prefix, channels: channels).find(in: input)
    let keys = Self.keys(of: taken)
    let isKnownByContent = taken.isKnownByContent == true
    // Reminder calls differ in nothing but the number they name.
    var sketch = references.isEmpty ? sketcher.sketch(input, scratch: scratch) : nil
    if sketch == nil, references.isEmpty, isKnownByContent {
      sketch = sketcher.exact(input, as: Self.matterText(input), scratch: scratch)
    }
    return MatterClues(
      duplicateKey: keys.duplicate, fileKey: isKnownByContent ? Self.fileKey(of: taken) : nil,
      sourceKey: keys.source, references: references, sketch: sketch)
  }

  /// What tells a record that came before, whatever the rules: same channel, source id and normalised text; without an
  /// id all that it says (DESIGN.md section 7; its bytes and its row, where it was taken before that).
  static func keys(of taken: CaseEvent.Taken) -> (duplicate: String, source: String?) {
    let input = taken.input
    guard let id = input.sourceID else {
      return (taken.isKnownByContent == true ? contentKey(of: input) : fileKey(of: taken), nil)
    }
    let text = TextFolding.fingerprintText(input.title + "\n" + input.text)
    return ("\(input.channel)\u{0}\(id)\u{0}\(text)", CaseReferences.sourceKey(input.channel, id))
  }

  private static func fileKey(of taken: CaseEvent.Taken) -> String {
    "\(taken.input.channel)\u{0}\u{0}\(taken.original)\u{0}\(taken.row ?? 0)"
  }

  private static func contentKey(of input: CaseInput) -> String {
    var parts = ["\(input.channel)", "", "content", input.title, input.text]
    parts += [input.area, input.address, input.receivedAt.map { "\($0.seconds)" }].map { $0 ?? "" }
    parts += [input.peopleCount.map(String.init), input.amount.map { "\($0)" }].map { $0 ?? "" }
    parts += [input.contact?.name, input.contact?.phone, input.contact?.other].map { $0 ?? "" }
    parts += [input.contact?.confidential == true ? "1" : "", input.handled ? "1" : "", input.result ?? ""]
    for (field, value) in input.fields.sorted(by: { $0.key < $1.key }) {
      parts += ["\(field)", value.words]
    }
    return parts.joined(separator: "\u{0}")
  }

  /// What records of one matter have in common that say too little to be compared by their words; nil where nothing
  /// tells one such call from another's.
  private static func matterText(_ input: CaseInput) -> String? {
    guard input.receivedAt != nil || input.address != nil else { return nil }
    let parts = [input.channel.rawValue, input.title, input.text, input.area ?? "", input.address ?? ""]
    return (parts + [input.receivedAt.map { "\($0.seconds)" } ?? ""]).joined(separator: "\u{0}")
  }
}
