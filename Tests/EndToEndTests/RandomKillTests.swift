import Foundation
import Testing

/// Two thousand cases on a bad day: the daemon is killed thirty times at moments nobody chose.
@Suite("Many cases through random kills")
struct RandomKillTests {
  private static let cases = 2000
  private static let kills = 30

  @Test("Promise 1 and 2: 2,000 cases go through 30 kills, each is there once, and so is each item")
  func manyCasesManyKills() throws {
    var chance = SeededChance(state: 20_261_119)
    let root = try Root()
    try root.once()
    var drops = self.drops()
    drops.shuffle(using: &chance)
    var waiting = drops[...]
    for _ in 0..<Self.kills {
      for _ in 0..<(drops.count / Self.kills + 1) {
        guard let next = waiting.popFirst() else { break }
        try root.drop("desk/\(next.name)", next.text)
      }
      let daemon = try Running(Program.path, root.options(at: Root.thursday))
      usleep(UInt32.random(in: 20_000...450_000, using: &chance))
      if Bool.random(using: &chance) { try acceptSomething(root) }
      daemon.kill()
    }
    for next in waiting { try root.drop("desk/\(next.name)", next.text) }
    try root.once()
    let suspects = try root.takeBackSuspects()
    try root.once()

    let sources = try root.sources()
    let items = root.items.map { String($0.split(separator: "/").last ?? "") }
    print(
      "\(Self.kills) kills: \(sources.count) cases, \(items.count) items, \(suspects) files suspected of the deaths"
    )
    #expect(Set(sources) == Set((1...Self.cases).map { "K-\($0)" }))
    #expect(sources.count == Self.cases, "a case is there twice")
    #expect(Set(items).count == items.count, "an item is there twice")
    #expect(items.count == Self.cases)
    #expect(root.tree("inbox") == [])
    #expect(root.names("set-aside") == [])
    try root.expectSound()
  }

  private struct Drop {
    var name: String
    var text: String
  }

  /// Files of one case, and tables and lists of many.
  private func drops() -> [Drop] {
    var drops: [Drop] = []
    var number = 1
    func title(_ number: Int) -> String { number % 3 == 0 ? "小区停车费乱收" : "楼道堆放杂物" }
    while number <= Self.cases {
      let most = min(number % 4 == 0 ? 1 : number % 4 == 1 ? 40 : 25, Self.cases - number + 1)
      let range = number..<(number + most)
      if most == 1 {
        drops.append(Drop(name: "k\(number).yaml", text: Desk.simple("K-\(number)", title(number))))
      } else if number % 2 == 0 {
        let rows = range.map { "K-\($0),\(title($0)),第 \($0) 件的内容" }
        drops.append(
          Drop(name: "k\(number).csv", text: "工单编号,诉求标题,诉求内容\n" + rows.joined(separator: "\n") + "\n"))
      } else {
        let rows = range.map {
          "{\"工单编号\": \"K-\($0)\", \"诉求标题\": \"\(title($0))\", \"诉求内容\": \"第 \($0) 件\"}"
        }
        drops.append(Drop(name: "k\(number).json", text: "[" + rows.joined(separator: ",\n") + "]"))
      }
      number += most
      while number <= Self.cases, number % 10 != 0 {
        drops.append(Drop(name: "k\(number).yaml", text: Desk.simple("K-\(number)", title(number))))
        number += 1
      }
    }
    return drops
  }

  /// A clerk works on while the daemon dies.
  private func acceptSomething(_ root: Root) throws {
    for department in ["center", "urban"] {
      guard let name = root.names("queues/\(department)/new").first(where: { $0.hasSuffix(".yaml") }) else {
        continue
      }
      // The daemon may just have moved it.
      rename(
        "\(root.path)/queues/\(department)/new/\(name)", "\(root.path)/queues/\(department)/accepted/\(name)")
    }
  }
}

/// SplitMix64: the same kills on every machine, as far as its speed allows.
struct SeededChance: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
