/// Names for the files that came with a case, as they stand in a department's folder and where `triaged show` writes
/// them.
///
/// Their senders chose the names. What a name is given here leads nowhere else, hides nothing, means nothing to Windows
/// (whose Explorer obeys some names when it only shows a folder) and stands for one file.
enum AttachmentNames {
  /// A file that is to be named: the name it came with, what it holds, and its beginning.
  struct Sent {
    var name: String
    var sha256: String
    /// Asked only for a name without an ending.
    var head: () -> [UInt8]
  }

  /// One name for each, in their order: a file that comes later changes no name before it. Nil for what is there
  /// already, under the same name and with the same content.
  static func names(of files: [Sent]) -> [EntryName?] {
    // Characters that differ in case, or in how accents are composed, are the same to some servers.
    var taken: [String: String] = [:]
    return files.map { file in
      let wanted = EntryName(safe(file.name, head: file.head))
      for number in 1...(files.count + 1) {
        let name = number == 1 ? wanted : wanted.numbered(number)
        let key = name.shown.lowercased()
        if taken[key] == file.sha256 { return nil }
        guard taken[key] == nil else { continue }
        taken[key] = file.sha256
        return name
      }
      return wanted.numbered(files.count + 2)
    }
  }

  /// One name made safe.
  static func safe(_ name: String, head: () -> [UInt8]) -> String {
    var name = SafeName.of(EntryName(lastPart(withoutEscapes(name)))).shown
    name = trimmed(name)
    if name.isEmpty || name.allSatisfy({ $0 == "_" }) { name = "file" }
    if !hasEnding(name), let ending = FileKind.ending(of: head()) { name += "." + ending }
    if isReserved(name) { name = "_" + name }
    // What programs still write, or keep for themselves, is not looked at when the department answers.
    if EntryName(name).waits || isObeyed(name) { name += "_" }
    return EntryName(name).isTemporary ? "_" + name : name
  }

  /// `\u{202E}` is how a name that cannot be shown was kept.
  private static func withoutEscapes(_ name: String) -> String {
    var rest = name[...]
    var out = ""
    while let open = rest.firstRange(of: "\\u{") {
      out += rest[..<open.lowerBound]
      rest = rest[open.upperBound...]
      guard let close = rest.firstIndex(of: "}"), rest[..<close].count <= 6,
        rest[..<close].allSatisfy(\.isHexDigit)
      else { continue }
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }

  /// Of a path what comes last, whichever system wrote it.
  private static func lastPart(_ name: String) -> String {
    let parts = name.split(whereSeparator: { $0 == "/" || $0 == "\\" || $0 == "／" })
    return parts.last { !$0.allSatisfy { $0 == "." || $0 == " " } }.map(String.init) ?? ""
  }

  /// A dot in front hides a file, one at the end Windows takes away; spaces in a row cannot be told apart.
  private static func trimmed(_ name: String) -> String {
    let words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let begun = words.drop { $0 == "." || $0 == " " || $0 == "~" || $0 == "$" }
    let end = begun.lastIndex { $0 != "." && $0 != " " && $0 != "~" }
    return end.map { String(begun[...$0]) } ?? ""
  }

  private static func hasEnding(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return false }
    let ending = name[name.index(after: dot)...]
    return (1...10).contains(ending.utf8.count)
      && ending.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (97...122).contains(byte | 32)
      } && !ending.utf8.allSatisfy { (48...57).contains($0) }
  }

  /// Names of devices, with whatever ending ("Naming Files, Paths, and Namespaces", Microsoft Learn).
  private static func isReserved(_ name: String) -> Bool {
    let stem = name.prefix { $0 != "." }.uppercased().filter { $0 != " " }
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(stem) { return true }
    guard stem.count == 4, ["COM", "LPT"].contains(stem.prefix(3)), let digit = stem.last else {
      return false
    }
    return "0123456789¹²³".contains(digit)
  }

  /// What Explorer obeys when a folder is merely opened, as it does `desktop.ini`, which is a leaving: folder settings, and
  /// files that name their own icon, which may lie on a stranger's server.
  private static func isObeyed(_ name: String) -> Bool {
    let low = name.lowercased()
    if ["autorun.inf", "folder.htt"].contains(low) { return true }
    return [".lnk", ".scf", ".url", ".library-ms", ".searchconnector-ms", ".theme"].contains {
      low.hasSuffix($0)
    }
  }
}
