import TriageCore
import TriageRules

/// Notices that somebody changed the rules, and when they have finished: their directories must have looked the same for
/// the settle time, so that an editor that saves five files is not taken at its word after the first, and nobody may
/// have a changed file open for writing.
///
/// inotify says only "look now"; every scan of the folders looks too (promise 10). All folders are watched before they
/// are looked at, and with them whatever on the way to them can be replaced: a rulebook may be a link, or be renamed
/// into place.
struct RulesWatch {
  /// Of the rulebook and of those that it extends.
  private var directories: [String]
  private let settle: Double
  private let watcher: Watcher
  private let writing: RuleWriting
  /// What the directory looked like when it was last read.
  private var known: RulebookLook
  /// What it looks like since, and from when on.
  private var changed: (look: RulebookLook, since: Double)?
  /// Since when it waits for somebody who writes.
  private var heldSince: Double?
  private var mustLook = false
  private var watched: Set<String> = []

  /// - Parameters:
  ///   - directory: of the rulebook that was read at the start.
  ///   - known: what it looked like before.
  ///   - settle: seconds.
  init(_ directory: String, known: RulebookLook, settle: Double, _ watcher: Watcher) {
    directories = [directory]
    self.settle = settle
    self.known = known
    self.watcher = watcher
    writing = RuleWriting(settle: settle, watcher: watcher)
    mustLook = true
  }

  /// - Parameter paths: with which something happened; nil when events were lost.
  mutating func touched(_ paths: Set<String>?) {
    if paths.map({ !$0.isDisjoint(with: watched) }) ?? true { mustLook = true }
  }

  /// When the next look is wanted, in monotonic seconds; nil: when something touches the folders.
  var nextLook: Double? { mustLook ? 0 : changed.map { $0.since + settle } }

  /// What has been waited for this long, seconds; asked once a wait.
  mutating func takeLongWait(now: Double) -> Int? {
    guard let since = heldSince, now - since >= Double(Limits.arrivalPatience) else { return nil }
    heldSince = .infinity
    return Int(now - since)
  }

  /// Looks where that is wanted.
  /// - Parameter now: monotonic seconds.
  /// - Returns: whether a change has settled and the rules should be read.
  mutating func isChanged(now: Double) -> Bool {
    guard mustLook || changed.map({ now >= $0.since + settle }) ?? false else { return false }
    mustLook = false
    let look = look()
    guard look != known else {
      (changed, heldSince) = (nil, nil)
      return false
    }
    if changed?.look != look { changed = (look, now) }
    guard let since = changed?.since, now >= since + settle else { return false }
    guard look.changedFiles(since: known).contains(where: writing.isWritten) else {
      heldSince = nil
      return true
    }
    heldSince = heldSince ?? now
    changed = (look, max(now, now + 0.5 - settle))
    return false
  }

  /// Call before the rules are read: what changes after it is another change.
  mutating func isRead() {
    known = look()
    changed = nil
  }

  /// The rules that were read name these directories. What changed in them since the reading began is another change.
  /// - Parameter second: when that was, since 1970.
  mutating func follow(_ directories: [String], readSince second: Int) {
    guard directories != self.directories else { return }
    let hasChanged = look() != known
    self.directories = directories
    known = look()
    if hasChanged || known.isChanged(since: second) { known = RulebookLook(directories: []) }
    changed = nil
    mustLook = true
  }

  /// Watches, then looks; again while there are folders that were not watched before they were looked at.
  private mutating func look() -> RulebookLook {
    var before = watched
    watched = []
    for directory in directories { watch(placesOn: directory) }
    while true {
      let look = RulebookLook(directories: directories)
      for folder in look.folders {
        watcher.watch(folder)
        watched.insert(folder)
      }
      for file in look.files where Places.target(of: file) != nil { watch(placesOn: file) }
      if watched.isSubset(of: before) { return look }
      before = watched
    }
  }

  private mutating func watch(placesOn path: String) {
    for place in Places.on(path) {
      watcher.watch(entry: place)
      watched.insert(place)
    }
  }

  /// A rule file that somebody has open for writing.
  func writtenFile() -> String? { writing.file(in: directories) }
}
