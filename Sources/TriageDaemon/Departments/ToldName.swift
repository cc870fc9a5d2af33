import TriageCore

/// The names of what the daemon tells a department from day to day: which day a file is of, and which files follow one
/// another, so that only the newest stays where people look.
enum ToldName {
  /// A file of notices on one case.
  struct Notice: Equatable {
    let caseID: CaseID
    /// Nil: named by its number, as before there was one file a day.
    let day: CivilDate?
  }

  /// `CASE-ID.notice-YYYYMMDD.txt`, whatever a copy has added to it.
  static func notice(_ name: EntryName) -> Notice? {
    let mark = Array(".notice-".utf8)
    guard let (id, end) = ItemNaming.caseID(at: name.bytes[...]), name.bytes[end...].starts(with: mark) else {
      return nil
    }
    let digits = name.bytes[(end + mark.count)...].prefix { $0 >= 48 && $0 <= 57 }
    return Notice(caseID: id, day: digits.count == 8 ? day(digits) : nil)
  }

  /// A file of `reminders/`.
  struct Day: Equatable {
    /// What is before the day: the id of a list; nothing for the reminders themselves.
    let series: String
    /// Nil: a single reminder, as there were before there was one file a day.
    let day: CivilDate?
  }

  static func isDay(_ name: EntryName) -> Bool { day(name) != nil }

  /// `2026-11-21.txt`, `weekly-2026-11-21.txt`, `ZZ20261121-0001.accept-lead-1-0.txt`.
  static func day(_ name: EntryName) -> Day? {
    guard name.hasSuffix(".txt"), let text = name.text else { return nil }
    let stem = text.dropLast(4)
    if let date = CivilDate(String(stem.suffix(10))) {
      let series = stem.dropLast(10)
      // Only a list of the rulebook: what clerks call their own files is their affair.
      let isID = series.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
      return series.isEmpty || isID && series.hasSuffix("-") ? Day(series: String(series), day: date) : nil
    }
    guard let (_, end) = ItemNaming.caseID(at: name.bytes[...]),
      name.bytes[end...].first == UInt8(ascii: "."),
      !name.hasSuffix(".yaml.txt")
    else { return nil }
    return Day(series: "", day: nil)
  }

  private static func day(_ digits: ArraySlice<UInt8>) -> CivilDate? {
    let text = String(decoding: digits, as: UTF8.self)
    return CivilDate("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.dropFirst(6))")
  }
}
