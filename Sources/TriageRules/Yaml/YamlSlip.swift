/// Finds where a slip was made, when libyaml noticed it only later: a bracket or a quote that was never closed runs on
/// into the next entries.
struct YamlSlip {
  private let scalars: [Unicode.Scalar]
  /// The first scalar of each line.
  private let lines: [Int]

  /// libyaml also ends lines at NEL, LS and PS: a line that it names may not be one here.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var starts = [0]
    for (index, scalar) in scalars.enumerated() where scalar == "\n" { starts.append(index + 1) }
    lines = starts
  }

  /// A quote that closes where the next one should have opened: the text goes on right behind it.
  func openQuote(before problem: YamlMark) -> YamlMark? {
    var index = 0
    var mayOpen = true
    var found: YamlMark?
    while index < scalars.count, mark(of: index) <= problem {
      let scalar = scalars[index]
      if mayOpen, scalar == "'" || scalar == "\"" {
        let end = close(of: index)
        let start = mark(of: index)
        let runsOn = end < scalars.count && mark(of: end).line > start.line && isWord(after: end)
        if end >= scalars.count || runsOn { found = start }
        index = end + 1
        mayOpen = false
        continue
      }
      if scalar == "#", index == 0 || isSpace(scalars[index - 1]) {
        while index < scalars.count, scalars[index] != "\n" { index += 1 }
        continue
      }
      mayOpen = opens(after: scalar, at: index) || mayOpen && isSpace(scalar)
      index += 1
    }
    return found
  }

  /// Whether a bracket is still open where an entry begins that stands no deeper than the line of the bracket.
  func isOpen(_ bracket: YamlMark, at problem: YamlMark) -> Bool {
    guard problem.line > bracket.line else { return false }
    return indent(of: problem.line) <= indent(of: bracket.line)
  }

  /// The first entry of a list when it has no dash: it then reads as a mapping, which the dash of the second entry ends.
  func entryWithoutDash(before problem: YamlMark) -> YamlMark? {
    guard isEntry(problem.line) else { return nil }
    let column = indent(of: problem.line)
    var first: Int?
    var line = problem.line - 1
    while line >= 1 {
      if saysSomething(line) {
        if indent(of: line) <= column {
          // The key whose value the list is. An entry there means that the list begins with a dash.
          guard !isEntry(line), let first else { return nil }
          return YamlMark(line: first, column: indent(of: first) + 1)
        }
        first = line
      }
      line -= 1
    }
    return nil
  }

  /// Whether a line begins with the dash of an entry.
  private func isEntry(_ line: Int) -> Bool {
    guard lines.indices.contains(line - 1) else { return false }
    let dash = lines[line - 1] + indent(of: line)
    return dash + 1 < scalars.count && scalars[dash] == "-" && isSpace(scalars[dash + 1])
  }

  /// Whether a line is neither blank nor a comment.
  private func saysSomething(_ line: Int) -> Bool {
    let start = lines[line - 1] + indent(of: line)
    return start < scalars.count && !isSpace(scalars[start]) && scalars[start] != "#"
  }

  private func indent(of line: Int) -> Int {
    guard lines.indices.contains(line - 1) else { return 0 }
    return scalars[lines[line - 1]...].prefix { $0 == " " }.count
  }

  private func opens(after scalar: Unicode.Scalar, at index: Int) -> Bool {
    switch scalar {
    case "\n", "[", "{", ",": true
    case ":", "-", "?": index + 1 < scalars.count && isSpace(scalars[index + 1])
    default: false
    }
  }

  private func close(of start: Int) -> Int {
    var index = start + 1
    while index < scalars.count {
      if scalars[start] == "\"", scalars[index] == "\\" {
        index += 2
        continue
      }
      if scalars[index] == scalars[start] {
        let isDoubled = scalars[start] == "'" && index + 1 < scalars.count && scalars[index + 1] == "'"
        if !isDoubled { return index }
        index += 1
      }
      index += 1
    }
    return scalars.count
  }

  private func isWord(after end: Int) -> Bool {
    guard end + 1 < scalars.count else { return false }
    return ![" ", "\n", "\r", ",", "]", "}", ":"].contains(scalars[end + 1])
  }

  private func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\n" || scalar == "\r" }

  private func mark(of index: Int) -> YamlMark {
    var low = 0
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle] <= index { low = middle } else { high = middle }
    }
    return YamlMark(line: low + 1, column: index - lines[low] + 1)
  }
}
