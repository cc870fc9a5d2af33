import TriageCore
import TriageRules

/// Reads back from an item what was reported, as a case file that can be taken in again.
///
/// The head of an item is YAML that the daemon wrote. Where a clerk has made it something else, the whole text is the
/// case's: nothing is left out.
struct RestoredItem {
  /// The channel's id, for whoever puts the case into the inbox.
  let channel: String
  let caseFile: [UInt8]
  /// What its head says of the case.
  private let sourceID: String?
  private let received: String?
  private let title: String?

  /// Whether it can belong to this case: nothing that its head says speaks against it. The number that a source gave
  /// counts most; people correct titles.
  func mayBe(of state: CaseState, in zone: Zone) -> Bool {
    let input = state.input
    if let sourceID, let known = input.sourceID { return sourceID == known }
    if let received, received != (input.receivedAt ?? state.takenAt).clockText(in: zone) { return false }
    return title.map { $0 == input.title } ?? true
  }

  init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let head = Self.head(of: text)
    channel = Self.channel(in: head)
    guard let root = (try? YamlReader.read(Array(head.utf8), limits: .caseFile))?.root,
      root["text"]?.text != nil || root["title"]?.text != nil
    else {
      var writer = TextWriter()
      writer.raw("text:")
      writer.block(text)
      caseFile = writer.bytes
      (sourceID, received, title) = (nil, nil, nil)
      return
    }
    sourceID = root["source_id"]?.text
    received = root["received"]?.text
    title = root["title"]?.text
    caseFile = Self.caseFile(root, isConfidential: Self.isConfidential(head))
  }

  /// What stands before the form.
  private static func head(of text: String) -> String {
    var head = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("reply:") { break }
      head += line + "\n"
    }
    return head
  }

  private static func caseFile(_ root: YamlNode, isConfidential: Bool) -> [UInt8] {
    var writer = TextWriter()
    let pairs = [
      ("title", "title"), ("received", "received_at"), ("source_id", "source_id"), ("area", "area"),
      ("address", "address"), ("people_count", "people_count"), ("amount", "amount"),
    ]
    for (key, name) in pairs {
      if let value = root[key]?.text, !value.isEmpty { writer.pair(name, value) }
    }
    for section in ["fields", "contact"] {
      let entries = (root[section]?.entries ?? []).filter { $0.value.text != nil }
      if entries.isEmpty { continue }
      writer.line("\(section):")
      for entry in entries {
        writer.raw("  ")
        writer.scalarKey(entry.key)
        writer.quoted(entry.value.text ?? "")
        writer.newline()
      }
    }
    if isConfidential { writer.line("confidential: true") }
    writer.raw("text:")
    writer.block(root["text"]?.text ?? "")
    return writer.bytes
  }

  /// The item says it in a remark.
  private static func isConfidential(_ head: String) -> Bool {
    let line = head.split(separator: "\n").first { $0.hasPrefix("contact:") } ?? ""
    return Language.allCases.contains { line.contains(Message.itemConfidential[$0]) }
  }

  /// `channel: "热线"  # hotline`, or the id itself.
  private static func channel(in head: String) -> String {
    guard let line = head.split(separator: "\n").first(where: { $0.hasPrefix("channel: ") }) else {
      return ""
    }
    if let mark = line.lastIndex(of: "#") { return line[line.index(after: mark)...].filter { $0 != " " } }
    return line.dropFirst("channel: ".utf8.count).filter { $0 != "\"" && $0 != " " }
  }
}
