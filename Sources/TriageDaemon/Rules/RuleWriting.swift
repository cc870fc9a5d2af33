import Glibc
import TriageRules

/// Whether somebody is still writing rules: a file that is half saved may well be valid, and say something else.
enum RuleWriting {
  /// A file of these rulebooks that somebody has open for writing; nil: none, as far as the kernel or the watcher knows.
  static func file(in directories: [String], _ watcher: Watcher? = nil) -> String? {
    RulebookLook(directories: directories).files.first { isWritten($0, watcher) }
  }

  static func isWritten(_ file: String, _ watcher: Watcher?) -> Bool {
    guard let slash = file.lastIndex(of: "/"), let folder = try? OpenFolder(path: String(file[..<slash]))
    else {
      return false
    }
    let name = EntryName(String(file[file.index(after: slash)...]))
    switch Writing.ask(name, in: folder) {
    case .nobody: return false
    case .somebody: return true
    case .untold: return watcher?.passage(of: name, in: String(file[..<slash])) == .open
    }
  }
}
