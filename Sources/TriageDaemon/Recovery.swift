import TriageCore
import TriageLedger

/// The start: brings the folders to what the ledger says. It is the same code that the loop runs all the time; only
/// that every effect is looked for before it is done again, since the process before may have died in the middle.
struct Recovery {
  private let office: Office
  private let desks: Desks

  init(_ office: Office, _ desks: Desks) {
    self.office = office
    self.desks = desks
  }

  func run() throws(LedgerError) {
    SetAside(
      directory: office.layout.setAside, language: office.language, zone: office.rulebook.calendar.zone
    ).sweep()
    try office.keepTimers()
    try desks.open()
    try desks.recover()
    _ = try desks.perform()
    try office.ledger.flushDone()
  }
}
