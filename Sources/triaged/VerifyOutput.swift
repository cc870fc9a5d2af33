import TriageCore
import TriageDaemon
import TriageLedger

/// What `ledger verify` found, for programs.
struct VerifyJSON: Encodable {
  /// A row that is not what the events say; the other faults have `text` alone.
  struct Fault: Encodable {
    var text: String
    var `case`: String?
    var table: String?
    var column: String?
    var stored: String?
    var recomputed: String?
  }
  var events: Int64
  var originals: Int
  var erasedPayloads: Int
  var head: String
  var casesRecomputed: Int
  var erasedCases: Int
  var timersNotRecomputed: Int
  var textsNotRecomputed: Int
  var attachmentsNotRecomputed: Int
  var faults: [Fault]
  var moreFaults: Int
  /// How the ledger differs from what the root says of it.
  var loss: String?

  init(_ report: VerifyReport, loss: String? = nil) {
    self.loss = loss
    events = report.events
    originals = report.originals
    erasedPayloads = report.erasedPayloads
    head = report.head
    casesRecomputed = report.recomputed
    erasedCases = report.notRecomputed.erased
    timersNotRecomputed = report.notRecomputed.timers
    textsNotRecomputed = report.notRecomputed.sketches
    attachmentsNotRecomputed = report.notRecomputed.enclosures
    faults = report.faults.map { fault in
      var shown = Fault(text: fault.message.localised)
      if case .differs(let id, let table, let column, let stored, let recomputed) = fault {
        (shown.case, shown.table, shown.column) = (id.rawValue, table, column)
        (shown.stored, shown.recomputed) = (stored, recomputed)
      }
      return shown
    }
    moreFaults = report.moreFaults
  }
}

/// The same for people.
struct VerifyText {
  let text: String

  init(_ report: VerifyReport) {
    var lines = report.faults.map { TextTable.plain($0.message.localised) }
    if report.moreFaults > 0 { lines.append(Message.verifyMoreFaults(report.moreFaults).localised) }
    let left = report.notRecomputed
    lines.append(Message.verifyRecomputed(cases: report.recomputed).localised)
    if let kept = Message.verifyNotRecomputed(
      erased: left.erased, timers: left.timers, sketches: left.sketches, enclosures: left.enclosures)
    {
      lines.append(kept.localised)
    }
    if report.isIntact {
      lines.append(
        Message.verifyIntact(
          events: report.events, originals: report.originals, erased: report.erasedPayloads, head: report.head
        ).localised)
    } else {
      lines.append(Message.verifyBroken(faults: report.faults.count + report.moreFaults).localised)
      if report.faults.contains(where: \.isDerived) { lines.append(Message.verifyMend.localised) }
      if report.faults.contains(where: \.wantsBackup) { lines.append(Message.verifyRestore.localised) }
    }
    text = lines.joined(separator: "\n")
  }
}

/// The part of `fsck` that holds the ledger against its own events.
struct LedgerFindings {
  private let report: VerifyReport
  var count: Int { report.faults.count + report.moreFaults }

  private struct Finding: Encodable {
    var department = ""
    var subject: String
    var what = "ledger"
    var mended = false
  }

  init(root: String) throws {
    report = try asking { () throws(LedgerError) in try LedgerTruth(root: root).verify(.rows) }
  }

  static func show(mended: [Message], _ format: OutputFormat) throws {
    for message in mended {
      switch format {
      case .json: print(try JSONLine.encode(Finding(subject: message.localised, mended: true)))
      case .text: print(message.localised)
      }
    }
  }

  func show(_ format: OutputFormat) throws {
    for fault in report.faults {
      let text = TextTable.plain(fault.message.localised)
      switch format {
      case .json: print(try JSONLine.encode(Finding(subject: text)))
      case .text: print(text)
      }
    }
    if format == .text, report.moreFaults > 0 { print(Message.verifyMoreFaults(report.moreFaults).localised) }
    if format == .text, report.faults.contains(where: \.isDerived) { print(Message.verifyMend.localised) }
  }
}
