import Foundation
import Testing

/// It belongs to `make long` (`TRIAGED_LONG`); `TRIAGED_SOAK_SECONDS` says how long, ten minutes where it says nothing.
/// In less than two everything does not happen.
private enum Soak {
  private static let environment = ProcessInfo.processInfo.environment
  static let isWanted = environment["TRIAGED_LONG"] != nil || environment["TRIAGED_SOAK_SECONDS"] != nil
  static let seconds = environment["TRIAGED_SOAK_SECONDS"].flatMap(Double.init) ?? 600
}

/// A bad week in ten minutes: senders, clerks, an administrator and shares that go away, all at once, while the daemon is
/// killed again and again. Whatever they do, at the end each case is there once and nothing was written where a share
/// was not mounted.
@Suite("A soak of everything at once", .enabled(if: Soak.isWanted))
struct SoakTests {
  @Test(
    "Promise 1, 2 and 7: senders, clerks, kills, rule edits and shares that go away: nothing lost, nothing doubled, nothing under an absent share"
  )
  func everythingAtOnce() throws {
    let root = try Root()
    try root.once()
    let town = SoakTown(root, seed: 20_261_119)
    try town.live(for: Soak.seconds)
    let end = try town.comeToRest()

    print(town.account)
    #expect(town.neverDone == [], "what never happened is not shown to be harmless")
    #expect(town.sent.count > 100)
    #expect(town.underAbsentShares == [], "files were written where no share was mounted")
    let sources = try root.sources()
    #expect(
      Set(sources) == Set(town.sent), "\(Set(town.sent).symmetricDifference(sources).sorted().prefix(5))")
    #expect(sources.count == town.sent.count, "a case is there twice")
    #expect(root.tree("inbox") == [])
    #expect(root.names("set-aside") == [])
    let open = root.items.filter { !$0.contains("/closed/") }.map { String($0.split(separator: "/")[2]) }
    #expect(Set(open).count == open.count, "an item is there twice")
    try root.once(at: end)
    try root.expectSound()
  }
}
