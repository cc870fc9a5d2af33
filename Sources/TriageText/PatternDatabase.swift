import CHyperscan
import TriageCore

/// All regular expressions of a rulebook in one Hyperscan database (Debian's Vectorscan): one pass over the bytes.
///
/// Scanning is linear in the text. Patterns come folded (`PatternFolding`); the text must be valid UTF-8, which
/// folded text is. Starts are exact: for most patterns the engine tracks them. Where its tracker is too small for a
/// pattern (`小.{0,40}店`), the joint scan only says that the pattern occurs, and a database of that pattern alone
/// then finds where (`PatternLocator`).
///
/// `@unchecked Sendable`: databases are immutable after compilation (hs.h: they may be shared between threads);
/// what changes during a scan is the scratch, which every worker has of its own.
final class PatternDatabase: @unchecked Sendable {
  let joint: CompiledPatterns
  /// For each pattern, if the engine cannot track its starts.
  let locators: [PatternLocator?]

  /// A pattern that cannot be compiled with the others.
  struct Refused: Error {
    /// Place in the list; nil when the compiler does not say which.
    var pattern: Int?
    var reason: PatternError.Reason
  }

  /// Patterns with more repeats than this are tried alone first: finding them in the joint compilation would mean
  /// to compile everything again for each.
  private static let surelyTracked = 20

  /// What the compiler says of one pattern alone; nil when it may go into a database.
  static func refusal(of pattern: FoldedPattern) -> PatternError.Reason? {
    var info: UnsafeMutablePointer<hs_expr_info_t>?
    var error: UnsafeMutablePointer<hs_compile_error_t>?
    guard hs_expression_info(pattern.text, CompiledPatterns.tracked, &info, &error) == HS_SUCCESS, let info
    else {
      return CompiledPatterns.reason(error)
    }
    defer { free(info) }
    return info.pointee.min_width == 0 ? .matchesEmpty : nil
  }

  init(_ patterns: [FoldedPattern]) throws(Refused) {
    var locators = [PatternLocator?](repeating: nil, count: patterns.count)
    for (place, pattern) in patterns.enumerated() where pattern.repeats > Self.surelyTracked {
      if (try? CompiledPatterns([(pattern.text, CompiledPatterns.tracked)])) == nil {
        locators[place] = try PatternLocator(pattern, place: place)
      }
    }
    while true {
      let flagged = zip(patterns, locators).map { pattern, locator in
        (pattern.text, locator == nil ? CompiledPatterns.tracked : CompiledPatterns.occurrence)
      }
      do throws(Refused) {
        joint = try CompiledPatterns(flagged)
        break
      } catch {
        guard let place = error.pattern, locators[place] == nil else { throw error }
        locators[place] = try PatternLocator(patterns[place], place: place)
      }
    }
    self.locators = locators
  }

  init(joint: CompiledPatterns, locators: [PatternLocator?]) {
    self.joint = joint
    self.locators = locators
  }

  /// Calls `found` with each match of each pattern, in units. A tracked pattern is reported at each of its ends, a
  /// located one with its shortest matches one after the other.
  func scan(
    _ text: FoldedText, scratch: PatternScratch, _ found: (_ pattern: Int, _ units: Range<Int>) -> Void
  ) {
    guard let space = scratch.space(for: self, databases: [joint] + locators.compactMap { $0?.compiled })
    else {
      return
    }
    var occurring: [Int] = []
    joint.scan(text.encoded(0..<text.count), space) { pattern, bytes in
      if self.locators[pattern] != nil {
        occurring.append(pattern)
      } else {
        found(pattern, text.unit(atByte: bytes.lowerBound)..<text.unit(atByte: bytes.upperBound))
      }
      return true
    }
    for pattern in occurring.sorted() {
      locators[pattern]?.locate(in: text, space) { found(pattern, $0) }
    }
  }
}

/// Finds where a pattern matches without help of the engine's start tracking.
///
/// The first end e in the rest of the text is reported by a scan. A scan of the text from s to e still ends in a match at
/// e exactly if some match begins at or after s, so the latest such s, found by halving, is a true start.
struct PatternLocator {
  let compiled: CompiledPatterns

  /// A text of nothing but matches is located so many times; one phrase keeps far fewer hits.
  private static let rounds = 1_000

  init(compiled: CompiledPatterns) { self.compiled = compiled }

  init(_ pattern: FoldedPattern, place: Int) throws(PatternDatabase.Refused) {
    // A window in the middle of the text would look like its beginning.
    guard !pattern.isAnchored else { throw .init(pattern: place, reason: .tooComplex) }
    do throws(PatternDatabase.Refused) {
      compiled = try CompiledPatterns([(pattern.text, CompiledPatterns.untracked)])
    } catch {
      throw .init(pattern: place, reason: error.reason)
    }
  }

  func locate(in text: FoldedText, _ space: OpaquePointer, _ found: (Range<Int>) -> Void) {
    var cursor = 0
    for _ in 0..<Self.rounds {
      guard let end = firstEnd(text, from: cursor, space) else { return }
      let start = latestStart(text, cursor..<end, space)
      found(start..<end)
      cursor = end
    }
  }

  private func firstEnd(_ text: FoldedText, from cursor: Int, _ space: OpaquePointer) -> Int? {
    guard cursor < text.count else { return nil }
    let start = text.byte(ofUnit: cursor)
    var end: Int?
    compiled.scan(text.encoded(cursor..<text.count), space) { _, bytes in
      end = text.unit(atByte: start + bytes.upperBound)
      return false
    }
    return end
  }

  private func latestStart(_ text: FoldedText, _ range: Range<Int>, _ space: OpaquePointer) -> Int {
    var reach = 8
    while reach < range.count, !matches(text, (range.upperBound - reach)..<range.upperBound, space) {
      reach *= 2
    }
    var low = max(range.lowerBound, range.upperBound - reach)
    var high = range.upperBound
    // A match begins at or after `low`, none at or after `high`.
    while high - low > 1 {
      let middle = (low + high) / 2
      if matches(text, middle..<range.upperBound, space) { low = middle } else { high = middle }
    }
    return low
  }

  private func matches(_ text: FoldedText, _ range: Range<Int>, _ space: OpaquePointer) -> Bool {
    let window = text.encoded(range)
    var isMatch = false
    compiled.scan(window, space) { _, bytes in
      isMatch = bytes.upperBound == window.count
      return !isMatch
    }
    return isMatch
  }
}
