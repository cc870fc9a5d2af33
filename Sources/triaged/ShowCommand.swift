import ArgumentParser
import TriageCore
import TriageDaemon
import TriageLedger

/// `triaged show CASE`: one case with its items, its deadlines and everything that happened to it.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Message.helpShow.localised,
    discussion: JSONOutput.show.localised)

  @Argument(help: ArgumentHelp(Message.argumentCase.localised))
  var caseID: String
  @Flag(help: ArgumentHelp(Message.optionArithmetic.localised))
  var explain = false
  @Option(help: ArgumentHelp(Message.optionExtract.localised, valueName: "dir"))
  var extract: String?
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  private struct Report: Encodable {
    struct Event: Encodable {
      var sequence: Int64
      var at: String
      var kind: String
      var text: String
      /// What was odd about the case as it came, in words.
      var notes: [String]?
    }
    struct Item: Encodable {
      var item: String
      var department: String
      var role: String
      var status: String
    }
    struct Link: Encodable {
      var from: String
      var to: String
      var why: String
    }
    var `case`: CaseReport
    var items: [Item]
    var links: [Link]
    var attachments: [String]
    var original: String?
    var deadlines: [DeadlineReport]
    var timeline: [Event]
  }

  func run() throws {
    let root = try RootReader(places)
    let id = CaseID(caseID)
    guard let index = try root.ask({ (ledger) throws(LedgerError) in try ledger.index(of: id) }) else {
      throw Failure(.caseUnknown(caseID))
    }
    if let extract { return try write(id, into: extract, root) }
    let events = try root.ask { (ledger) throws(LedgerError) in try ledger.events(of: id) }
    let state = try root.ask { (ledger) throws(LedgerError) in try ledger.state(of: id) }
    let links = try root.ask { (ledger) throws(LedgerError) in try ledger.links(of: id) }
    let report = Report(
      case: try CaseReport(index, root: root),
      items: index.items.map {
        Report.Item(
          item: $0.item.description, department: $0.department.rawValue, role: $0.item.role.rawValue,
          status: $0.status.rawValue)
      },
      links: links.map {
        Report.Link(from: $0.from.rawValue, to: $0.to.rawValue, why: $0.why.rawValue)
      },
      attachments: try root.ask { (ledger) throws(LedgerError) in try ledger.materials(of: [id]) }[id]?.map(
        \.name) ?? [],
      original: try root.ask { (ledger) throws(LedgerError) in try ledger.original(of: id)?.sha256 },
      deadlines: state?.deadlines.map { DeadlineReport($0.set, zone: root.zone, arithmetic: true) } ?? [],
      timeline: events.map {
        Report.Event(
          sequence: $0.sequence, at: $0.at.iso8601(in: root.zone), kind: $0.event.kind,
          text: Message.timeline($0.event, in: root.rulebook).localised, notes: notes(on: $0.event, root))
      })
    switch output.format {
    case .json: print(try JSONLine.encode(report))
    case .text: print(text(report, events, state, root, links: lines(links, of: id, root.rulebook)))
    }
  }

  /// Writes the files of the case, and prints the path of each.
  private func write(_ id: CaseID, into folder: String, _ root: RootReader) throws {
    let files = try root.ask { (ledger) throws(LedgerError) in
      try CaseFile.originals(of: id, in: ledger) + (try CaseFiles.of(id, in: ledger))
    }
    do throws(CaseExtraction.Failure) {
      let extraction = try CaseExtraction(into: folder)
      for file in files {
        let path = try extraction.write(file)
        switch output.format {
        case .json: print((try? JSONLine.encode(Extracted(file: path))) ?? "")
        case .text: print(path)
        }
      }
    } catch {
      throw Failure(.notExtracted(error.path, error.fault))
    }
    StandardError.write(Message.extracted(files.count, into: folder).localised)
  }

  private struct Extracted: Encodable {
    var file: String
  }

  /// One line an event; reminders that were skipped together are one line for their stage.
  private func timeline(_ events: [StoredEvent], _ root: RootReader) -> [String] {
    var lines: [String] = []
    var rest = events[...]
    while let stored = rest.popFirst() {
      var text = Message.timeline(stored.event, in: root.rulebook)
      if case .reminded(let first) = stored.event, first.how == .skipped {
        var slots = [first.slot]
        while let next = rest.first, next.at == stored.at, case .reminded(let more) = next.event,
          more.how == .skipped, more.stage == first.stage, more.department == first.department
        {
          slots.append(more.slot)
          rest.removeFirst()
        }
        text = Message.timelineSkipped(first, slots: slots, in: root.rulebook)
      }
      lines.append("  \(stored.at.clockText(in: root.zone))  \(TextTable.plain(text.localised))")
      lines += (notes(on: stored.event, root) ?? []).map { "      · " + TextTable.plain($0) }
    }
    return lines
  }

  private func notes(on event: CaseEvent, _ root: RootReader) -> [String]? {
    guard case .taken(let taken) = event else { return nil }
    let notes = taken.input.notes + taken.decision.notes
    return notes.isEmpty ? nil : notes.map { Message.intakeNote($0, in: root.rulebook).localised }
  }

  /// Links in both directions, in the words of the case shown.
  private func lines(_ links: [CaseLink], of id: CaseID, _ rulebook: Rulebook) -> [String] {
    if links.isEmpty { return [] }
    return links.map { link in
      let words: Message =
        link.from == id
        ? .timeline(.linked(.init(to: link.to, why: link.why)), in: rulebook)
        : .linkedFrom(link.from, link.why)
      return "  \(link.from == id ? "→" : "←") \(words.localised)"
    } + ["  " + Message.matterOf(id).localised]
  }

  private func text(
    _ report: Report, _ events: [StoredEvent], _ state: CaseState?, _ root: RootReader, links: [String]
  ) -> String {
    var table = TextTable(columns: CaseReport.columns)
    table.add(report.case.row)
    var lines = [table.text, ""]
    for item in report.items {
      let role = Role(rawValue: item.role).map { Message.title(of: $0).localised } ?? item.role
      let status =
        Assignment.Status(rawValue: item.status).map { Message.title(of: $0).localised } ?? item.status
      lines.append(
        "  \(item.item)  \(root.rulebook.title(of: DepartmentID(item.department)))  \(role)  \(status)")
    }
    lines += links
    for attachment in report.attachments { lines.append("  + " + TextTable.plain(attachment)) }
    lines.append("")
    lines += timeline(events, root)
    if explain {
      for running in state?.deadlines ?? [] {
        lines.append("")
        lines.append("\(root.rulebook.title(of: running.set.stage).localised) (\(running.set.row))")
        lines += running.set.deadline.narrative(in: root.zone).map { "  " + $0.localised }
      }
    }
    return lines.joined(separator: "\n")
  }
}
