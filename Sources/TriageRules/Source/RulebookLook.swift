/// What the directories of a rulebook look like from outside: enough to see that somebody changed it, without reading a file.
public struct RulebookLook: Sendable, Equatable {
  /// The folders in which rules lie, to be watched; with the directories themselves.
  public let folders: [String]
  /// The rule files, by their whole paths.
  public let files: [String]
  private let stamps: [RulebookDirectory.Stamp]
  /// What does not belong there or cannot be read: mending it is a change too.
  private let findings: [Finding]

  /// Looks at names, sizes, times and inodes.
  /// - Parameter directories: of the rulebook and of those that it extends.
  public init(directories: [String]) {
    let found = Findings()
    var folders: [String] = []
    var files: [String] = []
    var stamps: [RulebookDirectory.Stamp] = []
    for directory in directories {
      var walk = RulebookDirectory(root: directory, findings: found)
      walk.visit("")
      folders += walk.folders
      files += walk.stamps.map { directory + "/" + $0.path }
      stamps += walk.stamps
    }
    self.folders = folders
    self.files = files
    self.stamps = stamps
    // What a desktop leaves behind is no change of the rules.
    findings = found.sorted.filter { $0.severity == .error }
  }

  /// The files that do not look as they did then.
  public func changedFiles(since other: RulebookLook) -> [String] {
    let known = Set(other.stamps)
    return zip(files, stamps).filter { !known.contains($0.1) }.map(\.0)
  }

  /// Whether a file was changed at this second or later, by the clock of its file system, since 1970.
  public func isChanged(since second: Int) -> Bool { stamps.contains { $0.changedSeconds >= second } }
}
