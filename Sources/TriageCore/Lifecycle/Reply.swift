/// What a department filled into the `reply:` form of an item, typed.
public struct Reply: Sendable, Equatable, Codable {
  /// Whether the dispute is settled (化解).
  public enum Result: String, Sendable, Codable, CaseIterable { case settled, failed, partial }
  /// The form of an agreement.
  public enum Agreement: String, Sendable, Codable, CaseIterable { case written, oral, none }
  /// Whether what was agreed was done (履行).
  public enum Performed: String, Sendable, Codable, CaseIterable { case yes, partly, no }
  /// What a follow-up visit heard.
  public enum Satisfied: String, Sendable, Codable, CaseIterable {
    case yes, basically, no, unreachable
  }
  /// The answer to a request for approval.
  public enum Verdict: String, Sendable, Codable, CaseIterable { case grant, refuse }
  /// A part of what was agreed, and when it is due.
  public struct Instalment: Sendable, Equatable, Codable {
    public var date: CivilDate
    public var note: String
    public init(date: CivilDate, note: String) {
      self.date = date
      self.note = note
    }
  }

  public var result: Result?
  public var summary: String?
  public var measure: String?
  public var agreement: Agreement?
  public var agreementDate: CivilDate?
  public var instalments: [Instalment]
  public var performed: Performed?
  public var satisfied: Satisfied?
  public var residualRisk: Bool?
  public var returnReason: ReasonID?
  public var decision: Verdict?
  public var assignTo: DepartmentID?
  /// Free words to a return, a decision, a request.
  public var reason: String?
  /// Fields that the rulebook declares, and lines that no field took, as typed.
  public var extra: [String: String]

  public init(
    result: Result? = nil, summary: String? = nil, measure: String? = nil, agreement: Agreement? = nil,
    agreementDate: CivilDate? = nil, instalments: [Instalment] = [], performed: Performed? = nil,
    satisfied: Satisfied? = nil, residualRisk: Bool? = nil, returnReason: ReasonID? = nil,
    decision: Verdict? = nil, assignTo: DepartmentID? = nil, reason: String? = nil,
    extra: [String: String] = [:]
  ) {
    self.result = result
    self.summary = summary
    self.measure = measure
    self.agreement = agreement
    self.agreementDate = agreementDate
    self.instalments = instalments
    self.performed = performed
    self.satisfied = satisfied
    self.residualRisk = residualRisk
    self.returnReason = returnReason
    self.decision = decision
    self.assignTo = assignTo
    self.reason = reason
    self.extra = extra
  }
}

/// What a department asks for by a file in `requests/`.
public struct Request: Sendable, Equatable, Codable {
  /// What a department may ask for beside moving items (DESIGN.md section 4).
  public enum Verb: String, Sendable, Codable, CaseIterable {
    case contact, note, resume, whistle, report, complete
    case extend, pause, lower, withdraw
    case assign, correct, raise, merge, divert
  }
  public var verb: Verb
  public var by: DepartmentID
  /// When the file was taken: a grant counts from here.
  public var at: Instant
  public var reason: String
  /// `whistle`, `assign`: whom.
  public var department: DepartmentID?
  /// `pause`: a reason of the rulebook's list.
  public var pauseReason: ReasonID?
  /// `extend`: by how much, if less than allowed.
  public var extendBy: TimeLimit?
  /// `lower`, `raise`: the level wanted.
  public var level: LevelID?
  /// `merge`: into which case.
  public var into: CaseID?
  /// `complete`: which stage is done; nil where only one waits.
  public var stage: Stage?
  /// `divert`: to which procedure.
  public var procedure: ProcedureID?
  /// `correct`: field to value, `category` and `area` among them.
  public var corrections: [String: String]

  public init(
    verb: Verb, by: DepartmentID, at: Instant, reason: String = "", department: DepartmentID? = nil,
    pauseReason: ReasonID? = nil, extendBy: TimeLimit? = nil, level: LevelID? = nil, into: CaseID? = nil,
    stage: Stage? = nil, procedure: ProcedureID? = nil, corrections: [String: String] = [:]
  ) {
    self.verb = verb
    self.by = by
    self.at = at
    self.reason = reason
    self.department = department
    self.pauseReason = pauseReason
    self.extendBy = extendBy
    self.level = level
    self.into = into
    self.stage = stage
    self.procedure = procedure
    self.corrections = corrections
  }
}
