/// Which area a case belongs to: what its `area` says, else its address, else its words.
extension Rulebook {
  /// The area that the case names, with notes on where it was read or why it is none.
  ///
  /// An `area` that the rulebook does not know, or that could be several, is told apart by the address, never by the
  /// words: people name many places.
  func recognise(_ input: CaseInput, _ notes: inout [IntakeNote]) -> AreaID? {
    guard let text = input.area, !text.trimmed.isEmpty else { return read(input, &notes) }
    let candidates: [AreaID]?
    switch areas.find(text) {
    case .area(let area): return area
    case .unknown:
      notes.append(.areaUnknown(text))
      candidates = nil
    case .ambiguous(let several):
      notes.append(.areaAmbiguous(text, candidates: several))
      candidates = several
    }
    guard let address = input.address, case .area(let area) = areas.find(address),
      candidates?.contains(where: { areas.isUnder(area, $0) }) ?? true
    else { return nil }
    notes.append(.areaRead(from: .address))
    return area
  }

  /// From the address, else from title and text together.
  private func read(_ input: CaseInput, _ notes: inout [IntakeNote]) -> AreaID? {
    if let address = input.address {
      switch areas.find(address) {
      case .area(let area):
        notes.append(.areaRead(from: .address))
        return area
      case .ambiguous(let candidates):
        notes.append(.areaAmbiguous(address, candidates: candidates))
        return nil
      case .unknown: break
      }
    }
    guard case .area(let area) = areas.find(inProse: [input.title, input.text]) else { return nil }
    notes.append(.areaRead(from: .text))
    return area
  }
}
