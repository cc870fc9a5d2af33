import Foundation
import TriageRules

/// Slips of the keyboard that break the YAML itself, and files that are no UTF-8.
extension Mutator {
  mutating func syntax() -> [Mutation] {
    var result: [Mutation] = []
    for found in pick(1, where: { Self.isQuoted($0) }) where isQuoted(found) {
      let end = found.site.range.upperBound
      result.append(
        found.file.mutation("an open quote", (end - 1)..<end, with: "", lines: found.site.entry))
    }
    for found in pick(2, where: { $0.node.text == nil && $0.path.count > 1 }) where isFlow(found) {
      let end = found.site.range.upperBound
      let line = found.file.line(of: end - 1)
      result.append(
        found.file.mutation(
          "an open bracket", (end - 1)..<end, with: "", lines: min(found.site.entry.lowerBound, line)...line))
    }
    for found in first(60, of: pick(1) { $0.key != nil && $0.node.text != nil && $0.path.count > 1 }) {
      let start = found.file.offset(found.site.key?.keyMark ?? found.site.node.mark)
      let key = found.site.key?.key.unicodeScalars.count ?? 0
      result.append(
        found.file.mutation(
          "a full-width colon", (start + key)..<found.site.range.lowerBound, with: "：",
          lines: found.site.entry))
      if result.count % 3 == 0 {
        result.append(
          found.file.mutation(
            "no space after the colon", (start + key + 1)..<found.site.range.lowerBound, with: "",
            lines: found.site.entry))
      }
    }
    for found in pick(2, where: { $0.path.last == "[]" && $0.node.entries != nil && $0.path.count == 2 }) {
      let start = found.file.lineStart(found.site.range.lowerBound)
      let line = found.file.line(of: start)
      result.append(
        found.file.mutation("a tab for the indentation", start..<(start + 2), with: "\t", lines: line...line))
      result.append(
        found.file.mutation(
          "a wrong indentation", start..<start, with: " ",
          lines: max(1, line - 1)...(found.site.entry.upperBound + 1)))
      let dash = found.site.range.lowerBound - 2
      result.append(
        found.file.mutation(
          "an entry without its dash", dash..<(dash + 1), with: " ",
          lines: max(1, line - 1)...found.file.lineWithText(after: found.site.entry.upperBound)))
    }
    return result
  }

  private static func isQuoted(_ site: RuleText.Site) -> Bool { site.node.text != nil }
  private func isQuoted(_ found: Found) -> Bool {
    ["'", "\""].contains(found.file.scalars[found.site.range.lowerBound])
  }
  private func isFlow(_ found: Found) -> Bool {
    ["[", "{"].contains(found.file.scalars[found.site.range.lowerBound])
  }

  // MARK: Bytes and features of YAML that are not taken

  mutating func bytes() -> [Mutation] {
    var result: [Mutation] = []
    for file in broken(6) {
      let text = file.text(0..<file.scalars.count)
      let first =
        text.split(separator: "\n", omittingEmptySubsequences: false)
        .firstIndex { $0.unicodeScalars.contains { $0.value > 0x7F } }.map { $0 + 1 } ?? 1
      result.append(
        whole(
          "another encoding: GBK", file, Self.encoded(text, String.Encoding(rawValue: 0x8000_0632)),
          first...first))
      result.append(
        whole("another encoding: UTF-16", file, [0xFF, 0xFE] + Self.encoded(text, .utf16LittleEndian), 1...1))
      let end = text.unicodeScalars.count { $0 == "\n" } + 1
      for (kind, more) in [
        ("an alias bomb", "\nx: &a [z, z]\ny: [*a, *a, *a]\n"), ("a merge key", "\nx: {<<: {a: 1}}\n"),
        ("a tag", "\nx: !!python/object:os.system 1\n"), ("a second document", "\n---\nroutes: []\n"),
        ("a control character", "\n# \u{1}\n"), ("nesting", "\nx: " + String(repeating: "[", count: 5000)),
        ("an unknown section", "\nrouting: []\n"),
      ] {
        result.append(whole(kind, file, Array((text + more).utf8), end...(end + 3)))
      }
    }
    return result
  }

  /// Files that are broken as a whole: so many, or each.
  private mutating func broken(_ count: Int) -> [RuleText] {
    if case .each = breadth { return files }
    return Array(files.shuffled(using: &random).prefix(count))
  }

  /// Files twice, under the names that file managers give to copies.
  mutating func wholeFiles() -> [Mutation] {
    let names = ["% - 副本", "%(1)", "% - Copy", "副本%", "% (复件)", "%_备份", "%-20261130"]
    return broken(3).enumerated().flatMap { number, file -> [Mutation] in
      let folder = file.path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
      let stem = file.path.split(separator: "/").last?.dropLast(".yaml".count) ?? ""
      return names.enumerated().filter { breadth.isWhole || $0.offset % 3 == number }.map { _, name in
        Mutation(
          kind: "a copy of a file", path: folder + name.replacing("%", with: stem) + ".yaml",
          bytes: Array(file.text(0..<file.scalars.count).utf8), lines: 1...1, what: file.path)
      }
    }
  }

  private func whole(_ kind: String, _ file: RuleText, _ bytes: [UInt8], _ lines: ClosedRange<Int>)
    -> Mutation
  {
    Mutation(kind: kind, path: file.path, bytes: bytes, lines: lines, what: "the file")
  }

  private static func encoded(_ text: String, _ encoding: String.Encoding) -> [UInt8] {
    text.data(using: encoding, allowLossyConversion: true).map { [UInt8]($0) } ?? []
  }
}
