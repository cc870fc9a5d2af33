import TriageCore

/// What is wrong in one place of a form or request, or why the step is not allowed.
struct FormProblem: Sendable, Equatable {
  enum What: Sendable, Equatable {
    case said(Message)
    case refused(Refusal)
  }
  /// From 1; nil where it is no one line.
  var line: Int?
  var what: What

  init(line: Int?, message: Message) {
    self.line = line
    what = .said(message)
  }
  init(refusal: Refusal) { what = .refused(refusal) }
}

/// All that is wrong with one file, in the order of its lines.
struct FormProblems: Error, Sendable, Equatable {
  let problems: [FormProblem]

  init(_ problems: [FormProblem]) { self.problems = problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) } }
  init(_ message: Message) { problems = [FormProblem(line: nil, message: message)] }
}
