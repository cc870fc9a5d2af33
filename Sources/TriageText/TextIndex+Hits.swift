public import TriageCore

extension TextIndex {
  /// Finds the evidence in a case's fields: every hit of every probe that looks at the field, without those inside
  /// an exception and those cancelled by negation; overlapping hits of one phrase are one, the longest.
  ///
  /// Sorted by probe, phrase, order of the fields, start. Offsets count Unicode scalars of the field as given.
  /// Of one phrase in one field at most `Limits.hitsPerPhrase` strong and as many weak hits are kept.
  public func hits(in fields: [(FieldID, String)], scratch: TextScratch) -> [TextHit] {
    scratch.evidence.removeAll(keepingCapacity: true)
    for (number, (field, text)) in fields.enumerated() where !text.isEmpty {
      let wanted = fieldSets.map { set in set?.contains(field) ?? (field == .title || field == .text) }
      guard wanted.contains(true) else { continue }
      TextFolder.fold(text, into: scratch.text)
      boilerplate.remove(from: scratch.text)
      patterns.scan(scratch.text, scratch: scratch.patterns, into: &scratch.matches)
      addQuantities(scratch)
      noteMasks(scratch)
      weigh(scratch, field: number, wanted: wanted)
    }
    scratch.evidence.sort()
    return settle(scratch.evidence, fields: fields)
  }

  /// Quantities are matches like those of phrases, after them.
  private func addQuantities(_ scratch: TextScratch) {
    scratch.stated.removeAll(keepingCapacity: true)
    guard let firstQuantity else { return }
    QuantityScanner.scan(scratch.text.view) { kind, units, stated in
      scratch.matches.append(
        .init(
          id: firstQuantity + Int32(kind.place), start: Int32(units.lowerBound), end: Int32(units.upperBound))
      )
      scratch.stated.append(stated)
    }
  }

  private func noteMasks(_ scratch: TextScratch) {
    scratch.masks.removeAll(keepingCapacity: true)
    guard !maskSets.isEmpty else { return }
    for match in scratch.matches {
      for place in maskStarts[Int(match.id)]..<maskStarts[Int(match.id) + 1] {
        scratch.masks.append(.init(set: maskSets[Int(place)], start: match.start, end: match.end))
      }
    }
  }

  /// Turns matches into evidence for each probe that wants them.
  private func weigh(_ scratch: TextScratch, field: Int, wanted: [Bool]) {
    let text = scratch.text.view
    let (matches, masks) = (scratch.matches, scratch.masks)
    var evidence = scratch.evidence
    scratch.evidence = []
    defer { scratch.evidence = evidence }
    let phraseMatches = matches.count - scratch.stated.count
    for (number, match) in matches.enumerated() {
      let stated = number < phraseMatches ? .nan : scratch.stated[number - phraseMatches]
      // Many probes share a word list: its judgement of this match is made once.
      var judged: (modality: Int32, standing: Modality.Standing) = (0, .asserted)
      let original = text.original(Int(match.start)..<Int(match.end))
      for place in targetStarts[Int(match.id)]..<targetStarts[Int(match.id) + 1] {
        let target = targets[Int(place)]
        guard wanted[Int(target.fields)] else { continue }
        if target.masks != 0, isMasked(match, by: target.masks, masks) { continue }
        if target.modality != judged.modality {
          let standing = modalities[Int(target.modality)]?.standing(of: Int(match.start), in: text)
          judged = (target.modality, standing ?? .asserted)
        }
        guard judged.standing != .cancelled else { continue }
        evidence.append(
          .init(
            name: UInt64(target.probe) << 32 | UInt64(target.phrase),
            place: UInt64(field) << 32 | UInt64(original.lowerBound), end: UInt32(original.upperBound),
            isWeak: judged.standing == .weakened, stated: stated))
      }
    }
  }

  private func isMasked(_ match: PatternSet.Match, by set: Int32, _ masks: [TextScratch.Mask]) -> Bool {
    masks.contains { $0.set == set && $0.start <= match.start && match.end <= $0.end }
  }

  /// Drops overlaps and what exceeds the limit, and names fields.
  private func settle(_ evidence: [TextScratch.Evidence], fields: [(FieldID, String)]) -> [TextHit] {
    var hits: [TextHit] = []
    hits.reserveCapacity(evidence.count)
    var group: (name: UInt64, field: UInt64) = (.max, 0)
    var reached: UInt64 = 0
    var kept = (strong: 0, weak: 0)
    var known: Set<Double> = []
    for item in evidence {
      let field = item.place >> 32
      let start = item.place & 0xFFFF_FFFF
      if item.name != group.name || field != group.field {
        group = (item.name, field)
        reached = 0
        kept = (0, 0)
        known.removeAll(keepingCapacity: true)
      }
      guard start >= reached || reached == 0 else { continue }
      reached = UInt64(item.end)
      if item.isWeak { kept.weak += 1 } else { kept.strong += 1 }
      if (item.isWeak ? kept.weak : kept.strong) > Limits.hitsPerPhrase {
        // Of quantities a further one may be the one within the bounds, unless the same was kept before.
        guard !item.stated.isNaN, known.insert(item.isWeak ? -1 - item.stated : item.stated).inserted else {
          continue
        }
      }
      hits.append(
        TextHit(
          probe: Int(item.name >> 32), phrase: Int(item.name & 0xFFFF_FFFF), field: fields[Int(field)].0,
          start: Int(start), end: Int(item.end), weak: item.isWeak,
          quantity: item.stated.isNaN ? nil : item.stated))
    }
    return hits
  }
}
