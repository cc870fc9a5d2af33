import Glibc
import TriageCore
import TriageLedger

/// Carries out what a look into a queue means: each finding becomes a command to the case or a move of a file.
final class DeskHand {
  let desk: QueueDesk
  let queue: OpenQueue
  let mover: ItemMover
  let now: Instant
  private let index: AttachmentIndex

  init(desk: QueueDesk, queue: OpenQueue, now: Instant) {
    self.desk = desk
    self.queue = queue
    self.now = now
    mover = ItemMover(queue)
    index = AttachmentIndex(queue)
  }

  func take(_ finding: QueueFinding, _ report: inout QueueDesk.Report) {
    switch finding {
    case .accepted(let item, let entry): accept(item, entry, &report)
    case .handedIn(let item, let entry, let from): handIn(item, entry, from: from, as: .answer, &report)
    case .returned(let item, let entry, let from): handIn(item, entry, from: from, as: .return, &report)
    case .takenBack(let item, let entry): takeBack(item, entry, &report)
    case .missing(let item): desk.door.ask { office in office.redeliver(item) }
    case .copy(let item, let entry, let kept, let place):
      putAside(item, entry, CopyNote.Kept(file: kept, place: place), &report)
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
    case .spentNote(let entry): mover.clear(note: entry)
    case .unreadable(let item, let entry):
      note([FormProblem(line: nil, message: .formUnreadable)], on: item, in: entry.folder, .document, &report)
    case .lift(let entry, let nest, let folder):
      settle(mover.lift(entry, from: nest, to: folder), &report)
    case .folderRequest(let nest): refuse(nest, &report)
    case .shut(let folder, let failure): tell(folder, failure)
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
      switch attachments(of: item.caseID, beside: entry.folder, &report) {
      case nil: return
      case .failure(let found): problems = found.problems
      case .success(let (files, left)):
        guard case .failure(let refusal)? = change(item, command, attaching: files) else {
          tell(left, of: item.caseID, &report)
          return removeNote(on: item, in: entry.folder)
        }
        problems = self.problems(refusal)
      }
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
    removeNote(ProblemNote.name(for: item), in: folder)
  }

  private func removeNote(_ name: EntryName, in folder: QueueFolder) {
    guard let open = try? queue.folder(folder), let stamp = try? open.stamp(of: name), stamp.isRegular else {
      return
    }
    mover.clear(note: QueueEntry(folder: folder, name: name, stamp: stamp, item: nil, unchangedSince: now))
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

  /// A second file of an item goes to `closed/`; a note beside the one that counts says where it is. Where something
  /// else stands in it, that is noted on the case, and a second note stays beside it for good.
  private func putAside(
    _ item: ItemID, _ entry: QueueEntry, _ kept: CopyNote.Kept, _ report: inout QueueDesk.Report
  ) {
    let differs = kept.differs(from: entry)
    if differs { desk.takeDown(entry, item, in: queue) }
    switch mover.move(entry, to: .closed) {
    case .moved(let name):
      report.moved = true
      let note = desk.door.ask { office in
        CopyNote.render(of: item, entry, as: name, kept, office.language)
      }
      if differs { write(note, CopyNote.name(beside: name), into: .closed, &report) }
      write(note, CopyNote.name(for: item), into: kept.place, &report)
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

  /// A folder in the place of a request.
  private func refuse(_ nest: QueueNest, _ report: inout QueueDesk.Report) {
    let problem = FormProblem(line: nil, message: .requestIsFolder)
    let note = desk.door.ask { office in
      ProblemNote.render(for: nest.name.shown, [problem], .request, office.rulebook, office.language)
    }
    write(note, ProblemNote.name(for: nest.name), into: .requests, &report)
  }

  // MARK: What lies beside an answer

  /// Files that were stored durably, and those that were not taken.
  private typealias Taken = (files: [IntakeRecord.Attachment], left: [QueueAttachments.Left])

  /// What the department put beside its answer; nil when it is to be looked at again.
  private func attachments(
    of id: CaseID, beside folder: QueueFolder, _ report: inout QueueDesk.Report
  ) -> Result<Taken, FormProblems>? {
    let (store, settle, known) = desk.door.ask { office in
      (office.ledger.originals, office.configuration.settleQueueFiles, office.knownFiles(of: id))
    }
    var stored: [IntakeRecord.Attachment] = []
    desk.arrivals.watchAttachments(of: id)
    do {
      let lying = try QueueAttachments(of: id, beside: folder, in: index)
      guard lying.shut.isEmpty else { return .failure(FormProblems(.attachmentsNotPermitted(lying.shut))) }
      if let wait = try lying.wait(by: desk.arrivals, in: queue, settle: settle) {
        report.waiting["\(QueueFolder.attachments.rawValue)/\(id)"] = wait
        return nil
      }
      for file in lying.files {
        let found: Int32?
        do throws(FileFailure) {
          found = try file.open(in: queue)
        } catch {
          guard error.isOfPermission else { throw error }
          return .failure(FormProblems(.attachmentsNotPermitted([file.shown])))
        }
        guard let descriptor = found else {
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
        stored.append(IntakeRecord.Attachment(name: file.title, original: original))
      }
      return .success((stored, lying.left))
    } catch let failure as FileFailure {
      // Renamed or removed in between.
      if failure.code == ENOENT { report.moved = true } else { report.failure = failure }
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

  /// What is not taken stays where it is; a note among the attachments says what and why, and the log that there is one.
  private func tell(
    _ left: [QueueAttachments.Left], of id: CaseID, _ report: inout QueueDesk.Report
  ) {
    let name = ProblemNote.name(for: EntryName(id.rawValue))
    guard !left.isEmpty else { return removeNote(name, in: .attachments) }
    let problems = left.map {
      FormProblem(line: nil, message: .attachmentLeft($0.shown, why(not: $0.reason)))
    }
    // Not their names: an attachment may be named after a person.
    let department = desk.department
    let note = desk.door.ask { office in
      office.journal.warning(.attachmentsLeft, ["case": "\(id)", "department": "\(department)"])
      return ProblemNote.render(
        for: id.rawValue, problems, .attachments, office.rulebook, office.language)
    }
    write(note, name, into: .attachments, &report)
  }

  private func why(not reason: QueueAttachments.Reason) -> Message {
    switch reason {
    case .tooLarge: .attachmentTooLarge(Limits.attachmentBytes)
    case .tooMany: .attachmentsTooMany(Limits.attachmentsPerCase)
    case .odd: .attachmentOdd
    case .empty: .attachmentEmpty
    case .tooDeep: .attachmentTooDeep
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

  private func settle(_ outcome: MoveOutcome, _ report: inout QueueDesk.Report) {
    switch outcome {
    case .moved, .changed: report.moved = true
    case .failed(let failure): report.failure = failure
    }
  }

  /// A folder of the queue that cannot be looked into; the others are served as ever.
  private func tell(_ folder: QueueFolder, _ failure: FileFailure) {
    guard desk.isNews(folder, failure) else { return }
    let (department, path) = (desk.department, desk.layout.path(of: folder, desk.department))
    desk.door.ask { office in
      office.journal.warning(
        .queueFolderShut(failure.words(office.language)),
        ["department": "\(department)", "folder": "\(path)"])
    }
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
    let file = QueueFile(
      .folder(folder), name: name, content: .bytes(bytes), policy: .revise(keeping: .notices))
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
