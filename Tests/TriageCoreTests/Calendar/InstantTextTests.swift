import Testing
import TriageCore

@Suite("Writing and reading instants") struct InstantTextTests {
  let zone = CalendarFixture.shanghai

  @Test("ISO 8601 has the offset of the zone")
  func iso8601() {
    let instant = Instant(seconds: 1_791_883_800)
    #expect(instant.iso8601(in: zone) == "2026-10-13T17:30:00+08:00")
    #expect(instant.iso8601(in: .utc) == "2026-10-13T09:30:00+00:00")
    #expect(instant.iso8601(in: CalendarFixture.newYork) == "2026-10-13T05:30:00-04:00")
    let local = Zone(identifier: "LMT", initialOffset: 29_143)
    #expect(instant.iso8601(in: local) == "2026-10-13T17:35:43+08:05:43")
    #expect(Instant(iso8601: instant.iso8601(in: local), zone: zone) == instant)
    #expect(instant.clockText(in: zone) == "2026-10-13 17:30")
  }

  @Test(
    "With an offset the zone is without effect, without one it is in force",
    arguments: [
      "2026-10-13T17:30:00+08:00", "2026-10-13T17:30", "2026-10-13 17:30:00", "2026-10-13T09:30:00Z",
      "2026-10-13T05:30-0400", "2026-10-13T17:30:00.123456+08", "2026-10-13t09:30:00z",
    ])
  func writings(text: String) {
    #expect(Instant(iso8601: text, zone: zone) == Instant(seconds: 1_791_883_800))
  }

  @Test("A date alone is its midnight, 24:00 the next one")
  func dateAlone() {
    #expect(Instant(iso8601: "2026-10-13", zone: zone)?.iso8601(in: zone) == "2026-10-13T00:00:00+08:00")
    #expect(
      Instant(iso8601: "2026-10-13T24:00", zone: zone)?.iso8601(in: zone) == "2026-10-14T00:00:00+08:00")
  }

  @Test(
    "What no clock shows is no instant",
    arguments: [
      "", "2026-02-30T08:00", "2026-10-13T24:01", "2026-10-13T25:00", "2026-10-13T10:60",
      "2026-10-13T10:00:60",
      "2026-10-13T", "2026-10-13T10", "2026-10-13T10:00+", "2026-10-13T10:00+25:00", "2026-10-13T10:00:00.",
      "2026-10-13T10:00 +08:00 ", "2026-10-13T10:00x", "13.10.2026", "2026-10-13 9:05", "now",
    ])
  func refused(text: String) {
    #expect(Instant(iso8601: text, zone: zone) == nil)
  }

  @Test(
    "The writings of real exports are read",
    arguments: [
      ("2020/1/6 12:09:38", "2020-01-06T12:09:38"), ("2020-1-6 9:05", "2020-01-06T09:05:00"),
      ("2020年1月6日 12时9分", "2020-01-06T12:09:00"), ("2020年1月6日12时9分38秒", "2020-01-06T12:09:38"),
      ("2020年01月06日", "2020-01-06T00:00:00"), ("2020.1.6", "2020-01-06T00:00:00"),
      ("20200106120938", "2020-01-06T12:09:38"), ("20200106", "2020-01-06T00:00:00"),
      ("202001061209", "2020-01-06T12:09:00"), ("20200106 12:09", "2020-01-06T12:09:00"),
      ("20200106T120938", "2020-01-06T12:09:38"), ("20200106T120938Z", "2020-01-06T20:09:38"),
      ("2020/1/6 下午 3:05", "2020-01-06T15:05:00"), ("2020/1/6 3:05:00 PM", "2020-01-06T15:05:00"),
      ("2020/1/6 上午12:05", "2020-01-06T00:05:00"), ("2020/1/6 下午12:05", "2020-01-06T12:05:00"),
      ("2020/1/6 下午15:05", "2020-01-06T15:05:00"), ("2020年1月6日 12点", "2020-01-06T12:00:00"),
      ("　２０２０／１／６　１２：０９ ", "2020-01-06T12:09:00"), ("2017-06-08 17:31:20.0", "2017-06-08T17:31:20"),
      ("2020-01-06T12:09:38+08:00", "2020-01-06T12:09:38"),
      ("2020-01-06 04:09:38 +0000", "2020-01-06T12:09:38"),
      ("2020-1-6 24:00", "2020-01-07T00:00:00"),
      ("25/12/2026 9:05", "2026-12-25T09:05:00"), ("12/25/2026 9:05:00 AM", "2026-12-25T09:05:00"),
      ("1/1/2027", "2027-01-01T00:00:00"), ("25.12.2026", "2026-12-25T00:00:00"),
      ("1-Jan-2027", "2027-01-01T00:00:00"), ("Friday, January 1, 2027 3:05 PM", "2027-01-01T15:05:00"),
      ("Fri, 1 Jan 2027", "2027-01-01T00:00:00"), ("2027年1月1日星期五", "2027-01-01T00:00:00"),
      ("2027/1/1（周五）9:05", "2027-01-01T09:05:00"), ("二〇二七年十二月三十一日", "2027-12-31T00:00:00"),
      ("2027年1月1日 中午12点半", "2027-01-01T12:30:00"), ("2027年1月1日 晚上8点", "2027-01-01T20:00:00"),
      ("2027/1/1 凌晨12:05", "2027-01-01T00:05:00"), ("2027/1/1 9:05 a.m.", "2027-01-01T09:05:00"),
      ("2027年1月1日（週五）9時整", "2027-01-01T09:00:00"), ("2027年1月1日 禮拜五 9點半", "2027-01-01T09:30:00"),
      ("2027年十二月三十一日 十时", "2027-12-31T10:00:00"),
    ])
  func lenient(text: String, expected: String) {
    #expect(Instant(lenient: text, zone: zone)?.iso8601(in: zone) == expected + "+08:00")
  }

  @Test(
    "Leniently read or not, a day or time that does not exist is refused",
    arguments: [
      "2020/2/30 12:00", "2020年13月1日", "20200230", "20200106250000", "2020/1-6", "20/1/6 12:00",
      "2020/1/6 12:60",
      "1/6/2020", "2020/1/6 12", "2020年1月", "昨天下午3点", "2020/1/6 12:00 吧", "2020/1/6 上午15:05", "", "  ",
      "43836.5", "13800000000", "20200106120938123", "2/11/2026", "1-Jan-27", "31/4/2026", "13/13/2026",
      "2027/1/1 晚上12点",
      "Jan 2027", "一五年一月一日", "2027/1/1 -5:00",
    ])
  func lenientRefusals(text: String) {
    #expect(Instant(lenient: text, zone: zone) == nil)
  }

  @Test(
    "The day number of a spreadsheet is told from a date",
    arguments: [
      ("46327.4", 1_793_496_960), ("46327", 1_793_462_400), ("36526", 946_656_000),
      ("46327.999999", 1_793_548_800),
    ] as [(String, Int64)])
  func dayNumbers(text: String, seconds: Int64) {
    #expect(WrittenTime(text).isSerial)
    #expect(WrittenTime(text).instant(in: zone) == Instant(seconds: seconds))
  }

  @Test(
    "What is no day number, and what may be two days",
    arguments: [
      ("2/11/2026 9:05 AM", WrittenTime.ambiguous), ("11.2.2026", .ambiguous), ("36525", .unreadable),
      ("73051", .unreadable), ("46327.", .unreadable), ("46327.4x", .unreadable), ("4632.74", .unreadable),
    ])
  func noInstant(text: String, reading: WrittenTime) {
    #expect(WrittenTime(text) == reading && reading.instant(in: zone) == nil)
  }

  @Test("A text that is longer than any time is none, and is not looked through")
  func longTexts() {
    for piece in ["一", "十", "2027-", "周", " ", "1", "點"] {
      let text = String(repeating: piece, count: 1_000_000)
      #expect(WrittenTime(text) == .unreadable)
      #expect(TimeLimit(lenient: text) == nil)
    }
  }

  @Test(
    "The day that was written counts where no zone is known; beside an offset only midnight tells it",
    arguments: [
      ("2027-01-01T00:00:00+08:00", "2027-01-01"), ("2027-01-01 24:00", "2027-01-01"),
      ("2027/1/1 9:05", "2027-01-01"), ("2027年1月1日", "2027-01-01"), ("46388", "2027-01-01"),
      ("2026-12-31T16:00:00Z", nil), ("2/11/2026", nil), ("昨天", nil),
    ] as [(String, String?)])
  func days(text: String, day: String?) {
    #expect(WrittenTime(text).writtenDay?.description == day)
  }

  @Test("In a zone a time with an offset belongs to that zone's day, any other to the day that was written")
  func daysInZone() {
    #expect(WrittenTime("2026-12-31T16:00:00Z").day(in: zone)?.description == "2027-01-01")
    #expect(WrittenTime("2027-01-01 24:00").day(in: zone)?.description == "2027-01-01")
    #expect(WrittenTime("46388.9").day(in: zone)?.description == "2027-01-01")
  }

  @Test("Every instant is read back as it was written, in any zone")
  func roundTrip() {
    var random = SeededNumbers(seed: 7)
    for zone in [zone, .utc, CalendarFixture.newYork, CalendarFixture.madrid] {
      for _ in 0..<500 {
        let instant = Instant(seconds: Int64(random.below(6_000_000_000)) - 1_000_000_000)
        #expect(Instant(iso8601: instant.iso8601(in: zone), zone: .utc) == instant)
        #expect(Instant(lenient: instant.iso8601(in: zone), zone: .utc) == instant)
      }
    }
  }
}
