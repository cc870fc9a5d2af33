/// The areas of a rulebook: street, communities, grids.
public struct AreaTree: Sendable, Equatable {
  /// A place with borders: street, community, grid.
  public struct Area: Sendable, Equatable {
    public var id: AreaID
    /// `street`, `community`, `grid`, …: free words of the rulebook.
    public var kind: String
    public var title: String
    public var aliases: [String]
    public var parent: AreaID?
    public init(id: AreaID, kind: String, title: String, aliases: [String] = [], parent: AreaID? = nil) {
      self.id = id
      self.kind = kind
      self.title = title
      self.aliases = aliases
      self.parent = parent
    }
  }

  public private(set) var areas: [AreaID: Area]
  /// Folds names alike on both sides (TriageText's folding); kept so that a case's raw text can be looked up.
  public let normalise: @Sendable (String) -> String
  /// Normalised title, alias or id to the areas that bear it, sorted.
  private var names: [String: [AreaID]]
  /// The same names as bytes by their first byte, longest first, for finding them inside a longer text.
  let namesByFirstByte: [UInt8: [AreaName]]

  /// - Parameter normalise: folds names alike on both sides (TriageText's folding).
  public init(_ list: [Area] = [], normalise: @escaping @Sendable (String) -> String = { $0 }) {
    self.normalise = normalise
    areas = Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var names: [String: [AreaID]] = [:]
    for area in areas.values {
      for name in Set(([area.id.rawValue, area.title] + area.aliases).map { normalise($0).trimmed }) {
        if !name.isEmpty { names[name, default: []].append(area.id) }
      }
    }
    for key in names.keys { names[key]?.sort() }
    self.names = names
    namesByFirstByte = Dictionary(
      grouping: names.map { AreaName(bytes: Array($0.key.utf8), areas: $0.value) },
      by: { $0.bytes[0] }
    ).mapValues { $0.sorted { $0.bytes.count > $1.bytes.count } }
  }

  public static func == (a: Self, b: Self) -> Bool { a.areas == b.areas && a.names == b.names }

  /// The areas that bear this (already normalised) name.
  public func named(_ name: String) -> [AreaID] { names[name] ?? [] }

  /// The area and everything above it, from the inside out.
  public func ancestry(of id: AreaID) -> [Area] {
    var chain: [Area] = []
    var next: AreaID? = id
    while let current = next, let area = areas[current], chain.count <= areas.count {
      chain.append(area)
      next = area.parent
    }
    return chain
  }

  /// Whether two areas can be one place: one of them lies in the other.
  public func canMeet(_ a: AreaID, _ b: AreaID) -> Bool { isUnder(a, b) || isUnder(b, a) }

  /// Whether `id` is `ancestor` or lies in it.
  public func isUnder(_ id: AreaID, _ ancestor: AreaID) -> Bool {
    if id == ancestor { return areas[id] != nil }
    return ancestry(of: id).contains { $0.id == ancestor }
  }

  /// The nearest area of that kind at or above `id`.
  public func nearest(kind: String, from id: AreaID) -> Area? {
    ancestry(of: id).first { $0.kind == kind }
  }
}
