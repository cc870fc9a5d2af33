/// Texts of others in messages and notes: as much of them as tells what they are.
extension String {
  /// At most so many scalars, the last of them `…` where something was left out.
  public func shortened(to scalars: Int) -> String {
    guard utf8.count > scalars else { return self }
    let view = unicodeScalars
    guard let end = view.index(view.startIndex, offsetBy: scalars, limitedBy: view.endIndex),
      end < view.endIndex
    else { return self }
    return String(view[..<view.index(before: end)]) + "…"
  }
}
