import Foundation
import Testing

/// `Tests/Durability/faultpoint.c` under the real binary: counts its file-system calls below a folder and makes one of
/// them fail, or the process die right before or after it.
enum Faultpoint {
  enum Action: String {
    case killBefore = "kill-before"
    case killAfter = "kill-after"
    case ioError = "errno:EIO"
    case diskFull = "errno:ENOSPC"
    case notPermitted = "errno:EACCES"
    /// The call does not return while the test lasts.
    case hang = "delay:600000"
    /// It waits before the call until it is continued.
    case stop
    /// Nothing happens; calls are only counted.
    case none = "pass"
    /// Each call takes a while.
    case slow = "delay:150"
    /// It takes longer than a daemon may be silent.
    case silence = "delay:14000"
  }

  /// How a run with a fault ended.
  struct Fault {
    var outcome: Program.Outcome
    /// The run came as far as the call. How many calls there are varies a little with the threads.
    var isMet: Bool
  }

  /// One call that a run made.
  struct Call: CustomStringConvertible {
    var number: Int
    var name: String
    var path: String

    var description: String { "\(number), \(name) \(path.split(separator: "/").suffix(3))" }

    /// Names and durability change only by these: no sample leaves one out.
    var isStep: Bool {
      isSync || ["rename", "link", "unlink"].contains { name.hasPrefix($0) } || name == "rmdir"
    }
    var isSync: Bool { ["fsync", "fdatasync", "syncfs"].contains(name) }
    var isWrite: Bool { name.contains("write") }
  }

  /// The shim, compiled once; nil where there is no C compiler.
  static let shim: String? = {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Durability/faultpoint.c").standardizedFileURL.path
    let target = temporaryFolder + "/triaged-faultpoint-\(getpid()).so"
    for compiler in ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"] {
      let arguments = ["-shared", "-fPIC", "-O2", "-w", "-o", target, source, "-ldl", "-lpthread"]
      guard let build = try? Running(compiler, arguments), build.ends(within: 60) else { continue }
      if build.outcome.status == 0 {
        atexit { unlink(temporaryFolder + "/triaged-faultpoint-\(getpid()).so") }
        return target
      }
    }
    return nil
  }()

  /// The calls that a run without a fault makes in this root, in their order.
  /// - Parameter arguments: of the command; nil: a run of the daemon.
  static func calls(of root: Root, at time: String, _ arguments: [String]? = nil) throws -> [Call] {
    try calls(of: arguments ?? root.options(at: time) + ["--once"], below: root.path)
  }

  /// The calls that a command makes below a folder.
  static func calls(of arguments: [String], below path: String) throws -> [Call] {
    let log = temporaryFolder + "/triaged-calls-" + UUID().uuidString
    defer { unlink(log) }
    var settings = try environment(.none, below: path, at: 0)
    settings["FP_LOG"] = log
    let outcome = try Program.run(arguments, environment: settings)
    #expect(outcome.status == 0, "\(outcome.err)")
    let text = String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 3)
      guard parts.count == 4, let number = Int(parts[0]) else { return nil }
      return Call(number: number, name: String(parts[2]), path: String(parts[3]))
    }
  }

  /// Runs `--once`, or another command, with a fault at one call.
  /// - Parameters:
  ///   - arguments: of the command; nil: a run of the daemon.
  ///   - operations: groups of calls as `FP_OPS` names them.
  ///   - path: only calls below it count; the root when nil.
  ///   - count: how many calls in a row are hit; -1 all from there on.
  ///   - command: instead of `run --once`.
  static func run(
    _ root: Root, _ action: Action, on operations: String = changes, below path: String? = nil,
    at number: Int,
    count: Int = 1, time: String = Root.thursday, _ arguments: [String]? = nil
  ) throws -> Fault {
    try run(
      arguments ?? root.options(at: time) + ["--once"], action, on: operations, below: path ?? root.path,
      at: number, count: count)
  }

  /// Runs a command with a fault at one call below a folder.
  static func run(
    _ arguments: [String], _ action: Action, on operations: String = changes, below path: String,
    at number: Int, count: Int = 1
  ) throws -> Fault {
    let counter = temporaryFolder + "/triaged-count-" + UUID().uuidString
    defer { unlink(counter) }
    var settings = try environment(action, on: operations, below: path, at: number, count: count)
    settings["FP_STATE"] = counter
    let outcome = try Program.run(arguments, environment: settings)
    let bytes = FileManager.default.contents(atPath: counter) ?? Data()
    let calls = bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    return Fault(outcome: outcome, isMet: calls >= number)
  }

  /// Starts `--once`, which stops before one call.
  static func stop(_ root: Root, at number: Int, time: String = Root.thursday) throws -> Running {
    try Running(
      Program.path, root.options(at: time) + ["--once"],
      environment: try environment(.stop, below: root.path, at: number))
  }

  /// Of the calls that are steps each so-manieth, and so of the others; with `make long` every call.
  static func sample(_ calls: [Call], every: Int, steps: Int = 1) -> [Call] {
    func some(_ calls: [Call], _ rate: Int) -> [Call] {
      calls.enumerated().filter { $0.offset % rate == 0 }.map(\.element)
    }
    return isLong ? calls : some(calls.filter(\.isStep), steps) + some(calls.filter { !$0.isStep }, every)
  }

  /// Everything that changes the file system.
  static let changes = "open,write,fsync,rename,link,unlink,truncate,mkdir"

  /// With this a program meets a fault.
  /// - Parameters: as for `run`.
  static func environment(
    _ action: Action, on operations: String = changes, below path: String, at number: Int = 1, count: Int = 1
  ) throws -> [String: String] {
    [
      "LD_PRELOAD": try #require(shim), "FP_OPS": operations, "FP_PATH": path, "FP_AT": "\(number)",
      "FP_COUNT": "\(count)", "FP_ACTION": action.rawValue,
    ]
  }
}
