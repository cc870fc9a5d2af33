import TriageCore

/// Renders the note on an item that was there twice: which file counts, and where the other is.
enum CopyNote {
  private static let suffix = Array(".copy-note.txt".utf8)

  /// `ITEM.copy-note.txt`, beside the file that counts.
  static func name(for item: ItemID) -> EntryName { EntryName(item.description).with(ending: suffix) }
  /// `NAME.copy-note.txt`, beside the file that was put aside.
  static func name(beside file: EntryName) -> EntryName { file.with(ending: suffix) }

  /// The file that counts, and the folder in which it does.
  struct Kept {
    let file: QueueEntry
    let place: QueueFolder

    /// Whether something stands in the copy that does not stand in the one that counts.
    func differs(from copy: QueueEntry) -> Bool {
      copy.form.map { $0.digest != file.form?.digest } ?? false
    }
  }

  /// - Parameters:
  ///   - copy: the file that was put aside, as it was seen.
  ///   - name: its name in `closed/`.
  static func render(
    of item: ItemID, _ copy: QueueEntry, as name: EntryName, _ kept: Kept, _ language: Language
  ) -> [UInt8] {
    var writer = TextWriter(capacity: 512)
    let message = Message.copyNote(
      item.description, copy: "\(copy.folder.rawValue)/\(copy.name.shown)",
      kept: "\(kept.place.rawValue)/\(item).yaml", aside: "closed/\(name.shown)",
      differs: kept.differs(from: copy))
    for line in message[language].split(separator: "\n", omittingEmptySubsequences: false) {
      writer.visible(String(line))
      writer.newline()
    }
    Seal.close(&writer, language)
    return writer.bytes
  }
}
