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
  /// What the pauses of the stage come to, seconds; `days` is how far they move the deadline.
  struct Pauses: Encodable {
    struct Part: Encodable {
      var from: String
      var until: String
      var seconds: Int
    }
    var parts: [Part]
    var seconds: Int
    var dayLength: Int
    var days: Int
    var rest: Int
    /// Of the extension that they belong to; nil for the first time of the stage.
    var limit: String?

    init(_ sum: PauseSum, of limit: TimeLimit? = nil, zone: Zone) {
      parts = sum.parts.map {
        Part(from: $0.from.iso8601(in: zone), until: $0.until.iso8601(in: zone), seconds: $0.seconds)
      }
      seconds = sum.seconds
      dayLength = sum.day
      days = sum.days
      rest = sum.rest
      self.limit = limit?.description
    }
  }
  var stage: String?
  var department: String?
  var start: String
  var limit: String
  var due: String
  var provisional: Bool
  var row: String?
  var arithmetic: [Span]?
  var pauses: Pauses?
  var furtherPauses: [Pauses]?

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
    pauses = deadline.pauses.map { Pauses($0, zone: zone) }
    furtherPauses = deadline.furtherPauses?.map { Pauses($0.sum, of: $0.limit, zone: zone) }
  }

  init(_ set: CaseEvent.DeadlineSet, zone: Zone, arithmetic: Bool = false) {
    self.init(set.deadline, zone: zone, arithmetic: arithmetic)
    stage = set.stage.rawValue
    department = set.department?.rawValue
    row = set.row.rawValue
  }
}
