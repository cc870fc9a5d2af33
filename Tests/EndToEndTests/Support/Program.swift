import Foundation
import Testing

/// The real binary, run as an operator runs it: found beside the running test bundle, with an environment of its own.
enum Program {
  static let path: String = {
    let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().path + "/triaged"
  }()

  /// How a run ended. `signal` is set when it was killed.
  struct Outcome {
    var status: Int32
    var signal: Int32?
    var out: String
    var err: String

    /// Standard output as one dictionary a line.
    var objects: [[String: Any]] {
      out.split(separator: "\n").compactMap {
        (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
      }
    }
    var lines: [String] { out.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
  }

  /// Runs to the end.
  /// - Parameter patience: seconds after which it counts as hung and is killed.
  @discardableResult
  static func run(
    _ arguments: [String], environment: [String: String] = [:], patience: Double = 120,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let process = try Running(path, arguments, environment: environment)
    guard process.ends(within: patience) else {
      process.kill()
      Issue.record("hung: triaged \(arguments.joined(separator: " "))", sourceLocation: sourceLocation)
      return process.outcome
    }
    return process.outcome
  }
}

/// A process that this test started; it is ended by its pid when it is let go.
final class Running {
  let pid: pid_t
  private let output: String
  private var status: Int32?

  struct SpawnFailed: Error { var code: Int32 }

  init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
    output = temporaryFolder + "/triaged-output-" + UUID().uuidString
    var all = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "en_US.UTF-8", "HOME": "/nonexistent"]
    all.merge(environment) { $1 }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output + ".out", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, output + ".err", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var child: pid_t = 0
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let settings = all.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + settings { free(pointer) } }
    let code = openForWriting.withLock { posix_spawn(&child, program, &actions, nil, words, settings) }
    guard code == 0 else { throw SpawnFailed(code: code) }
    pid = child
  }

  deinit {
    kill()
    unlink(output + ".out")
    unlink(output + ".err")
  }

  /// Whether it has ended by now.
  var hasEnded: Bool {
    if status != nil { return true }
    var found: Int32 = 0
    guard waitpid(pid, &found, WNOHANG) == pid else { return false }
    status = found
    return true
  }

  func ends(within seconds: Double) -> Bool { eventually(within: seconds, step: 0.002) { self.hasEnded } }

  func signal(_ number: Int32) { if status == nil { Foundation.kill(pid, number) } }

  /// SIGKILL, and waits until it is gone.
  func kill() {
    guard !hasEnded else { return }
    Foundation.kill(pid, SIGKILL)
    var found: Int32 = 0
    if waitpid(pid, &found, 0) == pid { status = found }
  }

  /// Standard output as it is.
  var outBytes: [UInt8]? { FileManager.default.contents(atPath: output + ".out").map(Array.init) }
  var out: String { text(".out") }
  var err: String { text(".err") }
  private func text(_ kind: String) -> String {
    String(decoding: FileManager.default.contents(atPath: output + kind) ?? Data(), as: UTF8.self)
  }

  /// What proc(5) `stat` says after the name, from the state on.
  private static func stat(_ file: String) throws -> [Substring] {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    return text[text.index(after: try #require(text.lastIndex(of: ")")))...].split(separator: " ")
  }

  /// Whether a thread of it waits for a file system that does not answer: at no look within a while it has come back.
  var hangs: Bool {
    var waiting = waitingThreads
    for _ in 0..<20 where !waiting.isEmpty {
      usleep(10_000)
      waiting.formIntersection(waitingThreads)
    }
    return !waiting.isEmpty
  }

  /// The threads that wait in the kernel and cannot be disturbed.
  private var waitingThreads: Set<String> {
    let folder = "/proc/\(pid)/task"
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Set(threads.filter { (try? Self.stat("\(folder)/\($0)/stat"))?.first == "D" })
  }

  /// By a signal.
  var isStopped: Bool { (try? Self.stat("/proc/\(pid)/stat"))?.first == "T" }

  /// Time that it has computed.
  var processorSeconds: Double {
    get throws {
      let fields = try Self.stat("/proc/\(pid)/stat")
      let ticks = try #require(Double(fields[11])) + (try #require(Double(fields[12])))
      return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
  }

  var outcome: Program.Outcome {
    let status = status ?? 0
    let signal = status & 0x7F
    return Program.Outcome(
      status: (status >> 8) & 0xFF, signal: signal == 0 ? nil : signal, out: out, err: err)
  }
}

/// Polls until the condition holds.
func eventually(within seconds: Double = 30, step: Double = 0.02, _ condition: () throws -> Bool) rethrows
  -> Bool
{
  let end = ProcessInfo.processInfo.systemUptime + seconds
  while true {
    if try condition() { return true }
    if ProcessInfo.processInfo.systemUptime > end { return false }
    usleep(UInt32(step * 1_000_000))
  }
}

/// Held while a file is written and while a process is started. A process started by one test would else hold, until
/// its exec(3), a file open that another test is writing, and a daemon that looks at that file would rightly leave it
/// to be finished.
let openForWriting = NSLock()

/// Where tests put what they need, without a slash at the end.
let temporaryFolder = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
