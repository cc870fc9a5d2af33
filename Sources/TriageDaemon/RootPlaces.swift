import Glibc
import TriageCore
import TriageLedger

/// The folders of the root beside its state: where cases come from, where items, refused files and lists go.
///
/// Any of them may be a mount, and one that is not mounted looks like an empty folder. So one that is a mount, or a link
/// to elsewhere, gets a marker file of its own that the ledger knows, as queues do; never a device number, which is
/// another at each mount. `queues/` always has one, since new queues are made in it. A folder that was known and has lost
/// its marker is gone: nothing is taken from it, made or written in it until it is back, or a person says that it is to
/// be made anew. A plain folder without a marker is made when it is missing, as ever. Folders of the inbox that are mounts
/// are places too.
///
/// A share may hang whoever asks it. What is asked of one is asked by a thread of its own, and one that does not answer
/// soon counts as gone. Main thread only.
public final class RootPlaces {
  private let layout: RootLayout
  private let ledger: Ledger
  private let journal: Journal
  /// Called when work on a share is done for which nobody waited so long; by any thread.
  var nudge: @Sendable () -> Void = {}
  /// By the ledger.
  private var markers: [Place: String] = [:]
  private(set) var gone: Set<Place> = []
  /// By a person's word in this run.
  private var wasMade: Set<Place> = []
  /// Shares that took no marker; said once.
  private var unmarked: Set<Place> = []
  private var lanes: [Place: QueueLane] = [:]
  /// Mount points when they were last looked at (`lookAtMounts`); nil where the table could not be read.
  private(set) var mounts: Set<String>?
  /// Folders of the inbox that are mounts; nil before the inbox is looked at again.
  private var channels: [Place]?

  init(_ layout: RootLayout, _ ledger: Ledger, _ journal: Journal) throws(LedgerError) {
    self.layout = layout
    self.ledger = ledger
    self.journal = journal
    for (name, marker) in try ledger.read.places() {
      if let place = Place(rawValue: name) { markers[place] = marker }
    }
  }

  deinit { for lane in lanes.values { lane.end() } }

  /// A folder that could not be made, and why.
  typealias Unusable = (path: String, fault: SystemFault)

  /// Makes what is missing and not known, and looks which of the others are there.
  func prepare(at now: Instant) throws(LedgerError) -> Unusable? {
    lookAtMounts()
    if mounts == nil { journal.warning(.mountsUnknown) }
    // Without a queue there is nothing that could be hidden.
    return try makeMissing(anew: try ledger.read.queues().isEmpty ? [.queues] : [], at: now)
  }

  /// A person says that these are to be made although they were known; nobody is asked whether they were (`unknown`).
  func makeAnew(_ named: Set<Place>, at now: Instant) throws(LedgerError) -> Unusable? {
    if named.isEmpty { return nil }
    for place in named where place.isChannel { try forget(place, at: now) }
    return try makeMissing(anew: named, at: now)
  }

  private func makeMissing(anew: Set<Place>, at now: Instant) throws(LedgerError) -> Unusable? {
    for place in Place.allCases {
      let isAnew = anew.contains(place) && !isThere(place)
      do throws(FileFailure) {
        if isAnew {
          wasMade.insert(place)
          try make(place)
        } else if markers[place] == nil, place != .queues || !isDoubtful() {
          try make(place)
        }
      } catch {
        return (layout.path(of: place), SystemFault(error.code))
      }
      if markers[place] == nil || wasMade.contains(place) { try register(place) }
      if isAnew { try ledger.record(.placeMade(place.rawValue), at: now) }
      _ = isThere(place)
    }
    return nil
  }

  /// Looks which folders are mounts. Before each scan for everything: shares may come and go.
  func lookAtMounts() {
    mounts = MountTable.mountPoints()
    channels = nil
  }

  /// Whether the folder is the one that the ledger knows, or is none that has to be known. Looked at anew each time; a
  /// share that does not answer within `Limits.sharePatience` is not there.
  func isThere(_ place: Place) -> Bool {
    guard let known = markers[place] else { return note(place, isUnknownThere(place)) }
    let path = layout.path(of: place)
    let look = begin(place) { Self.bears(known, path) }
    guard let answer = look?.value(within: Limits.sharePatience) else { return note(place, nil) }
    // Where the machine lacks what it takes to look, nothing new is known.
    guard let isThere = answer else { return !gone.contains(place) }
    return note(place, isThere)
  }

  /// - Returns: nil where the machine lacks what it takes to look (`SystemFault.isShortage`).
  private static func bears(_ id: String, _ path: String) -> Bool? {
    do throws(FileFailure) { return try QueueMarker.read(in: OpenFolder(path: path))?.id == id } catch {
      return SystemFault.isShortage(error.code) ? nil : false
    }
  }

  /// - Returns: nil where there is no answer.
  private func isUnknownThere(_ place: Place) -> Bool? {
    let path = layout.path(of: place)
    switch place {
    case .queues: return proveQueues()
    // What is refused has to go somewhere, also when somebody has tidied the folder away.
    case .setAside:
      let look = begin(place) { Self.isThereOrMade(path) }
      return look?.value(within: Limits.sharePatience)
    // One that took no marker; what it answers is told by whoever lists it.
    case .channel:
      return begin(place) { _ = try? OpenFolder(path: path) }?.value(within: Limits.sharePatience).map {
        true
      }
    case .inbox, .reports: return true
    }
  }

  /// What it refuses beside being there is told by whoever wants something of it.
  private static func isThereOrMade(_ path: String) -> Bool {
    do throws(FileFailure) { _ = try OpenFolder(path: path) } catch {
      return !error.isOfAbsence || mkdir(path, Self.mode) == 0
    }
    return true
  }

  private static let mode: mode_t = 0o770

  /// Of which a person may say that they are to be made anew.
  var names: [String] { Set(Place.allCases).union(markers.keys).map(\.rawValue).sorted() }

  /// One that a person named and nobody knows.
  func unknown(of named: Set<Place>) -> Place? {
    named.filter { $0.isChannel && markers[$0] == nil }.min { $0.rawValue < $1.rawValue }
  }

  /// By what the ledger knows it, where it is to be known.
  func marker(known place: Place) -> String? { markers[place] }

  /// Begins work in a folder: at once, or where it is a share by the share's own thread.
  /// - Returns: nil while the share has not done what it was asked before.
  func begin<Value: Sendable>(
    _ place: Place, _ body: @escaping @Sendable () -> Value
  ) -> ShareWork<Value>? {
    guard isShare(place) else { return ShareWork(done: body()) }
    let lane = lanes[place] ?? QueueLane()
    lanes[place] = lane
    return ShareWork(on: lane, late: nudge, body)
  }

  private func isShare(_ place: Place) -> Bool {
    // Whatever else is known by a marker is elsewhere.
    if place != .queues, markers[place] != nil { return true }
    return place.isChannel || MountTable.isElsewhere(layout.path(of: place), mounts) == true
  }

  /// - Parameter isThere: nil where there is no answer.
  private func note(_ place: Place, _ isThere: Bool?) -> Bool {
    if isThere == true {
      if gone.remove(place) != nil { journal.notice(.placeBack, ["folder": place.rawValue]) }
      return true
    }
    if gone.insert(place).inserted {
      journal.error(isThere == nil ? .placeHung : .placeGone, ["folder": place.rawValue])
    }
    return false
  }

  // MARK: Folders of the inbox

  /// Takes up folders of the inbox that are mounts and not known yet. Call when the inbox is there.
  func takeUpChannels() throws(LedgerError) {
    let channels = channels ?? findChannels()
    self.channels = channels
    for place in channels where markers[place] == nil && !unmarked.contains(place) { try takeUp(place) }
    // One that did not answer before it was known is a plain folder when it is no mount any more.
    for place in gone where place.isChannel && markers[place] == nil && !channels.contains(place) {
      _ = note(place, true)
    }
  }

  private func findChannels() -> [Place] {
    guard let mounts, let real = realpath(layout.inbox, nil) else { return [] }
    defer { free(real) }
    let start = String(cString: real) + "/"
    return mounts.sorted().compactMap { path in
      guard path.hasPrefix(start) else { return nil }
      let name = String(path.dropFirst(start.count))
      return name.contains("/") || EntryName(name).waits ? nil : .channel(name)
    }
  }

  private func takeUp(_ place: Place) throws(LedgerError) {
    let (path, root) = (layout.path(of: place), ledger.rootID)
    let work = begin(place) { () -> Result<String?, FileFailure> in
      Result { () throws(FileFailure) in
        try Self.mark(path, root: root)
        return QueueMarker.at(path)?.id
      }
    }
    switch work?.value(within: Limits.sharePatience) {
    case .success(let id?):
      try ledger.register(place: place.rawValue, marker: id)
      markers[place] = id
      _ = note(place, true)
    case .failure(let failure) where !failure.isOfAbsence:
      unmarked.insert(place)
      journal.warning(.placeUnmarked(failure.words(journal.language)), ["folder": place.rawValue])
    case .failure: _ = note(place, false)
    case nil, .success(nil): _ = note(place, nil)
    }
  }

  /// Those that are mounts and not there at present, by their names: what lies in their place is none of theirs.
  func channelsAway() -> Set<EntryName> {
    for place in unmarked.union(markers.keys) where place.isChannel { _ = isThere(place) }
    return Set(
      gone.compactMap { place in
        if case .channel(let name) = place { EntryName(name) } else { nil }
      })
  }

  /// Nothing of what may have come is hidden at present.
  var isInboxWhole: Bool { !gone.contains { $0 == .inbox || $0.isChannel } }

  /// A person says that what lies there from now on is the folder: a plain one, or another share.
  private func forget(_ place: Place, at now: Instant) throws(LedgerError) {
    if isThere(place) { return }
    try ledger.register(place: place.rawValue, marker: nil)
    markers[place] = nil
    gone.remove(place)
    try ledger.record(.placeMade(place.rawValue), at: now)
  }

  // MARK: Markers

  /// Puts a marker of the root into the folder unless there is one.
  private static func mark(_ path: String, root: String) throws(FileFailure) {
    let folder = try OpenFolder(path: path)
    if try QueueMarker.read(in: folder)?.root == root { return }
    try QueueMarker(root: root).put(in: folder)
  }

  /// Makes the folder unless it is there, and its marker where it is to have one.
  private func make(_ place: Place) throws(FileFailure) {
    let path = layout.path(of: place)
    // What is a mount point or a link is there.
    if mkdir(path, place == .queues ? 0o750 : Self.mode) != 0, errno != EEXIST {
      throw FileFailure(call: "mkdir", code: errno)
    }
    // Where nobody knows what is a mount, a folder is taken for a plain one.
    guard place == .queues || MountTable.isElsewhere(path, mounts) == true else { return }
    do throws(FileFailure) {
      if place != .queues { try OpenFolder(path: path).removeTemporary() }
      try Self.mark(path, root: ledger.rootID)
    } catch {
      // Where the daemon may only read, or the share was never there, it goes on as it would without.
      if place == .queues { throw error }
      journal.warning(.placeUnmarked(error.words(journal.language)), ["folder": place.rawValue])
    }
  }

  /// What lies there is what the ledger knows from now on; a plain folder needs not be known.
  private func register(_ place: Place) throws(LedgerError) {
    let known = markers[place]
    let path = layout.path(of: place)
    let isPlain = place != .queues && MountTable.isElsewhere(path, mounts) != true
    let found = isPlain ? nil : QueueMarker.at(path)
    if let known, found?.id == known { return }
    if let found, found.root == ledger.rootID {
      try ledger.register(place: place.rawValue, marker: found.id)
      markers[place] = found.id
    } else if known != nil, isPlain {
      try ledger.register(place: place.rawValue, marker: nil)
      markers[place] = nil
    }
  }

  // MARK: Queues of an older triaged

  /// The ledger knows queues, and none of them shows that this folder is the one in which they were: it may be the mount
  /// point of all of them.
  private func isDoubtful() -> Bool {
    guard let known = try? ledger.read.queues(), !known.isEmpty,
      QueueMarker.at(layout.queues)?.root != ledger.rootID
    else { return false }
    let queues = QueueLayout(root: layout.root)
    return !known.contains { id, marker in
      let path = queues.path(of: id)
      return MountTable.isElsewhere(path, mounts) == true || QueueMarker.at(path)?.id == marker
    }
  }

  private func proveQueues() -> Bool {
    guard !isDoubtful(), (try? make(.queues)) != nil,
      (try? register(.queues)) != nil
    else { return false }
    return markers[.queues] != nil
  }
}
