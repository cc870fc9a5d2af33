import Foundation
import Testing

/// A disk below a root, or parts of it, that fails from a moment on and is whole again from another, as a running daemon
/// sees it.
final class FailingDisk {
  let environment: [String: String]
  private let counter: String

  /// What the ledger is written to.
  static let ledger = ["state/ledger.sqlite", "state/ledger.sqlite-wal"]

  /// So many calls no test makes: from this one on they fail.
  private static let never = 1_000_000_000

  /// Nil where there is no C compiler.
  /// - Parameter parts: files and folders below the root that fail; empty: all of it.
  init?(_ failure: Faultpoint.Action, under root: Root, parts: [String] = []) throws {
    guard Faultpoint.shim != nil else { return nil }
    counter = root.home + "/calls.count"
    let paths = parts.isEmpty ? [root.path] : parts.map { root.path + "/" + $0 }
    var settings = try Faultpoint.environment(
      failure, below: paths.joined(separator: ":"), at: Self.never, count: -1)
    settings["FP_STATE"] = counter
    environment = settings
  }

  /// - Parameter calls: that still go well.
  func fail(after calls: Int = 0) { set(Self.never - calls) }
  func mend() { set(0) }

  /// The shim counts in a file that it has mapped.
  private func set(_ calls: Int) {
    let file = open(counter, O_WRONLY | O_CLOEXEC)
    var number = Int64(calls)
    pwrite(file, &number, 8, 0)
    close(file)
  }
}
