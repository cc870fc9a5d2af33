/// The first half of a correction: what the case says after it. The phases are then run again on that
/// (`Rulebook.decide`), and `Command.correct` carries both into the case.
extension Lifecycle {
  /// - Returns: The input with the corrected values; a category is left to `Command.correct`.
  public static func corrected(
    _ input: CaseInput, by request: Request, under rulebook: Rulebook
  ) -> Result<CaseInput, Refusal> {
    var input = input
    guard !request.corrections.isEmpty else { return .failure(.nothingToCorrect) }
    for (name, value) in request.corrections.sorted(by: { $0.key < $1.key }) {
      guard set(FieldID(name), to: value, in: &input, under: rulebook) else {
        return .failure(.correctionUnknown(name))
      }
    }
    return .success(input)
  }

  /// False for a field that may not be corrected and for a value that it cannot hold. What the citizen wrote, title
  /// and text, stays as it is.
  private static func set(
    _ field: FieldID, to value: String, in input: inout CaseInput, under rulebook: Rulebook
  ) -> Bool {
    switch field {
    case "category":
      return rulebook.categories.contains { $0.id.rawValue == value || $0.title == value }
    case .area: input.area = value
    case .address: input.address = value
    case .peopleCount:
      guard let count = Int(value), count >= 0 else { return false }
      input.peopleCount = count
    case .amount:
      guard let amount = Double(value), amount.isFinite, amount >= 0 else { return false }
      input.amount = amount
    default:
      guard let type = rulebook.fields[field] else { return false }
      input.fields[field] = FieldValue.text(value).read(as: type)
    }
    return true
  }
}
