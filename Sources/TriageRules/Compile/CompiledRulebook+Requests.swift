public import TriageCore
public import TriageText

extension CompiledRulebook {
  /// What a request asks of the case's life. A correction runs the phases again on what the case says after it.
  /// - Returns: a refusal when the correction cannot be read.
  public func command(
    for request: Request, on state: CaseState, scratch: TextScratch
  ) -> Result<Command, Refusal> {
    guard request.verb == .correct else { return .success(.request(request)) }
    return Lifecycle.corrected(state.input, by: request, under: rulebook).map { input in
      .correct(request, input, decide(input, at: state.takenAt, history: state.history, scratch: scratch))
    }
  }
}
