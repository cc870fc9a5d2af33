import ArgumentParser
import TriageCore

/// A share as options take it: `5%`, `5`, `97.5`.
struct Percent: ExpressibleByArgument {
  let value: Double

  init?(argument: String) {
    let number = argument.hasSuffix("%") ? String(argument.dropLast()) : argument
    guard let value = Double(number), (0...100).contains(value) else { return nil }
    self.value = value
  }

  init(_ value: Double) { self.value = value }

  /// With one decimal where it has one: `97.5`, `100`.
  var text: String {
    // Rounded down: 99.96 is not everything.
    let tenths = Int((value * 10).rounded(.down))
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
