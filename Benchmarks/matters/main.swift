import Foundation
import TriageCore
import TriageLedger
import TriageText

// What it costs to look for the matter of a case and to enter it, beside the recording of the same cases without it.
//
//     swift run -c release bench-matters DIRECTORY [CASES]
//
// Different texts of some 200 characters, half of each from phrases that all share, in batches of 256. A ledger is
// filled to 10,000 and to 1,000,000 cases (or CASES), all within one period, which no centre has; the next 10,000 are
// measured. One seed; microseconds of processor time a case.

var bench = MatterBench()
let arguments = CommandLine.arguments.dropFirst()
let folder = arguments.first ?? NSTemporaryDirectory() + "bench-matters"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
let sizes = [10_000, arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000]
var costs: [Bool: [Double]] = [:]
for isSought in [false, true] {
  let ledger = try Ledger(directory: folder + "/\(isSought)")
  let sketcher = isSought ? try TextSketcher(root: ledger.rootID, of: TextIndex(probes: [])) : nil
  var filled = 0
  for size in sizes {
    _ = try bench.take(size - filled, from: filled, into: ledger, sketcher)
    costs[isSought, default: []].append(try bench.take(10_000, from: size, into: ledger, sketcher))
    filled = size + 10_000
  }
}
for (place, size) in sizes.enumerated() {
  let (without, with) = (costs[false]?[place] ?? 0, costs[true]?[place] ?? 0)
  print(
    "\(size) cases: recording \(Int(without)) us, with its matter \(Int(with)) us: \(Int(with - without)) us more"
  )
}
let scratch = try TextIndex(probes: []).makeScratch()
let sketcher = try TextSketcher(root: "", of: TextIndex(probes: []))
let inputs = (0..<2_000).map { _ in CaseInput(channel: "hotline", text: bench.text()) }
let begun = MatterBench.processorSeconds
for input in inputs { _ = sketcher.sketch(input, scratch: scratch) }
let spent = (MatterBench.processorSeconds - begun) * 1e6 / Double(inputs.count)
print("the sketch of a text, in parallel: \(Int(spent)) us")
