import Testing
import TriageCore
import TriageRules

@Suite("Time zones become plain data")
struct ZoneLoaderTests {
  @Test("Shanghai had summer time in 1986 and has none now")
  func shanghai() throws {
    let zone = try #require(ZoneLoader.zone(identifier: "Asia/Shanghai"))
    #expect(zone.offset(at: Instant(seconds: 1_790_000_000)) == 8 * 3600)
    // 1986-07-01
    #expect(zone.offset(at: Instant(seconds: 520_560_000)) == 9 * 3600)
    #expect(zone.initialOffset == 29_143)
  }

  @Test("New York changes twice a year until 2100")
  func newYork() throws {
    let zone = try #require(ZoneLoader.zone(identifier: "America/New_York"))
    #expect(zone.offset(at: Instant(seconds: 4_087_000_000)) == -4 * 3600)
    #expect(zone.transitions.count > 300)
  }

  @Test("Abbreviations and inventions are refused", arguments: ["CST", "Asia/Taiyuan", "", "+08:00"])
  func refused(name: String) { #expect(ZoneLoader.zone(identifier: name) == nil) }
}
