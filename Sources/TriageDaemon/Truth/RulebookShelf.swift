import TriageCore
import TriageLedger
import TriageRules
import TriageText

/// Rulebooks out of the ledger, the few used last: cases come in the order of their taking, so that their rulebooks
/// follow one another.
final class RulebookShelf {
  private struct Book {
    let digest: String
    /// Nil where the text is not that of the digest, or cannot be read any more.
    let rules: CompiledRulebook?
    let clues: ClueFinder?
    let scratch: TextScratch?
  }
  private static let places = 3

  private let root: String
  private var books: [Book] = []

  /// - Parameter root: the ledger's id.
  init(root: String) { self.root = root }

  func rulebook(_ digest: String, _ text: [UInt8]) -> CompiledRulebook? { take(digest, { text }).rules }

  /// The sketch by which the case's text was compared when it was taken.
  func sketch(
    of taken: CaseEvent.Taken, _ text: (String) throws -> [UInt8]?
  ) rethrows -> Recomputation.Sketch {
    let book = try take(taken.decision.rulebook) { try text(taken.decision.rulebook) }
    guard let clues = book.clues, let scratch = book.scratch else { return .unknown }
    let found = clues.clues(of: taken, scratch: scratch)
    return found.sketch.map { .some($0) } ?? .none
  }

  private func take(_ digest: String, _ text: () throws -> [UInt8]?) rethrows -> Book {
    if let place = books.firstIndex(where: { $0.digest == digest }) {
      let book = books.remove(at: place)
      books.append(book)
      return book
    }
    let source = try text().flatMap { ClueFinder.digest($0) == digest ? $0 : nil }
    let rules = source.flatMap { RulebookLoader.load(canonical: $0)?.rulebook }
    let book = Book(
      digest: digest, rules: rules, clues: rules.map { ClueFinder($0, root: root) },
      scratch: rules.map { $0.text.makeScratch() })
    books.append(book)
    if books.count > Self.places { books.removeFirst() }
    return book
  }
}
