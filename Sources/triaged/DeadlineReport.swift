import TriageCore

/// A deadline as commands print it in JSON.
struct DeadlineReport: Encodable {
  struct Span: Encodable {
    var from: String
    var until: String
    var reason: String
    var counted: Int
    var name: String?
  }
  var stage: String?
  var department: String?
  var start: String
  var limit: String
  var due: String
  var provisional: Bool
  var row: String?
  var arithmetic: [Span]?

  init(_ deadline: Deadline, zone: Zone, arithmetic: Bool = true) {
    start = deadline.start.iso8601(in: zone)
    limit = deadline.limit.description
    due = deadline.due.iso8601(in: zone)
    provisional = deadline.provisional
    guard arithmetic else { return }
    self.arithmetic = deadline.arithmetic.map {
      Span(
        from: $0.from.iso8601(in: zone), until: $0.until.iso8601(in: zone), reason: $0.reason.rawValue,
        counted: $0.counted, name: $0.name)
    }
  }

  init(_ set: CaseEvent.DeadlineSet, zone: Zone, arithmetic: Bool = false) {
    self.init(set.deadline, zone: zone, arithmetic: arithmetic)
    stage = set.stage.rawValue
    department = set.department?.rawValue
    row = set.row.rawValue
  }
}
