public import TriageCore
public import TriageText

/// Lives a recorded case twice in virtual time, under the rules that decided it and under other ones, with the same
/// deeds of people at the same instants: what differs comes from the rules alone.
public struct CaseReplay: Sendable {
  /// The rules that decided the case.
  public let present: CompiledRulebook
  public let candidate: CompiledRulebook
  /// How far time goes.
  public let end: Instant

  public init(present: CompiledRulebook, candidate: CompiledRulebook, end: Instant) {
    self.present = present
    self.candidate = candidate
    self.end = end
  }

  /// - Parameter scratch: of the candidate's text.
  public func run(_ recorded: RecordedCase, scratch: TextScratch) -> CaseDifference {
    let input = recorded.taken.input
    let history = recorded.taken.history
    let decision = candidate.decide(input, at: recorded.at, history: history, scratch: scratch)
    var before = course(of: recorded, recorded.taken.decision, under: present.rulebook)
    var after = course(of: recorded, decision, under: candidate.rulebook)
    var difference = CaseDifference(
      id: recorded.id, takenAt: recorded.at, before: recorded.taken.decision, after: decision)
    difference.deadlines = CaseDifference.deadlines(before.state, after.state)
    for deed in recorded.deeds where deed.at <= end {
      before.advance(to: deed.at)
      after.advance(to: deed.at)
      let onto = Retargeting(reference: before.state, course: after.state)
      let present = Retargeting(reference: before.state, course: before.state)
        .command(for: deed.command)
      let other = onto.command(for: deed.command).flatMap { decided($0, on: after.state, scratch) }
      let wasDone = present.map { before.take($0, at: deed.at) } ?? false
      let isDone = other.map { after.take($0, at: deed.at) } ?? false
      if wasDone, !isDone { difference.dropped += 1 }
    }
    before.advance(to: end)
    after.advance(to: end)
    difference.take(before: before, after: after)
    return difference
  }

  private func course(of recorded: RecordedCase, _ decision: Decision, under rulebook: Rulebook) -> CaseCourse
  {
    let taken = Lifecycle.take(
      recorded.taken.input, decision: decision, history: recorded.taken.history, at: recorded.at,
      original: "",
      row: nil, under: rulebook)
    return CaseCourse(id: recorded.id, taken: taken, at: recorded.at, under: rulebook)
  }

  /// A correction runs the phases of the candidate; nil where it cannot hold the value.
  private func decided(_ command: Command, on state: CaseState, _ scratch: TextScratch) -> Command? {
    guard case .correct(let request, _, _) = command else { return command }
    return try? candidate.command(for: request, on: state, scratch: scratch).get()
  }
}

extension CaseCourse {
  /// - Returns: whether it was done, or was so already.
  fileprivate mutating func take(_ command: Command, at instant: Instant) -> Bool {
    switch perform(command, at: instant) {
    case .success: true
    case .failure(.assignToItself), .failure(.alreadyAsked): true
    case .failure: false
    }
  }
}

/// Finds for a deed of one course the item and the department of another that it would be done with there.
struct Retargeting {
  /// The course in which it was done, just before.
  let reference: CaseState
  let course: CaseState

  /// Nil when the course has no such item.
  func command(for command: Command) -> Command? {
    switch command {
    case .accept(let key): return item(for: key).map { .accept($0) }
    case .takeBack(let key): return item(for: key).map { .takeBack($0) }
    case .answer(let key, let reply): return item(for: key).map { .answer($0, reply) }
    case .returnItem(let key, let reply): return item(for: key).map { .returnItem($0, reply) }
    case .request(let request): return .request(asked(request))
    case .correct(let request, let input, let decision): return .correct(asked(request), input, decision)
    default: return nil
    }
  }

  /// The item itself where it is the same department's, else the open one of the role: of the same department if
  /// there is one, of whoever does the work here otherwise.
  private func item(for key: ItemKey) -> ItemKey? {
    let wanted = reference.assignment(key)
    if let same = course.assignment(key), same.status != .ended,
      wanted == nil || same.department == wanted?.department,
      wanted.map({ $0.cause.isLike(same.cause) }) ?? true
    {
      return key
    }
    let open = course.openItems(key.role).filter { item in wanted.map { $0.cause.isLike(item.cause) } ?? true
    }
    return (open.first { $0.department == wanted?.department } ?? open.last)?.key
  }

  /// What the lead asked for, the lead of this course asks for.
  private func asked(_ request: Request) -> Request {
    var request = request
    if request.by == reference.lead { request.by = course.lead }
    return request
  }
}

extension Assignment.Cause {
  /// For items that decide something: the same sort of thing is to be decided.
  fileprivate func isLike(_ other: Assignment.Cause) -> Bool {
    switch (self, other) {
    case (.asked(let a), .asked(let b)): a.verb == b.verb
    case (.asked, .resolution), (.resolution, .asked): false
    default: true
    }
  }
}
