import Testing
import TriageLedger

@testable import TriageDaemon

@Suite("A file that crashes the daemon is found, and no other is blamed")
struct AttemptsTests {
  let sample: IntakeSample
  init() throws { sample = try IntakeSample() }

  /// What the next process finds after this one died.
  private var next: Attempts { Attempts(path: sample.root + "/state/attempts") }

  private func file(_ number: Int) -> InboxFile {
    InboxFile(path: "hotline/\(number).yaml", device: 1, inode: UInt64(number), size: 1, mtimeNanos: 1)
  }

  @Test("Of a batch all are suspected and none is counted; alone, each death counts")
  func suspects() {
    next.begin([file(1), file(2)])
    let second = next
    #expect(second.suspectsRemain && second.count(of: file(1)) == 0)
    second.begin([file(1)])
    let third = next
    #expect(third.count(of: file(1)) == 1 && third.count(of: file(2)) == 0)
    third.begin([file(1)])
    #expect(next.count(of: file(1)) == 2)
  }

  @Test("Both batches in hand are suspected, and a file begun beside another is not counted")
  func twoBatches() {
    let first = next
    first.begin([file(1), file(2)])
    first.begin([file(3)])
    let second = next
    #expect((1...3).map { second.count(of: file($0)) } == [0, 0, 0])
    second.keep(only: Set([file(1).key, file(2).key]))
    second.end([file(2)])
    #expect(second.suspectsRemain)
    second.end([file(1)])
    #expect(!second.suspectsRemain && !next.suspectsRemain)
  }

  @Test("What was recorded is suspected no more, whatever else is in hand")
  func ended() {
    let attempts = next
    attempts.begin([file(1), file(2)])
    attempts.begin([file(3), file(4)])
    attempts.end([file(1), file(2)])
    let after = next
    after.end([file(3)])
    #expect(after.suspectsRemain)
    after.end([file(4)])
    #expect(!after.suspectsRemain)
  }
}
