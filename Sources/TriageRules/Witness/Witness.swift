public import TriageCore

/// A case that shows what a finding says: made up, and found by the evaluator to do what it is there for.
public struct Witness: Sendable, Equatable {
  public var input: CaseInput
  /// The time of taking for which it holds.
  public var at: Instant
  /// The case file, YAML.
  public var file: String
  /// What `triaged explain` needs beside the file: the channel is not in it, nor is the time of taking.
  public var options: String
}

extension Witness {
  /// - Parameter timed: the time of taking matters.
  init(_ input: CaseInput, at: Instant, timed: Bool, zone: Zone) {
    self.input = input
    self.at = at
    file = Self.yaml(of: input)
    var options = ""
    if input.channel != "direct" { options += " --channel \(input.channel)" }
    if timed { options += " --at \(at.iso8601(in: zone))" }
    self.options = options
  }

  private static func yaml(of input: CaseInput) -> String {
    var lines: [String] = []
    func add(_ key: String, _ value: String?) {
      if let value, !value.isEmpty { lines.append("\(key): \(value)") }
    }
    add("title", quoted(input.title))
    add("text", quoted(input.text))
    add("area", input.area.flatMap(quoted))
    add("address", input.address.flatMap(quoted))
    add("source_id", input.sourceID.flatMap(quoted))
    add("people_count", input.peopleCount.map(String.init))
    add("amount", input.amount.map { Int(exactly: $0).map(String.init) ?? String($0) })
    if input.handled { add("handled", "true") }
    add("result", input.result.flatMap(quoted))
    for (field, value) in input.fields.sorted(by: { $0.key < $1.key }) {
      add(field.rawValue, words(of: value))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String? {
    text.isEmpty ? nil : "'" + text.replacing("'", with: "''") + "'"
  }

  private static func words(of value: FieldValue) -> String? {
    switch value {
    case .text(let text): quoted(text)
    case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
    case .flag(let flag): String(flag)
    case .date(let date): "'\(date)'"
    case .list(let items): "[" + items.compactMap(quoted).joined(separator: ", ") + "]"
    }
  }
}
