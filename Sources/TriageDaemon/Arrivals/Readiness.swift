import Synchronization
import TriageCore

/// When a file is complete: nobody has it open for writing, and its size and times have not changed since it was first
/// seen, for the settle time (DESIGN.md section 4, "Intake"). Its times alone say nothing: copies keep old ones.
///
/// The one notion for what lies in the inbox, files of case folders, forms, requests, attachments and rules. All times
/// are nanoseconds of a clock that is never set (`Clock.monotonicNanoseconds`), so that no jump of the wall clock
/// shortens a wait. Keep one for each place: it remembers what it saw until `forget`.
final class Readiness: Sendable {
  enum Verdict: Sendable, Equatable {
    case ready
    case waits(Wait)
  }
  struct Wait: Sendable, Equatable, Comparable {
    enum Reason: Sendable { case settling, written }
    var reason: Reason
    /// When it is to be looked at again, if nothing happens to it until then.
    var until: Int64
    /// It has waited for very long by now; said once.
    var isOverdue = false

    /// By the time at which it is to be looked at.
    static func < (a: Self, b: Self) -> Bool { a.until < b.until }
  }

  private struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64
    init(_ stamp: FileStamp) { (device, inode) = (stamp.device, stamp.inode) }
  }
  private struct Sighting {
    var stamp: FileStamp
    /// Since when it has looked as it does.
    var since: Int64
    /// When this file was first seen here.
    let first: Int64
    var asked: Int64
    var isTold = false
    /// Whoever was to read it found that somebody writes.
    var isWritten = false
    var wasReady = false
  }
  private let memory = Mutex<[Identity: Sighting]>([:])

  init() {}

  /// - Parameters:
  ///   - settle: nanoseconds.
  ///   - passage: what a watch saw of it.
  ///   - patience: settle times that count where no lease can be had and nothing was seen of how it came.
  ///   - atLeast: nanoseconds that count whatever else is known, unless it was renamed in.
  ///   - isAskedAgain: whether whoever reads it asks who writes, too: it is asked here only where the answer decides how
  ///     long it waits.
  ///   - writing: asked only when nothing else speaks against it.
  func judge(
    _ stamp: FileStamp, settle: Int64, passage: Passage?, patience: Int64 = 1, atLeast: Int64 = 0,
    now: Int64, isAskedAgain: Bool = false, writing: () -> Writing
  ) -> Verdict {
    let sighting = see(stamp, now)
    // A sender who renames a file into place has finished it.
    let calm = passage == .movedIn ? 0 : max(settle, atLeast)
    if now < sighting.since + calm { return wait(.settling, until: sighting.since + calm, sighting, now) }
    let ready = readyUntold(stamp, settle: settle, passage, patience: patience, since: sighting.since)
    let isOver = ready.map { $0 <= now } ?? false
    if isAskedAgain, isOver, !sighting.isWritten { return isReady(stamp) }
    switch writing() {
    case .nobody: return isReady(stamp)
    case .somebody: break
    case .untold:
      if isOver { return isReady(stamp) }
      if let ready { return wait(.settling, until: ready, sighting, now) }
    }
    // Its closing is an event; without one it is asked ever more seldom.
    let pauses = Limits.writtenPauseMilliseconds
    let pause = min(
      max((now - sighting.first) / 2, pauses.lowerBound * 1_000_000), pauses.upperBound * 1_000_000)
    return wait(.written, until: now + pause, sighting, now)
  }

  /// From when on it is ready where nobody can be asked who writes; nil for what was seen to be still written.
  private func readyUntold(
    _ stamp: FileStamp, settle: Int64, _ passage: Passage?, patience: Int64, since: Int64
  ) -> Int64? {
    switch passage {
    case .movedIn: since
    case .closed: since + settle
    // link(2) brings a file whole; open(2) makes an empty one that is still to be written, and may have been written to
    // since the events were read: those of a later look tell.
    case .made:
      stamp.size > 0 || stamp.isFolder ? since + max(settle, Limits.madePauseMilliseconds * 1_000_000) : nil
    case .open: nil
    case .lost: since + settle * max(patience, Limits.unseenPatience)
    case nil: since + settle * patience
    }
  }

  /// Somebody writes the file: it is not ready before nobody does.
  func isWritten(_ stamp: FileStamp, now: Int64) {
    _ = see(stamp, now)
    memory.withLock { memory in
      memory[Identity(stamp)]?.isWritten = true
      memory[Identity(stamp)]?.wasReady = false
    }
  }

  private func isReady(_ stamp: FileStamp) -> Verdict {
    memory.withLock { memory in
      memory[Identity(stamp)]?.isWritten = false
      memory[Identity(stamp)]?.wasReady = true
    }
    return .ready
  }

  /// Since when a file has looked as it does, as far as it was seen here.
  func since(_ stamp: FileStamp, now: Int64) -> Int64 { see(stamp, now).since }

  /// For what waits by its name alone: whether it has been here for very long by now; said once.
  func isOverdue(_ stamp: FileStamp, now: Int64) -> Bool {
    guard case .waits(let wait) = wait(.settling, until: now, see(stamp, now), now) else { return false }
    return wait.isOverdue
  }

  /// Forgets what was not asked for since then.
  func forget(notAskedSince time: Int64) {
    memory.withLock { memory in
      if memory.contains(where: { $0.value.asked < time }) {
        memory = memory.filter { $0.value.asked >= time }
      }
    }
  }

  private func see(_ stamp: FileStamp, _ now: Int64) -> Sighting {
    memory.withLock { memory in
      let identity = Identity(stamp)
      let known = memory[identity]
      var sighting = known ?? Sighting(stamp: stamp, since: now, first: now, asked: now)
      if sighting.stamp != stamp {
        if sighting.wasReady || stamp.size < sighting.stamp.size {
          // Numbers of inodes are used again: this is another file, or one that is begun anew.
          sighting = Sighting(stamp: stamp, since: now, first: now, asked: now)
        } else {
          (sighting.stamp, sighting.since) = (stamp, now)
        }
      }
      sighting.asked = now
      memory[identity] = sighting
      return sighting
    }
  }

  private func wait(_ reason: Wait.Reason, until: Int64, _ sighting: Sighting, _ now: Int64) -> Verdict {
    let isOverdue = !sighting.isTold && now - sighting.first >= Limits.arrivalPatience * 1_000_000_000
    if isOverdue {
      memory.withLock { $0[Identity(sighting.stamp)]?.isTold = true }
    }
    return .waits(Wait(reason: reason, until: until, isOverdue: isOverdue))
  }
}
