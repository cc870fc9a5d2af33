import TriageCore
public import TriageLedger

/// Looks through a root for what tells of its ledger: markers, items, what was set aside. Reads only.
public enum RootTraces {
  public static func look(_ layout: RootLayout) -> LedgerTraces {
    let layout = layout.real
    let mounts = MountTable.mountPoints() ?? []
    var marks: [LedgerTraces.Mark] = []
    var shares: [String] = []
    let queues = folders(layout.queues)
    for path in RootPlaces.Place.allCases.map({ layout.path(of: $0) }) + queues {
      if MountTable.isElsewhere(path, mounts) == true {
        shares.append(path)
      } else if let mark = mark(path) {
        marks.append(mark)
      }
    }
    marks += ofShares(shares)
    let setAside = layout.setAside
    return LedgerTraces(marks: marks) { items(queues) + aside(setAside) }
  }

  private static func mark(_ path: String) -> LedgerTraces.Mark? {
    guard let marker = QueueMarker.at(path), let root = marker.root else { return nil }
    return LedgerTraces.Mark(place: "\(path)/\(QueueLayout.marker)", root: root, head: marker.head)
  }

  /// Each on a thread of its own, which may hang for ever; the markers of shares that do not answer are looked at when
  /// they do.
  private static func ofShares(_ paths: [String]) -> [LedgerTraces.Mark] {
    let works = paths.map { path in
      let lane = QueueLane()
      defer { lane.end() }
      return ShareWork(on: lane, late: {}) { mark(path) }
    }
    let end = Clock.monotonic() + Limits.tracePatience
    return works.compactMap { work in work?.value(within: end - Clock.monotonic()) ?? nil }
  }

  // MARK: Where no ledger is

  private static func folders(_ queues: String) -> [String] {
    let names = (try? OpenFolder(path: queues).names()) ?? []
    return names.filter { $0.bytes.first != UInt8(ascii: ".") }.compactMap { name in
      name.text.map { "\(queues)/\($0)" }
    }.sorted()
  }

  /// One item of each queue is enough.
  private static func items(_ queues: [String]) -> [String] {
    queues.flatMap { queue in
      (QueueFolder.working + [.closed]).compactMap { folder in
        let path = "\(queue)/\(folder.rawValue)"
        let names = (try? OpenFolder(path: path).names()) ?? []
        return names.sorted().first { ItemNaming.item(inName: $0.bytes) != nil }.map { "\(path)/\($0.shown)" }
      }.prefix(1)
    }
  }

  private static func aside(_ path: String) -> [String] {
    let names = (try? OpenFolder(path: path).names()) ?? []
    return names.sorted().first { $0.hasSuffix(".reason.yaml") }.map { ["\(path)/\($0.shown)"] } ?? []
  }
}
