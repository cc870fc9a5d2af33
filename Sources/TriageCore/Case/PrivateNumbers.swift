/// Numbers by which a person can be reached or told: they stand in titles and file names, since people write them there.
///
/// What leaves the departments that act on a case (worklists of those that only watch, lists, reports, notices, logs)
/// shows the beginning and the end of such a number only: whoever has the case knows it again, nobody else can call.
public enum PrivateNumbers {
  /// `138****2222` for a mobile number (MIIT's numbering plan: eleven digits from 13 to 19, maybe behind 86),
  /// `110101********1234` for an identity number (GB 11643: eighteen, the seventh to the fourteenth a day of birth; or
  /// fifteen of old), `010-****1234` for a fixed line with its area code. Any other digits stay: numbers of orders,
  /// years, sums.
  public static func masked(_ text: String) -> String {
    // Most titles have no run of digits that is worth a look.
    guard text.utf8.count >= 10, hasManyDigits(text) else { return text }
    var scalars = Array(text.unicodeScalars)
    var at = 0
    while at < scalars.count {
      guard digit(scalars[at]) != nil else {
        at += 1
        continue
      }
      let groups = groups(in: scalars, from: at)
      var count = 1
      // Several numbers may stand side by side: the longest that is one counts.
      for length in (1...groups.count).reversed() {
        let places = groups[..<length].flatMap { $0 }
        guard let hidden = hidden(places.map { digit(scalars[$0]) ?? 10 }, isSplit: length > 1) else {
          continue
        }
        for place in hidden { scalars[places[place]] = "*" }
        count = length
        break
      }
      at = groups[count - 1].upperBound
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func hasManyDigits(_ text: String) -> Bool {
    text.unicodeScalars.count { digit($0) != nil } >= 10
  }

  /// Runs of digits with one blank or hyphen between them; the X that ends an identity number counts.
  private static func groups(in scalars: [Unicode.Scalar], from start: Int) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var at = start
    while at < scalars.count, digit(scalars[at]) != nil {
      let begin = at
      while at < scalars.count, digit(scalars[at]) != nil { at += 1 }
      if groups.isEmpty, at - begin == 17, at < scalars.count, scalars[at] == "X" || scalars[at] == "x" {
        at += 1
      }
      groups.append(begin..<at)
      guard at < scalars.count, isSeparator(scalars[at]), groups.count < 6 else { break }
      at += 1
    }
    return groups
  }

  /// Which of the digits are to be hidden; nil where they are no such number.
  private static func hidden(_ digits: [Int], isSplit: Bool) -> Range<Int>? {
    switch digits.count {
    case 11 where digits[0] == 1 && digits[1] >= 3: 3..<7
    case 13 where digits[0] == 8 && digits[1] == 6 && digits[2] == 1 && digits[3] >= 3: 5..<9
    case 18 where isBirthday(digits[6..<14]): 6..<14
    case 15 where !isSplit && isBirthday([1, 9] + digits[6..<12]): 6..<12
    // 010 and 02x have eight digits behind them, 03xx to 09xx seven or eight.
    case 10...12 where digits[0] == 0 && digits[1] > 0 && (digits[1] > 2 || digits.count == 11):
      (digits[1] > 2 ? 4 : 3)..<(digits.count - 4)
    default: nil
    }
  }

  private static func isBirthday(_ digits: some Collection<Int>) -> Bool {
    let day = Array(digits)
    let (month, date) = (day[4] * 10 + day[5], day[6] * 10 + day[7])
    return (day[0] == 1 && day[1] >= 8 || day[0] == 2 && day[1] == 0) && (1...12).contains(month)
      && (1...31).contains(date)
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == " " || scalar == "\u{A0}" || scalar == "－" || scalar == ")" || scalar == "）"
  }

  /// Of either width.
  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x30...0x39: Int(scalar.value) - 0x30
    case 0xFF10...0xFF19: Int(scalar.value) - 0xFF10
    default: nil
    }
  }
}

extension CaseInput {
  /// The title as whoever does not act on the case may see it.
  public var publicTitle: String { PrivateNumbers.masked(title) }
}

extension CaseIndex {
  /// The title as whoever does not act on the case may see it.
  public var publicTitle: String { PrivateNumbers.masked(title) }
}
