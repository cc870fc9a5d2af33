import TriageCore
import TriageLedger

/// Moves out of the inbox what cannot be taken in, into `set-aside/`, or leaves it and says so once.
///
/// Whether `set-aside/` is there is asked for each file: between a look at the inbox and the last file of it many batches
/// may pass.
final class AsideDesk {
  enum Outcome {
    case done
    /// The entry changed meanwhile, or `set-aside/` is away: the next look sees what is to be done.
    case lookAgain
    /// It may not be moved: it stays, and was named once.
    case left
  }

  private unowned let office: Office
  private let scan: InboxScan
  private let setAside: SetAside
  /// What was left, by its path below the inbox, since the last scan for everything.
  private(set) var left: Set<String> = []

  init(_ office: Office, _ scan: InboxScan) {
    self.office = office
    self.scan = scan
    setAside = SetAside(
      directory: office.layout.setAside, language: office.language, zone: office.rulebook.calendar.zone,
      marker: office.places.marker(known: .setAside))
  }

  /// The next scan for everything begins.
  func tryAgain() { left = [] }

  func refuse(
    _ candidate: InboxCandidate, _ parts: [RefusedPart], sha256: String?
  ) throws(LedgerError) -> Outcome {
    let now = office.clock.now()
    let outcome = try aside(candidate) { () throws(SetAsideFailure) in
      try setAside.move(candidate, because: parts, sha256: sha256, at: now)
    }
    if case .done = outcome { note(candidate, parts.first?.refusal) }
    return outcome
  }

  /// The refused rows of a table or list, whose other rows are taken in.
  func refuse(
    _ rows: RefusedRows, of candidate: InboxCandidate, sha256: String, count: Int
  ) throws(LedgerError) -> Outcome {
    let now = office.clock.now()
    let outcome = try aside(candidate) { () throws(SetAsideFailure) in
      try setAside.write(rows, of: candidate, sha256: sha256, at: now)
    }
    if case .done = outcome { office.metrics.add(.setAside, count) }
    return outcome
  }

  func refuse(_ oddity: InboxOddity) throws(LedgerError) -> Outcome {
    guard office.places.isThere(.setAside) else { return .lookAgain }
    do throws(SetAsideFailure) {
      let part = RefusedPart(refusal: oddity.refusal)
      try setAside.move(oddity.candidate, because: [part], at: office.clock.now())
      note(oddity.candidate, oddity.refusal)
      return .done
    } catch {
      if error == .away { return .lookAgain }
      // It stays where it is; reported once, until it changes.
      if case .failed(_, let code) = error, SystemFault.isShortage(code) {
        throw .shortage(SystemFault(code), path: office.layout.setAside)
      }
      scan.leave(oddity.candidate)
      left.insert(oddity.candidate.shownPath)
      office.journal.warning(.oddityLeft, ["file": "\(oddity.candidate.shownPath)"])
      if error == .diskFull { throw .diskFull(office.layout.setAside) }
      return .left
    }
  }

  private func note(_ candidate: InboxCandidate, _ refusal: IntakeRefusal?) {
    office.metrics.add(.setAside)
    office.journal.notice(
      .fileSetAside, ["file": "\(candidate.shownPath)", "code": "\(refusal?.code ?? "")"])
  }

  private func aside(
    _ candidate: InboxCandidate, _ step: () throws(SetAsideFailure) -> SetAsideEntry
  ) throws(LedgerError) -> Outcome {
    guard office.places.isThere(.setAside) else { return .lookAgain }
    do throws(SetAsideFailure) {
      _ = try step()
      return .done
    } catch {
      switch error {
      case .changed, .away: return .lookAgain
      case .diskFull: throw .diskFull(office.layout.setAside)
      case .failed(let call, let code):
        switch SystemFault(code) {
        case .ioError:
          throw .io(path: office.layout.setAside, detail: "\(call): \(SystemFault.words(code, .en))")
        case let fault where fault.isShortage: throw .shortage(fault, path: office.layout.setAside)
        case let fault:
          scan.leave(candidate)
          left.insert(candidate.shownPath)
          office.journal.warning(
            .fileNotSetAside(fault.message[office.language]), ["file": "\(candidate.shownPath)"])
          return .left
        }
      }
    }
  }
}
