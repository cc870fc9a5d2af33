import Glibc
import TriageCore
import TriageLedger

/// The folders of the root beside its state: where cases come from, where items, refused files and lists go.
///
/// Any of them may be a mount, and one that is not mounted looks like an empty folder. So one that is a mount, or a link
/// to elsewhere, gets a marker file of its own that the ledger knows, as queues do; never a device number, which is
/// another at each mount. `queues/` always has one, since new queues are made in it. A folder that was known and has lost
/// its marker is gone: nothing is taken from it, made or written in it until it is back, or a person says that it is to
/// be made anew. A plain folder without a marker is made when it is missing, as ever. Main thread only.
public final class RootPlaces {
  public enum Place: String, Sendable, CaseIterable {
    case inbox, queues, reports
    case setAside = "set-aside"
  }

  private let layout: RootLayout
  private let ledger: Ledger
  private let journal: Journal
  /// By the ledger.
  private var markers: [String: String]
  private(set) var gone: Set<Place> = []
  /// By a person's word in this run.
  private var wasMade: Set<Place> = []

  init(_ layout: RootLayout, _ ledger: Ledger, _ journal: Journal) throws(LedgerError) {
    self.layout = layout
    self.ledger = ledger
    self.journal = journal
    markers = try ledger.read.places()
  }

  /// Makes what is missing and not known, and looks which of the others are there.
  /// - Parameter anew: a person's word that these are to be made although they were known.
  /// - Returns: the folder that could not be made, with the reason.
  func prepare(anew: Set<Place> = [], at now: Instant) throws(LedgerError) -> (path: String, reason: String)?
  {
    // Without a queue there is nothing that could be hidden.
    let isFirst = try ledger.read.queues().isEmpty
    for place in Place.allCases {
      let isAnew = (anew.contains(place) || isFirst && place == .queues) && !isThere(place)
      do throws(FileFailure) {
        if isAnew {
          wasMade.insert(place)
          try make(place)
        } else if markers[place.rawValue] == nil, place != .queues || !isDoubtful() {
          try make(place)
        }
      } catch {
        return (layout.path(of: place), "\(error.call): \(error.reason)")
      }
      try register(place)
      if isAnew { try ledger.record(.placeMade(place.rawValue), at: now) }
      _ = isThere(place)
    }
    return nil
  }

  /// Whether the folder is the one that the ledger knows, or is none that has to be known. Looked at anew each time.
  func isThere(_ place: Place) -> Bool {
    let known = markers[place.rawValue]
    let isThere =
      if let known { known == marker(of: place)?.id } else { place != .queues || proveQueues() }
    if isThere != gone.contains(place) { return isThere }
    if isThere {
      gone.remove(place)
      journal.notice(.placeBack, ["folder": place.rawValue])
    } else {
      gone.insert(place)
      journal.error(.placeGone, ["folder": place.rawValue])
    }
    return isThere
  }

  // MARK: Markers

  private func marker(of place: Place) -> QueueMarker? {
    guard let folder = try? OpenFolder(path: layout.path(of: place)) else { return nil }
    return (try? QueueMarker.read(in: folder)) ?? nil
  }

  /// Makes the folder unless it is there, and its marker where it is to have one.
  private func make(_ place: Place) throws(FileFailure) {
    let path = layout.path(of: place)
    let isElsewhere = MountTable.isElsewhere(path)
    if !isElsewhere, mkdir(path, place == .queues ? 0o750 : 0o770) != 0, errno != EEXIST {
      throw FileFailure(call: "mkdir", code: errno)
    }
    guard isElsewhere || place == .queues else { return }
    do throws(FileFailure) {
      let folder = try OpenFolder(path: path)
      if place != .queues { folder.removeTemporary() }
      if try QueueMarker.read(in: folder)?.root == ledger.rootID { return }
      try QueueMarker(root: ledger.rootID).put(in: folder)
    } catch {
      // Where the daemon may only read, or the share was never there, it goes on as it would without.
      if place == .queues { throw error }
      journal.warning(.placeUnmarked("\(error.call): \(error.reason)"), ["folder": place.rawValue])
    }
  }

  /// What lies there is what the ledger knows from now on; a plain folder needs not be known.
  private func register(_ place: Place) throws(LedgerError) {
    let known = markers[place.rawValue]
    let isPlain = place != .queues && !MountTable.isElsewhere(layout.path(of: place))
    let found = isPlain ? nil : marker(of: place)
    if let known, found?.id == known { return }
    if let found, found.root == ledger.rootID, known == nil || wasMade.contains(place) {
      try ledger.register(place: place.rawValue, marker: found.id)
      markers[place.rawValue] = found.id
    } else if known != nil, isPlain, wasMade.contains(place) {
      try ledger.register(place: place.rawValue, marker: nil)
      markers[place.rawValue] = nil
    }
  }

  // MARK: Queues of an older triaged

  /// The ledger knows queues, and none of them shows that this folder is the one in which they were: it may be the mount
  /// point of all of them.
  private func isDoubtful() -> Bool {
    guard let known = try? ledger.read.queues(), !known.isEmpty, marker(of: .queues)?.root != ledger.rootID
    else { return false }
    let queues = QueueLayout(root: layout.root)
    return !known.contains { id, marker in
      let path = queues.path(of: id)
      if MountTable.isElsewhere(path) { return true }
      guard let folder = try? OpenFolder(path: path) else { return false }
      return ((try? QueueMarker.read(in: folder)) ?? nil)?.id == marker
    }
  }

  private func proveQueues() -> Bool {
    guard !isDoubtful(), (try? make(.queues)) != nil,
      (try? register(.queues)) != nil
    else { return false }
    return markers[Place.queues.rawValue] != nil
  }
}

extension RootLayout {
  func path(of place: RootPlaces.Place) -> String { root + "/" + place.rawValue }
}

extension MountTable {
  /// Whether a path is a mount point, or a link; where the table cannot be read it may be one.
  static func isElsewhere(_ path: String) -> Bool {
    var found = stat()
    if lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFLNK { return true }
    return mountPoints()?.contains(path) ?? true
  }
}
