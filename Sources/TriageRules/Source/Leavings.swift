import TriageCore

/// Names of what lies beside rule files and was meant by nobody as a rule: desktops' leavings, and what editors and
/// transfers leave.
///
/// A name that somebody may have given is none: other folders count as such, and so do rule files (`*.yaml`).
enum Leavings {
  private static let endings = [
    ".bak", ".old", ".orig", ".rej", ".save", ".tmp", ".temp", ".swo", ".swn", ".lnk", ".url", ".part",
    ".crdownload", ".wbk", ".asd", ".ds_store", ".lock",
  ]

  static func isLeft(_ name: String, isFolder: Bool) -> Bool {
    let name = name.lowercased()
    if DesktopLeavings.contains(Array(name.utf8)) { return true }
    if isFolder || name.hasSuffix(".yaml") { return false }
    return name == "nohup.out" || endings.contains(where: name.hasSuffix) || name.hasPrefix("~wrl")
      || name.count > 2 && name.hasPrefix("#") && name.hasSuffix("#")
  }
}
