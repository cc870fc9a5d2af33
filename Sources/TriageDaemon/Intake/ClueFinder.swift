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

  /// - Parameter formerTexts: other readings of the text (`DecodedCase.formerTexts`).
  public func clues(
    of taken: CaseEvent.Taken, formerTexts: [String] = [], scratch: TextScratch
  ) -> MatterClues {
    let input = taken.input
    let references = CaseReferences(prefix: prefix, channels: channels).find(in: input)
    let keys = Self.keys(of: taken)
    // Reminder calls differ in nothing but the number they name.
    var sketch = references.isEmpty ? sketcher.sketch(input, scratch: scratch) : nil
    if sketch == nil, references.isEmpty, taken.isKnownByContent == true {
      sketch = sketcher.exact(input, as: Self.matterText(input), scratch: scratch)
    }
    return MatterClues(
      duplicateKey: keys.duplicate, formerKeys: Self.formerKeys(of: taken, formerTexts),
      sourceKey: keys.source, references: references, sketch: sketch)
  }

  /// What tells a record that came before, whatever the rules: same channel, source id and normalised text; without an
  /// id all that it says, where that is enough, else its bytes and its row (DESIGN.md section 7).
  static func keys(of taken: CaseEvent.Taken) -> (duplicate: String, source: String?) {
    let input = taken.input
    guard let id = input.sourceID else {
      return (taken.isKnownByContent == true ? contentKey(of: input) : fileKey(of: taken), nil)
    }
    return (textKey(of: input, id), CaseReferences.sourceKey(input.channel, id))
  }

  /// The keys under which earlier versions entered such a record: told by its file, with fields as the rulebook's types
  /// read them, or with another reading of its text.
  static func formerKeys(of taken: CaseEvent.Taken, _ formerTexts: [String]) -> [String] {
    let input = taken.input
    var readings = formerTexts.map { input.with(text: $0) }
    var keys: Set<String>
    if let id = input.sourceID {
      keys = Set(readings.map { textKey(of: $0, id) })
    } else {
      guard taken.isKnownByContent == true else { return [] }
      if input.written != nil { readings += ([input] + readings).map(\.asRead) }
      keys = Set([fileKey(of: taken)] + readings.map(contentKey))
    }
    if !readings.isEmpty { keys.remove(Self.keys(of: taken).duplicate) }
    return keys.sorted()
  }

  private static func textKey(of input: CaseInput, _ id: String) -> String {
    "\(input.channel)\u{0}\(id)\u{0}\(TextFolding.fingerprintText(input.title + "\n" + input.text))"
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
    for (field, words) in input.fieldWords { parts += ["\(field)", words] }
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

extension CaseInput {
  fileprivate func with(text: String) -> CaseInput {
    var input = self
    input.text = text
    return input
  }

  /// With nothing of its fields but what the rulebook's types read.
  fileprivate var asRead: CaseInput {
    var input = self
    input.written = nil
    return input
  }
}
