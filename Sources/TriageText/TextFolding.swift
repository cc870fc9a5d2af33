/// Folding of names, phrases and whole texts to be compared: the same folding that matching uses, without clauses.
public enum TextFolding {
  /// NFKC, lower case, Simplified, without white space, marks that show nothing and inserted pinyin. Two names of
  /// one area or two spellings of one phrase fold to the same string.
  public static func fold(_ text: String) -> String {
    let folded = FoldedText()
    TextFolder.fold(text, into: folded, keepsClauses: false)
    return folded.string()
  }

  /// As `fold`, without punctuation and symbols too: what tells whether two texts say the same (duplicates).
  public static func fingerprintText(_ text: String) -> String {
    let folded = FoldedText()
    TextFolder.fold(text, into: folded, keepsClauses: false)
    var kept = 0
    for place in 0..<folded.count {
      let unit = folded.units[place]
      switch FoldingTable.kind(FoldingTable.shared.entry(unit.scalar)) {
      case .mark, .bracket, .underscore: continue
      default:
        folded.units[kept] = unit
        kept += 1
      }
    }
    folded.count = kept
    return folded.string()
  }

  /// The folded scalars of a phrase.
  static func scalars(_ phrase: String, using buffer: FoldedText) -> [UInt32] {
    TextFolder.fold(phrase, into: buffer, keepsClauses: false)
    return (0..<buffer.count).map { buffer.units[$0].scalar }
  }
}
