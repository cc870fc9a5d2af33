/// What a person might write: a title and a text with slots that are filled in anew for every case.
public struct CaseText: Sendable {
  /// What a slot stands for.
  public enum Slot: Sendable, Equatable {
    /// The area's title, and a house in it.
    case area, address
    /// A family name, a shop, a month: invented or common to everybody.
    case surname, shop, month
    /// `{2..30}`: a number of that range; `{2000..9000}` too.
    case number(ClosedRange<Int>)
  }
  public enum Piece: Sendable, Equatable {
    case words(String)
    case slot(Slot)
  }

  public var title: [Piece]
  public var text: [Piece]
  public var isSevere: Bool
  /// `people_count` and `amount` of the case.
  public var people: ClosedRange<Int>?
  public var amount: ClosedRange<Int>?

  /// Slots by the word between the braces.
  static let slots: [String: Slot] = [
    "area": .area, "address": .address, "surname": .surname, "shop": .shop, "month": .month,
  ]

  /// Why a text cannot be cut into pieces.
  enum Flaw: Error, Equatable {
    case unclosed
    case unknown(String)
  }

  static func pieces(of text: String) throws(Flaw) -> [Piece] {
    var pieces: [Piece] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
      guard let close = rest[open...].firstIndex(of: "}") else { throw .unclosed }
      let name = String(rest[rest.index(after: open)..<close])
      guard let slot = slots[name] ?? range(name).map(Slot.number) else { throw .unknown(name) }
      pieces.append(.slot(slot))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.words(String(rest))) }
    return pieces
  }

  /// `2..30`.
  static func range(_ text: String) -> ClosedRange<Int>? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].isEmpty, let low = Int(parts[0]), let high = Int(parts[2]),
      low >= 0, low <= high, high <= 100_000_000
    else { return nil }
    return low...high
  }
}
