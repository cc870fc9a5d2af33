/// What the rulebook finds odd about a case before any rule fires; it goes into the timeline and changes no result.
extension Rulebook {
  /// When the citizen filed the case as far as it can be believed: a missing, future or absurdly old time counts as
  /// the time of taking. What channels with `clock: received_at` count from.
  public func receivedAt(of input: CaseInput, takenAt: Instant) -> Instant {
    guard let received = input.receivedAt, Self.isCredible(received, takenAt: takenAt) else { return takenAt }
    return received
  }

  private static func isCredible(_ received: Instant, takenAt: Instant) -> Bool {
    received <= takenAt && takenAt - received <= Int64(Limits.receivedAtDays) * 86_400
  }

  /// The evaluator's notes, without those that the reader of the file has made.
  func notes(on input: CaseInput, at takenAt: Instant) -> [IntakeNote] {
    var notes: [IntakeNote] = []
    if let received = input.receivedAt {
      if !Self.isCredible(received, takenAt: takenAt) {
        notes.append(.receivedAtReplaced(received.iso8601(in: calendar.zone)))
      }
    } else if !input.notes.contains(where: \.isAboutReceivedAt) {
      notes.append(.receivedAtReplaced(nil))
    }
    if !channels.isEmpty, channels[input.channel] == nil, input.channel != .direct {
      notes.append(.undeclaredChannel(input.channel.rawValue))
    }
    if !input.fields.isEmpty {
      // A second value for a known field is kept under its name too, and has a note of its own.
      let doubled = input.notes.compactMap { note in
        if case .doubled(_, _, _, let kept) = note { kept } else { nil }
      }
      notes += input.fields.keys.filter { fields[$0] == nil && !doubled.contains($0) }.sorted()
        .map { .unknownField($0.rawValue) }
    }
    return notes.filter { !input.notes.contains($0) }
  }
}

extension ChannelID {
  /// The channel of a file that lies in `inbox/` itself.
  public static let direct: ChannelID = "direct"
}

extension IntakeNote {
  fileprivate var isAboutReceivedAt: Bool {
    switch self {
    case .receivedAtReplaced: true
    case .dateAmbiguous(let field, _): field == FieldID.receivedAt.rawValue
    default: false
    }
  }
}
