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

  /// Where nobody can be asked who writes and no watch saw how the file came, so many settle times count.
  static let unseenPatience: Int64 = 5

  private struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64
  }
  private struct Sighting {
    var stamp: FileStamp
    /// Since when it has looked as it does.
    var since: Int64
    /// When any file of this inode was first seen here.
    let first: Int64
    var asked: Int64
    var isTold = false
  }
  private let memory = Mutex<[Identity: Sighting]>([:])

  init() {}

  /// - Parameters:
  ///   - settle: nanoseconds.
  ///   - passage: what a watch saw of it.
  ///   - patience: settle times that count where no lease can be had and nothing was seen of how it came.
  ///   - writing: asked only when nothing else speaks against it.
  func judge(
    _ stamp: FileStamp, settle: Int64, passage: Passage?, patience: Int64 = 1, now: Int64,
    writing: () -> Writing
  ) -> Verdict {
    let sighting = see(stamp, now)
    // A sender who renames a file into place has finished it.
    let calm = passage == .movedIn ? 0 : settle
    if now < sighting.since + calm { return wait(.settling, until: sighting.since + calm, sighting, now) }
    switch writing() {
    case .nobody: return .ready
    case .somebody: break
    case .untold:
      switch passage {
      case .movedIn, .closed: return .ready
      // link(2) brings a file whole; open(2) makes an empty one that is still to be written.
      case .made where stamp.size > 0 || stamp.isFolder: return .ready
      case .made, .open: break
      case nil:
        let end = sighting.since + settle * patience
        return now >= end ? .ready : wait(.settling, until: end, sighting, now)
      }
    }
    // Its closing is an event; without one it is asked ever more seldom.
    let pause = min(max((now - sighting.first) / 2, 250_000_000), 30_000_000_000)
    return wait(.written, until: now + pause, sighting, now)
  }

  /// Since when a file has looked as it does, as far as it was seen here.
  func since(_ stamp: FileStamp, now: Int64) -> Int64 { see(stamp, now).since }

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
      let identity = Identity(device: stamp.device, inode: stamp.inode)
      var sighting = memory[identity] ?? Sighting(stamp: stamp, since: now, first: now, asked: now)
      if sighting.stamp != stamp { (sighting.stamp, sighting.since) = (stamp, now) }
      sighting.asked = now
      memory[identity] = sighting
      return sighting
    }
  }

  private func wait(_ reason: Wait.Reason, until: Int64, _ sighting: Sighting, _ now: Int64) -> Verdict {
    let isOverdue = !sighting.isTold && now - sighting.first >= Limits.arrivalPatience * 1_000_000_000
    if isOverdue {
      let identity = Identity(device: sighting.stamp.device, inode: sighting.stamp.inode)
      memory.withLock { $0[identity]?.isTold = true }
    }
    return .waits(Wait(reason: reason, until: until, isOverdue: isOverdue))
  }
}
