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
    case .missing(let item): desk.door.ask { office in office.redeliver(item) }
    case .copy(let item, let entry, let kept): putAside(item, entry, kept: kept, &report)
    case .gather(_, let entry, let folder): _ = move(entry, to: folder, &report)
    case .renamed(let item, let entry): _ = move(entry, to: entry.folder, as: item, &report)
    case .misplaced(let item, let entry, let folder):
      if move(entry, to: folder, as: item, &report) { _ = change(item, .mend(item.key, .putBack)) }
    case .foreign(let item, let entry, let owner, let folder):
      putBack(item, entry, to: owner, folder, &report)
    case .ended(let item, let entry):
      desk.takeDown(entry, item, in: queue)
      _ = move(entry, to: .closed, as: item, &report)
    case .shelve(let entry, let folder): _ = move(entry, to: folder, &report)
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

  /// The form of a handed-in item: taken when it is valid. Else a note beside it says at once what to change; it may be
  /// mended where it lies and goes back after a while.
  private func handIn(
    _ item: ItemID, _ entry: QueueEntry, from: QueueFolder, as step: Step, _ report: inout QueueDesk.Report
  ) {
    guard let read = read(entry, &report) else { return }
    let problems: [FormProblem]
    switch read.flatMap({ bytes in
      desk.door.ask { office in ReplyForm.parse(bytes, rulebook: office.rulebook) }
    }) {
    case .failure(let found): problems = found.problems
    case .success(let reply):
      let command: Command = step == .answer ? .answer(item.key, reply) : .returnItem(item.key, reply)
      guard let files = attachments(of: item.caseID, &report) else { return }
      guard case .failure(let refusal)? = change(item, command, attaching: files) else {
        return removeNote(on: item, in: entry.folder)
      }
      problems = self.problems(refusal)
    }
    let settle = desk.door.ask { office in Int64(office.configuration.settleReply) }
    guard entry.isUnchanged(for: settle, at: now) else {
      note(problems, on: item, in: entry.folder, .mayBeMended(seconds: settle), &report)
      return report.lookAgain(at: entry.unchangedSince + settle)
    }
    giveBack(item, entry, to: from, problems, &report)
  }

  private func note(
    _ problems: [FormProblem], on item: ItemID, in folder: QueueFolder, _ about: ProblemNote.About,
    _ report: inout QueueDesk.Report
  ) {
    let note = desk.door.ask { office in
      ProblemNote.render(for: "\(item).yaml", problems, about, office.rulebook, office.language)
    }
    write(note, ProblemNote.name(for: item), into: folder, &report)
  }

  /// The form was taken after all.
  private func removeNote(on item: ItemID, in folder: QueueFolder) {
    let name = ProblemNote.name(for: item)
    guard let open = try? queue.folder(folder), (try? open.stamp(of: name))?.isRegular == true else { return }
    try? open.remove(name)
  }

  /// Puts an item back with a note that says what to change; what was typed stays. The note is there first: killed
  /// between the two, the item is still where the clerk put it and is judged again.
  private func giveBack(
    _ item: ItemID, _ entry: QueueEntry, to folder: QueueFolder, _ problems: [FormProblem],
    _ report: inout QueueDesk.Report
  ) {
    note(problems, on: item, in: folder, .isBack, &report)
    guard move(entry, to: folder, as: item, &report) else { return }
    if folder != entry.folder { removeNote(on: item, in: entry.folder) }
    _ = change(item, .mend(item.key, .formRefused))
    desk.door.ask { office in office.metrics.add(.formsRefused) }
  }

  /// A second file of an item goes to `closed/`; a note beside the one that counts says where it is.
  private func putAside(
    _ item: ItemID, _ entry: QueueEntry, kept: QueueEntry, _ report: inout QueueDesk.Report
  ) {
    switch mover.move(entry, to: .closed) {
    case .moved(let name):
      report.moved = true
      let note = desk.door.ask { office in
        CopyNote.render(of: item, entry, as: name, kept: kept, office.language)
      }
      write(note, CopyNote.name(for: item), into: kept.folder, &report)
      _ = change(item, .mend(item.key, .copyClosed))
    case .changed: report.moved = true
    case .failed(let failure): report.failure = failure
    }
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
    guard let read = read(entry, &report) else { return }
    let (department, name, now) = (desk.department, entry.name, now)
    let problems: [FormProblem]
    let parsed = read.flatMap { bytes in
      desk.door.ask { office in
        RequestForm.parse(name: name, bytes, by: department, at: now, rulebook: office.rulebook)
      }
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
      ProblemNote.render(for: name.shown, problems, .request, office.rulebook, office.language)
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
    let (store, settle, known) = desk.door.ask { office in
      (office.ledger.originals, office.configuration.settleQueueFiles, office.knownFiles(of: id))
    }
    var stored: [IntakeRecord.Attachment] = []
    desk.arrivals.watchAttachments(of: id)
    do {
      let lying = try QueueAttachments(of: id, in: queue)
      if let wait = try lying.wait(by: desk.arrivals, of: id, in: queue, settle: settle) {
        report.waiting["\(QueueFolder.attachments.rawValue)/\(id)"] = wait
        return nil
      }
      noteLeft(lying, of: id)
      for file in lying.files {
        guard let descriptor = try QueueAttachments.open(file, of: id, in: queue) else {
          report.moved = true
          return nil
        }
        defer { close(descriptor) }
        // What the daemon put there is known by its content, whatever it is called by now; one that was changed is new.
        if let hashes = known[Int(file.stamp.size)] {
          if hashes.contains(try store.digest(reading: descriptor)) { continue }
          lseek(descriptor, 0, SEEK_SET)
        }
        let original = try store.store(reading: descriptor)
        stored.append(IntakeRecord.Attachment(name: file.name.shown, original: original))
      }
      return stored
    } catch let failure as FileFailure {
      report.failure = failure
    } catch {
      // The answer waits in done/ until its files can be stored.
      report.failure = FileFailure(call: "store", code: Self.code(of: error))
    }
    return nil
  }

  /// Why files could not be stored, as errno(3) has it.
  private static func code(of error: any Error) -> Int32 {
    switch error as? LedgerError {
    case .diskFull?: ENOSPC
    case .shortage(.tooManyOpenFiles, _)?: EMFILE
    case .shortage(.systemTooManyOpenFiles, _)?: ENFILE
    case .shortage?: ENOMEM
    case .notPermitted?: EACCES
    default: EIO
    }
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
  private func read(
    _ entry: QueueEntry, _ report: inout QueueDesk.Report
  ) -> Result<[UInt8], FormProblems>? {
    let settle = desk.door.ask { office in office.configuration.settleQueueFiles }
    switch QueueReader(queue, desk.arrivals, settle: settle).read(entry, atMost: Limits.replyBytes) {
    case .bytes(let bytes): return .success(bytes)
    case .tooLarge: return .failure(FormProblems(.formTooLarge(Limits.replyBytes)))
    case .waits(let wait): report.waiting["\(entry.folder.rawValue)/\(entry.name.shown)"] = wait
    case .changed: report.moved = true
    case .failed(let failure) where failure.code == EACCES: return .failure(FormProblems(.formNotPermitted))
    case .failed(let failure): report.failure = failure
    }
    return nil
  }

  private func move(
    _ entry: QueueEntry, to folder: QueueFolder, as item: ItemID? = nil, _ report: inout QueueDesk.Report
  ) -> Bool {
    switch mover.move(entry, to: folder, as: item.map { EntryName("\($0).yaml") }) {
    case .moved(let name):
      // A name that is taken by what may not be removed cannot be given back.
      report.moved = report.moved || folder != entry.folder || name != entry.name
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
    let file = QueueFile(.folder(folder), name: name, content: .bytes(bytes), policy: .replace)
    for outcome in QueuePublisher(queue).publish([file]) {
      switch outcome {
      case .published, .alreadyThere, .originalGone: break
      case .publishedAs(let given):
        report.blocked.append(.init(place: folder.rawValue, name: name, given: given))
      case .failed(let failure): report.failure = failure
      }
    }
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
