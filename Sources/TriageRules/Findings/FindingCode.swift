/// The stable name of one kind of fault in a rulebook, as `[code]` at the end of a finding and in JSON.
///
/// Codes are part of the command line: editors and scripts match on them. They are added to, never renamed.
public enum FindingCode: String, Sendable, CaseIterable {
  // The directory and its files
  case directoryUnreadable = "directory-unreadable"
  case directoryLoop = "directory-loop"
  case directoryChanged = "directory-changed"
  case fileUnreadable = "file-unreadable"
  case fileKind = "file-kind"
  case fileEmpty = "file-empty"
  case fileTooLarge = "file-too-large"
  case tooManyFiles = "too-many-files"
  case fileIgnored = "file-ignored"
  case fileCopy = "file-copy"

  case extendsLoop = "extends-loop"
  case extendsPath = "extends-path"

  // YAML
  case yamlSyntax = "yaml-syntax"
  case yamlTab = "yaml-tab"
  case yamlEncoding = "yaml-encoding"
  case yamlLimit = "yaml-limit"
  case yamlDuplicateKey = "yaml-duplicate-key"
  case yamlAlias = "yaml-alias"
  case yamlTag = "yaml-tag"
  case yamlDocuments = "yaml-documents"

  // The language
  case unknownKey = "unknown-key"
  case missingKey = "missing-key"
  case emptyList = "empty-list"
  case wrongType = "wrong-type"
  case wrongValue = "wrong-value"
  case needsQuotes = "needs-quotes"
  case fullWidth = "full-width"
  case duplicateID = "duplicate-id"
  case duplicateSection = "duplicate-section"
  case nothingToOverride = "nothing-to-override"
  case badID = "bad-id"
  case textInRow = "text-in-row"
  case laterPhase = "later-phase"
  case tooDeep = "condition-too-deep"
  case pattern = "pattern"
  case slowPattern = "slow-pattern"

  // Names
  case undefinedDepartment = "undefined-department"
  case undefinedCategory = "undefined-category"
  case undefinedLevel = "undefined-level"
  case undefinedScaleValue = "undefined-scale-value"
  case undefinedTag = "undefined-tag"
  case undefinedLexicon = "undefined-lexicon"
  case undefinedArea = "undefined-area"
  case undefinedAreaKind = "undefined-area-kind"
  case undefinedField = "undefined-field"
  case undefinedChannel = "undefined-channel"
  case undefinedStage = "undefined-stage"
  case undefinedRule = "undefined-rule"
  case undefinedReason = "undefined-reason"
  case unusedDepartment = "unused-department"
  case unusedCategory = "unused-category"
  case unusedLevel = "unused-level"
  case unusedTag = "unused-tag"
  case unusedLexicon = "unused-lexicon"
  case unusedArea = "unused-area"
  case ambiguousArea = "ambiguous-area"
  case neverGiven = "never-given"
  case sameTitle = "same-title"

  // Meaning
  case tagCycle = "tag-cycle"
  case escalationLoop = "escalation-loop"
  case nobodyAbove = "nobody-above"
  case templateNamesNobody = "template-names-nobody"
  case overlap = "overlap"
  case overlapUnchecked = "overlap-unchecked"
  case noDeadline = "no-deadline"
  case noRoute = "no-route"
  case neverFires = "never-fires"
  case givesNothing = "gives-nothing"
  case coveredPhrase = "covered-phrase"
  case deadException = "dead-exception"
  case boilerplatePhrase = "boilerplate-phrase"
  case deadPhrase = "dead-phrase"
  case calendarDays = "calendar-days"
  case calendarEnds = "calendar-ends"
  case noTest = "no-test"
}

extension FindingCode {
  /// Faults for which a whole file, or folder, is not read.
  static let losesFile: Set<FindingCode> = [
    .directoryUnreadable, .directoryLoop, .fileUnreadable, .fileKind, .fileEmpty, .fileTooLarge,
    .tooManyFiles,
    .fileCopy, .yamlSyntax,
    .yamlTab, .yamlEncoding, .yamlLimit, .yamlDuplicateKey, .yamlAlias, .yamlTag, .yamlDocuments,
  ]

  /// Names of the findings that say nothing while a file is missing: what they miss may stand in it. The scales that a
  /// rulebook declares are keys, too.
  static let mayFollowFromLostFile: Set<String> = Set(
    [
      unknownKey,
      undefinedDepartment, undefinedCategory, undefinedLevel, undefinedScaleValue, undefinedTag,
      undefinedLexicon,
      undefinedArea, undefinedAreaKind, undefinedField, undefinedChannel, undefinedStage, undefinedRule,
      undefinedReason, unusedDepartment, unusedCategory, unusedLevel, unusedTag, unusedLexicon, unusedArea,
      neverGiven, nobodyAbove, templateNamesNobody, noDeadline, noRoute, neverFires, noTest,
      nothingToOverride, calendarEnds,
    ].map(\.rawValue))
}
