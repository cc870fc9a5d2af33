import TriageCore
import TriageLedger

/// The start: brings the folders to what the ledger says. It is the same code that the loop runs all the time; only
/// that every effect is looked for before it is done again, since the process before may have died in the middle.
struct Recovery {
  private let office: Office
  private let desks: Desks
  private let word: PersonsWord

  init(_ office: Office, _ desks: Desks, _ word: PersonsWord) {
    self.office = office
    self.desks = desks
    self.word = word
  }

  /// Departments that have a queue.
  private func served() throws(LedgerError) -> Set<DepartmentID> {
    try office.ledger.read.departmentsWithOpenItems().union(office.rulebook.departments.keys)
  }

  /// - Parameter goesOn: asked between two batches of the outbox; false ends the start early, and nothing is lost by it.
  func run(whileTrue goesOn: () -> Bool) throws(LedgerError) {
    if office.places.isThere(.setAside) {
      SetAside(
        directory: office.layout.setAside, language: office.language, zone: office.rulebook.calendar.zone
      ).sweep()
    }
    let now = office.clock.now()
    if word.originalsLost { try office.ledger.giveUpOriginals(at: now) }
    if word.afterRestore { try AfterRestore(office).run() }
    try office.keepTimers()
    try desks.open(anew: word.queuesLost ? try served() : word.queues)
    try desks.recover()
    while try desks.perform(), goesOn() {}
    try office.ledger.flushDone()
  }
}
