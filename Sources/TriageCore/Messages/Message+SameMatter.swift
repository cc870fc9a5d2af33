/// The same matter again: what is said of cases that have to do with each other, and of a record that came again.
extension Message {
  /// A link as the case at its other end has it.
  public static func linkedFrom(_ id: CaseID, _ why: CaseEvent.Linked.Why) -> Message {
    switch why {
    case .duplicateOfClosed:
      Message(zh: "本案销号后，同一记录再次送来，另立 \(id)", en: "came again after it was closed, as \(id)")
    case .sameSourceID: Message(zh: "\(id) 与本案来源编号相同", en: "\(id) has the source id of this one")
    case .nearSameText: Message(zh: "\(id) 与本案内容相近", en: "\(id) reads much like this one")
    case .reference: Message(zh: "\(id) 提到本案", en: "\(id) names this one")
    case .merged: Message(zh: "\(id) 并入本案", en: "\(id) was merged into this one")
    }
  }

  public static func matterOf(_ id: CaseID) -> Message {
    Message(
      zh: "同一事项的全部案件：triaged cases --same-as \(id)",
      en: "all cases of the matter: triaged cases --same-as \(id)")
  }
  public static let optionSameAs = Message(
    zh: "只看与该案件属于同一事项的案件。", en: "Cases of the matter that this one belongs to.")

  /// `涉及人数：50；地址：……`
  public static func recordChanges(_ changes: [RecordChange]) -> Message {
    func list(_ language: Language, _ separator: String, _ colon: String, _ seeOriginal: String) -> String {
      changes.map { change in
        let name = change.field == .contact ? contactChange : fieldName(change.field)
        return "\(name[language])\(colon)\(change.value ?? seeOriginal)"
      }.joined(separator: separator)
    }
    return Message(zh: list(.zh, "；", "：", "见原件"), en: list(.en, "; ", ": ", "see the original"))
  }
  private static let contactChange = Message(zh: "联系方式", en: "how to reach the person")
  public static func noticeRecordChanged(_ changes: [RecordChange]) -> Message {
    let list = recordChanges(changes)
    return Message(
      zh: "来件单位再次送来本案，内容有变：\(list.zh)。本案的级别、期限没有因此改变；需要调整的，请申请“更正”或“提级”",
      en: """
        the source sent this case again, changed: \(list.en). Level and deadlines are as before; ask for `correct` or \
        `raise` where they should change
        """)
  }
}
