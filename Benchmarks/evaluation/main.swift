import TriageCore
import TriageText

// What a case costs from text to evidence, beside a bare Hyperscan scan of the same phrases and patterns.
//
//     swift run -c release bench-evaluation
//
// 200 synthetic texts of about 1.75 KB; rules of three to ten keywords of two to five characters from one vocabulary
// of 30,000, some with a regular expression. Everything follows from one seed. Times are the best of fifteen
// rounds, in microseconds a case.

let clock = ContinuousClock()
var random = Seeded(state: 0x5EED)
let vocabulary = Vocabulary(size: 30_000, random: &random)
let texts = (0..<200).map { _ in vocabulary.text(bytes: 1_750, random: &random) }
let bytes = texts.map { Array($0.utf8) }

func best(_ body: () -> Void) -> Double {
  var least = Duration.seconds(1_000)
  for _ in 0..<15 { least = min(least, clock.measure(body)) }
  return least / .microseconds(1) / Double(texts.count)
}

func row(_ cells: [String]) {
  print(cells.map { String(repeating: " ", count: max(1, 13 - $0.count)) + $0 }.joined())
}

func rounded(_ value: Double) -> String {
  let tenths = Int(value * 10 + 0.5)
  return "\(tenths / 10).\(tenths % 10)"
}

/// Microseconds a case for the texts' hits, and how many hits a case has.
func evidence(_ index: TextIndex) -> (microseconds: Double, hits: Int) {
  let scratch = index.makeScratch()
  var hits = 0
  let microseconds = best {
    hits = 0
    for text in texts { hits += index.hits(in: [("text", text)], scratch: scratch).count }
  }
  return (microseconds, hits / texts.count)
}

func bare(_ scan: BareScan) -> Double {
  best { for text in bytes { _ = scan.scan(text) } }
}

/// One phrase that occurs nowhere: what is left is folding.
let nothing = TextProbe(phrases: ["zzzzzz"])
let folding = evidence(try TextIndex(probes: [nothing])).microseconds
print("corpus: \(texts.count) texts, \(bytes.map(\.count).reduce(0, +) / texts.count) bytes on average")
print("folding alone: \(rounded(folding)) µs a case\n")

print("phrases without their evidence, µs a case, folding not counted")
row(["phrases", "compile ms", "automaton", "hs literals", "hs utf8"])
for count in [1_000, 10_000, 30_000] {
  let phrases = Array(vocabulary.words.prefix(count))
  var index: TextIndex?
  // The phrases are sought in the title only: in the text they are scanned for and then not wanted.
  let compile = try clock.measure {
    index = try TextIndex(probes: [TextProbe(phrases: phrases, fields: ["title"]), nothing])
  }
  let automaton = index.map { evidence($0).microseconds - folding } ?? .nan
  row([
    "\(count)", rounded(compile / .milliseconds(1)), rounded(automaton),
    rounded(bare(BareScan(literals: phrases))), rounded(bare(BareScan(expressions: phrases))),
  ])
}

print("\nscan and evidence, µs a case")
row(["rules", "phrases", "patterns", "compile ms", "in all", "after folding", "hits", "bare hs utf8"])
for count in [10, 100, 1_000, 10_000] {
  let rules = Rules(count: count, vocabulary: vocabulary, random: &random)
  var index: TextIndex?
  let compile = try clock.measure { index = try TextIndex(probes: rules.probes) }
  let measured = index.map(evidence) ?? (.nan, 0)
  row([
    "\(count)", "\(rules.phrases.count)", "\(rules.patterns.count)", rounded(compile / .milliseconds(1)),
    rounded(measured.microseconds), rounded(measured.microseconds - folding), "\(measured.hits)",
    rounded(bare(BareScan(expressions: rules.phrases + rules.patterns))),
  ])
}
