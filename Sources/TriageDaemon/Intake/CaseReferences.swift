import TriageCore
import TriageLedger

/// Finds what a case names of earlier ones: case numbers of ours (`ZZ20261121-0001`) anywhere in it, and in a reminder
/// call (催单) every word that can be a source's number (domain.md 4.3: “市民反复催单，已电子催单工单编号：…”).
///
/// Whether there is such a case the ledger says; a number that means nothing to it links nothing.
struct CaseReferences {
  let prefix: String
  let channels: [ChannelID]

  static func sourceKey(_ channel: ChannelID, _ id: String) -> String { "\(channel)\u{0}\(id)" }

  /// A source's number has at least so many characters.
  private static let shortest = 6
  private static let reminders = ["催单", "催办", "催件"]

  func find(in input: CaseInput) -> [MatterClues.Reference] {
    var ids: [CaseID] = []
    var numbers: [String] = []
    let isReminder = Self.reminders.contains {
      ByteSearch.first($0, in: input.text) != nil || ByteSearch.first($0, in: input.title) != nil
    }
    for text in texts(of: input) {
      // Nearly all texts are told by this one look.
      guard isReminder || text.utf8.contains(UInt8(ascii: "-")) else { continue }
      for word in Self.words(of: text) {
        if let id = caseID(word) {
          if !ids.contains(id) { ids.append(id) }
        } else if isReminder, word != input.sourceID, Self.isNumber(word), !numbers.contains(word) {
          numbers.append(word)
        }
      }
    }
    let own = channels.contains(input.channel) ? [] : [input.channel]
    let keys = numbers.prefix(Limits.referencesPerCase).flatMap { number in
      (channels + own).map { MatterClues.Reference.sourceKey(Self.sourceKey($0, number)) }
    }
    return ids.prefix(Limits.referencesPerCase).map(MatterClues.Reference.caseID) + keys
  }

  private func texts(of input: CaseInput) -> [String] {
    var texts = [input.title, input.text]
    for (_, value) in input.fields.sorted(by: { $0.key < $1.key }) {
      switch value {
      case .text(let text): texts.append(text)
      case .list(let items): texts += items
      case .number, .flag, .date: break
      }
    }
    return texts
  }

  /// Runs of Latin letters, digits, `-` and `_`.
  private static func words(of text: String) -> [String] {
    text.utf8.split { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: false
      default: true
      }
    }.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func isNumber(_ word: String) -> Bool {
    word.utf8.count >= shortest && word.utf8.contains { (0x30...0x39).contains($0) }
  }

  /// The word as a case number: letters, the day's eight digits, at least four more. Letters in the other case are
  /// taken for the rulebook's own prefix.
  private func caseID(_ word: String) -> CaseID? {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count > 8, parts[1].utf8.count >= 4 else { return nil }
    let day = parts[0].utf8.suffix(8)
    let letters = parts[0].dropLast(8)
    guard Self.areDigits(day), Self.areDigits(parts[1].utf8) else { return nil }
    let known = letters.lowercased() == prefix.lowercased() ? prefix : String(letters)
    return CaseID("\(known)\(String(parts[0].suffix(8)))-\(String(parts[1]))")
  }

  private static func areDigits(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.allSatisfy { (0x30...0x39).contains($0) }
  }
}
