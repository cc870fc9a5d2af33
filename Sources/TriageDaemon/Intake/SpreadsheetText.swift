/// The marks by which spreadsheets keep a value as it is: `="2020…"`, or a `'` in front.
enum SpreadsheetText {
  /// - Parameter text: trimmed.
  /// - Returns: the value within, trimmed.
  static func bare(_ text: String) -> String {
    guard let first = text.utf8.first, first == 0x3D || first == 0x27 else { return text }
    let bytes = Array(text.utf8)
    var value = bytes[...]
    if bytes.count > 2, bytes.starts(with: [0x3D, 0x22]), bytes.last == 0x22 {
      value = bytes[2..<(bytes.count - 1)]
    }
    if value.count > 1, value.first == 0x27 { value = value.dropFirst() }
    return value.count == bytes.count ? text : ValueReading.trimmed(String(decoding: value, as: UTF8.self))
  }
}
