import TriageCore

/// States of cases that were used lately, at most so many: two halves, of which the older one is dropped when the
/// younger one is full, so that keeping costs nothing but the entry itself.
struct KeptStates {
  private let half: Int
  private var young: [CaseID: CaseState] = [:]
  private var old: [CaseID: CaseState] = [:]

  init(limit: Int) { half = max(limit / 2, 1) }

  var count: Int { young.count + old.count }

  subscript(id: CaseID) -> CaseState? {
    mutating get {
      if let state = young[id] { return state }
      guard let state = old.removeValue(forKey: id) else { return nil }
      keep(state)
      return state
    }
  }

  mutating func keep(_ state: CaseState) {
    if young.count >= half, young[state.id] == nil {
      old = young
      young = [:]
    }
    old[state.id] = nil
    young[state.id] = state
  }
}
