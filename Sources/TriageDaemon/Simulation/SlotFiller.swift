import TriageRules

/// Fills the slots of a text with invented names and numbers.
struct SlotFiller {
  let area: String
  let address: String

  private static let surnames = [
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨",
  ]
  private static let shops = [
    "满口香饭店", "小石榴超市", "云朵理发店", "青苗培训班", "大步健身房", "好邻居便利店", "百汇建材店", "一木家具店",
  ]
  /// What a window clerk notes when a visitor leaves content.
  static let onTheSpot = "窗口当场解释清楚，来访人表示认可。"

  func fill(_ pieces: [CaseText.Piece], _ dice: inout Dice) -> String {
    pieces.map { piece in
      switch piece {
      case .words(let words): words
      case .slot(.area): area
      case .slot(.address): address
      case .slot(.surname): dice.pick(Self.surnames) ?? ""
      case .slot(.shop): dice.pick(Self.shops) ?? ""
      case .slot(.month): "\(dice.number(1...12))月"
      case .slot(.number(let range)): "\(dice.number(range))"
      }
    }.joined()
  }

  private static let openings = ["", "市民再次来电反映：", "此前反映过，", "本人再次反映，", "上次说的事还没有结果，"]
  private static let endings = ["", "请尽快处理。", "希望给个说法。", "至今没有人联系我。", "请有关部门核实。"]

  /// The same matter told again.
  static func reworded(_ text: String, _ dice: inout Dice) -> String {
    let opening = openings[dice.number(1...(openings.count - 1))]
    return opening + text + (dice.pick(endings) ?? "")
  }
}
