import TriageCore

/// A rulebook and those it is built on by `extends`, read one after the other: the rulebook first, the ground last.
struct RulebookChain {
  private(set) var files: [RulebookDirectory.File] = []
  /// The directories of the rulebooks that it extends.
  private(set) var bases: [String] = []
  private var layers: [Sections] = []

  static func read(_ source: RuleSource, _ findings: Findings) -> RulebookChain {
    var chain = RulebookChain()
    var paths = [""]
    var base: RulebookDirectory.Base?
    while true {
      let sections = chain.add(
        source.files(of: base, into: findings), isAccepted: source.isAccepted, findings)
      base = nextBase(sections, paths, source, findings)
      guard let base else { break }
      paths.append(base.path)
      if let directory = source.directory(of: base) { chain.bases.append(directory) }
    }
    return chain
  }

  /// All layers in one, the upper ones over the lower.
  func sections(_ findings: Findings) -> Sections {
    var merge = SectionMerge(findings: findings)
    return layers.reversed().reduce(nil) { merge.lay($1, over: $0) } ?? Sections()
  }

  private mutating func add(
    _ read: [RulebookDirectory.File], isAccepted: Bool, _ findings: Findings
  ) -> Sections {
    var sections = Sections()
    let parsed = read.sorted { $0.path < $1.path }.map { file in
      findings.remember(file.path, text: String(decoding: file.bytes, as: UTF8.self))
      return (file, Result { () throws(YamlError) in try YamlReader.read(file.bytes, limits: .ruleFile) })
    }
    let copies = isAccepted ? [] : CopiedFiles(parsed).report(findings)
    for (file, document) in parsed where !copies.contains(file.path) {
      do throws(YamlError) {
        var document = try document.get()
        if !isAccepted {
          refuseEmpty(file, findings)
          document = FileSlips(file: file.path, findings: findings).mend(document)
        }
        sections.add(file.path, document, findings)
      } catch {
        findings.add(error, in: file.path)
      }
    }
    files += read
    layers.append(sections)
    return sections
  }

  /// A copy that was broken off, or a full disk, leaves a file of no bytes: its rules would be gone without a word. A file
  /// of nothing but comments is somebody's will.
  private func refuseEmpty(_ file: RulebookDirectory.File, _ findings: Findings) {
    let text = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? file.bytes.dropFirst(3) : file.bytes[...]
    guard text.allSatisfy({ $0 <= 0x20 }) else { return }
    findings.error(
      .fileEmpty, SourcePlace(file: file.path, line: 1, column: 1), .Rules.fileEmpty,
      hint: .Rules.fileEmptyHint)
  }

  /// What `extends` names, unless it leads back into what is read already.
  private static func nextBase(
    _ sections: Sections, _ paths: [String], _ source: RuleSource, _ findings: Findings
  ) -> RulebookDirectory.Base? {
    guard let text = findings.text(sections.settings["extends"]), let last = paths.last else { return nil }
    let path = RelativePath.join(last, text.value)
    let real = source.realPath(of: path)
    for known in paths {
      let isSame = path == known || (real != nil && real == source.realPath(of: known))
      if isSame {
        findings.error(.extendsLoop, text.place, .Rules.extendsLoop(text.value))
        return nil
      }
      if isNested(path, known)
        || real.flatMap({ a in source.realPath(of: known).map { isNested(a, $0) } }) == true
      {
        findings.error(.extendsPath, text.place, .Rules.extendsNested(text.value), hint: .Rules.extendsHint)
        return nil
      }
    }
    guard paths.count <= Limits.rulebookBases else {
      findings.error(.extendsPath, text.place, .Rules.extendsTooLong(limit: Limits.rulebookBases))
      return nil
    }
    return RulebookDirectory.Base(path: path, place: text.place)
  }

  private static func isNested(_ path: String, _ known: String) -> Bool {
    // The rulebook itself is the empty path: what does not lead out of it lies in it, and mere steps up lead above it.
    if known.isEmpty { return !path.hasPrefix("/") && (!path.hasPrefix("..") || path.hasSuffix("..")) }
    return RelativePath.overlap(path, known)
  }
}
