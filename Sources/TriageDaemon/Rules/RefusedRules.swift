import Foundation
import TriageCore
import TriageRules

/// What is said of a rulebook that was refused: `RULES-REFUSED.txt` for the administrator, beside the rules or in
/// `reports/` where the daemon may not write there, and a record in `state/` for `triaged status`.
struct RefusedRules {
  let layout: RootLayout
  let language: Language

  /// - Parameters:
  ///   - upgrade: that the program's version has changed since it accepted these rules, or those in force.
  ///   - reportsAreThere: whether anything may be written into `reports/`.
  func write(_ findings: [Finding], upgrade: Message?, beside directory: String, reportsAreThere: Bool) {
    let head = Message.rulesRefused(errors: findings.count)[language]
    let why = upgrade.map { $0[language] + "\n\n" } ?? ""
    let shown = why + findings.map { $0.render(language: language, colour: false) }.joined(separator: "\n")
    for folder in [directory] + (reportsAreThere ? [layout.reports] : []) {
      if Self.put("\(head)\n\n\(shown)\n", folder, RulebookLoader.refusedName) { break }
    }
    _ = Self.put(shown, layout.state, Self.record)
  }

  func remove(beside directory: String, reportsAreThere: Bool) {
    for folder in [directory] + (reportsAreThere ? [layout.reports] : []) {
      unlink(folder + "/" + RulebookLoader.refusedName)
    }
    unlink(layout.state + "/" + Self.record)
  }

  private static let record = "rules-refused"

  /// The findings as they were written; nil when no rulebook is refused at present.
  static func findings(in layout: RootLayout) -> String? {
    FileBytes.read(path: layout.state + "/" + record, limit: 16 << 20).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// By rename: an administrator who looks sees the whole of it.
  private static func put(_ text: String, _ folder: String, _ name: String) -> Bool {
    let temporary = folder + "/." + name
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { return false }
    let bytes = Array(text.utf8)
    let written = Foundation.write(descriptor, bytes, bytes.count)
    close(descriptor)
    if written == bytes.count, rename(temporary, folder + "/" + name) == 0 { return true }
    unlink(temporary)
    return false
  }
}

/// What the reading commands may know of a refused rulebook.
public enum RefusedRulebook {
  /// The findings, rendered; nil when none is refused.
  public static func findings(in layout: RootLayout) -> String? { RefusedRules.findings(in: layout) }
}
