import TriageCore
import TriageLedger

/// Moves out of the inbox what cannot be taken in, into `set-aside/`, or leaves it and says so once.
///
/// `set-aside/` may be a share: where it does not answer soon it counts as away, and what was begun there may end later.
/// Main thread only.
final class AsideDesk {
  enum Outcome {
    case done
    /// The entry changed meanwhile: the next look sees what is to be done.
    case lookAgain
    /// `set-aside/` is not there: the next scan for everything tries again. Not the next look, which would find the same.
    case away
    /// It stays in the inbox, and was named once.
    case left
  }

  private typealias Step = ShareWork<Result<SetAsideEntry, SetAsideFailure>>

  private unowned let office: Office
  private let scan: InboxScan
  private let untaken: Untaken
  private let setAside: SetAside
  /// A step that the share has not answered yet, and what is to be said of it when it is done.
  private var underway: (step: Step, then: () -> Void)?

  init(_ office: Office, _ scan: InboxScan, _ untaken: Untaken) {
    self.office = office
    self.scan = scan
    self.untaken = untaken
    setAside = SetAside(
      directory: office.layout.setAside, language: office.language, zone: office.rulebook.calendar.zone,
      marker: office.places.marker(known: .setAside))
  }

  func refuse(
    _ candidate: InboxCandidate, _ parts: [RefusedPart], sha256: String?
  ) throws(LedgerError) -> Outcome {
    let (setAside, now) = (setAside, office.clock.now())
    return try aside(
      candidate,
      by: { () throws(SetAsideFailure) in
        try setAside.move(candidate, because: parts, sha256: sha256, at: now)
      },
      then: { [office] in
        office.metrics.add(.setAside)
        office.journal.notice(
          .fileSetAside, ["file": "\(candidate.shownPath)", "code": "\(parts.first?.refusal.code ?? "")"])
      })
  }

  /// The refused rows of a table or list, whose other rows are taken in.
  func refuse(
    _ rows: RefusedRows, of candidate: InboxCandidate, sha256: String, count: Int
  ) throws(LedgerError) -> Outcome {
    let (setAside, now) = (setAside, office.clock.now())
    return try aside(
      candidate,
      by: { () throws(SetAsideFailure) in
        try setAside.write(rows, of: candidate, sha256: sha256, at: now)
      }, then: { [office] in office.metrics.add(.setAside, count) })
  }

  /// What a step that was slow has come to.
  func catchUp() {
    guard let (step, then) = underway, let result = step.value() else { return }
    underway = nil
    if case .success = result { then() }
  }

  private func aside(
    _ candidate: InboxCandidate, by step: @escaping @Sendable () throws(SetAsideFailure) -> SetAsideEntry,
    then: @escaping () -> Void
  ) throws(LedgerError) -> Outcome {
    catchUp()
    let work: Step? = office.places.begin(.setAside) { Result(catching: step) }
    guard let work, let result = work.value(within: Limits.sharePatience) else {
      if let work { underway = (work, then) }
      return away()
    }
    switch result {
    case .success:
      then()
      return .done
    case .failure(.changed): return .lookAgain
    case .failure(.away): return away()
    case .failure(.diskFull): throw .diskFull(office.layout.setAside)
    case .failure(.closed(let call, let code)):
      let fault = SystemFault(code)
      if fault == .ioError {
        throw .io(path: office.layout.setAside, detail: fault.message(of: call))
      }
      if fault.isShortage { throw .shortage(fault, path: office.layout.setAside) }
      // Not its fault: the next scan for everything tries again.
      leave(candidate, fault, .setAsideClosed(fault))
    case .failure(.immovable(_, let code)):
      let fault = SystemFault(code)
      scan.leave(candidate)
      leave(candidate, fault, .fileNotSetAside(fault))
    }
    return .left
  }

  private func away() -> Outcome {
    // Says so, once.
    _ = office.places.isThere(.setAside)
    return .away
  }

  private func leave(_ candidate: InboxCandidate, _ fault: SystemFault, _ message: Message) {
    guard untaken.add(candidate.shownPath, fault) else { return }
    office.journal.warning(message, ["file": "\(candidate.shownPath)"])
  }
}
