/// The languages that users read; the shell picks one from the locale or from `language:` in triaged.yaml.
public enum Language: String, Sendable, Codable, CaseIterable {
  case zh, en

  /// From a POSIX locale name (`zh_CN.UTF-8`, `C`, …); what is not Chinese is English.
  public init(locale: String) {
    self = locale.lowercased().hasPrefix("zh") ? .zh : .en
  }
}

/// One text for users, complete in both languages: the compiler sees to it that none is forgotten.
///
/// The table of messages is the folder `Messages/`: one extension of `Message` for each part of the program, and
/// no user-facing text anywhere else.
public struct Message: Sendable, Equatable, Codable {
  public let zh: String
  public let en: String

  public init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  /// The words of a library, or of a person, in whatever language they are.
  public static func verbatim(_ words: String) -> Message { Message(zh: words, en: words) }

  public subscript(language: Language) -> String { language == .zh ? zh : en }
}
