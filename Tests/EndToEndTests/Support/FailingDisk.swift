import Foundation
import Testing

/// A disk below a root that fails from a moment on and is whole again from another, as a running daemon sees it.
final class FailingDisk {
  let environment: [String: String]
  private let counter: String

  /// So many calls no test makes: from this one on they fail.
  private static let never = 1_000_000_000

  /// Nil where there is no C compiler.
  init?(_ failure: Faultpoint.Action, under root: Root) throws {
    guard let shim = Faultpoint.shim else { return nil }
    counter = root.home + "/calls.count"
    environment = [
      "LD_PRELOAD": shim, "FP_OPS": Faultpoint.changes, "FP_PATH": root.path, "FP_AT": "\(Self.never)",
      "FP_COUNT": "-1", "FP_ACTION": failure.rawValue, "FP_STATE": counter,
    ]
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
