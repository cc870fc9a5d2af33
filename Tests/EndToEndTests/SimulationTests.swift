import Foundation
import Testing

/// `triaged simulate`: a scenario through the real daemon in virtual time.
@Suite("Simulation, end to end")
struct SimulationTests {
  private static let twoWeeks = Root.fixtures + "/scenarios/two-weeks.yaml"

  @Test("The same scenario and seed give the same report, byte for byte")
  func sameTwice() throws {
    let first = try Program.run(["simulate", Self.twoWeeks, "--format", "json"])
    let second = try Program.run(["simulate", Self.twoWeeks, "--format", "json"])
    #expect(first.status == 0, "\(first.out)\(first.err)")
    #expect(!first.out.isEmpty)
    #expect(first.out == second.out)
  }

  @Test("Holidays, an outage and an absent department show in the ledger, and folders and ledger agree")
  func whatHappens() throws {
    let root = temporaryFolder + "/triaged-simulate-" + UUID().uuidString.prefix(8)
    defer { try? FileManager.default.removeItem(atPath: root) }
    let run = try Program.run(["simulate", Self.twoWeeks, "--root", root, "--format", "json"])
    #expect(run.status == 0, "\(run.out)\(run.err)")
    let cases = try Program.run(
      ["cases", "--root", root, "--rules", Root.fixtures + "/../../rules/default", "--format", "json"]
    ).objects
    #expect((40...90).contains(cases.count))
    // The daemon was down from the 29th, 16:00, to the 30th, 09:00; what came meanwhile was taken at once after it.
    let taken = cases.compactMap { $0["taken_at"] as? String }
    #expect(taken.count == cases.count)
    #expect(!taken.contains { $0 > "2026-09-29T16:00" && $0 < "2026-09-30T09:00" })
    #expect(taken.contains { $0.hasPrefix("2026-09-30T09:00") })

    // Every third case: each look is a process.
    for id in cases.compactMap({ $0["id"] as? String }).enumerated().filter({ $0.offset % 3 == 0 }).map(
      \.element)
    {
      let show = try Program.run(["show", id, "--root", root, "--format", "json"])
      let timeline = try #require(show.objects.first?["timeline"] as? [[String: Any]])
      #expect(!timeline.isEmpty)
      for event in timeline {
        let kind = try #require(event["kind"] as? String)
        let at = try #require(event["at"] as? String)
        // Nobody is on duty over National Day.
        let isHoliday = at > "2026-10-01" && at < "2026-10-08"
        #expect(!(isHoliday && ["accepted", "resolved", "returned"].contains(kind)), "\(id) \(kind) \(at)")
      }
    }
    let events = try #require(run.objects.first?["events"] as? [String: Int])
    for kind in ["accepted", "resolved", "returned", "reminded", "escalated", "duplicate_arrived"] {
      #expect(events[kind] ?? 0 > 0, "\(kind)")
    }
    // What lies with the absent department is new, and what it left was taken over by somebody above.
    let absent = URL(fileURLWithPath: root + "/queues/enforcement").path
    #expect(try FileManager.default.contentsOfDirectory(atPath: absent + "/done").isEmpty)
    #expect(try !FileManager.default.contentsOfDirectory(atPath: absent + "/reminders").isEmpty)
    let check = try Program.run(["fsck", "--root", root])
    #expect(check.status == 0, "\(check.out)")
    let chain = try Program.run(["ledger", "verify", "--root", root])
    #expect(chain.status == 0, "\(chain.out)")
  }

  @Test("A scenario with mistakes is refused with file, line, column and a suggestion")
  func broken() throws {
    let file = Root.fixtures + "/scenarios/broken.yaml"
    let run = try Program.run(["simulate", file])
    #expect(run.status == 1)
    for expected in [
      "broken.yaml:7:26: error:", "did you mean 'address'?", "broken.yaml:9:15: error:",
      "did you mean 'hotline'?",
      "did you mean 'neighbor'?", "broken.yaml:11:15: error:", "did you mean 'returns'?",
      "broken.yaml:11:35: error:", "broken.yaml:12:10: error:", "[wrong-value]",
    ] {
      #expect(run.err.contains(expected), "\(expected) in \(run.err)")
    }
  }

  @Test("A directory that holds something is not taken for the root")
  func rootInUse() throws {
    let run = try Program.run(["simulate", Self.twoWeeks, "--root", Root.fixtures])
    #expect(run.status == 2)
    #expect(run.err.contains(Root.fixtures))
  }
}
