import Foundation
import TriageCore

/// Where the files of a rulebook, and of those it extends, come from.
enum RuleSource {
  /// Files that may come into force: everything is asked of them.
  case directory(String)
  /// What a ledger kept of rules that were accepted, all their files. They load for ever with the meaning that they had:
  /// whatever later versions find fault with is asked of files alone, or an upgrade could take the last good rules away.
  case accepted([RulebookDirectory.File])

  var isAccepted: Bool {
    if case .accepted = self { true } else { false }
  }

  /// The files of the rulebook itself, or of a base by its path from the rulebook.
  func files(of base: RulebookDirectory.Base?, into findings: Findings) -> [RulebookDirectory.File] {
    switch self {
    case .directory(let root):
      return RulebookDirectory.read(base.map { Self.path(root, $0.path) } ?? root, base: base, into: findings)
    case .accepted(let files):
      guard let base else { return files.filter { !$0.path.hasPrefix("../") && !$0.path.hasPrefix("/") } }
      return files.filter { $0.path.hasPrefix(base.path + "/") }
    }
  }

  /// One name for a directory whatever links lead to it; nil where there is none or it does not matter.
  func realPath(of path: String) -> String? {
    guard case .directory(let root) = self, let real = realpath(Self.path(root, path), nil) else {
      return nil
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// Where a base lies; nil for accepted files.
  func directory(of base: RulebookDirectory.Base) -> String? {
    guard case .directory(let root) = self else { return nil }
    return Self.path(root, base.path)
  }

  private static func path(_ root: String, _ path: String) -> String {
    if path.isEmpty { return root }
    return path.hasPrefix("/") ? path : root + "/" + path
  }
}

/// Paths with `/`, put together by their text.
enum RelativePath {
  /// `path` as seen from where `base` is seen from: `../base` and `../ground` give `../ground`.
  static func join(_ base: String, _ path: String) -> String {
    let isAbsolute = path.hasPrefix("/") || base.hasPrefix("/")
    let text = path.hasPrefix("/") ? path : base + "/" + path
    var parts: [Substring] = []
    for part in text.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
  }

  /// One of the two lies in the other, or they are the same.
  static func overlap(_ a: String, _ b: String) -> Bool {
    a == b || (a + "/").hasPrefix(b + "/") || (b + "/").hasPrefix(a + "/")
  }
}
