import TriageCore

/// Finds the counts of people and the sums of money that a folded text states: 三十余人, 5名工人, 二十多个业主, 12万元.
///
/// Of a range (五六十人, 20-30人) and of an open number the lower end counts; below a bound (不到三十人, 30人以下) it is
/// one less. Ordinals (第三次), dates, numbers of houses and telephones, shares (三分之一) and words that only begin
/// with a unit (三人行, 人次, 名额) are none.
struct QuantityScanner {
  typealias Found = (_ kind: QuantityTest.Kind, _ units: Range<Int>, _ stated: Double) -> Void

  private let text: FoldedText.View
  private let words = QuantityWords.shared

  static func scan(_ text: FoldedText.View, _ found: Found) {
    let scanner = QuantityScanner(text: text)
    lowBytes.withUnsafeBufferPointer { mayBegin in
      var place = 0
      while place < text.count {
        let scalar = text.units[place].scalar
        // A cheap question first: most scalars of a text begin no number.
        guard mayBegin[Int(scalar & 0xFF)], begins(Numeral(scalar)) else {
          place += 1
          continue
        }
        let number = NumberReader.read(text, from: place)
        let end = scanner.look(at: number, from: place, found)
        place = max(place + 1, end)
      }
    }
  }

  private init(text: FoldedText.View) { self.text = text }

  /// Whether some numeral has this low byte.
  private static let lowBytes: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for scalar in UInt32(0x20)..<0xA000 where begins(Numeral(scalar)) { table[Int(scalar & 0xFF)] = true }
    return table
  }()

  private static func begins(_ numeral: Numeral?) -> Bool {
    switch numeral {
    case .arabic, .digit, .zero, .multiplier, .great, .several: true
    case .more, .letter, nil: false
    }
  }

  /// - Returns: where to go on.
  private func look(at number: StatedNumber, from start: Int, _ found: Found) -> Int {
    guard var stated = number.value else { return number.end }
    var number = number
    if let upper = upperEnd(of: number) { (number, stated) = upper }
    guard let match = unit(after: number, from: start) else { return number.end }
    guard !isOrdinal(start, number) else { return match.end }
    var end = match.end
    if match.kind == .money, end > number.end, !number.isOpen, let (cents, last) = cents(at: end) {
      stated = (stated * 100 + cents) / 100
      end = last
    }
    let isBelow = precedes(start, Self.belowWords) || follows(end, Self.belowEnds)
    let from = spanStart(start, isBelow: isBelow, number)
    found(match.kind, from..<end, isBelow ? max(0, stated - 1) : stated)
    return end
  }

  /// 5角2分 or 零五分 behind 91元, 5 behind 三块: so many cents, and where they end. 3分钟 and 三分之一 are none.
  private func cents(at start: Int) -> (cents: Double, end: Int)? {
    var place = start
    var cents = 0.0
    var end: Int?
    while let digit = digit(place) {
      switch scalar(place + 1) {
      case 0x89D2, 0x6BDB: cents += digit * 10  // 角, 毛
      case 0x5206 where !isMinute(place + 2): cents += digit  // 分
      case .some where digit == 0 && end == nil && self.digit(place + 1) != nil:
        place += 1
        continue
      default: return end.map { (cents, $0) } ?? tenths(digit, at: place, behind: start)
      }
      place += 2
      end = place
    }
    return end.map { (cents, $0) }
  }

  /// 分钟, 分之.
  private func isMinute(_ place: Int) -> Bool {
    scalar(place) == 0x949F || scalar(place) == 0x4E4B
  }

  /// 三块五: the digit behind 块, where nothing goes on with it.
  private func tenths(_ digit: Double, at place: Int, behind start: Int) -> (cents: Double, end: Int)? {
    guard place == start, scalar(start - 1) == 0x5757, digit > 0 else { return nil }
    let end = place + 1
    guard end >= text.count || text.endsClause(end) || follows(end, ["左右", "以上", "以下", "一", "每"]) else {
      return nil
    }
    return (digit * 10, end)
  }

  private func digit(_ place: Int) -> Double? {
    guard let scalar = scalar(place) else { return nil }
    return switch Numeral(scalar) {
    case .arabic: Double(scalar - 0x30)
    case .digit(let value): value
    case .zero: 0
    default: nil
    }
  }

  // MARK: - Ranges

  /// The number after `-`, 至, 到 when the two are one range, and the range's lower end.
  private func upperEnd(of lower: StatedNumber) -> (number: StatedNumber, low: Double)? {
    guard let low = lower.value, let between = scalar(lower.end), Self.rangeMarks.contains(between),
      let next = scalar(lower.end + 1), Self.begins(Numeral(next))
    else { return nil }
    // 二、三十人 is a range; 2、30人 is a list.
    if between == 0x3001, lower.digits > 0 || low > 9 || lower.scale > 1 { return nil }
    var upper = NumberReader.read(text, from: lower.end + 1)
    guard let high = upper.value, upper.end > lower.end + 1 else { return nil }
    upper.isOpen = upper.isOpen || lower.isOpen
    upper.digits = max(upper.digits, lower.digits)
    upper.isBare = false
    // 3至5万: the multiplier belongs to both.
    if lower.scale == 1, low * upper.scale <= high { return (upper, low * upper.scale) }
    return low <= high ? (upper, low) : nil
  }

  private static let rangeMarks: Set<UInt32> = [0x2D, 0x7E, 0x2013, 0x2014, 0x81F3, 0x5230, 0x3001, 0x6216]

  // MARK: - Units

  private func unit(after number: StatedNumber, from start: Int) -> (kind: QuantityTest.Kind, end: Int)? {
    let place = number.end
    if isCurrency(before: start) {
      if let word = words.word(at: place, in: text), word.role == .people || word.role == .counter {
        return nil
      }
      return (.money, moneyEnd(place))
    }
    guard let word = words.word(at: place, in: text) else { return bareSum(number, from: start) }
    let end = place + word.length
    switch word.role {
    case .people: return people(number, from: start, word: place..<end)
    case .counter: return noun(at: end).map { (.people, $0) }
    case .noun where number.isOpen || number.digits == 0 && (number.value ?? 0) >= 10: return (.people, end)
    // 家商户: shops count like households.
    case .measure where scalar(place) == 0x5BB6: return noun(at: end).map { (.people, $0) }
    // 几十号人; 三十号人 may be the people of that day.
    case .measure where number.isOpen && scalar(place) == 0x53F7 && scalar(end) == 0x4EBA:
      return (.people, end + 1)
    case .money:
      // 万元 alone is the head of a table's column; 上万元 is a sum.
      let isHead = number.isBare && !number.isOpen && number.scale >= 10_000
      return isHead && !isRounded(before: start) ? nil : (.money, end)
    case .piece: return isMoneyPiece(after: end) ? (.money, end) : nil
    case .noun, .adjective, .moneyNoun, .measure, .plain:
      return word.role == .moneyNoun ? bareSum(number, from: start) : nil
    }
  }

  private func people(_ number: StatedNumber, from start: Int, word: Range<Int>) -> (QuantityTest.Kind, Int)?
  {
    let first = scalar(word.lowerBound)
    // 3栋1602户 is a flat.
    if first == 0x6237, number.digits >= 3, let before = scalar(start - 1), Self.buildings.contains(before) {
      return nil
    }
    // 120人员, 12345人员 belong to a service.
    if word.count == 2, scalar(word.upperBound - 1) == 0x5458, let value = number.value,
      Self.serviceNumbers.contains(value), !number.isOpen
    {
      return nil
    }
    return (.people, noun(at: word.upperBound) ?? word.upperBound)
  }

  private static let buildings = Set("栋幢座楼元门号梯室".unicodeScalars.map(\.value))
  private static let serviceNumbers: Set<Double> = [
    110, 119, 120, 122, 12_345, 12_315, 12_348, 12_319, 12_333,
  ]

  /// Where a noun for people ends that begins there, an adjective before it.
  private func noun(at place: Int) -> Int? {
    var place = place
    for _ in 0..<3 {
      guard place < text.count, let word = words.word(at: place, in: text) else { return nil }
      switch word.role {
      case .noun: return place + word.length
      case .people where scalar(place) == 0x4EBA: return place + word.length
      case .adjective: place += word.length
      default: return nil
      }
    }
    return nil
  }

  // MARK: - Money

  private func isCurrency(before start: Int) -> Bool {
    if scalar(start - 1) == 0xA5 { return true }
    return precedes(start, ["人民币", "rmb"])
  }

  private func moneyEnd(_ place: Int) -> Int {
    guard let word = words.word(at: place, in: text), word.role == .money else { return place }
    return place + word.length
  }

  /// 5块, 3块多; 两块地 is land.
  private func isMoneyPiece(after end: Int) -> Bool {
    guard end < text.count, !text.endsClause(end) else { return true }
    if Self.afterPieces.contains(text.units[end].scalar) || cents(at: end) != nil { return true }
    return follows(end, ["左右", "以上", "以下"])
  }

  private static let afterPieces = Set("、/每一多,)”".unicodeScalars.map(\.value) + (0x30...0x39))

  /// 上, 成, 近, 达, 超, 逾, 过 before a multiplier.
  private func isRounded(before start: Int) -> Bool {
    [0x4E0A, 0x6210, 0x8FD1, 0x8FBE, 0x8D85, 0x903E, 0x8FC7].contains(scalar(start - 1))
  }

  /// 12万, 5000 without a unit: money when the words around it say so.
  private func bareSum(_ number: StatedNumber, from start: Int) -> (QuantityTest.Kind, Int)? {
    guard !number.isBare || isRounded(before: start) else { return nil }
    let isSum = number.scale >= 100 || number.digits >= 3 && !isYear(number)
    guard isSum else { return nil }
    let after = scalar(number.end) == 0x7684 ? number.end + 1 : number.end
    if after < text.count, let word = words.word(at: after, in: text) {
      return word.role == .moneyNoun && number.scale >= 1_000 ? (.money, number.end) : nil
    }
    let isLast =
      number.end >= text.count || text.endsClause(number.end) || scalar(number.end) == 0x3001
      || follows(number.end, ["左右", "以上"])
    if isMoneyContext(before: start) { return isLast || number.scale >= 10_000 ? (.money, number.end) : nil }
    return isLast && number.hasPoint && number.scale >= 10_000 && noPeople(before: start)
      ? (.money, number.end) : nil
  }

  private func isYear(_ number: StatedNumber) -> Bool {
    number.digits == 4 && (1_900...2_100).contains(number.value ?? 0)
  }

  private func isMoneyContext(before start: Int) -> Bool {
    eachBefore(start) { Self.moneySigns.contains($0) }
  }

  private func noPeople(before start: Int) -> Bool { !eachBefore(start) { Self.peopleSigns.contains($0) } }

  /// Whether one of up to six units of the same clause before the place is so.
  private func eachBefore(_ start: Int, _ isSo: (UInt32) -> Bool) -> Bool {
    var place = start - 1
    while place >= max(0, start - 6), !text.endsClause(place) {
      if isSo(text.units[place].scalar) { return true }
      place -= 1
    }
    return false
  }

  private static let moneySigns = Set("款资薪费钱金欠付赔借贷损亏骗罚价押投额债".unicodeScalars.map(\.value))
  private static let peopleSigns = Set("人民户众口员名位积量".unicodeScalars.map(\.value))

  // MARK: - What stands around

  /// An ordinal, a date, a share, a part of a longer number or name.
  private func isOrdinal(_ start: Int, _ number: StatedNumber) -> Bool {
    guard let before = scalar(start - 1) else { return false }
    let earlier = scalar(start - 2) ?? 0
    switch before {
    case 0x7B2C, 0x521D, 0x5468: return true  // 第 初 周
    case 0x671F: return earlier == 0x661F  // 星期
    case 0x62DC: return earlier == 0x793C  // 礼拜
    case 0x4E4B: return earlier == 0x5206  // 分之
    case 0x5C0F, 0x8001, 0x963F:  // 小三, 老三, 阿三 are names
      return number.digits == 0 && number.scale == 1 && number.end == start + 1
    case 0x30...0x39: return true
    case 0x61...0x7A: return !precedes(start, ["rmb"])
    case 0x2D, 0x2E, 0x2F, 0x3A, 0x2C, 0x23, 0x5F, 0x7E: return NumberReader.isLetterOrDigit(earlier)
    default: return false
    }
  }

  private static let belowWords = ["不到", "不足", "不满", "未满", "未到", "未达", "没到", "少于", "低于", "小于", "不够"]
  private static let belowEnds = ["以下", "以内", "之内"]

  /// 上百人, 成千人 and 不到三十人 are shown with the word before the number.
  private func spanStart(_ start: Int, isBelow: Bool, _ number: StatedNumber) -> Int {
    if isBelow, precedes(start, Self.belowWords) { return start - 2 }
    if number.isBare, let before = scalar(start - 1), before == 0x4E0A || before == 0x6210 {
      return start - 1
    }
    return start
  }

  private func scalar(_ place: Int) -> UInt32? {
    place >= 0 && place < text.count ? text.units[place].scalar : nil
  }

  private func precedes(_ start: Int, _ words: [String]) -> Bool {
    words.contains { stands($0, at: start - $0.unicodeScalars.count) }
  }

  private func follows(_ end: Int, _ words: [String]) -> Bool { words.contains { stands($0, at: end) } }

  private func stands(_ word: String, at start: Int) -> Bool {
    var place = start
    for wanted in word.unicodeScalars {
      guard scalar(place) == wanted.value else { return false }
      place += 1
    }
    return true
  }
}
