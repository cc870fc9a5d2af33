/// Every limit of the program, in one place. Messages name a limit by its `name` in triaged's documentation.
public enum Limits {
  // Intake
  /// A case file of any kind, bytes.
  public static let caseFileBytes = 8 << 20
  /// Originals up to this size lie in the ledger, larger ones in `state/files`, bytes.
  public static let inlineOriginalBytes = 64 << 10
  /// An attachment, bytes.
  public static let attachmentBytes = 256 << 20
  public static let attachmentsPerCase = 200
  public static let titleScalars = 2_000
  public static let textScalars = 100_000
  public static let fieldsPerCase = 200
  /// A value that is a number, a yes or a no, bytes; a longer one is none.
  public static let valueBytes = 200
  /// A value that may be a placeholder or an error mark, bytes.
  public static let placeholderBytes = 60
  /// Of a value that a note or a message repeats, scalars.
  public static let notedScalars = 200
  /// Of a name in a message, scalars.
  public static let namedScalars = 40
  /// Names and places in one message on a file.
  public static let namedPlaces = 20
  /// Rows that are looked through for a table's header: exports put a title line or two above it.
  public static let headerRows = 5
  public static let csvRows = 100_000
  public static let csvColumns = 500
  /// Cases recorded by one ledger transaction; batches beyond 64 bring little, larger ones save dir syncs.
  public static let batchCases = 256
  /// Parts of a mail inside each other, and all of them.
  public static let mailDepth = 10
  public static let mailParts = 300
  /// The header of a mail is looked for so far, bytes.
  public static let mailHeaderBytes = 64 << 10
  /// Bytes of one batch, unless a single file is larger.
  public static let batchBytes = 32 << 20
  /// A file that crashed the daemon this often while it was read is set aside.
  public static let intakeAttempts = 2

  /// A file that is still being written after so many seconds is warned of; it is never taken in half.
  public static let arrivalPatience: Int64 = 300
  /// Seconds that `run --once` waits beyond the settle time for what is still being written.
  public static let onceWaitsFor: Int64 = 10

  /// Where nobody can be asked who writes a file and no watch saw how it came, so many settle times count.
  public static let unseenPatience: Int64 = 5
  /// A file that is being written is looked at again after so long, ever more seldom; its closing is an event.
  public static let writtenPauseMilliseconds: ClosedRange<Int64> = 250...30_000
  /// A file that was made and is not empty is looked at again after so long where nobody can be asked who writes it.
  public static let madePauseMilliseconds: Int64 = 100
  /// The main thread waits so many seconds for a share; one that answers later counts as gone until it does.
  public static let sharePatience = 1.0

  /// An answer waits so many seconds for an upload beside it that makes no progress.
  public static let uploadPatience: Int64 = 60

  /// Seconds that a start, or a reload that is asked for, waits for a rule file that is still being written.
  public static let rulesWaitFor = 10

  // YAML and JSON
  public static let yamlDepth = 64
  public static let yamlNodes = 1_000_000
  public static let yamlCaseNodes = 20_000
  public static let yamlScalarBytes = 1 << 20
  public static let ruleFileBytes = 8 << 20
  public static let ruleFiles = 5_000

  // Rulebook
  /// Rulebooks that one rulebook may be built on, one on the other (`extends`).
  public static let rulebookBases = 8
  public static let phraseScalars = 200
  public static let patternScalars = 1_000
  /// Largest bounded repeat in a pattern: beyond it compilation takes minutes (`{0,1000}` 6.6 s and refused).
  public static let patternRepeat = 255
  /// Byte positions of a pattern with its repeats written out: beyond it one compilation takes over a second.
  public static let patternPositions = 6_000
  /// Those of all patterns of a rulebook.
  public static let patternPositionsInAll = 300_000
  /// A pattern that alone takes so many tenths of a second of processor time to compile is warned of.
  public static let slowPatternTenths = 5
  /// All patterns of a rulebook together, where none is slow alone.
  public static let slowPatternsTenths = 30
  /// So long it is looked for the slowest one, tenths of a second.
  public static let slowPatternSearchTenths = 50
  public static let conditionDepth = 32
  /// How many mistyped names of one load get a "did you mean".
  public static let suggestions = 300
  /// Hits of one phrase in one field that a decision keeps, strong and weak each.
  public static let hitsPerPhrase = 20
  /// Hits of one text condition that a decision stores as evidence.
  public static let reasonsPerProbe = 16
  /// Files of one kind that are named in the log at once.
  public static let loggedFiles = 20
  /// Lines over which one text goes on in a rule file, where a piece of it is looked for.
  public static let scalarLines = 50
  /// Entries that a rule file must repeat to be a copy of another although its name does not say so.
  public static let copiedEntries = 2
  /// Findings of one rulebook that are logged; RULES-REFUSED.txt and `check` show all.
  public static let loggedFindings = 20
  /// Years whose holidays a rulebook may have.
  public static let calendarYears = 1990...2200
  /// Days from Monday to Friday that one year's notice takes off at most: the State Council's take off some thirty.
  public static let holidaysPerYear = 60
  /// Days before the end of the last year with known holidays from which on that is warned of.
  public static let calendarNoticeDays = 60

  // The same matter
  /// Earlier filings of one matter that a new case remembers, the latest: no rule asks for more.
  public static let historyLength = 100
  /// Near-same text is the same matter within so many days.
  public static let sameMatterDays: Int64 = 91
  /// Part of the triples of characters that near-same texts have in common, at least.
  public static let nearSimilarity = 0.55
  /// Earlier cases that are compared for one key.
  public static let nearCandidates = 32
  /// A longer text is compared by its beginning, scalars.
  public static let sketchScalars = 4_000
  /// Words of a reminder call that are taken for the number of an earlier case.
  public static let referencesPerCase = 8

  // Tests of a rulebook
  /// How many timers of a case are tried to tell when an escalation would come.
  public static let escalationLookAhead = 200

  // Departments
  /// A reply form, bytes.
  public static let replyBytes = 1 << 20
  public static let requestBytes = 1 << 20
  /// A notice on a case in which the department has no item any more is put away after so many days.
  public static let noticeDays = 7

  // Life of a case
  /// After so many returns the adjudicator's decision is final.
  public static let returnsPerCase = 2
  /// Days on which nobody was reached before a follow-up visit is given up.
  public static let visitAttempts = 3
  /// A reminder that is so late, seconds, was missed (the daemon was down) and goes into a digest.
  public static let reminderGrace: Int64 = 3_600
  /// How often one tick looks again for what its own steps made due; each step is done once, so few suffice.
  public static let tickRounds = 100

  // Alerts
  /// Cases that one alert lists and acts on; its title counts the others too.
  public static let alertCases = 1_000
  /// So far back the last working day is looked for at which something daily was due.
  public static let dailyLookBackDays = 30

  // Process
  /// Address space below which the daemon does not start, bytes (`ulimit -v`): with less, threads and tables fail at
  /// random.
  public static let addressSpaceBytes: UInt64 = 256 << 20
  /// Open files below which the daemon does not start, and as many as it takes (`ulimit -n`).
  public static let openFiles: UInt64 = 64
  public static let openFilesWanted: UInt64 = 65_536

  /// Seconds of work in one piece after which it is asked whether threads can be started at all.
  public static let threadPatience = 3
  /// Seconds after which a SIGTERM that nobody answered ends the process; systemd waits for fifteen.
  public static let stopGrace = 10

  // Queues
  /// Effects of the outbox that one step of the loop performs at most.
  public static let effectsPerStep = 1_024
  /// Bytes of case files that one step puts into queues, unless a single file is larger: a step must end long before
  /// the watchdog of a minute does.
  public static let deliveryBytes = 64 << 20
  /// What a file costs at least, bytes.
  public static let deliveryFileBytes = 4 << 10
  /// From so many files on one syncfs(2) costs less than an fsync(2) each.
  public static let syncTogether = 4
  /// So many names are tried where others are taken by what is no file of the daemon's.
  public static let namesTried = 1_000
  /// Seconds between two notes of the ledger's head in a queue's marker.
  public static let markerPause = 60.0
  /// A queue on a share that answers slower than this is called hung, seconds.
  public static let hungAfter = 20.0
  /// Shares that do not answer for so long, seconds, are left out where a root is looked through for its ledger.
  public static let tracePatience = 2.0
  /// What lies in a queue and is not asked for is forgotten after so many seconds.
  public static let arrivalMemory: Int64 = 3_600

  // Memory
  /// States of cases that the daemon holds in memory at most.
  public static let casesKept = 1_000

  // Time
  /// A date, a time or a duration, bytes; a longer text is none.
  public static let timeBytes = 200
  /// A `received_at` older than this many days counts as absurd.
  public static let receivedAtDays = 3_660
  /// The furthest that a deadline may lie ahead, days: stops a loop over a calendar without working days.
  public static let deadlineHorizonDays = 3_660

  // Reports
  /// Rows that a list keeps; it says how many there are.
  public static let reportListRows = 10_000
  /// The text of a list, bytes.
  public static let listBytes = 8 << 20
  /// Topics that a report names.
  public static let reportTopics = 10
  /// Cases that are read at once for a report or a list.
  public static let reportBatch = 200

  // Ledger
  /// Originals, the latest, whose files are looked for at a start.
  public static let originalsLookedFor = 200
  /// Lines of a department's day are kept for so many days.
  public static let dayLinesKept = 40
  /// A ledger up to this size is looked over (quick_check) at every start, bytes; larger ones by `ledger verify`.
  public static let quickCheckBytes = 1 << 30

  // Disk
  /// With less room than this on the ledger's disk `status` says so, bytes.
  public static let diskNoticeBytes: Int64 = 64 << 20

  // Simulation
  /// Days that one scenario may span.
  public static let scenarioDays = 3_660
  /// Cases a day of one stream of a scenario.
  public static let scenarioCasesPerDay = 10_000
}
