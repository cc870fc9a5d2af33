import TriageCore

/// Files of one rulebook that repeat others: `routes - 副本.yaml` beside `routes.yaml`, a folder 备份 with everything
/// again. Each is one finding and is not read, where every entry of it would be a duplicate id.
///
/// What tells a copy is what stands in it; its name only tells which of the two is the copy.
struct CopiedFiles {
  typealias Parsed = (file: RulebookDirectory.File, document: Result<YamlDocument, YamlError>)

  private struct Content {
    var path: String
    var bytes: [UInt8]
    /// Names of entries and settings; nil: no YAML.
    var names: Set<String>?
  }
  private struct Copy {
    var path: String
    var original: String
    var shared: Int
  }

  private let contents: [Content]
  private let places: [String: Int]
  /// Files by the entries in them.
  private let bearers: [String: [Int]]

  init(_ parsed: [Parsed]) {
    contents = parsed.map {
      Content(path: $0.file.path, bytes: $0.file.bytes, names: Self.names(in: $0.document))
    }
    places = Dictionary(
      contents.enumerated().map { ($0.element.path, $0.offset) }, uniquingKeysWith: { first, _ in first })
    var bearers: [String: [Int]] = [:]
    for (place, content) in contents.enumerated() {
      for name in content.names ?? [] { bearers[name, default: []].append(place) }
    }
    self.bearers = bearers
  }

  private static func names(in document: Result<YamlDocument, YamlError>) -> Set<String>? {
    guard let document = try? document.get() else { return nil }
    var names: Set<String> = []
    for entry in document.root?.entries ?? [] {
      if Sections.settings.contains(entry.key) { names.insert(entry.key) }
      guard Sections.lists.contains(entry.key) else { continue }
      let key = Sections.nameKey(of: entry.key)
      for item in entry.value.items ?? [] {
        if let name = item[key]?.text { names.insert("\(entry.key)/\(name)") }
      }
    }
    return names
  }

  /// - Returns: the paths of the copies.
  func report(_ findings: Findings) -> Set<String> {
    let copies = contents.indices.compactMap { copy($0) }
    let found = Set(copies.map(\.path))
    let whole = wholeFolders(found)
    var folders: [String: [Copy]] = [:]
    for copy in copies {
      guard let folder = Self.folders(of: copy.path).first(where: whole.contains) else {
        findings.error(
          .fileCopy, SourcePlace(file: copy.path, line: 1, column: 1),
          .Rules.fileCopy(of: copy.original, entries: copy.shared), hint: .Rules.fileCopyHint)
        continue
      }
      folders[folder, default: []].append(copy)
    }
    for (folder, copies) in folders.sorted(by: { $0.key < $1.key }) {
      findings.error(
        .fileCopy, SourcePlace(file: folder, line: 1, column: 1),
        .Rules.folderCopy(of: copies[0].original, files: copies.count), hint: .Rules.fileCopyHint)
    }
    return found
  }

  /// The folders in which there are only copies, several of them.
  private func wholeFolders(_ copies: Set<String>) -> Set<String> {
    var counts: [String: (files: Int, copies: Int)] = [:]
    for content in contents {
      let isCopy = copies.contains(content.path)
      for folder in Self.folders(of: content.path) {
        counts[folder, default: (0, 0)].files += 1
        if isCopy { counts[folder, default: (0, 0)].copies += 1 }
      }
    }
    return Set(counts.filter { $0.value.files > 1 && $0.value.files == $0.value.copies }.keys)
  }

  /// The folders that a file lies in, the outermost first.
  private static func folders(of path: String) -> [String] {
    path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { String(path[..<$0]) }
  }

  /// A file that is no YAML repeats nothing that could be told, and one without entries does no harm. One that repeats
  /// fewer than `Limits.copiedEntries` without a name that says so must be the same to the byte.
  private func copy(_ place: Int) -> Copy? {
    let content = contents[place]
    guard let names = content.names, let first = names.first else { return nil }
    for original in CopyName.originals(of: content.path) {
      guard let there = places[original].flatMap({ contents[$0].names }) else { continue }
      let shared = names.intersection(there).count
      if shared > 0 { return Copy(path: content.path, original: original, shared: shared) }
    }
    for other in bearers[first] ?? [] where other != place {
      guard let others = contents[other].names, names.isSubset(of: others),
        names.count >= Limits.copiedEntries || content.bytes == contents[other].bytes
      else { continue }
      if others.count > names.count || isCopy(content.path, of: contents[other].path) {
        return Copy(path: content.path, original: contents[other].path, shared: names.count)
      }
    }
    return nil
  }

  /// Of two files with the same entries the one that is deeper, has the longer name, or comes later is the copy, unless
  /// the other's name says that it is one.
  private func isCopy(_ path: String, of other: String) -> Bool {
    let marks = [path, other].map { !CopyName.originals(of: $0).isEmpty }
    if marks[0] != marks[1] { return marks[0] }
    func rank(_ path: String) -> (Int, Int, String) {
      (path.unicodeScalars.count { $0 == "/" }, path.unicodeScalars.count, path)
    }
    return rank(other) < rank(path)
  }
}

/// What file managers call copies: `x - 副本`, `x(1)`, `x - Copy (2)`, `副本x`, `x 的副本`, `x (复件)`, `Copy of x`.
enum CopyName {
  private static let words = [
    "副本", "复件", "拷贝", "备份", "冲突", "copy", "backup", "bak", "conflict", "conflicted copy", "old", "旧",
  ]

  /// The paths that may be the original of the file with this path: with the mark taken off one folder or the name, or
  /// with all marks off at once.
  static func originals(of path: String) -> [String] {
    let parts = path.split(separator: "/").map(String.init)
    guard let last = parts.last, last.hasSuffix(".yaml") else { return [] }
    let stems = parts.dropLast() + [String(last.dropLast(".yaml".count))]
    let bares = stems.map(bare)
    var ways: [[String]] = []
    for place in stems.indices {
      for name in bares[place] {
        var way = Array(stems)
        way[place] = name
        ways.append(way)
      }
    }
    if bares.count(where: { !$0.isEmpty }) > 1 {
      ways.append(zip(stems, bares).map { stem, bare in bare.last ?? stem })
    }
    return ways.map { $0.joined(separator: "/") + ".yaml" }
  }

  /// The names that are left when what marks a copy is taken off.
  static func bare(_ name: String) -> [String] {
    var found: [String] = []
    var current = trimmed(name)
    // `x - 副本 (2)` has two marks, one behind the other.
    while let shorter = shortened(current), !shorter.isEmpty, shorter != current {
      current = shorter
      found.append(current)
    }
    return found
  }

  private static func shortened(_ name: String) -> String? {
    if let inside = bracketed(name), isMark(inside.text) { return trimmed(inside.before) }
    let lower = name.lowercased()
    for word in words {
      if lower.hasSuffix(word), let rest = separated(String(name.dropLast(word.count)), word) { return rest }
      if lower.hasPrefix(word), lower != word {
        let rest = String(name.dropFirst(word.count))
        let isOwn = isHan(word) || rest.hasPrefix(" ") || rest.hasPrefix("-") || rest.hasPrefix("_")
        if isOwn { return trimmed(rest.lowercased().hasPrefix(" of ") ? String(rest.dropFirst(4)) : rest) }
      }
    }
    // `x - 副本 2`, `x copy 2`.
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
    guard digits > 0, digits < name.count else { return nil }
    let rest = trimmed(String(name.dropLast(digits)))
    return words.contains { rest.lowercased().hasSuffix($0) } ? shortened(rest) : nil
  }

  /// `(1)`, `（另一个复件）` at the end.
  private static func bracketed(_ name: String) -> (before: String, text: String)? {
    guard let close = name.last, close == ")" || close == "）",
      let open = name.lastIndex(where: { $0 == "(" || $0 == "（" })
    else { return nil }
    return (String(name[..<open]), String(name[name.index(after: open)...].dropLast()))
  }

  private static func isMark(_ text: String) -> Bool {
    let text = text.lowercased()
    return !text.isEmpty && text.allSatisfy(\.isNumber) || words.contains { text.contains($0) }
  }

  /// What stands before the word, if the word is set apart from it; 的 may stand between.
  private static func separated(_ rest: String, _ word: String) -> String? {
    if isHan(word) { return trimmed(rest.hasSuffix("的") ? String(rest.dropLast()) : rest) }
    guard let last = rest.last, " -_.".contains(last) else { return nil }
    return trimmed(rest)
  }

  private static func isHan(_ word: String) -> Bool { word.unicodeScalars.allSatisfy { $0.value > 0x7F } }

  private static func trimmed(_ text: String) -> String {
    func isMere(_ character: Character) -> Bool { " -_.–—".contains(character) }
    let start = text.drop(while: isMere)
    return String(start.reversed().drop(while: isMere).reversed())
  }
}
