import TriageCore

/// The content of a request: keys that its verb knows, and everything else as the reason.
struct RequestContent {
  private(set) var values: [(key: FormWords.RequestKey, line: Int, value: String)] = []
  private(set) var corrections: [(field: String, line: Int, value: String)] = []
  private var words: [String] = []

  /// What is asked for in the clerk's words.
  var reason: String {
    var kept = words[...]
    while kept.first?.isEmpty == true { kept.removeFirst() }
    while kept.last?.isEmpty == true { kept.removeLast() }
    return kept.joined(separator: "\n")
  }

  init(_ text: String, verb: Request.Verb, _ rulebook: Rulebook) {
    for line in FormLine.split(text) {
      if line.isComment || line.text == "---" { continue }
      guard let (key, raw) = line.pair else {
        words.append(FormText.value(line.text, free: true))
        continue
      }
      let value = FormText.value(raw, free: true)
      let folded = FormWords.fold(key)
      if verb == .correct, let field = Self.field(folded, rulebook) {
        if !value.isEmpty { corrections.append((field, line.number, value)) }
      } else if let key = Self.key(folded, verb) {
        if key == .reason || key == .told {
          words.append(value)
        } else if !value.isEmpty {
          values.append((key, line.number, key == .by ? Self.withUnit(value, of: folded) : value))
        }
      } else {
        words.append(line.text)
      }
    }
  }

  /// Keys that say something to this verb; to another they are words of the reason.
  private static func key(_ folded: String, _ verb: Request.Verb) -> FormWords.RequestKey? {
    guard let key = FormWords.requestKeys[folded] else { return nil }
    switch (verb, key) {
    case (_, .reason), (.whistle, .department), (.assign, .department), (.extend, .by),
      (.pause, .pauseReason),
      (.lower, .level), (.raise, .level), (.merge, .into), (.complete, .stage), (.divert, .procedure),
      (.divert, .told):
      return key
    // 原因 is the pause's reason and everybody else's words.
    case (_, .pauseReason): return .reason
    default: return nil
    }
  }

  /// `天数：10`, `天数：十`: what is counted stands in the key.
  private static func withUnit(_ value: String, of key: String) -> String {
    let number = FormWords.fold(value)
    let isNumber = number.utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard !number.isEmpty, isNumber || ChineseNumeral.value(number.unicodeScalars) != nil else {
      return value
    }
    let units = [("工作日", "个工作日"), ("工作日数", "个工作日"), ("天数", "天"), ("日数", "天"), ("小时数", "小时")]
    return number + (units.first { key.hasSuffix($0.0) }?.1 ?? "")
  }

  private static func field(_ folded: String, _ rulebook: Rulebook) -> String? {
    if let field = FormWords.corrections[folded] { return field }
    let known =
      ["category", "area", "address", "people_count", "amount", "title", "text"]
      + rulebook.fields.keys.map(\.rawValue)
    return known.first { FormWords.fold($0) == folded }
  }

  /// The first case id in a text.
  static func caseID(in text: String) -> CaseID? {
    for word in text.unicodeScalars.split(whereSeparator: {
      !$0.isASCII || $0 == " " || $0 == "\n" || $0 == "."
    }) {
      let bytes = Array(String(word).utf8)
      for start in bytes.indices {
        if let (id, _) = ItemNaming.caseID(at: bytes[start...]), bytes[start] > 64 { return id }
      }
    }
    return nil
  }
}
