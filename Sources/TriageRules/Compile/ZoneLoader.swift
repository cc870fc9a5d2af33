import Foundation
public import TriageCore

/// Time zones as plain data for the core, from the database that Foundation ships.
public enum ZoneLoader {
  /// Offsets and transitions from 1900 to 2100; nil for a name that the database does not know.
  ///
  /// Only full names (`Asia/Shanghai`, `UTC`) are taken: abbreviations mean different zones in different places.
  public static func zone(identifier: String) -> Zone? {
    guard identifier == "UTC" || identifier.contains("/"), let zone = TimeZone(identifier: identifier) else {
      return nil
    }
    var now = Date(timeIntervalSince1970: -2_208_988_800)  // 1900-01-01
    let end = Date(timeIntervalSince1970: 4_102_444_800)  // 2100-01-01
    let initial = zone.secondsFromGMT(for: now)
    var offset = initial
    var transitions: [Zone.Transition] = []
    while let next = zone.nextDaylightSavingTimeTransition(after: now), next > now, next < end {
      let after = zone.secondsFromGMT(for: next)
      if after != offset {
        let at = Instant(seconds: Int64(next.timeIntervalSince1970.rounded()))
        transitions.append(Zone.Transition(at: at, offset: after))
        offset = after
      }
      now = next
    }
    return Zone(identifier: identifier, initialOffset: initial, transitions: transitions)
  }

  static var knownIdentifiers: [String] { TimeZone.knownTimeZoneIdentifiers }
}
