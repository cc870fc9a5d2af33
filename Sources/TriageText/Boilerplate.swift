/// Set phrases of hotlines that say nothing about the case (市民来电反映, 请相关职能部门及时核实并处理): left out of the folded
/// text, so that they neither match nor part what stands around them.
struct Boilerplate: Sendable {
  private let phrases: LiteralAutomaton?

  init(_ phrases: [String]) {
    let buffer = FoldedText()
    let folded = Set(phrases.map { TextFolding.scalars($0, using: buffer) }).filter { !$0.isEmpty }
    self.phrases =
      folded.isEmpty ? nil : LiteralAutomaton(folded.sorted { $0.lexicographicallyPrecedes($1) })
  }

  /// Takes the phrases out, the first and longest where two overlap. The units that stay keep their places in the
  /// original; a hit across a gap covers it.
  func remove(from text: FoldedText) {
    guard let phrases else { return }
    var spans: [Range<Int>] = []
    phrases.scan(text.view) { _, range in
      // They come by their ends: a longer one swallows those inside it, unless one before it reaches into it.
      let outside = spans.lastIndex { $0.lowerBound < range.lowerBound }
      if let outside, spans[outside].upperBound > range.lowerBound { return }
      spans.removeSubrange((outside.map { $0 + 1 } ?? 0)...)
      spans.append(range)
    }
    guard let first = spans.first else { return }
    var kept = first.lowerBound
    for (place, span) in spans.enumerated() {
      let next = place + 1 < spans.count ? spans[place + 1].lowerBound : text.count
      for unit in span.upperBound..<next {
        text.units[kept] = text.units[unit]
        kept += 1
      }
    }
    text.count = kept
  }
}

extension TextIndex {
  /// The phrases of `boilerplate: default`, as hotline exports and letters really have them.
  public static let defaultBoilerplate: [String] = [
    "市民来电反映", "市民来电咨询", "来电人反映", "来电人咨询", "举报人反映", "网格员反映",
    "请相关职能部门及时核实并处理", "请相关职能部门及时处理", "请相关职能部门核实并处理", "请相关职能部门核实处理", "请相关部门及时核实并处理",
    "请相关部门核实并处理", "请相关部门核实处理", "请相关部门及时处理",
    "市民信息需要保密", "市民信息保密", "信息保密，无需回复", "信息保密", "无需回复",
    "尊敬的领导您好", "尊敬的领导，您好", "尊敬的领导：您好", "尊敬的各位领导您好",
    "请如实上报处理情况，附事前、事中、事后图片", "附事前、事中、事后图片",
  ]
}
