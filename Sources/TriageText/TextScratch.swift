/// The working memory of one worker: buffers that are used again for each field, and Hyperscan's scratch.
///
/// Not to be shared: each thread that matches makes its own with `TextIndex.makeScratch()`. A scratch fits any index,
/// so it outlives a reload of the rules.
public final class TextScratch {
  let text = FoldedText()
  let patterns = PatternScratch()
  var matches: [PatternSet.Match] = []
  var masks: [Mask] = []
  /// What the last of the matches, those of quantities, state.
  var stated: [Double] = []
  var evidence: [Evidence] = []

  /// An occurrence of an exception phrase.
  struct Mask {
    var set: Int32
    var start: Int32
    var end: Int32
  }

  /// A hit before it gets its field's name; ordered by probe, phrase, field, start, longest first.
  struct Evidence: Comparable {
    /// Probe and phrase.
    var name: UInt64
    /// Place of the field in the call, and start in the original.
    var place: UInt64
    var end: UInt32
    var isWeak: Bool
    /// How much is stated; NaN for a phrase or pattern.
    var stated: Double

    static func < (a: Self, b: Self) -> Bool {
      if a.name != b.name { return a.name < b.name }
      if a.place != b.place { return a.place < b.place }
      return a.end > b.end
    }
  }

  init() {}
}
