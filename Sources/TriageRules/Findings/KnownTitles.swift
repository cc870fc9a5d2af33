import TriageCore
import TriageText

/// Names as people say them, for those who write 城建办 where the id is wanted.
struct KnownTitles {
  private var titles: [String: String] = [:]
  /// By the folded title or alias; nil: several things have it.
  private var ids: [String: String?] = [:]
  private(set) var all: [String] = []

  mutating func add(_ title: String?, also aliases: [String] = [], of id: String) {
    guard let title else { return }
    if title != id { titles[id] = title }
    for name in [title] + aliases where name != id {
      let key = TextFolding.fold(name)
      if let known = ids[key], known != id { ids[key] = .some(nil) } else { ids[key] = id }
      all.append(name)
    }
  }

  /// The id of the one thing with this title or alias.
  func id(of title: String) -> String? { (ids[TextFolding.fold(title)] ?? nil) ?? nil }

  /// `urban（城建办）`.
  func shown(_ id: String) -> Message.Rules.Name { Message.Rules.Name(id: id, title: titles[id]) }
}
