/// Reads what clerks' editors write: UTF-8 with or without byte order mark, UTF-16 with one ("Unicode" in Notepad),
/// GB18030 ("ANSI" on a Chinese system); strict in each, so that nothing is silently replaced.
enum ClerkText {
  /// Nil when the bytes are none of these, or hold a NUL.
  static func decode(_ bytes: [UInt8]) -> String? {
    guard let text = try? CharacterDecoding.decode(bytes) else { return nil }
    return String(validating: text.bytes, as: UTF8.self)
  }
}
