import TriageCore
import TriageText

// What a case costs from its text to the decision, beside a bare Hyperscan scan of the same phrases and patterns.
//
//     bench-evaluation                    the tables
//     bench-evaluation dump RULES         texts, normalised, and phrases of so many rules, as JSON for other engines
//     bench-evaluation case RULES         one line: µs a case in all, after normalisation, rules fired
//
// 200 synthetic texts of about 1.75 KB; rules of three to ten keywords of two to five characters from one vocabulary
// of 30,000, some with a regular expression. Everything follows from one seed. What stands in one row was measured in
// turn, round by round; times are the best of fifteen rounds, in microseconds a case.

let clock = ContinuousClock()
var random = Seeded(state: 0x5EED)
let vocabulary = Vocabulary(size: 30_000, random: &random)
let texts = (0..<200).map { _ in vocabulary.text(bytes: 1_750, random: &random) }
let bytes = texts.map { Array($0.utf8) }
let sizes = [10, 100, 1_000, 10_000]

/// The least time of each of the bodies, taken in turn.
func best(_ bodies: [() -> Void]) -> [Double] {
  var least = bodies.map { _ in Duration.seconds(1_000) }
  for _ in 0..<15 {
    for (place, body) in bodies.enumerated() { least[place] = min(least[place], clock.measure(body)) }
  }
  return least.map { $0 / .microseconds(1) / Double(texts.count) }
}

func row(_ cells: [String]) {
  print(cells.map { String(repeating: " ", count: max(1, 13 - $0.count)) + $0 }.joined())
}

func rounded(_ value: Double) -> String {
  let hundredths = Int(value * 100 + 0.5)
  let part = hundredths % 100
  return "\(hundredths / 100).\(part < 10 ? "0" : "")\(part)"
}

/// Rules of that number; the same in every mode.
func rules(_ count: Int) -> Rules {
  var random = Seeded(state: UInt64(count))
  return Rules(count: count, vocabulary: vocabulary, random: &random)
}

/// Texts to hits, with a scratch of its own.
func evidence(_ index: TextIndex) -> () -> Void {
  let scratch = index.makeScratch()
  return { for text in texts { _ = index.hits(in: [("text", text)], scratch: scratch) } }
}

/// One phrase that occurs nowhere: what is left is normalisation.
let nothing = TextProbe(phrases: ["zzzzzz"])
let folding = evidence(try TextIndex(probes: [nothing]))

if CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[2]) {
  switch CommandLine.arguments[1] {
  case "dump": print(Peers.json(rules(count).probes, texts))
  default:
    let engine = try Engine(rules(count))
    let times = best([folding, engine.decideAll])
    print(rounded(times[1]), rounded(times[1] - times[0]), engine.fired / texts.count)
  }
} else {
  try tables()
  try Loading.measure()
}

@MainActor func tables() throws {
  let alone = best([folding])[0]
  print("corpus: \(texts.count) texts, \(bytes.map(\.count).reduce(0, +) / texts.count) bytes on average")
  print("normalisation alone: \(rounded(alone)) µs a case\n")
  print("phrases without their evidence, µs a case, normalisation not counted")
  row(["phrases", "compile ms", "automaton", "hs literals", "hs utf8"])
  for count in [1_000, 10_000, 30_000] {
    let phrases = Array(vocabulary.words.prefix(count))
    let start = clock.now
    // The phrases are sought in the title only: in the text they are scanned for and then not wanted.
    let index = try TextIndex(probes: [TextProbe(phrases: phrases, fields: ["title"]), nothing])
    let compile = (clock.now - start) / .milliseconds(1)
    let literals = BareScan(literals: phrases)
    let expressions = BareScan(expressions: phrases)
    let times = best([folding, evidence(index), { literals.scanAll() }, { expressions.scanAll() }])
    row(["\(count)", rounded(compile), rounded(times[1] - times[0]), rounded(times[2]), rounded(times[3])])
  }

  print("\nto the decision, µs a case; ratio: scan, evidence and rules after normalisation, to the bare scan")
  row([
    "rules", "phrases", "patterns", "compile ms", "in all", "normalised", "hits only", "fired", "bare hs",
    "ratio",
  ])
  for count in sizes {
    let rules = rules(count)
    let engine = try Engine(rules)
    let bare = BareScan(expressions: rules.phrases + rules.patterns)
    let times = best([folding, evidence(engine.index), engine.decideAll, { bare.scanAll() }])
    let after = times[2] - times[0]
    row([
      "\(count)", "\(rules.phrases.count)", "\(rules.patterns.count)", rounded(engine.compileMilliseconds),
      rounded(times[2]), rounded(after), rounded(times[1] - times[0]), "\(engine.fired / texts.count)",
      rounded(times[3]), rounded(after / times[3]),
    ])
  }
}
