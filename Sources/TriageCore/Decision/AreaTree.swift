/// The areas of a rulebook: street, communities, grids.
public struct AreaTree: Sendable, Equatable {
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
  /// Normalised title, alias or id to the areas that bear it.
  private var names: [String: [AreaID]]

  /// - Parameter normalise: folds names alike on both sides (TriageText's folding).
  public init(_ list: [Area] = [], normalise: (String) -> String = { $0 }) {
    areas = Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    names = [:]
    for area in list {
      for name in Set(([area.id.rawValue, area.title] + area.aliases).map(normalise)) {
        names[name, default: []].append(area.id)
      }
    }
    for key in names.keys { names[key]?.sort() }
  }

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

  public func isUnder(_ id: AreaID, _ ancestor: AreaID) -> Bool {
    ancestry(of: id).contains { $0.id == ancestor }
  }

  /// The nearest area of that kind at or above `id`.
  public func nearest(kind: String, from id: AreaID) -> Area? {
    ancestry(of: id).first { $0.kind == kind }
  }
}
