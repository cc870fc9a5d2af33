import TriageCore

/// Renders `….problem.txt`: what is wrong with a form or a request, where, and how to mend it.
enum ProblemNote {
  /// `CASE-ID.problem.txt` for an item.
  static func name(for item: ItemID) -> EntryName { EntryName("\(item).problem.txt") }
  /// `NAME.problem.txt` for a request.
  static func name(for request: EntryName) -> EntryName { request.with(ending: suffix) }

  /// Whether the note speaks of this request.
  static func isAbout(_ note: EntryName, _ request: EntryName) -> Bool {
    note.bytes.count > suffix.count && request.bytes.starts(with: note.bytes.dropLast(suffix.count))
  }

  private static let suffix = Array(".problem.txt".utf8)

  /// What the note stands beside.
  enum About: Sendable, Equatable {
    /// A form where its department put it; it goes back after so long.
    case mayBeMended(seconds: Int64)
    /// A form that was put back.
    case isBack
    /// A document where a form should lie; it stays.
    case document
    case request
    /// What was not taken of the files beside an answer; the answer was.
    case attachments

    fileprivate func heading(_ subject: String) -> Message {
      self == .attachments ? .attachmentsHeading(subject) : .problemHeading(subject)
    }

    fileprivate var foot: Message {
      switch self {
      case .mayBeMended(let seconds): .problemMendHere(seconds: seconds)
      case .isBack: .problemItemFoot
      case .document: .problemDocumentFoot
      case .attachments: .attachmentsFoot
      case .request: .problemRequestFoot
      }
    }
  }

  /// - Parameter file: the item or request, as it is shown to people.
  static func render(
    for file: String, _ problems: [FormProblem], _ about: About, _ rulebook: Rulebook, _ language: Language
  ) -> [UInt8] {
    var writer = TextWriter(capacity: 512)
    writer.visible(about.heading(file)[language])
    writer.newline()
    for problem in problems {
      let said = message(problem.what, about, rulebook)
      let message = problem.line.map { Message.problemLine($0, said) } ?? said
      writer.raw("  - ")
      writer.visible(message[language])
      writer.newline()
    }
    writer.newline()
    writer.visible(about.foot[language])
    writer.newline()
    Seal.close(&writer, language)
    return writer.bytes
  }

  private static func message(_ what: FormProblem.What, _ about: About, _ rulebook: Rulebook) -> Message {
    switch what {
    case .said(let message): message
    case .refused(.reasonMissing) where about != .request:
      .formReasonMissing(known: rulebook.returnReasons.map { "\($0.id) \($0.title)" })
    case .refused(let refusal):
      Message.refusal(
        refusal, when: { $0.clockText(in: rulebook.calendar.zone) },
        name: { rulebook.departments[$0]?.title ?? $0.rawValue })
    }
  }
}
