import Glibc
import TriageCore
import TriageLedger

/// Carries out what a look into a queue means: each finding becomes a command to the case or a move of a file.
final class DeskHand {
  let desk: QueueDesk
  let queue: OpenQueue
  let mover: ItemMover
  let now: Instant

  init(desk: QueueDesk, queue: OpenQueue, now: Instant) {
    self.desk = desk
    self.queue = queue
    self.now = now
    mover = ItemMover(queue)
  }

  func take(_ finding: QueueFinding, _ report: inout QueueDesk.Report) {
    switch finding {
    case .accepted(let item, let entry): accept(item, entry, &report)
    case .handedIn(let item, let entry, let from): handIn(item, entry, from: from, as: .answer, &report)
    case .returned(let item, let entry, let from): handIn(item, entry, from: from, as: .return, &report)
    case .takenBack(let item, let entry): takeBack(item, entry, &report)
    case .missing(let item):
      _ = change(item, .mend(item.key, .redelivered))
    case .copy(let item, let entry):
      if move(entry, to: .closed, &report) { _ = change(item, .mend(item.key, .copyClosed)) }
    case .misplaced(let item, let entry, let folder):
      if move(entry, to: folder, as: item, &report) { _ = change(item, .mend(item.key, .putBack)) }
    case .foreign(let item, let entry, let owner, let folder):
      putBack(item, entry, to: owner, folder, &report)
    case .ended(let item, let entry):
      desk.takeDown(entry, item, in: queue)
      _ = move(entry, to: .closed, as: item, &report)
    case .request(let entry): request(entry, &report)
    case .spentNote(let entry): mover.remove(note: entry)
    case .unknown(let entry):
      desk.scan.leave(entry)
      let (department, name) = (desk.department, entry.name.shown)
      desk.door.ask { office in
        office.journal.info(.strangeFileLeft, ["department": "\(department)", "file": "\(name)"])
      }
    }
  }

  // MARK: Items

  private func accept(_ item: ItemID, _ entry: QueueEntry, _ report: inout QueueDesk.Report) {
    if case .failure(let refusal)? = change(item, .accept(item.key)) {
      giveBack(item, entry, to: .new, problems(refusal), &report)
    }
  }

  private func takeBack(_ item: ItemID, _ entry: QueueEntry, _ report: inout QueueDesk.Report) {
    if case .failure(let refusal)? = change(item, .takeBack(item.key)) {
      giveBack(item, entry, to: .done, problems(refusal), &report)
    }
  }

  enum Step { case answer, `return` }

  /// The form of a handed-in item: taken when it is valid, else left to be mended and then put back.
  private func handIn(
    _ item: ItemID, _ entry: QueueEntry, from: QueueFolder, as step: Step, _ report: inout QueueDesk.Report
  ) {
    guard let bytes = read(entry, &report) else { return }
    let problems: [FormProblem]
    switch desk.door.ask({ office in ReplyForm.parse(bytes, rulebook: office.rulebook) }) {
    case .failure(let found): problems = found.problems
    case .success(let reply):
      let command: Command = step == .answer ? .answer(item.key, reply) : .returnItem(item.key, reply)
      guard let files = attachments(of: item.caseID, &report) else { return }
      guard case .failure(let refusal)? = change(item, command, attaching: files) else { return }
      problems = self.problems(refusal)
    }
    let settle = desk.door.ask { office in Int64(office.configuration.settleReply) }
    guard entry.isUnchanged(for: settle, at: now) else {
      return report.lookAgain(at: entry.unchangedSince + settle)
    }
    giveBack(item, entry, to: from, problems, &report)
  }

  /// Puts an item back with a note that says what to change; what was typed stays. The note is there first: killed
  /// between the two, the item is still where the clerk put it and is judged again.
  private func giveBack(
    _ item: ItemID, _ entry: QueueEntry, to folder: QueueFolder, _ problems: [FormProblem],
    _ report: inout QueueDesk.Report
  ) {
    let note = desk.door.ask { office in
      ProblemNote.render(for: "\(item).yaml", problems, isRequest: false, office.rulebook, office.language)
    }
    write(note, ProblemNote.name(for: item), into: folder, &report)
    guard move(entry, to: folder, as: item, &report) else { return }
    _ = change(item, .mend(item.key, .formRefused))
    desk.door.ask { office in office.metrics.add(.formsRefused) }
  }

  /// An item that lies with a department it is not assigned to goes back where it belongs.
  private func putBack(
    _ item: ItemID, _ entry: QueueEntry, to owner: DepartmentID, _ folder: QueueFolder,
    _ report: inout QueueDesk.Report
  ) {
    let other = QueueDesk(owner, desk.layout, desk.door, desk.arrivals.watcher)
    let department = desk.department
    // Another share may hang: this queue must not hang with it. The owner gets a new copy at its next scan.
    let reachable = desk.door.ask { office in office.isOnSameLane(department, owner) }
    guard reachable, let target = try? other.open() else {
      _ = move(entry, to: .closed, &report)
      return
    }
    let name = EntryName("\(item).yaml")
    if case .moved = mover.move(entry, to: folder, of: target, as: name) {
      report.moved = true
      _ = change(item, .mend(item.key, .putBack))
    }
  }

  // MARK: Requests

  private func request(_ entry: QueueEntry, _ report: inout QueueDesk.Report) {
    guard let bytes = read(entry, &report) else { return }
    let (department, name, now) = (desk.department, entry.name, now)
    let problems: [FormProblem]
    let parsed = desk.door.ask { office in
      RequestForm.parse(name: name, bytes, by: department, at: now, rulebook: office.rulebook)
    }
    switch parsed {
    case .failure(let found): problems = found.problems
    case .success(let (id, request)):
      let file = entry.requestFile
      guard let refusal = desk.door.ask({ office in office.request(request, on: id, file: file) }) else {
        return
      }
      problems = self.problems(refusal)
    }
    // It may still be being written; a whole request is taken at once.
    let settle = desk.door.ask { office in Int64(office.configuration.settleReply) }
    guard entry.isUnchanged(for: min(settle, 30), at: now) else {
      return report.lookAgain(at: entry.unchangedSince + min(settle, 30))
    }
    let note = desk.door.ask { office in
      ProblemNote.render(for: name.shown, problems, isRequest: true, office.rulebook, office.language)
    }
    desk.scan.leave(entry)
    write(note, ProblemNote.name(for: name), into: .requests, &report)
    desk.door.ask { office in
      office.metrics.add(.formsRefused)
      office.journal.info(.commandRefused, ["department": "\(department)", "file": "\(name.shown)"])
    }
  }

  /// What lies in `attachments/CASE-ID/`, stored durably; nil when it is to be looked at again.
  private func attachments(of id: CaseID, _ report: inout QueueDesk.Report) -> [IntakeRecord.Attachment]? {
    let (store, settle) = desk.door.ask { office in
      (office.ledger.originals, office.configuration.settleQueueFiles)
    }
    var stored: [IntakeRecord.Attachment] = []
    desk.arrivals.watchAttachments(of: id)
    do {
      let lying = try QueueAttachments(of: id, in: queue)
      if let wait = try lying.wait(by: desk.arrivals, of: id, in: queue, settle: settle) {
        report.waiting["\(QueueLayout.attachments)/\(id)"] = wait
        return nil
      }
      noteLeft(lying, of: id)
      for file in lying.files {
        guard let descriptor = try QueueAttachments.open(file, of: id, in: queue) else {
          report.moved = true
          return nil
        }
        defer { close(descriptor) }
        let original = try store.store(reading: descriptor)
        stored.append(IntakeRecord.Attachment(name: file.name.shown, original: original))
      }
      return stored
    } catch let failure as FileFailure {
      report.failure = failure
    } catch {
      // No room in the state folder: the answer waits in done/ until there is.
      report.failure = FileFailure(call: "store", code: ENOSPC)
    }
    return nil
  }

  /// What is not taken stays where it is, and the log says so.
  private func noteLeft(_ lying: QueueAttachments, of id: CaseID) {
    guard !lying.tooLarge.isEmpty || !lying.odd.isEmpty || !lying.unfinished.isEmpty || lying.isCutShort
    else { return }
    // Not their names: an attachment may be named after a person.
    let department = desk.department
    desk.door.ask { office in
      office.journal.warning(.attachmentsLeft, ["case": "\(id)", "department": "\(department)"])
    }
  }

  // MARK: Files

  /// Nil when it is not to be judged now; the report says when to look again.
  private func read(_ entry: QueueEntry, _ report: inout QueueDesk.Report) -> [UInt8]? {
    let settle = desk.door.ask { office in office.configuration.settleQueueFiles }
    switch QueueReader(queue, desk.arrivals, settle: settle).read(entry, atMost: Limits.replyBytes) {
    case .bytes(let bytes): return bytes
    // Judged as a form that is not valid: one byte more than allowed.
    case .tooLarge: return [UInt8](repeating: 0, count: Limits.replyBytes + 1)
    case .waits(let wait): report.waiting["\(entry.folder.rawValue)/\(entry.name.shown)"] = wait
    case .changed: report.moved = true
    case .failed(let failure): report.failure = failure
    }
    return nil
  }

  private func move(
    _ entry: QueueEntry, to folder: QueueFolder, as item: ItemID? = nil, _ report: inout QueueDesk.Report
  ) -> Bool {
    switch mover.move(entry, to: folder, as: item.map { EntryName("\($0).yaml") }) {
    case .moved:
      report.moved = true
      return true
    case .changed:
      report.moved = true
      return false
    case .failed(let failure):
      report.failure = failure
      return false
    }
  }

  private func write(
    _ bytes: [UInt8], _ name: EntryName, into folder: QueueFolder, _ report: inout QueueDesk.Report
  ) {
    let file = QueueFile(.folder(folder), name: name, bytes: bytes, policy: .replace)
    for case .failed(let failure) in QueuePublisher(queue).publish([file]) { report.failure = failure }
  }

  // MARK: The case

  private func problems(_ refusal: Refusal) -> [FormProblem] { [FormProblem(refusal: refusal)] }

  private func change(
    _ item: ItemID, _ command: Command, attaching files: [IntakeRecord.Attachment] = []
  ) -> Result<Void, Refusal>? {
    let (id, department) = (item.caseID, desk.department)
    return desk.door.ask { office in office.attempt(id, command, attaching: files, by: department) }
  }
}

extension ItemID {
  var key: ItemKey { ItemKey(role, ordinal) }
}
