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

  /// Titles that several things have, or that are another's id, with the ids; people cannot tell these apart.
  func shared(among ids: [String]) -> [(title: String, ids: [String])] {
    var holders: [String: [String]] = [:]
    for id in ids.sorted() {
      for name in Set([id, titles[id] ?? id].map(TextFolding.fold)) { holders[name, default: []].append(id) }
    }
    return holders.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { name, ids in
      (ids.compactMap { titles[$0] }.first { TextFolding.fold($0) == name } ?? ids[0], ids)
    }
  }

  /// The id of the one thing with this title or alias.
  func id(of title: String) -> String? { (ids[TextFolding.fold(title)] ?? nil) ?? nil }

  /// `urban（城建办）`.
  func shown(_ id: String) -> Message.Rules.Name { Message.Rules.Name(id: id, title: titles[id]) }
}
