import TriageCore

/// Renders `ITEM.copy-note.txt`: an item was there twice; which file counts, and where the other is.
enum CopyNote {
  static func name(for item: ItemID) -> EntryName { EntryName("\(item).copy-note.txt") }

  /// - Parameters:
  ///   - copy: the file that was put aside, as it was seen.
  ///   - name: its name in `closed/`.
  static func render(
    of item: ItemID, _ copy: QueueEntry, as name: EntryName, kept: QueueEntry, _ language: Language
  ) -> [UInt8] {
    var writer = TextWriter(capacity: 512)
    let message = Message.copyNote(
      item.description, copy: "\(copy.folder.rawValue)/\(copy.name.shown)",
      kept: "\(kept.folder.rawValue)/\(item).yaml",
      aside: "closed/\(name.shown)")
    for line in message[language].split(separator: "\n", omittingEmptySubsequences: false) {
      writer.visible(String(line))
      writer.newline()
    }
    return writer.bytes
  }
}
