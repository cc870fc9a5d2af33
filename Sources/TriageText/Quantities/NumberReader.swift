/// A number as the text writes it: 三十余, 1.5万, 二三百, 十几万.
struct StatedNumber {
  /// The lower end of what is said; nil for a run of numerals that is no number (二〇二六, 五一).
  var value: Double?
  /// Units of the folded text.
  var end = 0
  /// The last multiplier: 10,000 for 12万; 1 without one.
  var scale = 1.0
  /// 余, 多, 几 or 数 stands in it.
  var isOpen = false
  /// It begins with Arabic digits, and how many.
  var digits = 0
  var hasPoint = false
  /// A multiplier with nothing before it: 百余.
  var isBare = false
}

/// Reads one number of Chinese numerals, Arabic digits or both.
///
/// Sections below 万 are summed, then multiplied (一亿二千万). Two numerals in a row are a guess (七八, 三五), of
/// which the lower counts; a numeral after a multiplier is a tenth of it (三万五).
struct NumberReader {
  private let text: FoldedText.View
  private var place: Int
  private var number = StatedNumber()
  private var total = 0.0
  private var section = 0.0
  private var digit: Double?
  private var digitIsArabic = false
  private var isPair = false
  /// The last multiplier of the section, and of the whole number; 0 for none.
  private var unit = 0.0
  private var lastUnit = 0.0
  private var bare = 0.0
  private var afterZero = false
  /// 余, 多 or 来 was read: only 万 and 亿 may follow.
  private var isClosed = false
  private var isSound = true
  private var hasBegun = false

  static func read(_ text: FoldedText.View, from place: Int) -> StatedNumber {
    var reader = NumberReader(text: text, place: place)
    while reader.place < text.count, reader.isSound, reader.step() { reader.hasBegun = true }
    return reader.finish()
  }

  private init(text: FoldedText.View, place: Int) {
    self.text = text
    self.place = place
  }

  /// Takes one numeral; false where the number ends.
  private mutating func step() -> Bool {
    switch Numeral(text.units[place].scalar) {
    case .arabic: return arabic()
    case .digit(let value): return chinese(value)
    case .zero: return zero()
    case .multiplier(let value): return multiply(by: value)
    case .great(let value): return multiply(byGreat: value)
    case .several: return several()
    case .more: return more()
    case .letter(let value): return letter(value)
    case nil: return false
    }
  }

  private mutating func arabic() -> Bool {
    guard digit == nil, !isClosed, !hasBegun || unit >= 100 || unit == 0 && lastUnit > 0 else { return false }
    var value = 0.0
    var digits = 0
    while let next = arabicDigit(place) {
      value = value * 10 + next
      digits += 1
      place += 1
    }
    // 1,234,567
    while digits <= 9, scalar(place) == 0x2C, let group = group(place + 1) {
      value = value * 1_000 + group
      digits += 3
      place += 4
    }
    if scalar(place) == 0x2E, arabicDigit(place + 1) != nil {
      place += 1
      number.hasPoint = true
      var divisor = 1.0
      while let next = arabicDigit(place) {
        if divisor < 1e6 {
          value = value * 10 + next
          divisor *= 10
        }
        place += 1
      }
      value /= divisor
    }
    // Longer ones are telephone numbers and the like.
    isSound = digits <= 9
    if !hasBegun { number.digits = digits }
    digit = value
    digitIsArabic = true
    return true
  }

  /// Three digits that end there.
  private func group(_ start: Int) -> Double? {
    guard let a = arabicDigit(start), let b = arabicDigit(start + 1), let c = arabicDigit(start + 2),
      arabicDigit(start + 3) == nil
    else { return nil }
    return a * 100 + b * 10 + c
  }

  private mutating func chinese(_ value: Double) -> Bool {
    guard !isClosed else { return false }
    if let first = digit {
      // 七八 and 三五 are guesses; other rows of numerals are years, dates, names.
      isSound = !digitIsArabic && !isPair && (value == first + 1 || first == 3 && value == 5)
      isPair = true
    } else {
      digit = value
      digitIsArabic = false
    }
    place += 1
    return true
  }

  private mutating func zero() -> Bool {
    guard !isClosed else { return false }
    if digit != nil {
      isSound = false
    } else if unit == 0, lastUnit == 0 {
      digit = 0
    } else {
      afterZero = true
    }
    place += 1
    return true
  }

  /// 十, 百, 千.
  private mutating func multiply(by value: Double) -> Bool {
    guard !isClosed else { return false }
    if digit == nil {
      if !hasBegun {
        bare = value
      } else if value != 10 || unit != 100 {
        isSound = lastUnit == 0
        return false
      }
    }
    isSound = unit == 0 || value < unit
    // 百八十 is a colloquial eighty, 百十 a hundred.
    if bare > 0, unit == bare {
      if digit == nil { section -= value } else { section = 0 }
      bare = 0
    }
    section += (digit ?? 1) * value
    end(with: value)
    unit = value
    return true
  }

  /// 万, 亿.
  private mutating func multiply(byGreat value: Double) -> Bool {
    settleDigit()
    if section == 0 {
      guard total == 0 || value > lastUnit else { return false }
      if total == 0 {
        guard !hasBegun else { return false }
        bare = value
        section = 1
      }
    }
    isSound = lastUnit < 10_000 || value > lastUnit || total > 0 && section > 0
    total = value > 10_000 ? (total + section) * value : total + section * value
    section = 0
    end(with: value)
    unit = 0
    return true
  }

  private mutating func end(with value: Double) {
    digit = nil
    isPair = false
    afterZero = false
    lastUnit = value
    place += 1
  }

  /// 几 and 数: after 十 at least one, before a multiplier at least two.
  private mutating func several() -> Bool {
    guard digit == nil, !isClosed else { return false }
    if unit == 10, text.units[place].scalar == Numeral.few {
      section += 1
    } else if case .multiplier = Numeral(scalar(place + 1)) {
      digit = 2
    } else if !hasBegun, case .great = Numeral(scalar(place + 1)) {
      digit = 2
    } else {
      return false
    }
    number.isOpen = true
    place += 1
    return true
  }

  /// 余, 多, 来.
  private mutating func more() -> Bool {
    guard hasBegun, !isClosed else { return false }
    number.isOpen = true
    isClosed = true
    place += 1
    return true
  }

  /// `5w`, `3k`.
  private mutating func letter(_ value: Double) -> Bool {
    guard digit != nil, digitIsArabic, !isClosed, Self.isLetterOrDigit(scalar(place + 1)) == false else {
      return false
    }
    section += digit ?? 0
    total += section * value
    section = 0
    end(with: value)
    return true
  }

  private mutating func settleDigit() {
    guard let last = digit else { return }
    // 三万五, 一千二: a tenth of the unit before it.
    let isTenth = lastUnit >= 100 && !afterZero && last < 10 && (unit > 0 || section == 0)
    section += isTenth && !isClosed ? last * lastUnit / 10 : last
    digit = nil
  }

  private mutating func finish() -> StatedNumber {
    settleDigit()
    number.isBare = bare > 0 && total + section == bare
    if isSound, hasBegun {
      number.value = Self.toTheCent(total + section)
    } else {
      while place < text.count, Numeral(text.units[place].scalar)?.isFigure == true { place += 1 }
    }
    number.scale = max(1, lastUnit)
    number.end = place
    return number
  }

  /// 1.1万 is 11000: what a binary fraction is off by is taken away.
  private static func toTheCent(_ value: Double) -> Double {
    guard value < 1e13 else { return value }
    let nearest = Double(Int(value * 100 + 0.5)) / 100
    return abs(nearest - value) < 1e-6 ? nearest : value
  }

  private func scalar(_ place: Int) -> UInt32 { place < text.count ? text.units[place].scalar : 0 }

  private func arabicDigit(_ place: Int) -> Double? {
    let scalar = scalar(place)
    return (0x30...0x39).contains(scalar) ? Double(scalar - 0x30) : nil
  }

  static func isLetterOrDigit(_ scalar: UInt32) -> Bool {
    (0x30...0x39).contains(scalar) || (0x61...0x7A).contains(scalar)
  }
}

/// What a scalar of folded text is in a number.
enum Numeral {
  case arabic
  case digit(Double)
  case zero
  case multiplier(Double)
  /// 万, 亿.
  case great(Double)
  /// 几, 数.
  case several
  /// 余, 多, 来.
  case more
  /// Arabic digits may end in w or k.
  case letter(Double)

  static let few: UInt32 = 0x51E0

  init?(_ scalar: UInt32) {
    switch scalar {
    case 0x30...0x39: self = .arabic
    case 0x4E00, 0x58F9: self = .digit(1)  // 一壹
    case 0x4E8C, 0x8D30, 0x4E24, 0x4FE9: self = .digit(2)  // 二贰两俩
    case 0x4E09, 0x53C1, 0x4EE8: self = .digit(3)  // 三叁仨
    case 0x56DB, 0x8086: self = .digit(4)  // 四肆
    case 0x4E94, 0x4F0D: self = .digit(5)  // 五伍
    case 0x516D, 0x9646: self = .digit(6)  // 六陆
    case 0x4E03, 0x67D2: self = .digit(7)  // 七柒
    case 0x516B, 0x634C: self = .digit(8)  // 八捌
    case 0x4E5D, 0x7396: self = .digit(9)  // 九玖
    case 0x96F6, 0x3007: self = .zero  // 零〇
    case 0x5341, 0x62FE: self = .multiplier(10)  // 十拾
    case 0x767E, 0x4F70: self = .multiplier(100)  // 百佰
    case 0x5343, 0x4EDF: self = .multiplier(1_000)  // 千仟
    case 0x4E07: self = .great(10_000)  // 万
    case 0x4EBF: self = .great(100_000_000)  // 亿
    case Self.few, 0x6570: self = .several  // 几数
    case 0x4F59, 0x591A, 0x6765: self = .more  // 余多来
    case 0x77: self = .letter(10_000)  // w
    case 0x6B: self = .letter(1_000)  // k
    default: return nil
    }
  }

  /// A digit or multiplier, and no word beside one.
  var isFigure: Bool {
    switch self {
    case .arabic, .digit, .zero, .multiplier, .great: true
    case .several, .more, .letter: false
    }
  }
}
