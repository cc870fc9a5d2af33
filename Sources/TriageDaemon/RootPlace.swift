extension RootPlaces {
  /// One of the folders, by its path below the root.
  public enum Place: Hashable, Sendable, RawRepresentable {
    case inbox, queues, reports, setAside
    /// A folder of the inbox that is a mount of its own.
    case channel(String)

    /// The folders that every root has.
    public static let allCases: [Place] = [.inbox, .queues, .reports, .setAside]

    public init?(rawValue: String) {
      if let place = Self.allCases.first(where: { $0.rawValue == rawValue }) {
        self = place
      } else if rawValue.hasPrefix("inbox/"), !rawValue.dropFirst(6).isEmpty,
        !rawValue.dropFirst(6).contains("/")
      {
        self = .channel(String(rawValue.dropFirst(6)))
      } else {
        return nil
      }
    }

    public var rawValue: String {
      switch self {
      case .inbox: "inbox"
      case .queues: "queues"
      case .reports: "reports"
      case .setAside: "set-aside"
      case .channel(let name): "inbox/\(name)"
      }
    }

    var isChannel: Bool { if case .channel = self { true } else { false } }
  }
}

extension RootLayout {
  func path(of place: RootPlaces.Place) -> String { root + "/" + place.rawValue }
}
