import Testing
import TriageCore

@Suite("A record that comes again is told by what it says otherwise than before")
struct ArrivedRecordTests {
  private func input(phone: String?, people: Int? = nil, fields: [FieldID: FieldValue] = [:]) -> CaseInput {
    CaseInput(
      channel: "hotline", sourceID: "H-1", title: "路灯不亮", text: "北门路灯不亮。", peopleCount: people,
      contact: phone.map { Contact(phone: $0) }, fields: fields)
  }

  /// What is told when it comes again; it is then known.
  private func told(_ record: inout ArrivedRecord, _ again: CaseInput) -> [FieldID] {
    let changes = record.changes(in: again)
    let hasContact = changes.contains { $0.field == .contact }
    record.add(
      CaseEvent.DuplicateArrived(
        channel: "hotline", original: "", changes: changes, contact: hasContact ? again.contact : nil))
    return changes.map(\.field)
  }

  @Test(
    "Every new telephone number is told, once, and that it is the first one again; what is left out is no news"
  )
  func contacts() {
    var record = ArrivedRecord(input(phone: "010-55550001"))
    #expect(told(&record, input(phone: "010-55550001")) == [])
    #expect(told(&record, input(phone: "010-55550002")) == [.contact])
    #expect(told(&record, input(phone: "010-55550002")) == [])
    #expect(told(&record, input(phone: nil)) == [])
    #expect(told(&record, input(phone: "010-55550003")) == [.contact])
    #expect(told(&record, input(phone: "010-55550003")) == [])
    #expect(told(&record, input(phone: "010-55550001")) == [.contact])
    #expect(told(&record, input(phone: "010-55550001")) == [])
  }

  @Test("No number stands in what is told")
  func noNumber() {
    let record = ArrivedRecord(input(phone: "010-55550001"))
    let changes = record.changes(in: input(phone: "010-55550002"))
    #expect(changes == [RecordChange(field: .contact, value: nil)])
  }

  @Test("After an arrival that did not note the new number it is told once more")
  func notNoted() {
    var record = ArrivedRecord(input(phone: "010-55550001"))
    record.add(
      CaseEvent.DuplicateArrived(
        channel: "hotline", original: "", changes: [RecordChange(field: .contact, value: nil)]))
    #expect(told(&record, input(phone: "010-55550002")) == [.contact])
    #expect(told(&record, input(phone: "010-55550002")) == [])
  }

  @Test("A value is told whenever it is another one than was said last")
  func values() {
    var record = ArrivedRecord(input(phone: nil, people: 3))
    #expect(told(&record, input(phone: nil, people: 50)) == [.peopleCount])
    #expect(told(&record, input(phone: nil, people: 50)) == [])
    #expect(told(&record, input(phone: nil)) == [])
    #expect(
      told(&record, input(phone: nil, people: 3, fields: ["grid": .text("03")])) == [.peopleCount, "grid"])
  }
}
