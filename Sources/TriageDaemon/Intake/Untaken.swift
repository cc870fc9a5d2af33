import TriageCore

/// What the last scan for everything, and what came after it, could neither take in nor set aside: by its path below the
/// inbox (of the inbox itself it is empty), with the reason. Main thread only.
final class Untaken {
  private var now: [String: SystemFault] = [:]
  private var before: [String: SystemFault] = [:]

  var isEmpty: Bool { now.isEmpty }

  /// A scan for everything begins.
  func begin() { (before, now) = (now, [:]) }

  /// - Returns: whether it is to be said: it was not there at the scan before, or for another reason.
  func add(_ path: String, _ fault: SystemFault) -> Bool {
    let known = now.updateValue(fault, forKey: path) ?? before[path]
    return known != fault
  }

  func remove(_ path: String) {
    now[path] = nil
    before[path] = nil
  }
}
