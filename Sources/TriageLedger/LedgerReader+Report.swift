import Foundation
import GRDB
public import TriageCore

/// Cases for reports and lists, read page by page so that memory does not grow with the ledger.
extension LedgerReader {
  /// Accounts of some cases, and where the next page begins.
  public struct AccountPage: Sendable {
    public var accounts: [CaseAccount] = []
    /// Cases whose content was erased.
    public var erased = 0
    /// Nil after the last page.
    public var next: Int64?
  }

  /// What may be told from the columns: cases that cannot be meant are not read.
  public struct AccountFilter: Sendable, Equatable {
    public var isOpen = false
    public var phase: CaseState.Phase?
    public var overdueAt: Instant?

    /// No more than a first sieve.
    public init() {}

    /// What a selection asks of cases as they stand now; not for a moment in the past.
    public init(_ selection: CaseSelection, now: Instant) {
      for standing in selection.standings {
        switch standing {
        case .open(true): isOpen = true
        case .unaccepted(true): phase = .assigned
        case .overdue(_, true): overdueAt = now
        default: break
        }
      }
    }
  }

  /// Cases that were open at some time after `start`, as they stood at `at`, in the order of their taking.
  /// - Parameter after: `next` of the page before; 0 for the first.
  public func accounts(
    openSince start: Instant, at: Instant, filter: AccountFilter = AccountFilter(), after: Int64 = 0,
    limit: Int = Limits.reportBatch
  ) throws(LedgerError) -> AccountPage {
    try connection.snapshot { db in
      var page = AccountPage()
      let cases = try Self.reported(db, start, at, filter, after, limit)
      for row in cases {
        let events = try Self.reportedEvents(db, number: row[0], id: CaseID(row[1]), at: at)
        if let events {
          if let account = CaseAccount(id: CaseID(row[1]), events: events, at: at) {
            page.accounts.append(account)
          }
        } else {
          page.erased += 1
        }
      }
      if cases.count == limit { page.next = cases.last?[0] }
      return page
    }
  }

  private static func reported(
    _ db: Database, _ start: Instant, _ at: Instant, _ filter: AccountFilter, _ after: Int64, _ limit: Int
  ) throws -> [Row] {
    var sql = """
      SELECT c.number, c.id FROM cases c
      WHERE c.alert = 0 AND c.number > ? AND c.taken_at <= ? AND (c.open = 1 OR c.closed_at >= ?)
      """
    var arguments: StatementArguments = [after, at.seconds, start.seconds]
    if filter.isOpen { sql += " AND c.open = 1" }
    if let phase = filter.phase {
      sql += " AND c.phase = ?"
      arguments += [phase.rawValue]
    }
    if let overdue = filter.overdueAt {
      sql += """
         AND EXISTS (SELECT 1 FROM deadlines d WHERE d.case_number = c.number AND d.ended IS NULL AND d.due < ?)
        """
      arguments += [overdue.seconds]
    }
    return try db.rows(sql + " ORDER BY c.number LIMIT ?", arguments + [limit])
  }

  /// What is only told and changes nothing that a report counts; half of a ledger's events.
  private static let silent =
    "'noticed', 'listed', 'reminded', 'mended', 'attached', 'noted', 'linked', 'duplicate_arrived'"

  /// - Returns: nil when they were erased.
  private static func reportedEvents(
    _ db: Database, number: Int64, id: CaseID, at: Instant
  ) throws -> [(CaseEvent, Instant)]? {
    let rows = try db.rows(
      """
      SELECT e.sequence, e.kind, e.at, p.payload FROM events e LEFT JOIN payloads p ON p.sequence = e.sequence
      WHERE e.case_number = ? AND e.at <= ? AND e.kind NOT IN (\(silent)) ORDER BY e.version
      """, [number, at.seconds])
    var events: [(CaseEvent, Instant)] = []
    for row in rows {
      guard let body = row[3] as Data? else { return nil }
      do {
        events.append((try EventCoding.decode(kind: row[1], body: body), Instant(seconds: row[2])))
      } catch {
        throw LedgerError.unreadableEvent(sequence: row[0], detail: "\(id): \(error)")
      }
    }
    return events
  }
}

extension CentreReport {
  /// Draws up the report of a period from a ledger, live or of a simulation.
  ///
  /// - Parameter reader: `Ledger.read`, or `LedgerReader(directory:)` beside a running daemon.
  /// - Parameter rulebook: whose lists, indicators and titles count.
  /// - Parameter period: `ReportPeriod(.month, containing: now, in: rulebook.calendar.zone)`; the cases are told as
  ///   they stood at `period.at`, so that a report of the past does not change.
  public static func make(
    reader: LedgerReader, rulebook: Rulebook, period: ReportPeriod
  ) throws(LedgerError) -> CentreReport {
    var builder = ReportBuilder(rulebook: rulebook, period: period)
    var after: Int64? = 0
    while let number = after {
      let page = try reader.accounts(openSince: period.start, at: period.at, after: number)
      for account in page.accounts { builder.add(account) }
      builder.addErased(page.erased)
      after = page.next
    }
    return builder.finish()
  }
}
