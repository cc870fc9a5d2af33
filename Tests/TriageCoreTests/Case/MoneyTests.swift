import Foundation
import Testing
import TriageCore

@Suite("Sums of money") struct MoneyTests {
  @Test(arguments: [("90", 9_000), ("91.5", 9_150), ("91.50", 9_150), ("0.07", 7), ("-3.2", -320), ("0", 0)])
  func `a sum is read to the cent`(_ text: String, _ cents: Int) { #expect(Money(text)?.cents == cents) }

  @Test(arguments: ["", "1.234", "1,5", "1e3", ".5", "5.", "12元", "1.2.3", " 1"])
  func `anything else is no sum`(_ text: String) { #expect(Money(text) == nil) }

  @Test func `a hundred times ten cents are ten yuan`() {
    var sum: Money = 0
    for _ in 0..<100 { sum += Money(cents: 10) }
    #expect(sum == 10 && sum.description == "10")
    #expect(Money(yuan: 0.1 + 0.2)?.cents == 30)
    #expect((Money(cents: 9_150) * 3).description == "274.50")
    #expect(Money(yuan: .nan) == nil && Money(yuan: 1e14) == nil)
  }

  @Test func `it is a number in JSON, whole yuan without a point, and reads what was written before`() throws
  {
    func json(_ money: Money) throws -> String {
      String(decoding: try JSONEncoder().encode([money]), as: UTF8.self)
    }
    #expect(try json(90) == "[90]")
    #expect(try json(Money(cents: 9_150)) == "[91.5]")
    #expect(try json(Money(cents: 9_152)) == "[91.52]")
    #expect(
      try JSONDecoder().decode([Money].self, from: Data("[90, 91.52]".utf8)) == [90, Money(cents: 9_152)])
  }
}
