import Testing

@testable import TriageCore

@Suite("What a record says by now that it did not say before") struct RecordChangeTests {
  private func record(_ value: FieldValue?, written: String?) -> CaseInput {
    var input = CaseInput(channel: "hotline", sourceID: "A1", title: "欠薪", text: "拖欠工资")
    if let value { input.fields["班组"] = value }
    input.written = written.map { ["班组": $0] }
    return input
  }

  private func news(_ later: CaseInput, since first: CaseInput, told: [RecordChange] = []) -> [RecordChange] {
    var record = ArrivedRecord(first)
    record.add(CaseEvent.DuplicateArrived(channel: "hotline", original: "inbox/hotline/a.csv", changes: told))
    return record.changes(in: later)
  }

  @Test func `a field that was given a type meanwhile, or lost it, is no news`() {
    let plain = record(.text("约30余人"), written: nil)
    let typed = record(.number(30), written: "约30余人")
    let unfit = record(nil, written: "约30余人")
    for first in [plain, typed, unfit] {
      for later in [plain, typed, unfit] { #expect(news(later, since: first) == []) }
    }
  }

  @Test func `of a record that was taken before its words were kept, what the type read counts`() {
    let before = record(.number(30), written: nil)
    #expect(news(record(.number(30), written: "约30余人"), since: before) == [])
    let told = [RecordChange(field: "班组", value: "✓")]
    #expect(news(record(.flag(true), written: "是"), since: before, told: told) == [])
  }

  @Test func `other words are told as they stand in the source, also where no type can read them`() {
    let first = record(.number(30), written: "约30余人")
    for later in [record(.number(50), written: "50多人"), record(nil, written: "50多人")] {
      #expect(news(later, since: first) == [RecordChange(field: "班组", value: "50多人")])
    }
  }
}
