import TriageRules

/// Notices that somebody changed the rules, and when they have finished: their directories must have looked the same for
/// the settle time, so that an editor that saves five files is not taken at its word after the first.
///
/// inotify says only "look now"; every scan of the folders looks too (promise 10).
struct RulesWatch {
  /// Of the rulebook and of those that it extends.
  private var directories: [String]
  private let settle: Double
  /// What the directory looked like when it was last read.
  private var known: RulebookLook
  /// What it looks like since, and from when on.
  private var changed: (look: RulebookLook, since: Double)?
  private var mustLook = false

  /// - Parameter settle: seconds.
  init(directories: [String], settle: Double) {
    self.directories = directories
    self.settle = settle
    known = RulebookLook(directories: directories)
  }

  var folders: [String] { (changed?.look ?? known).folders }

  mutating func touched() { mustLook = true }

  /// When the next look is wanted, in monotonic seconds; nil: when something touches the folders.
  var nextLook: Double? { mustLook ? 0 : changed.map { $0.since + settle } }

  /// Looks where that is wanted.
  /// - Parameter now: monotonic seconds.
  /// - Returns: whether a change has settled and the rules should be read.
  mutating func isChanged(now: Double) -> Bool {
    guard mustLook || changed.map({ now >= $0.since + settle }) ?? false else { return false }
    mustLook = false
    let look = RulebookLook(directories: directories)
    guard look != known else {
      changed = nil
      return false
    }
    guard let before = changed, before.look == look else {
      changed = (look, now)
      return settle <= 0
    }
    return now >= before.since + settle
  }

  /// Call before the rules are read: what changes after it is another change.
  mutating func isRead() {
    known = RulebookLook(directories: directories)
    changed = nil
  }

  /// The rules that were read name these directories; what is new among them was read just now.
  mutating func follow(_ directories: [String]) {
    guard directories != self.directories else { return }
    self.directories = directories
    known = RulebookLook(directories: directories)
    changed = nil
  }
}
