import TriageCore

/// The text probes of a rulebook, numbered as they are met, with the places of their phrases and patterns.
final class ProbeList {
  struct Places {
    /// Of the condition.
    var whole: SourcePlace
    var phrases: [SourcePlace]
    var patterns: [SourcePlace]
    var except: [SourcePlace] = []
  }

  private(set) var list: [TextProbe] = []
  private(set) var places: [Places] = []
  /// Probes made of whole lexicons, which many rules share.
  private var shared: [String: Int] = [:]

  /// - Parameter sharing: conditions with the same key look for the same and get the same number.
  func number(of probe: TextProbe, at places: Places, sharing key: String? = nil) -> Int {
    if let key, let known = shared[key] { return known }
    list.append(probe)
    self.places.append(places)
    if let key { shared[key] = list.count - 1 }
    return list.count - 1
  }
}

/// A list of phrases with its rules, as `lexicons` has it.
struct Lexicon {
  var id: LexiconID
  var place: SourcePlace
  var phrases: [Placed<String>]
  var except: [Placed<String>]
  var negators: [String]
  var weakeners: [String]
}
