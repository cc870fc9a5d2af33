import Glibc
import Synchronization
import Testing

@testable import TriageDaemon

@Suite("Work on a share is told of when more can be begun")
struct ShareWorkTests {
  /// For what the lane's thread tells.
  private final class Told: Sendable {
    let count = Mutex(0)
    let wasFree = Mutex(false)
    let signal = JobSignal()
    func tell() {
      count.withLock { $0 += 1 }
      signal.post()
    }
  }

  @Test("Whoever has the result can begin the next piece at once, however often")
  func atOnce() throws {
    let lane = QueueLane()
    defer { lane.end() }
    for number in 1...5_000 {
      let work = try #require(ShareWork(on: lane, late: {}) { number }, "\(number)")
      #expect(work.value(within: 60) == number)
    }
  }

  @Test("Whoever gave up waiting is told when it is done, and can begin the next piece then")
  func late() throws {
    let lane = QueueLane()
    defer { lane.end() }
    let (go, told) = (JobSignal(), Told())
    let work = try #require(
      ShareWork(
        on: lane,
        late: {
          told.wasFree.withLock { $0 = lane.busyFor == nil }
          told.tell()
        }
      ) { () -> Int in
        go.wait()
        return 7
      })
    #expect(work.value() == nil)
    #expect(ShareWork(on: lane, late: {}) { 8 } == nil)
    go.post()
    told.signal.wait(seconds: 60)
    #expect(told.wasFree.withLock { $0 })
    #expect(work.value() == 7)
  }

  @Test("Whoever waited for the result is not told of it as well")
  func notTwice() throws {
    let lane = QueueLane()
    defer { lane.end() }
    let told = Told()
    for number in 1...200 {
      let work = try #require(ShareWork(on: lane, late: told.tell) { number })
      #expect(work.value(within: 60) == number)
    }
    #expect(told.count.withLock { $0 } == 0)
  }
}
