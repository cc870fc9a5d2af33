import ArgumentParser
import Glibc
import TriageCore
import TriageDaemon
import TriageLedger

/// The one binary. Data goes to standard output, everything else to standard error; exit 0, 1 (findings, failed
/// tests, no), 2 (usage), 75 (another daemon has the root), 78 (configuration).
@main
struct Triaged: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "triaged",
    abstract: Message.helpTriaged.localised,
    version: ProgramVersion.current,
    subcommands: [
      RunCommand.self, CheckCommand.self, SchemaCommand.self, TestCommand.self, ExplainCommand.self,
      DueCommand.self,
      StatusCommand.self, CasesCommand.self, ShowCommand.self, ActCommand.self, InitCommand.self,
      FsckCommand.self, LedgerCommand.self, CalendarCommand.self, SimulateCommand.self, ReplayCommand.self,
      RemindersCommand.self, ReportCommand.self,
    ])

  static func main() {
    // A reader that closes the pipe early (head, less) is no failure.
    signal(SIGPIPE, SIG_DFL)
    ProcessLimits.nameMemoryLimit(in: UserLanguage.current, status: ExitStatus.no)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      for message in failure.messages { StandardError.write("triaged: \(message.localised)") }
      Glibc.exit(failure.status)
    } catch {
      let status = exitCode(for: error)
      if status == .validationFailure {
        StandardError.write(fullMessage(for: error))
        Glibc.exit(ExitStatus.usage)
      }
      exit(withError: error)
    }
  }
}

/// The exit statuses of DESIGN.md section 9; 75 and 78 are EX_TEMPFAIL and EX_CONFIG of sysexits.h.
enum ExitStatus {
  static let no: Int32 = 1
  static let usage: Int32 = 2
  /// 128 and SIGINT, as shells count.
  static let interrupted: Int32 = 130
  static let held: Int32 = 75
  static let configuration: Int32 = 78
}

/// Ends a command with messages for the user, a line each, and a status.
struct Failure: Error {
  var messages: [Message]
  var status: Int32

  init(_ message: Message, status: Int32 = ExitStatus.no) { self.init([message], status: status) }

  init(_ messages: [Message], status: Int32) {
    self.messages = messages
    self.status = status
  }

  /// A ledger that is not the root's is a matter of how things are set up, not of this command.
  init(_ error: LedgerError) {
    if case .lost = error {
      self.init(error.message, status: ExitStatus.configuration)
    } else {
      self.init(error.message)
    }
  }
}
