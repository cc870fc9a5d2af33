import TriageCore

/// `Tue, 20 Oct 2026 10:05:00 +0800 (CST)` (RFC 5322 section 3.3).
enum MailDate {
  static func instant(_ written: String) -> Instant? {
    let withoutDay = written.firstIndex(of: ",").map { written[written.index(after: $0)...] } ?? written[...]
    let words = withoutDay.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count >= 5, let day = Int(words[0]), let month = month(words[1]), let year = Int(words[2]),
      let date = CivilDate(year: year < 50 ? 2000 + year : year, month: month, day: day),
      let second = second(words[3]), let offset = offset(words[4])
    else { return nil }
    return Instant(seconds: Int64(date.day) * 86_400 + Int64(second) - Int64(offset))
  }

  private static func month(_ name: Substring) -> Int? {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return names.firstIndex(of: name.lowercased()).map { $0 + 1 }
  }

  private static func second(_ clock: Substring) -> Int? {
    let parts = clock.split(separator: ":").map { Int($0) ?? -1 }
    guard (2...3).contains(parts.count), (0..<24).contains(parts[0]), (0..<60).contains(parts[1]) else {
      return nil
    }
    let second = parts.count == 3 ? parts[2] : 0
    return (0...60).contains(second) ? parts[0] * 3600 + parts[1] * 60 + min(second, 59) : nil
  }

  /// Other names of zones than UTC's are unreliable and count as UTC (RFC 5322 section 4.3).
  private static func offset(_ zone: Substring) -> Int? {
    guard let sign = zone.first, sign == "+" || sign == "-" else { return 0 }
    guard zone.utf8.count == 5, let digits = Int(zone.dropFirst()), digits >= 0, digits % 100 < 60 else {
      return nil
    }
    let seconds = digits / 100 * 3600 + digits % 100 * 60
    return sign == "-" ? -seconds : seconds
  }
}
