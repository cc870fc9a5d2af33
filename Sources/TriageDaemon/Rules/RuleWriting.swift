import Glibc
import TriageRules

/// Whether somebody is still writing rules: a file that is half saved may well be valid, and say something else.
struct RuleWriting {
  /// Seconds for which a file must have been left alone, where neither the kernel nor a watch tells who writes it.
  let settle: Double
  var watcher: Watcher?

  /// A file of these rulebooks that somebody writes, or may be writing; nil: none.
  func file(in directories: [String]) -> String? {
    RulebookLook(directories: directories).files.first(where: isWritten)
  }

  func isWritten(_ file: String) -> Bool {
    guard let slash = file.lastIndex(of: "/"), let folder = try? OpenFolder(path: String(file[..<slash]))
    else {
      return false
    }
    let name = EntryName(String(file[file.index(after: slash)...]))
    switch Writing.ask(name, in: folder) {
    case .nobody: return false
    case .somebody: return true
    case .untold:
      switch watcher?.passage(of: name, in: String(file[..<slash])) {
      case .open: return true
      case .closed, .movedIn: return false
      case .made, .lost, nil: return isFresh(file)
      }
    }
  }

  /// By its time of change, which no copy keeps; one far ahead of the clock (another machine's) says nothing.
  private func isFresh(_ file: String) -> Bool {
    var st = stat()
    guard stat(file, &st) == 0 else { return false }
    return abs(Double(Clock.wallNanoseconds() - FileStamp(st).ctimeNanos)) < settle * 1e9
  }
}
