/// The same matter again: what commands say of cases that have to do with each other.
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
}
